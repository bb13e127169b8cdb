"""The super-deduction: research, reported research and inventions per percent of research's user cost."""

from __future__ import annotations

from math import log

from experiments.evidence.trials.replication import Course, Replication, log_percent, ratio
from experiments.evidence.trials.trial import Trial
from scenarios.spec import LAST_YEAR

ADDITION = 0.25  # of research, deducted on top
CERTIFIED = 0.9  # share of research done at the reduced tax rate, by assumption


def deduction(one: Replication) -> dict[str, float]:
    """Elasticities to the user cost, from 2025; inventions from the applications of the last two years."""
    base, more = one.usual, one.course({("super_deduction", "addition"): ADDITION})
    cheaper = 100.0 * user_cost_change(one)
    return {
        "real": ratio(research(more, base, "rd_firms_real"), cheaper),
        "reported": ratio(research(more, base, "rd_firms"), cheaper),
        "inventions": ratio(log_percent(more.filed, base.filed), cheaper),
    }


def research(more: Course, base: Course, name: str) -> float:
    """Percent more research in the last year."""
    return log_percent(more.total(name, LAST_YEAR), base.total(name, LAST_YEAR))


def user_cost_change(one: Replication) -> float:
    """Log fall of the user cost of research, weighted by where research is done."""
    now = one.past.setting.circumstances(one.past.economy.quarter, active=True)
    deducted = float(now.super_deduction[0])

    def log_change(tax: float) -> float:
        return log((1.0 - tax * (1.0 + deducted + ADDITION)) / (1.0 - tax * (1.0 + deducted)))

    return -(CERTIFIED * log_change(now.certified_tax) + (1.0 - CERTIFIED) * log_change(now.standard_tax))


TRIAL = Trial(
    "deduction",
    "From 2021 on 25 points more of research are deducted, for all firms of the province: research of 2025, "
    "and applications of 2024 and 2025.",
    deduction,
    {"real": "-%/%", "reported": "-%/%", "inventions": "-%/%"},
)
