"""Firms that come: whom incentives win as they are, and what ten points of aid to investment do."""

from __future__ import annotations

import numpy as np

from experiments.evidence.trials.replication import Changes, Course, Replication, log_percent, ratio
from experiments.evidence.trials.trial import Trial
from scenarios.spec import LAST_YEAR

QUARTERS_TO_2021 = 20
YUAN_PER_DOLLAR = 6.9  # mean of 2016-20
AID: Changes = {("investment_attraction", "rate"): 0.10, ("investment_attraction", "budget"): 2e10}


def movers(one: Replication) -> dict[str, float]:
    """Of the projects offered those that would have gone elsewhere had no prefecture paid."""
    offered, tipped = (one.usual.total(f"projects_{name}") for name in ("offered", "tipped"))
    return {"tipped": ratio(tipped, offered)}


def aid(one: Replication) -> dict[str, float]:
    """Jobs, productivity of those who were there, and cost."""
    base, more = one.usual, one.course(AID)
    jobs = more.mean("employment", LAST_YEAR) - base.mean("employment", LAST_YEAR)
    return {
        "jobs": log_percent(more.mean("employment", LAST_YEAR), base.mean("employment", LAST_YEAR)),
        "incumbents": 100.0 * (productivity_of_incumbents(more) - productivity_of_incumbents(base)),
        "cost_per_job": ratio(more.total("projects_aid") / YUAN_PER_DOLLAR, jobs),
    }


def productivity_of_incumbents(course: Course) -> float:
    """Mean log productivity of the firms that were there before 2021."""
    old = course.firms("entry_quarter") < QUARTERS_TO_2021
    return float(np.mean(course.firms("log_productivity")[old]))


MOVERS = Trial(
    "movers",
    "The baseline: share of the projects offered from 2021 on that would have gone to another province if no "
    "prefecture paid, other things as they are.",
    movers,
    {"tipped": "share"},
)
ATTRACTION = Trial(
    "aid",
    "From 2021 on aid of ten points of the investment for every project from outside, with a budget that "
    "suffices: 2025.",
    aid,
    {"jobs": "%", "incumbents": "%", "cost_per_job": "USD"},
)
