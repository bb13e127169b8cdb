"""Would-be founders, start-up loans and incubators in a quarter."""

import numpy as np

from agents.economy import Economy
from agents.founders.incubators import Incubators
from agents.founders.startup_loans import StartupLoans
from agents.founders.would_be import WouldBeFounders
from agents.numbers.sums import sum_in_order
from sim.founders.seats import tenants
from sim.indicator import F, Group, Indicator, S, Single, one_by_one
from sim.setting import Setting


def persons(found: np.ndarray) -> float:
    """Persons over all cells."""
    return float(sum(found.tolist()))


FOUNDERS = {
    "would_be_founders": Single(
        "persons",
        S,
        "people who can found and have not",
        "潜在创业者",
        lambda e, s: persons(e.of(WouldBeFounders).free.persons),
    ),
    "founders_held_back": Single(
        "persons",
        S,
        "people whom credit keeps from founding",
        "受融资约束的潜在创业者",
        lambda e, s: persons(e.of(WouldBeFounders).held_back.persons),
    ),
    "founders_gave_up": Single(
        "persons",
        F,
        "people who gave up founding",
        "放弃创业者",
        lambda e, s: persons(e.of(WouldBeFounders).free.gave_up + e.of(WouldBeFounders).held_back.gave_up),
    ),
    "marginal_entrants": Single(
        "firms",
        F,
        "firms founded on a start-up loan alone",
        "因创业贷款新设企业",
        lambda e, s: float(e.counts.marginal),
    ),
    "startup_loans": Single(
        "firms",
        F,
        "new firms with a start-up loan",
        "获创业担保贷款企业",
        lambda e, s: float(e.of(StartupLoans).served),
    ),
    "startup_loan_applicants": Single(
        "firms",
        F,
        "founders who applied for a start-up loan",
        "创业担保贷款申请者",
        lambda e, s: float(e.of(StartupLoans).applied),
    ),
    "startup_lending": Single(
        "yuan", F, "start-up loans", "创业担保贷款额", lambda e, s: float(e.of(StartupLoans).lent)
    ),
    "seats": Single(
        "seats", S, "seats for firms in incubators", "孵化器工位", lambda e, s: e.of(Incubators).all_seats
    ),
    "seats_sought": Single(
        "firms",
        F,
        "new firms that looked for a seat",
        "申请入孵企业",
        lambda e, s: float(e.of(Incubators).applied),
    ),
    "tenants_finished": Single(
        "firms",
        F,
        "firms that left an incubator at the end of their time",
        "毕业企业",
        lambda e, s: float(e.of(Incubators).finished),
    ),
}

TENANTS = {
    "tenants": Indicator("firms", S, "firms in incubators", "在孵企业"),
    "tenants_certified": Indicator("firms", S, "certified firms in incubators", "在孵高新技术企业"),
    "tenants_sales": Indicator("yuan", S, "annual sales of firms in incubators", "在孵企业年收入"),
}


def of_tenants(economy: Economy, setting: Setting) -> list[float]:
    """Firms in incubators, those of them that are certified, and their sales of the last year."""
    firms, rows = economy.firms, tenants(economy)
    certified = int(np.count_nonzero(firms.certificate_expiry[rows] > economy.quarter))
    return [float(len(rows)), float(certified), sum_in_order(firms.trailing_sales[rows])]


SERIES = {"founders": one_by_one(FOUNDERS), "tenants": Group(TENANTS, of_tenants)}
