"""Statistical coverage: how far what is published leaves what firms do."""

from __future__ import annotations

from experiments.evidence.trials.replication import Course, Replication, log_percent
from experiments.evidence.trials.trial import Trial
from scenarios.spec import LAST_YEAR, POLICY_YEAR

DRIFT = 0.018  # a year, what local accounts were overstated by in 2010-16
YEARS = LAST_YEAR - POLICY_YEAR


def coverage(one: Replication) -> dict[str, float]:
    """True less published growth, beyond the baseline's."""
    base, more = one.usual, one.course({("statistical_coverage", "drift"): DRIFT})
    true = growth(more, "sei_value_added") - growth(base, "sei_value_added")
    shown = growth(more, "sei_value_added_published") - growth(base, "sei_value_added_published")
    return {"true_less_published": true - shown}


def growth(course: Course, name: str) -> float:
    """Growth of a flow from the first year to the last [% a year]."""
    ends = [course.total(name, year, year) for year in (LAST_YEAR, POLICY_YEAR)]
    return log_percent(*ends) / YEARS


TRIAL = Trial(
    "coverage",
    "From 2021 on published emerging value added drifts 1.8 points a year further from what firms have: "
    "growth as it is less growth as it is published, to 2025.",
    coverage,
    {"true_less_published": "percentage points a year"},
)
