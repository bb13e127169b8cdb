"""Skilled people: who is there, came and left, and how scarce they are."""

import numpy as np

from agents.economy import Economy
from agents.firms import totals as column
from sim.indicator import CellIndicator, F, Group, Indicator, R, S, Single, one_by_one
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


def people(moves: np.ndarray) -> float:
    """Persons over all cells."""
    return float(sum(moves.tolist()))  # of a hundred whole numbers faster than numpy's


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

CELLS = {
    "talent": CellIndicator("persons", S, "high-end talent", "高端人才", column.TALENT),
    "skilled_workers": CellIndicator("persons", S, "skilled workers", "技能人才", column.SKILLED),
}

SERIES = {"people": one_by_one(PEOPLE), "scarcity": Group(DEMAND, demand)}
