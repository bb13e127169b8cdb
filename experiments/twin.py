"""The twin: the quarter of the firms as one would write it with Mesa alone, for comparing speed.

One ordinary `mesa.Agent` per firm with ordinary attributes, calling the same rules uncompiled. It is
equal to the compiled stages of a quarter within 1e-9, so that the ratio of their times
compares two ways of writing one model.
"""

from collections import defaultdict
from dataclasses import dataclass

import mesa
import numpy as np

from agents.economy import empty_totals
from agents.engine.population import Population
from agents.firms import (
    FirmParameters,
    bill,
    credit,
    demand,
    innovation,
    lifecycle,
    money,
    production,
    research,
)
from agents.firms.bill import new_bill
from agents.firms.conditions import ByIndustry, Local, Luck, new_work
from agents.firms.quarter import offer, operate
from agents.money.chart import PREFECTURES
from agents.numbers import distributions, elementary
from experiments.twin_firm import TwinFirm
from experiments.uncompiled import uncompiled
from sim.model import IndustrialPolicyModel

MODULES = (
    elementary,
    distributions,
    demand,
    production,
    research,
    bill,
    credit,
    money,
    innovation,
    lifecycle,
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
    pool: np.ndarray  # knowledge within reach of each cell, yuan at 2016Q1 prices
    pool_before: np.ndarray  # a quarter ago

    def cleared(self, home: np.ndarray) -> ByIndustry:
        """The conditions once the attraction of the firms of each industry is known."""
        demand_per_attraction = (self.national / (home + self.outside)).tolist()
        pairs = zip(self.conditions, demand_per_attraction, strict=True)
        return ByIndustry(c._replace(demand_per_attraction=demand) for c, demand in pairs)


def quarter_of(model: IndustrialPolicyModel) -> FirmQuarter:
    """What the firms of a model meet in its next quarter."""
    economy, setting = model.economy, model.setting
    now = setting.circumstances(economy.quarter, active=True)
    return FirmQuarter(
        economy.behaviour,
        setting.conditions(economy.markets, now),
        economy.talent.local,
        model.luck.of_quarter(economy.firms, economy.quarter),
        economy.markets.national,
        economy.markets.outside,
        economy.knowledge.pool,
        economy.knowledge.before,
    )


def run_compiled(firms: Population, quarter: FirmQuarter) -> None:
    """One quarter of the firms by the compiled stages, which also find exits and sums."""
    arrays, work, home = firms.arrays(), new_work(), np.zeros(firms.segments)
    rows = (firms.start, firms.stop)
    offer(arrays, quarter.luck, quarter.behaviour, quarter.conditions, work, *rows, home)
    pools = (quarter.pool, quarter.pool_before)
    conditions, counts = quarter.cleared(home), np.zeros(len(COUNTS), np.int64)
    operate(
        arrays,
        quarter.luck,
        quarter.behaviour,
        conditions,
        quarter.local,
        work,
        new_bill(),
        *rows,
        *pools,
        empty_totals(),
        counts,
    )


COUNTS = (
    "granted",
    "applied",
    "high_value_new",
    "high_value_lapsed",
    "lapsed",
    "certificates_lapsed",
    "spare",
)


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
        self.pool, self.pool_before = quarter.pool.tolist(), quarter.pool_before.tolist()
        self.local = Local(*(column.tolist() for column in quarter.local))
        self.home = [0.0] * len(self.conditions)
        self.flows: list[dict[str, int]] = [defaultdict(int) for _ in range(PREFECTURES)]
        self.counts = [0] * len(COUNTS)
        self.agents.do("offer")
        self.conditions = quarter.cleared(np.array(self.home))
        self.agents.do("operate")
