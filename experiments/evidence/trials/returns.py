"""What a yuan of research and a gain in productivity do to value added: shocks to branches of one past.

A run is branched at the beginning of 2021; one branch goes on as it was, the others are shocked once or
for good, with the same luck; all are read in 2025. A return is what firms produce more in the year, less what
they buy more for production, over the knowledge they hold more: research itself is in neither part, so that
how the accounts book it (expensed or capitalised) changes no return.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np

from agents.economy import Economy
from experiments.evidence.trials.replication import Course, Replication, Shock, ratio
from experiments.evidence.trials.trial import Trial
from scenarios.spec import LAST_YEAR
from scenarios.values.tables import YI

GAIN = 0.05  # log points of productivity, of quality, of both kinds of innovation, of customer capital
MORE = 1.10  # wanted research over what it was


def more_productive(economy: Economy) -> None:
    """Every firm makes more of its capital and labour."""
    economy.firms.log_productivity[economy.firms.rows()] += GAIN


def better_goods(economy: Economy) -> None:
    """Every firm sells goods of higher quality."""
    economy.firms.log_quality[economy.firms.rows()] += GAIN


def more_innovative(economy: Economy) -> None:
    """Every firm has the same gain, divided between process and product as that of research is."""
    firms, share = economy.firms, economy.behaviour.innovation.process_share
    firms.log_productivity[firms.rows()] += share * GAIN
    firms.log_quality[firms.rows()] += (1.0 - share) * GAIN


def more_customers(economy: Economy) -> None:
    """Every firm has more customers."""
    economy.firms.log_customer_capital[economy.firms.rows()] += GAIN


def more_research(economy: Economy) -> None:
    """Every firm wants a tenth more research from now on."""
    scale = MORE * economy.behaviour.research.research_scale
    economy.behaviour = economy.behaviour.but(research_scale=scale)


def nothing_spills_over(economy: Economy) -> None:
    """Research of others teaches nobody any more: what remains is the own return."""
    economy.behaviour = economy.behaviour.but(spillover_elasticity=0.0)


ARMS: dict[str, tuple[Shock, ...]] = {
    "productivity": (more_productive,),
    "quality": (better_goods,),
    "innovation": (more_innovative,),
    "customers": (more_customers,),
    "research": (more_research,),
    "own, as it was": (nothing_spills_over,),
    "own, research": (nothing_spills_over, more_research),
}


@dataclass(frozen=True)
class Year:
    """The last year of a branch, all technology firms [yuan]."""

    emerging: float  # value added of emerging industries, research expensed
    emerging_capitalised: float
    sales: float
    stocks: float  # change of goods in stock
    purchases: float  # for production
    price: float  # log of the firms' prices over those of the branch it is compared with
    research: float
    knowledge: float  # at the end, 2016Q1 prices
    workers: float  # on average
    capital: float  # at the end, quantity
    wages: float

    @property
    def produced(self) -> float:
        """Sales and change in stocks less purchases for production."""
        return self.sales + self.stocks - self.purchases

    @property
    def real(self) -> float:
        """The same, with sales at the prices of the branch it is compared with: double deflation."""
        return self.sales * float(np.exp(-self.price)) + self.stocks - self.purchases


def year_of(course: Course, base: Course) -> Year:
    """The last year of a branch beside another's."""
    flows = {
        name: course.total(name, LAST_YEAR)
        for name in (
            "sei_value_added",
            "sei_value_added_capitalised",
            "sales",
            "rd_firms_real",
            "wages_paid",
        )
    }
    return Year(
        emerging=flows["sei_value_added"],
        emerging_capitalised=flows["sei_value_added_capitalised"],
        sales=flows["sales"],
        stocks=course.stocks,
        purchases=course.purchases,
        price=price_change(course.economy, base.economy),
        research=flows["rd_firms_real"],
        knowledge=float(course.firms("knowledge").sum()),
        workers=course.mean("employment", LAST_YEAR),
        capital=float(course.firms("capital").sum()),
        wages=flows["wages_paid"],
    )


