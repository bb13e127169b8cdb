"""A moment: everything around the economy that the steps of a quarter need. Each is `step(economy, now)`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.firms.conditions import ByIndustry, Luck
from agents.products.markets import Circumstances
from agents.science.patent_ages import ENTERPRISES, PatentAges
from scenarios.lever_here import Acting
from sim.firms.scratch import Scratch
from sim.luck.draws import Draws, Purpose
from sim.luck.of_firms import FirmLuck
from sim.setting import Setting


class SpinOffs(NamedTuple):
    """Firms to be founded on inventions, one element each.

    cell: where. lift: productivity above that of other entrants [log points].
    """

    cell: np.ndarray
    lift: np.ndarray


def no_spin_offs() -> SpinOffs:
    """Nobody leaves to found a firm."""
    return SpinOffs(np.zeros(0, np.int64), np.zeros(0))


class MarginalFounders(NamedTuple):
    """Firms to be founded that would not be without a start-up loan, one element each.

    cell: where. ordinal: as which of those who applied there.
    """

    cell: np.ndarray
    ordinal: np.ndarray


class Served(NamedTuple):
    """New firms that get a start-up loan, one element each.

    ids, cells: of the firms. by_programme: whether the lever's own programme pays its part. interest: share
    of it that is paid.
    """

    ids: np.ndarray
    cells: np.ndarray
    by_programme: np.ndarray
    interest: np.ndarray


class Founded(NamedTuple):
    """The firms founded this quarter: id and row, which holds until somebody else comes or goes."""

    ids: np.ndarray
    rows: np.ndarray


def no_marginal_founders() -> MarginalFounders:
    """Nobody founds on a loan alone."""
    return MarginalFounders(*np.zeros((2, 0), np.int64))


def nobody_served() -> Served:
    """Nobody gets a start-up loan."""
    return Served(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool), np.zeros(0))


def nobody_founded() -> Founded:
    """Nobody has founded yet."""
    return Founded(*np.zeros((2, 0), np.int64))


@dataclass
class Moment:
    """One quarter, from the world around it to what a step leaves in it for a later one.

    circumstances: what all firms meet alike. conditions: the same by industry, with the state of its market;
    the step after which they differ brings them up to date. last_cells: totals of the last quarter by cell.
    """

    quarter: int  # 0 is 2016Q1
    setting: Setting
    levers: Sequence[Acting]
    draws: Draws
    luck: FirmLuck
    scratch: Scratch
    circumstances: Circumstances
    conditions: ByIndustry
    last_cells: np.ndarray
    # What one step leaves for a later one of the same quarter
    spin_offs: SpinOffs = field(default_factory=no_spin_offs)
    ordinary: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # entrants to be, by cell
    marginal: MarginalFounders = field(default_factory=no_marginal_founders)
    served: Served = field(default_factory=nobody_served)
    founded: Founded = field(default_factory=nobody_founded)
    drawn: Luck | None = None  # of every firm, for the decisions of every quarter
    licensed: tuple[np.ndarray, np.ndarray] = field(  # rows of buyers of licences, and their gains
        default_factory=lambda: (np.zeros(0, np.int64), np.zeros(0))
    )
    due: dict[Purpose, np.ndarray] = field(default_factory=dict)  # for yearly and half-yearly decisions
    leaving: int = 0  # firms
    certified: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # rows of the round

    @property
    def year(self) -> int:
        return 2016 + self.quarter // 4

    @property
    def of_year(self) -> int:
        """The quarter of the year, from 0."""
        return self.quarter % 4

    def look_at_markets(self, economy: Economy) -> None:
        """The conditions of each industry, given the state of its market now."""
        self.conditions = self.setting.conditions(economy.markets, self.circumstances)


def moment_of(
    economy: Economy,
    setting: Setting,
    draws: Draws,
    luck: FirmLuck,
    scratch: Scratch,
    levers: Sequence[Acting] = (),
    active: bool = True,
) -> Moment:
    """The moment before the first step of `economy.quarter`; active: false while the economy warms up."""
    maturing = float(economy.of(PatentAges).maturing[ENTERPRISES])
    circumstances = setting.circumstances(economy.quarter, active, maturing)
    return Moment(
        quarter=economy.quarter,
        setting=setting,
        levers=levers,
        draws=draws,
        luck=luck,
        scratch=scratch,
        circumstances=circumstances,
        conditions=setting.conditions(economy.markets, circumstances),
        last_cells=economy.totals.cells.copy(),
    )
