"""Founders: what seats in incubators and start-up loans do to new firms, to entry and to value added."""

from __future__ import annotations

import numpy as np

from agents.economy import Economy
from agents.firms.entry import MARGINAL
from experiments.evidence.trials.replication import (
    Changes,
    Course,
    Replication,
    followed,
    lived,
    living,
    log_percent,
    ratio,
)
from experiments.evidence.trials.trial import Trial

SEATS: Changes = {("incubation", "budget"): 2e8}
LOANS: Changes = {("startup_loans", "interest"): 1.0, ("startup_loans", "budget"): 2e8}
LITTLE: Changes = {("startup_loans", "interest"): 1.0, ("startup_loans", "budget"): 2e7}
LITTLE_MORE: Changes = {("startup_loans", "interest"): 1.0, ("startup_loans", "budget"): 8e7}
QUARTERS = 4  # of 2021, in which seats are taken and loans are given
LATER = 16  # quarters for which who got one is followed
TEN = 10.0  # workers


# --- incubators ------------------------------------------------------------------------------------------


def incubation(one: Replication) -> dict[str, float]:
    """Survival, growth and inventions of firms that more seats let in, beside themselves without a seat."""
    more, usual = one.branch(SEATS), one.branch()
    lived(more, QUARTERS)
    lived(usual, QUARTERS)
    ids = both_alive(seated(more.economy), usual.economy)
    ids = ids[usual.economy.firms.seat_until[usual.economy.firms.rows_of(ids)] == 0]
    inside, outside = (
        followed(model, ids, LATER, (), ("trailing_sales", "patents")) for model in (more, usual)
    )
    both = inside.alive & outside.alive
    ours, theirs = (float(arm.held["trailing_sales"][both].sum()) for arm in (inside, outside))
    course, base = one.course(SEATS), one.usual
    return {
        "survival": 100.0 * float(inside.alive.mean() - outside.alive.mean()) if len(ids) else float("nan"),
        "growth": log_percent(ours, theirs),
        "value_per_yuan": value_per_yuan(course, base),
    }


def seated(economy: Economy) -> np.ndarray:
    """Ids of the firms that have taken a seat in the last four quarters and still have it."""
    firms, rows = economy.firms, economy.firms.rows()
    new = firms.entry_quarter[rows] >= economy.quarter - QUARTERS
    return np.asarray(firms.id[rows[new & (firms.seat_until[rows] > economy.quarter)]])


def both_alive(ids: np.ndarray, other: Economy) -> np.ndarray:
    """Those of the firms that are in another branch, too."""
    return ids[living(other, ids)]


# --- start-up loans --------------------------------------------------------------------------------------


def startup_loans(one: Replication) -> dict[str, float]:
    """Entry, who would have founded anyhow, what a loan does to those, and what a yuan brings."""
    course, base = one.course(LOANS), one.usual
    little, some = one.course(LITTLE), one.course(LITTLE_MORE)
    added = course.total("entrants") - base.total("entrants")
    found = {
        "entrants": log_percent(course.total("entrants"), base.total("entrants")),
        "additional": ratio(added, course.total("startup_loans")),
        "with_scale": log_percent(entrants_per_yuan(some), entrants_per_yuan(little)),
        "value_per_yuan": value_per_yuan(course, base),
    }
    return found | of_borrowers(one)


def entrants_per_yuan(course: Course) -> float:
    """Firms founded on a loan alone per yuan of interest paid."""
    return ratio(course.total("marginal_entrants"), course.total("programme_startup_loans"))


def value_per_yuan(course: Course, base: Course) -> float:
    """Value added of technology firms gained in 2021 to 2025 per yuan that programmes spent more."""
    gained = course.total("technology_value_added") - base.total("technology_value_added")
    return ratio(gained, course.spent - base.spent)


def of_borrowers(one: Replication) -> dict[str, float]:
    """Firms of 2021 with a loan beside themselves without one; and those founded on a loan alone."""
    more, usual = lived(one.branch(LOANS), QUARTERS), lived(one.branch(), QUARTERS)
    firms, rows = more.economy.firms, more.economy.firms.rows()
    new = rows[(firms.entry_quarter[rows] >= more.economy.quarter - QUARTERS) & (firms.guaranteed[rows] > 0)]
    marginal = firms.id[new[(firms.id[new] & MARGINAL) != 0]]
    ids = both_alive(firms.id[new[(firms.id[new] & MARGINAL) == 0]], usual.economy)
    rates = [
        float(arm.economy.firms.loan_rate[arm.economy.firms.rows_of(ids)].mean()) for arm in (more, usual)
    ]
    with_loan = followed(more, ids, LATER, (), ("trailing_sales", "labour"))
    without = followed(usual, ids, LATER, (), ("trailing_sales", "labour"))
    both = with_loan.alive & without.alive
    sales = [float(arm.held["trailing_sales"][both].sum()) for arm in (with_loan, without)]
    large = [100.0 * float((arm.held["labour"] >= TEN).mean()) for arm in (with_loan, without)]
    of_marginal = living(more.economy, marginal).mean() if len(marginal) else float("nan")
    return {
        "rate": 100.0 * (rates[0] - rates[1]),
        "growth": log_percent(*sales),
        "closed": 100.0 * float(without.alive.mean() - with_loan.alive.mean()),
        "ten_workers": large[0] - large[1],
        "closed_marginal": 100.0 * float(with_loan.alive.mean() - of_marginal),
    }


INCUBATION = Trial(
    "incubation",
    "From 2021 on 200 million yuan a year keep seats beside the usual ones; new firms that they let in are "
    "followed to 2025 beside themselves without a seat.",
    incubation,
    {
        "survival": "percentage points",
        "growth": "%",
        "value_per_yuan": "yuan/yuan",
    },
)

STARTUP_LOANS = Trial(
    "startup_loans",
    "From 2021 on the whole interest on start-up loans is paid out of 200 million yuan a year (20 and 80 for "
    "the effect of scale), against none; borrowers of 2021 are followed to 2025 beside themselves without.",
    startup_loans,
    {
        "entrants": "%",
        "additional": "share",
        "with_scale": "%",
        "value_per_yuan": "yuan/yuan",
        "rate": "percentage points",
        "growth": "%",
        "closed": "percentage points",
        "ten_workers": "percentage points",
        "closed_marginal": "percentage points",
    },
)