def price_change(economy: Economy, base: Economy) -> float:
    """Log change of the prices of firms that are in both branches, weighted by sales in the base."""
    ids = base.firms.id[base.firms.rows()]
    there = np.array([economy.firms.row_or_none(member) is not None for member in ids.tolist()], bool)
    now, before = economy.firms.rows_of(ids[there]), base.firms.rows_of(ids[there])
    weights = base.firms.sales[before].astype(np.float64)
    change = economy.firms.log_price[now] - base.firms.log_price[before]
    return float((weights * change).sum() / max(weights.sum(), 1.0))


def returns(one: Replication) -> dict[str, float]:
    """The effects in one past."""
    base = one.usual
    own = one.course({}, ARMS["own, as it was"])
    years = {"as it was": year_of(base, base), "own, as it was": year_of(own, own)}
    for name, shocks in ARMS.items():
        if name not in years:
            years[name] = year_of(one.course({}, shocks), own if name == "own, research" else base)
    return effects(years, YI * one.spec.scale)


def effects(years: Mapping[str, Year], size: float) -> dict[str, float]:
    """What the shocks did, from the last year of every arm; size: yuan of the run in 亿 of the province."""
    base, better, more = years["as it was"], years["productivity"], years["research"]
    own_base, own = years["own, as it was"], years["own, research"]
    jobs = {name: log(years[name].workers / base.workers) / GAIN for name in ("productivity", "quality")}
    private, social = gross_return(own_base, own), gross_return(base, more)
    return {
        "value_nominal": log(better.produced / base.produced) / GAIN,
        "value_real": log(better.real / base.real) / GAIN,
        "value_fixed_inputs": at_fixed_inputs(base, better) / base.produced / GAIN,
        "value_to_innovation": log(years["innovation"].produced / base.produced) / GAIN,
        "jobs_to_productivity": jobs["productivity"],
        "jobs_to_demand": log(years["customers"].workers / base.workers) / GAIN,
        "jobs_product_less_process": jobs["quality"] - jobs["productivity"],
        "own_return": private,
        "own_return_real": 100.0 * ratio(own.real - own_base.real, own.knowledge - own_base.knowledge),
        "own_return_fixed_inputs": 100.0
        * ratio(at_fixed_inputs(own_base, own), own.knowledge - own_base.knowledge),
        "social_return": social,
        "social_over_private": ratio(social, private),
        "research": (more.research - base.research) / size,
        "value_expensed": (more.emerging - base.emerging) / size,
        "value_capitalised": (more.emerging_capitalised - base.emerging_capitalised) / size,
        "produced_per_research": ratio(more.produced - base.produced, more.research - base.research),
    }


def gross_return(before: Year, after: Year) -> float:
    """Output gained a year per yuan of knowledge gained [%]."""
    return 100.0 * ratio(after.produced - before.produced, after.knowledge - before.knowledge)


def at_fixed_inputs(before: Year, after: Year) -> float:
    """Output gained at constant prices that more or less labour and capital do not explain [yuan].

    Labour counts by its wages, capital by what these leave: the growth accounting of Solow (1957).
    """
    labour = before.wages * log(after.workers / before.workers)
    capital = (before.produced - before.wages) * log(after.capital / before.capital)
    return after.real - before.real - labour - capital


TRIAL = Trial(
    "returns",
    "From 2021 on every firm is 5 % more productive, makes better goods, has more customers, or wants a "
    "tenth more research (trial R), each in its own branch of the past; 2025 is read. For the own return "
    "what others know teaches nobody, in the arm and in its control.",
    returns,
    {
        "value_nominal": "%/%", "value_real": "%/%", "value_fixed_inputs": "%/%",
        "value_to_innovation": "%/%", "jobs_to_productivity": "%/%", "jobs_to_demand": "%/%",
        "jobs_product_less_process": "%/%", "own_return": "% a year", "own_return_real": "% a year",
        "own_return_fixed_inputs": "% a year", "social_return": "% a year", "social_over_private": "ratio",
        "research": "亿", "value_expensed": "亿", "value_capitalised": "亿",
        "produced_per_research": "yuan/yuan",
    },
)  # fmt: skip
