"""What a part brings: an institution, a market or a group of them, as a run needs it beside its steps.

Every part has the same rooms in its folder, as far as it needs them: begin.py, identities.py, series.py,
faces.py, luck.py, and steps.py or a file for each thing it runs. All parts, and when each does what, stand in
sim/quarter.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from agents.economy import Economy
from agents.engine.population import Population
from agents.money.account_book import Sums
from agents.money.chart import Account, Accounts
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from sim.indicator import CellIndicator, Group
from sim.mesa.layer import PopulationModel
from sim.setting import Setting

type Balance = tuple[Account, np.ndarray | int]  # an account or a block of them, and what it holds [yuan]


class Start(NamedTuple):
    """From what the parts of an economy are made at the end of 2015.

    made: what the parts before have brought, by field of Economy; what has no field there, by its class.
    """

    spec: RunSpec
    region: Region
    setting: Setting
    firms: Population
    accounts: Accounts
    made: dict[Any, Any]


def nothing(*_: Any) -> None:
    """What a part does that has nothing to do."""


def no_balances(economy: Economy, setting: Setting) -> list[Balance]:
    """A part without an account of its own."""
    return []


def no_series(region: Region) -> dict[str, Group]:
    """A part whose series are the same in every region."""
    return {}


@dataclass(frozen=True)
class Part:
    """One part, room by room.

    begin: what it is at the end of 2015, by field of Economy, or by class for `economy.of(CLASS)`.
    balances: what its accounts hold then.
    forget: its sums and counts begin anew, before a quarter.
    check: its identities, which raise AccountingError. series, cells: what is recorded of it,
    series_of: by place, group or programme of a region; a group's name gives its place among the columns
    (sim/indicators.py). faces: whom of it Mesa shows;
    newcomers: whom it shows from the end of a quarter on who was not there before it.
    """

    name: str
    begin: Callable[[Start], Mapping[Any, Any]]
    balances: Callable[[Economy, Setting], list[Balance]] = no_balances
    forget: Callable[[Economy], None] = nothing
    check: Callable[[Economy, Sums], None] = nothing
    series: Mapping[str, Group] = field(default_factory=dict)
    series_of: Callable[[Region], Mapping[str, Group]] = no_series
    cells: Mapping[str, CellIndicator] = field(default_factory=dict)
    faces: Callable[[PopulationModel, Economy, Region], Sequence[Any] | None] = nothing
    newcomers: Callable[[PopulationModel, Economy], None] = nothing
