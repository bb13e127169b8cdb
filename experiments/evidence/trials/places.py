"""Networks, carriers, and all programmes together."""

from __future__ import annotations

from experiments.evidence.trials.replication import Changes, Course, Replication, log_percent, ratio
from experiments.evidence.trials.trial import Trial
from scenarios.spec import LAST_YEAR
from scenarios.values.tables import YI

NETWORKS: Changes = {
    ("digital_infrastructure", "voucher"): 0.3,
    ("digital_infrastructure", "budget"): 1e10,
}


def networks(one: Replication) -> dict[str, float]:
    """Revenue per worker and productivity; how many processes are digitalised."""
    without, more = one.course(dict.fromkeys(NETWORKS, 0.0)), one.course(NETWORKS)
    return {
        "sales_per_worker": log_percent(per_worker(more), per_worker(without)),
        "productivity": 100.0 * (mean_productivity(more) - mean_productivity(without)),
        "digitalised": 100.0 * (more.last("digitalised") - without.last("digitalised")),
        "per_adoption": gain_of_adoption(one),
    }


def per_worker(course: Course) -> float:
    """Sales per worker in the last year [yuan]."""
    return course.total("sales", LAST_YEAR) / course.mean("employment", LAST_YEAR)


def mean_productivity(course: Course) -> float:
    """Mean log productivity of the firms at the end."""
    return float(course.firms("log_productivity").mean())


def gain_of_adoption(one: Replication) -> float:
    """Productivity that a firm gains with full digitalisation [%]: the parameter itself."""
    return 100.0 * one.spec.parameters["firms"]["digital_gain"]


def carriers(one: Replication) -> dict[str, float]:
    """National carriers more per 亿 of matching money."""
    base, budget = one.usual, one.in_force("innovation_carriers")["budget"]
    more = one.course({("innovation_carriers", "budget"): 2.0 * budget})
    spent = more.total("programme_innovation_carriers") - base.total("programme_innovation_carriers")
    gained = more.last("carriers_wide") - base.last("carriers_wide")
    return {"titles_per_yi": ratio(gained, spent / one.spec.scale / YI)}


def package(one: Replication) -> dict[str, float]:
    """Twice the money of every programme: research, productivity, and value added per yuan spent."""
    levers = one.spec.scenario.levers
    budgets = {
        (name, "budget"): 2.0 * one.in_force(name)["budget"] for name in levers if "budget" in levers[name]
    }
    base, more = one.usual, one.course(budgets)
    gained = more.total("technology_value_added") - base.total("technology_value_added")
    return {
        "research": log_percent(more.total("rd_firms_real"), base.total("rd_firms_real")),
        "productivity": 100.0 * (mean_productivity(more) - mean_productivity(base)),
        "value_per_yuan": ratio(gained, more.spent - base.spent),
    }


NETWORK = Trial(
    "networks",
    "From 2021 on ten times the money of 2020 for digital networks and a voucher of .3, against none of "
    "both: 2025.",
    networks,
    {"sales_per_worker": "%", "productivity": "%", "digitalised": "points", "per_adoption": "%"},
)
CARRIERS = Trial(
    "carriers",
    "From 2021 on twice the matching money for national carriers: titles held at the end of 2025.",
    carriers,
    {"titles_per_yi": "carriers/亿"},
)
PACKAGE = Trial(
    "package",
    "From 2021 on twice the money of every programme, to 2025.",
    package,
    {"research": "%", "productivity": "%", "value_per_yuan": "yuan/yuan"},
)
