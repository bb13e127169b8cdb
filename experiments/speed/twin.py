"""The twin: the quarter of the firms as one would write it with Mesa alone, for comparing speed.

One ordinary `mesa.Agent` per firm with ordinary attributes, calling the same rules uncompiled. It is
equal to the compiled stages of a quarter within 1e-9, so that the ratio of their times
compares two ways of writing one model.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from types import SimpleNamespace

import mesa
import numpy as np

from agents.economy import empty_totals
from agents.engine.population import Population
from agents.firms import (
    FirmParameters,
    bill,
    credit,
    demand,
    exit,
    innovation,
    production,
    research,
    settle,
)
from agents.firms.conditions import ByIndustry, Local, Luck
from agents.firms.quarter import offer, operate
from agents.firms.totals import Totals
from agents.firms.work import Work, new_work
from agents.numbers import distributions, elementary
from experiments.speed.twin_firm import TwinFirm
from experiments.speed.uncompiled import uncompiled
from sim.firms.steps import around_firms
from sim.model import IndustrialPolicyModel

MODULES = (
    elementary,
    distributions,
    demand,
    production,
    research,
    bill,
    credit,
    settle,
    innovation,
    exit,
)


@dataclass(frozen=True)
class FirmQuarter:
    """What a quarter gives the firms, compiled and twin alike."""

    behaviour: FirmParameters
    conditions: ByIndustry  # demand is set by the market of the quarter
    local: Local  # what the firms of a cell meet alike
    luck: Luck  # one draw per row and purpose
    national: np.ndarray  # demand of each industry, yuan/quarter
    outside: np.ndarray  # attraction of rivals in each industry
    # What the compiled stages write to; kept from one quarter to the next, as in the model
    totals: Totals
    work: Work = field(default_factory=new_work)

    def cleared(self, home: np.ndarray) -> tuple[ByIndustry, Local]:
        """Conditions and demand by cell once the attraction of the firms of each industry is known."""
        demand_per_attraction = self.national / (home + self.outside)
        pairs = zip(self.conditions, demand_per_attraction.tolist(), strict=True)
        conditions = ByIndustry(c._replace(demand_per_attraction=demand) for c, demand in pairs)
        by_cell = np.repeat(demand_per_attraction, len(self.local.at_home) // len(home))
        return conditions, self.local._replace(demand=by_cell + self.local.at_home)


def quarter_of(model: IndustrialPolicyModel) -> FirmQuarter:
    """What the firms of a model meet in its next quarter."""
    economy, setting = model.economy, model.setting
    now = setting.circumstances(economy.quarter, active=True)
    return FirmQuarter(
        economy.behaviour,
        setting.conditions(economy.markets, now),
        around_firms(economy),
        model.luck.of_quarter(economy.firms, economy.quarter),
        economy.markets.national,
        economy.markets.outside,
        empty_totals(economy.geography),
    )


def run_compiled(firms: Population, quarter: FirmQuarter) -> None:
    """One quarter of the firms by the compiled stages, which also find exits and sums."""
    arrays, home, span = firms.arrays(), np.zeros(firms.segments), (firms.start, firms.stop)
    luck, p, work = quarter.luck, quarter.behaviour, quarter.work
    offer(arrays, luck, p, quarter.conditions, work, *span, home)
    operate(arrays, luck, p, *quarter.cleared(home), work, span, quarter.totals)


class TwinModel(mesa.Model):
    """As many agents as firms; a quarter is two calls of every agent with the market between them."""

    def __init__(self, firms: Population) -> None:
        super().__init__()
        self.rules = uncompiled(MODULES)
        for industry, (start, stop) in enumerate(zip(firms.start, firms.stop, strict=True)):
            for row in range(start, stop):
                TwinFirm(self, industry, int(row), firms)

    def hand_out_luck(self, quarter: FirmQuarter) -> None:
        """Every firm's draws of the quarter, as numbers of its own; not a part of what is timed."""
        columns = [column.tolist() for column in quarter.luck]
        for firm in self.agents:
            firm.luck = Luck(*(column[firm.row] for column in columns))

    def run(self, quarter: FirmQuarter) -> None:
        """One quarter of all firms."""
        self.p, self.conditions = quarter.behaviour, quarter.conditions
        self.home = [0.0] * len(self.conditions)
        self.flows: list[dict[str, int]] = [defaultdict(int) for _ in range(quarter.totals.flows.shape[1])]
        self.totals = SimpleNamespace(**{name: [0] for name in Totals._fields})
        self.agents.do("offer")
        self.conditions, local = quarter.cleared(np.array(self.home))
        self.local = Local(*(column.tolist() for column in local))
        self.agents.do("operate")
