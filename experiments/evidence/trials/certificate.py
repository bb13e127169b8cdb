"""The high-tech certificate: what its threshold does to research near it, and what an award for it does."""

from __future__ import annotations

from math import log

import numpy as np

from agents.economy import Economy
from agents.firms.research import certification_threshold
from experiments.evidence.trials.replication import Cohort, Replication, followed, log_percent, mean_gap
from experiments.evidence.trials.trial import Trial

NEAR = (0.5, 1.2)  # of the threshold: planned research of the firms whose choice it is
DOSES = (0.0, 1e5, 2e5, 3e5, 4e5, 5e5, 6e5)  # yuan a certificate


def notch(one: Replication) -> dict[str, float]:
    """Reported research with the certificate over that without; how much of both is relabelled."""
    economy = one.past.economy
    ids = economy.firms.id[near_the_bar(economy)]
    with_it, without = (held_by(one, ids, shocks) for shocks in ([], [nobody_is_certified]))
    real = sums(with_it, "research") - sums(without, "research")
    reported = sums(with_it, "research", "relabelled")
    response = reported - sums(without, "research", "relabelled")
    better = mean_gap(with_it.held["log_productivity"], without.held["log_productivity"])
    return {
        "reported": log_percent(reported, sums(without, "research", "relabelled")),
        "relabelled_of_response": 1.0 - real / response if response > 0.0 else float("nan"),
        "relabelled_of_reported": sums(with_it, "relabelled") / reported,
        "productivity": 100.0 * better,
    }


def near_the_bar(economy: Economy) -> np.ndarray:
    """Rows of the firms, certified or not, whose plan for research lies around the threshold."""
    firms, rows = economy.firms, economy.firms.rows()
    bars = np.array([certification_threshold(sold) for sold in firms.trailing_sales[rows].tolist()])
    planned = 4.0 * firms.research_base[rows] / np.maximum(firms.trailing_sales[rows], 1.0) / bars
    return np.asarray(rows[(planned > NEAR[0]) & (planned < NEAR[1])])


def nobody_is_certified(economy: Economy) -> None:
    """Certificates end now, and none is given again."""
    firms, rows = economy.firms, economy.firms.rows()
    held = rows[firms.certificate_expiry[rows] > economy.quarter]
    firms.certificate_expiry[held] = economy.quarter
    economy.behaviour = economy.behaviour.but(certification_hazard=0.0, certification_renewal=0.0)


def held_by(one: Replication, ids: np.ndarray, shocks: list) -> Cohort:
    """The firms over two years."""
    return followed(one.branch({}, shocks), ids, 8, ("research", "relabelled"), ("log_productivity",))


def sums(cohort: Cohort, *names: str) -> float:
    """Flows of all firms [yuan]."""
    return float(sum(cohort.flows[name].sum() for name in names))


def award(one: Replication) -> dict[str, float]:
    """Certificates of 2025 by award: how smooth the response is, its elasticity from half to the whole."""
    budget = {("high_tech_award", "budget"): 2e10}
    held = [one.course({**budget, ("high_tech_award", "award"): dose}).last("hnte") for dose in DOSES]
    steps, whole = np.diff(held), held[-1] - held[0]
    middle = len(DOSES) // 2
    return {
        "certificates": log_percent(held[-1], held[0]),
        "largest_step": float(np.abs(steps).max() / whole) if whole > 0.0 else float("nan"),
        "elasticity": log(held[-1] / held[middle]) / log(DOSES[-1] / DOSES[middle]),
    }


CERTIFICATE = Trial(
    "certificate",
    "In 2021 certificates end and none is given again, against the baseline: firms, certified or "
    "not, that plan research of half the threshold to a fifth above it, over two years.",
    notch,
    {
        "reported": "%", "relabelled_of_response": "share", "relabelled_of_reported": "share",
        "productivity": "%",
    },
)  # fmt: skip
AWARD = Trial(
    "award",
    "From 2021 on an award of 0 to 600,000 yuan a certificate in six equal steps, with money for all: "
    "certified enterprises of 2025. `largest_step`: the largest of the steps over the whole response; an "
    "even response has a sixth in each.",
    award,
    {"certificates": "%", "largest_step": "share", "elasticity": "%/%"},
)
