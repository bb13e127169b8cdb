"""What a yuan of research and a gain in productivity do to value added: shocks to branches of one past.

    from experiments.evidence.in_silico_value import value_effects
    print(value_effects(replications=24).to_string())

A run is branched at the beginning of 2021; one branch goes on as it was, the others are shocked once or
for good, with the same luck; all are read in 2025. A return is what firms produce more in the year, less what
they buy more for production, over the knowledge they hold more: research itself is in neither part, so that
how the accounts book it (expensed or capitalised) changes no return.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import trimboth

from agents.economy import Economy
from agents.money.flows import Flow
from experiments.answer.probability import mean_interval
from experiments.compute.parallel import in_parallel
from scenarios.spec import FIRST_YEAR, POLICY_YEAR
from scenarios.values.tables import YI
from sim.model import IndustrialPolicyModel, choose

GAIN = 0.05  # log points of productivity, and of both kinds of innovation
MORE = 1.10  # wanted research over what it was
QUARTERS_TO_2021 = 4 * (POLICY_YEAR - FIRST_YEAR)
TRIM = 0.1  # share of pairs left out at each end: one pair with a giant moves a mean return by ten points
Shock = Callable[[Economy], None]


@dataclass(frozen=True)
class Year:
    """Sums of a year over all technology firms [yuan]; workers on average."""

    emerging: float  # value added of emerging industries, research expensed
    emerging_capitalised: float
    produced: float  # sales and change in stocks less purchases for production
    research: float
    knowledge: float  # at the end, 2016Q1 prices
    workers: float


def more_productive(economy: Economy) -> None:
    """Every firm makes more of its capital and labour."""
    economy.firms.log_productivity[economy.firms.rows()] += GAIN


def more_innovative(economy: Economy) -> None:
    """Every firm has the same gain, divided between process and product as that of research is."""
    firms, share = economy.firms, economy.behaviour.innovation.process_share
    firms.log_productivity[firms.rows()] += share * GAIN
    firms.log_quality[firms.rows()] += (1.0 - share) * GAIN


def more_research(economy: Economy) -> None:
    """Every firm wants a tenth more research from now on."""
    scale = MORE * economy.behaviour.research.research_scale
    economy.behaviour = economy.behaviour.but(research_scale=scale)


def nothing_spills_over(economy: Economy) -> None:
    """Research of others teaches nobody any more: what remains is the own return."""
    economy.behaviour = economy.behaviour.but(spillover_elasticity=0.0)


ARMS: dict[str, tuple[Shock, ...]] = {
    "as it was": (),
    "productivity": (more_productive,),
    "innovation": (more_innovative,),
    "research": (more_research,),
    "own, as it was": (nothing_spills_over,),
    "own, research": (nothing_spills_over, more_research),
}


def value_effects(replications: int = 24, scale: float = 0.1) -> pd.DataFrame:
    """Each effect with its 95 % interval over pairs, trimmed by a tenth at each end.

    Elasticities of expensed emerging value added and of employment; returns [% a year]; what 10 % more
    research adds to emerging value added under either convention [亿元], and to firms' output per yuan of it.
    """
    found = in_parallel(partial(effects_of_one, scale), range(replications))
    return pd.DataFrame({name: trimmed(np.array([one[name] for one in found])) for name in found[0]}).T


def effects_of_one(scale: float, number: int) -> dict[str, float]:
    """The effects in one past."""
    past = IndustrialPolicyModel(choose(scale=scale, replication=number))
    for _ in range(QUARTERS_TO_2021):
        past.step()
    return effects({name: last_year(past.branch(past.spec), shocks) for name, shocks in ARMS.items()}, scale)


def last_year(model: IndustrialPolicyModel, shocks: tuple[Shock, ...]) -> Year:
    """The last year of a branch that is shocked now."""
    economy = model.economy
    for shock in shocks:
        shock(economy)
    bought, stocks = 0, 0
    while economy.quarter < model.quarters:
        if economy.quarter == model.quarters - 4:
            stocks = int(economy.firms.inventory_value[economy.firms.rows()].sum())
        model.step()
        if economy.quarter > model.quarters - 4:
            bought += economy.firm_flows[Flow.PURCHASES]
    rows = economy.firms.rows()
    year = {name: model.series[-4:, place] for name, place in model.recorded.column.items()}
    return Year(
        emerging=float(year["sei_value_added"].sum()),
        emerging_capitalised=float(year["sei_value_added_capitalised"].sum()),
        produced=float(year["sales"].sum() + economy.firms.inventory_value[rows].sum() - stocks - bought),
        research=float(year["rd_firms_real"].sum()),
        knowledge=float(economy.firms.knowledge[rows].sum()),
        workers=float(year["employment"].mean()),
    )


def effects(years: Mapping[str, Year], scale: float) -> dict[str, float]:
    """What the shocks did, from the last year of every arm."""
    base, size = years["as it was"], YI * scale
    more = years["research"]
    found = {}
    for shock in ("productivity", "innovation"):
        found[f"value added to {shock}"] = np.log(years[shock].emerging / base.emerging) / GAIN
        found[f"employment to {shock}"] = np.log(years[shock].workers / base.workers) / GAIN
    found["return with spillovers"] = gross_return(base, more)
    found["own return"] = gross_return(years["own, as it was"], years["own, research"])
    found["research"] = (more.research - base.research) / size
    found["value added, expensed"] = (more.emerging - base.emerging) / size
    found["value added, capitalised"] = (more.emerging_capitalised - base.emerging_capitalised) / size
    found["output per yuan of research"] = (more.produced - base.produced) / (more.research - base.research)
    return {name: float(value) for name, value in found.items()}


def gross_return(before: Year, after: Year) -> float:
    """Output gained a year per yuan of knowledge gained [%]."""
    return 100.0 * (after.produced - before.produced) / (after.knowledge - before.knowledge)


def trimmed(values: np.ndarray) -> dict[str, float]:
    """Mean without the ends, and its 95 % interval."""
    kept = np.sort(trimboth(values, TRIM))
    low, high = mean_interval(kept)
    return {"effect": float(kept.mean()), "low": low, "high": high}
