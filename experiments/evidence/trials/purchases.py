"""Public orders, and missions: what public demand and contests do to sales, research and GDP."""

from __future__ import annotations

import numpy as np

from agents.state.orders import weigh_offers
from experiments.evidence.trials.replication import Course, Replication, log_percent, ratio
from experiments.evidence.trials.trial import Trial
from scenarios.spec import POLICY_YEAR

TO = POLICY_YEAR + 2
MISSIONS = 6e8  # yuan a year
TERMS = {
    "paid at once": {"stage_gate": 0.0, "audit": 0.0},
    "stage gate and audits": {"stage_gate": 0.4, "audit": 0.3},
}


def orders(one: Replication) -> dict[str, float]:
    """Twice the public orders: GDP per yuan over three years, novel sales, research, inventions of value."""
    base, budget = one.usual, one.in_force("innovation_procurement")["budget"]
    more = one.course({("innovation_procurement", "budget"): 2.0 * budget})
    name = "programme_innovation_procurement"
    spent = more.total(name, last=TO) - base.total(name, last=TO)
    ordered = log_percent(more.total(name), base.total(name))
    return {
        "gdp_per_yuan": ratio(more.total("gdp", last=TO) - base.total("gdp", last=TO), spent),
        "novel_sales": ratio(log_percent(novel(more), novel(base)), ordered),
        "research": log_percent(more.total("rd_firms_real"), base.total("rd_firms_real")),
        "high_value": log_percent(more.last("high_value_patents"), base.last("high_value_patents")),
    }


def novel(course: Course) -> float:
    """Sales of novel products of emerging industries at the end [yuan/year]."""
    firms = course.economy.firms
    weights = np.empty(firms.capacity)
    intensity = course.economy.behaviour.january.novelty_intensity
    return float(weigh_offers(firms.arrays(), intensity, firms.start, firms.stop, weights))


def missions(one: Replication) -> dict[str, float]:
    """Research and misuse per yuan of missions, paid at once or with a stage gate and audits; inventions."""
    base = one.usual
    found = {}
    for terms, values in TERMS.items():
        fields = {"budget": MISSIONS, "entrants": 3.0, **values}
        more = one.course({("mission_projects", key): value for key, value in fields.items()})
        spent = more.total("programme_mission_projects")
        gained = more.total("rd_firms_real") - base.total("rd_firms_real")
        found[terms] = (
            ratio(gained, spent),
            ratio(more.total("mission_money_misused"), spent),
            log_percent(more.last("patents_valid"), base.last("patents_valid")),
        )
    loose, tight = found["paid at once"], found["stage gate and audits"]
    return {
        "research_per_yuan": loose[0],
        "by_audits": tight[0] - loose[0],
        "misused": loose[1],
        "misused_by_audits": tight[1] - loose[1],
        "inventions": tight[2],
    }


ORDERS = Trial(
    "orders",
    "From 2021 on twice the public orders for novel products: GDP per yuan more spent in 2021 to 2023, and "
    "novel sales, research and inventions until 2025.",
    orders,
    {
        "gdp_per_yuan": "yuan/yuan", "novel_sales": "%/%", "research": "%", "high_value": "%",
    },
)  # fmt: skip
MISSION = Trial(
    "missions",
    "From 2021 on 6 亿 a year for mission projects with three applicants a topic, paid at once, or with two "
    "fifths held back until the milestone and three tenths of tranches audited.",
    missions,
    {
        "research_per_yuan": "yuan/yuan", "by_audits": "yuan/yuan", "misused": "share",
        "misused_by_audits": "share", "inventions": "%",
    },
)  # fmt: skip
