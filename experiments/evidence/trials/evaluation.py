"""Evaluation: what audits do to misuse, and what moving budgets does to their effect."""

from __future__ import annotations

from experiments.evidence.trials.replication import Course, Replication, ratio
from experiments.evidence.trials.trial import Trial

BUDGET = 5e8  # yuan a year: as much as all audits may cost


def evaluation(one: Replication) -> dict[str, float]:
    """Misuse of research grants where a quarter or all of them are audited, against none."""
    usual = misused(one.usual)
    some, all_of_them = (
        misused(one.course({("evaluation", "audit"): audit, ("evaluation", "budget"): BUDGET}))
        for audit in (0.25, 1.0)
    )
    return {
        "misuse_some": 100.0 * (ratio(some, usual) - 1.0),
        "misuse_points": 100.0 * (all_of_them - usual),
    }


def misused(course: Course) -> float:
    """Share of research grants that owners take."""
    return ratio(course.total("grants_misused"), course.total("programme_rd_subsidy"))


TRIAL = Trial(
    "evaluation",
    "From 2021 on a quarter of all research grants is audited, or every one, with money for it: what owners "
    "take of them until 2025.",
    evaluation,
    {"misuse_some": "%", "misuse_points": "percentage points"},
)
