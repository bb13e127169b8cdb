"""Finance: what guarantees do to credit, default and research, and what a fund does by the state's share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from agents.economy import Economy
from agents.finance.fund_books import BY_OUTSIDE
from experiments.evidence.trials.replication import (
    Changes,
    Cohort,
    Course,
    Replication,
    followed,
    lived,
    log_percent,
    mean_gap,
    ratio,
)
from experiments.evidence.trials.trial import Trial
from scenarios.spec import LAST_YEAR
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel

OFFERED: Changes = {
    ("credit_guarantee", "share"): 0.8,
    ("credit_guarantee", "fee"): 0.01,
    ("credit_guarantee", "budget"): 5e8,
}
NOT_OFFERED: Changes = dict.fromkeys(OFFERED, 0.0)
DOLLARS = 6.9e6  # yuan for a million dollars in 2020

SHARES = (0.1, 0.3, 0.9)  # of the state in a fund
MONEY = 2e9  # yuan of the fund, at the size of the province
TRIAL_QUARTER = 9  # quarters lived before the trial of a fund: the next one holds a round of funds
QUARTERS = 8  # for which it is followed
NO_FUNDS = {
    ("guidance_funds", "budget"): ((2016, 0.0),),
    ("guidance_funds", "government_share"): ((2016, 0.0),),
}


# --- guarantees ------------------------------------------------------------------------------------------


def guarantees(one: Replication) -> dict[str, float]:
    """Credit of all firms and of those guaranteed, default, research, investment, productivity, jobs."""
    with_them, without = one.course(OFFERED), one.course(NOT_OFFERED)
    added = 100.0 * (output_per_worker(with_them) - output_per_worker(without))
    found = {
        "new_loans": log_percent(with_them.total("loans_new"), without.total("loans_new")),
        "default": 100.0 * (with_them.mean("default_rate") - without.mean("default_rate")),
        "output_per_worker": added,
    }
    return found | of_guaranteed(one)


def output_per_worker(course: Course) -> float:
    """Log of value added per worker of technology firms over the last year."""
    added = course.total("technology_value_added", LAST_YEAR)
    return float(np.log(added / course.mean("employment", LAST_YEAR)))


def of_guaranteed(one: Replication) -> dict[str, float]:
    """Firms that a guarantee reaches in 2021, beside themselves where none is offered."""
    offered = lived(one.branch(OFFERED), 4).economy
    rows = offered.firms.rows()
    ids = offered.firms.id[rows[offered.firms.guaranteed[rows] > 0]]
    known = one.past.economy.firms
    ids = ids[[known.row_or_none(member) is not None for member in ids.tolist()]]
    names = ("loans", "research_of_year", "investment_of_year", "productivity", "left", "jobs_per_loan")
    if not len(ids):
        return {f"guaranteed_{name}": float("nan") for name in names}
    (base, later), (more, after) = (two_years(one, changes, ids) for changes in (NOT_OFFERED, OFFERED))
    both = base.alive & more.alive
    jobs = np.nansum((more.held["labour"] - base.held["labour"])[both])
    values = (
        log_percent(float(more.held["loans"][both].sum()), float(base.held["loans"][both].sum())),
        log_percent(float(more.flows["research"].sum()), float(base.flows["research"].sum())),
        log_percent(float(more.flows["investment"].sum()), float(base.flows["investment"].sum())),
        100.0 * mean_gap(after.held["log_productivity"], later.held["log_productivity"]),
        100.0 * (share_alive(later) - share_alive(after)),
        DOLLARS * ratio(float(jobs), float(np.nansum(more.held["guaranteed"]))),
    )
    return {f"guaranteed_{name}": value for name, value in zip(names, values, strict=True)}


def two_years(one: Replication, changes: Changes, ids: np.ndarray) -> tuple[Cohort, Cohort]:
    """The firms over 2021, and at the end of 2022."""
    model = one.branch(changes)
    held = ("loans", "guaranteed", "labour", "log_productivity")
    return followed(model, ids, 4, ("research", "investment"), held), followed(model, ids, 4, (), held)


def share_alive(cohort: Cohort) -> float:
    """Share of the firms that are there."""
    return float(cohort.alive.mean())


# --- funds -----------------------------------------------------------------------------------------------


def funds(one: Replication) -> dict[str, float]:
    """Value added by the state's share of the same money; private money, and foundings, by the lever."""
    before = without_funds(one)
    base = trial(before, None)
    size = MONEY * one.spec.scale
    gained = {share: (trial(before, share) - base) / size for share in SHARES}
    none, usual = one.course(dict.fromkeys(NO_FUNDS, 0.0)), one.usual
    public = usual.total("funds_master_called") - none.total("funds_master_called")
    private = usual.total("private_capital") - none.total("private_capital")
    return {
        "value_per_yuan": gained[0.3],
        "rise": gained[0.3] - gained[0.1],
        "fall": gained[0.9] - gained[0.3],
        "private_per_public": ratio(private, public),
        "foundings": log_percent(usual.total("entrants"), none.total("entrants")),
    }


def without_funds(one: Replication) -> IndustrialPolicyModel:
    """A model at the end of 2018Q1 in which nobody gives money to funds."""
    spec = replace(one.spec, scenario=one.spec.scenario.changed(NO_FUNDS))
    parameters = {**spec.parameters, "funds": {**spec.parameters["funds"], "private_supply": 0.0}}
    return lived(IndustrialPolicyModel(replace(spec, parameters=parameters)), TRIAL_QUARTER)


def trial(before: IndustrialPolicyModel, share: float | None) -> float:
    """Value added [yuan] over the quarters after a fund with this share of the state, or none, got money."""
    model = before.branch(before.spec)
    if share is not None:
        endow(model.economy, share, round(MONEY * model.spec.scale))
    lived(model, QUARTERS)
    return float(
        model.series[-QUARTERS:, series_of(model.spec.region).column["technology_value_added"]].sum()
    )


def endow(economy: Economy, share: float, money: int) -> None:
    """Gives the market fund of mean quality money from outside [yuan], with the terms of a state's share."""
    held, ledger = economy.funds, economy.ledger
    fund = int(np.abs(held.data.quality[held.market] - 1.0).argmin()) + int(held.market[0])
    held.government_share[fund] = share
    for amounts in (held.committed, held.paid_in):
        amounts[fund, BY_OUTSIDE] += money
    ledger.balance[held.account[fund]] += money
    ledger.balance[ledger.accounts.outside] -= money


GUARANTEES = Trial(
    "guarantees",
    "From 2021 on 80 % of a loan is guaranteed for 1 % a year, against no guarantees at all: all firms to "
    "2025, and the firms guaranteed in 2021 beside themselves where none is offered (a year; productivity "
    "and exit after two).",
    guarantees,
    {
        "new_loans": "%", "default": "points a year", "output_per_worker": "%", "guaranteed_loans": "%",
        "guaranteed_research_of_year": "%", "guaranteed_investment_of_year": "%",
        "guaranteed_productivity": "%", "guaranteed_left": "points",
        "guaranteed_jobs_per_loan": "jobs per million dollars",
    },
)  # fmt: skip
FUNDS = Trial(
    "funds",
    "One fund gets 20 亿 in 2018Q1, when no other has any, with a state share of .1, .3 or .9, against no "
    "money: value added of the firms over two years per yuan. From 2021 on guidance funds as in force "
    "against none: private money per public yuan, and foundings.",
    funds,
    {
        "value_per_yuan": "yuan/yuan", "rise": "yuan/yuan", "fall": "yuan/yuan",
        "private_per_public": "yuan/yuan", "foundings": "%",
    },
)  # fmt: skip
