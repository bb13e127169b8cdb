"""Skilled people, digital networks, and what tax rules for research forgo."""

import numpy as np

from agents.economy import INDUSTRIES, Economy
from agents.firms import totals as column
from agents.firms.totals import N_PREFECTURES
from sim.indicators.indicator import F, Indicator, Part, R, S, Single, one_by_one
from sim.setting import Setting


def demand(economy: Economy, setting: Setting) -> list[float]:
    """Research staff; skilled wanted over the usual supply; mean pay premium of those wanted; mean yield.

    Wanted are skilled workers by firms with research, in the province as a whole. Yield: of research over
    that with the talent of the start, mean over research staff.
    """
    market = economy.talent
    wanted, staff = sum(market.wanted.tolist()), sum(market.researchers.tolist())
    usual = float(market.skilled.persons.sum()) / (1.0 + market.parameters.reserve)
    paid = sum((market.wanted * (market.pay - 1.0)).tolist())
    yields = sum((market.researchers * market.local.talent).tolist())
    return [
        staff,
        (wanted + 1.0) / (usual + 1.0),
        paid / max(wanted, 1.0),
        yields / staff if staff > 0.0 else 1.0,
    ]


def digitalised(economy: Economy, setting: Setting) -> float:
    """Share of processes that firms have digitalised, mean over firms as of January."""
    firms = economy.totals.cells[:, column.FIRMS].reshape(INDUSTRIES, N_PREFECTURES).sum(axis=1)
    return sum((economy.markets.digital * firms).tolist()) / max(float(firms.sum()), 1.0)


def people(moves: np.ndarray) -> float:
    """Persons over all cells."""
    return float(moves.sum())


PEOPLE = {
    "skilled_workers": Single(
        "persons", S, "skilled workers", "技能人才", lambda e, s: people(e.talent.skilled.persons)
    ),
    "talent": Single(
        "persons", S, "high-end talent", "高端人才", lambda e, s: people(e.talent.talent.persons)
    ),
    "talent_arrived": Single(
        "persons", F, "talent from outside", "引进高端人才", lambda e, s: people(e.talent.talent.arrived)
    ),
    "talent_granted": Single(
        "persons", F, "newcomers with an award", "获资助引进人才", lambda e, s: float(e.talent.granted)
    ),
    "talent_left": Single(
        "persons", F, "talent lost", "流失高端人才", lambda e, s: people(e.talent.talent.left)
    ),
    "graduates_staying": Single(
        "persons",
        F,
        "graduates who begin in technology firms",
        "留湘进入科技企业的毕业生",
        lambda e, s: people(e.talent.skilled.graduated) + people(e.talent.talent.graduated),
    ),
}

DEMAND = {
    "research_staff": Indicator("persons", S, "research staff of firms", "企业研发人员"),
    "tightness": Indicator("ratio", R, "skilled workers wanted over supply", "技能人才供需比"),
    "pay_premium": Indicator("share", R, "pay premium of the skilled", "技能人才工资溢价"),
    "talent_yield": Indicator("ratio", R, "yield of research through talent", "人才研发效率"),
}

NETWORKS_AND_TAXES = {
    "digitalised": Single("share", R, "processes digitalised", "企业数字化水平", digitalised),
    "network_works": Single(
        "yuan at 2016Q1 prices",
        S,
        "public works of digital networks",
        "数字基础设施公共投资存量",
        lambda e, s: float(sum(e.network.works.tolist())),
    ),
    "tax_expenditure": Single(
        "yuan",
        F,
        "income tax forgone for research and certificates",
        "研发与高企所得税优惠",
        lambda e, s: float(e.totals.forgone[0]),
    ),
}

PARTS = (one_by_one(PEOPLE), Part(DEMAND, demand), one_by_one(NETWORKS_AND_TAXES))
