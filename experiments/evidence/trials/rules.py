"""Rules for firms, data and markets abroad: what their levers do beside what studies found."""

from __future__ import annotations

import numpy as np

from experiments.evidence.trials.founders import value_per_yuan
from experiments.evidence.trials.replication import Changes, Course, Replication, log_percent, ratio
from experiments.evidence.trials.trial import Trial

NO_WAIT: Changes = {("approval_reform", "cut"): 0.9}
LESS: Changes = {("compliance_relief", "relief"): 0.2}
OPEN: Changes = {("data_market", "platform"): 1.0, ("data_market", "budget"): 1e8}
ABROAD: Changes = {("outward_links", "share"): 0.5, ("outward_links", "budget"): 1e8}
REFORM_YEARS = (2021, 2022)  # for which the study follows firms


def approval(one: Replication) -> dict[str, float]:
    """Entry and exit in the two years after nearly all of the wait is gone, and dispersion."""
    course, base = one.course(NO_WAIT), one.usual
    return {
        "entrants": log_percent(*(each.total("entrants", *REFORM_YEARS) for each in (course, base))),
        "exits": log_percent(*(each.total("exits", *REFORM_YEARS) for each in (course, base))),
        "dispersion": spread(course) - spread(base),
    }


def spread(course: Course) -> float:
    """Standard deviation of log productivity over firms."""
    return float(np.std(course.firms("log_productivity")))


def compliance(one: Replication) -> dict[str, float]:
    """Inventions with a fifth of the cost of complying spared."""
    course, base = one.course(LESS), one.usual
    return {"inventions": log_percent(course.filed, base.filed)}


def data(one: Replication) -> dict[str, float]:
    """Productivity of firms with a platform for data."""
    course = one.course(OPEN)
    return {"productivity": 100.0 * float(course.last("data_gain"))}


def outward(one: Replication) -> dict[str, float]:
    """What a yuan of refunds brings of sales abroad and of value added in 2021 to 2025."""
    course, base = one.course(ABROAD), one.usual
    sales = 0.25 * course.total("promoted_sales")  # a stock of yearly sales, seen each quarter
    return {
        "exports_per_yuan": ratio(sales, course.total("programme_outward_links")),
        "value_per_yuan": value_per_yuan(course, base),
    }


APPROVAL = Trial(
    "approval_reform",
    "From 2021 on nine tenths of the days of approval are gone, everywhere, against none.",
    approval,
    {"entrants": "%", "exits": "%", "dispersion": "log points"},
)

COMPLIANCE = Trial(
    "compliance_relief",
    "From 2021 on firms are spared a fifth of the cost of complying with rules, against none.",
    compliance,
    {"inventions": "%"},
)

DATA = Trial(
    "data_market",
    "From 2021 on a full platform for data is paid for, against none.",
    data,
    {"productivity": "%"},
)

OUTWARD = Trial(
    "outward_links",
    "From 2021 on half of what it costs small firms to try a market abroad is refunded out of 100 million "
    "yuan a year, against none.",
    outward,
    {"exports_per_yuan": "yuan/yuan", "value_per_yuan": "yuan/yuan"},
)
