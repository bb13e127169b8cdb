"""Would-be founders, start-up loans and incubators in a quarter."""

import numpy as np

from agents.economy import Economy
from agents.founders.incubators import Incubators
from agents.founders.startup_loans import StartupLoans
from agents.founders.would_be import WouldBeFounders
from agents.numbers.sums import sum_in_order
from sim.founders.seats import tenants
from sim.indicator import F, Group, Indicator, S
from sim.setting import Setting

FOUNDERS = {
    "would_be_founders": Indicator(
        "persons",
        S,
        "people who can found and have not",
        "潜在创业者",
    ),
    "founders_held_back": Indicator(
        "persons",
        S,
        "people whom credit keeps from founding",
        "受融资约束的潜在创业者",
    ),
    "founders_gave_up": Indicator(
        "persons",
        F,
        "people who gave up founding",
        "放弃创业者",
    ),
    "marginal_entrants": Indicator(
        "firms",
        F,
        "firms founded on a start-up loan alone",
        "因创业贷款新设企业",
    ),
    "startup_loans": Indicator(
        "firms",
        F,
        "new firms with a start-up loan",
        "获创业担保贷款企业",
    ),
    "startup_loan_applicants": Indicator(
        "firms",
        F,
        "founders who applied for a start-up loan",
        "创业担保贷款申请者",
    ),
    "startup_lending": Indicator("yuan", F, "start-up loans", "创业担保贷款额"),
    "seats": Indicator("seats", S, "seats for firms in incubators", "孵化器工位"),
    "seats_sought": Indicator(
        "firms",
        F,
        "new firms that looked for a seat",
        "申请入孵企业",
    ),
    "tenants_finished": Indicator(
        "firms",
        F,
        "firms that left an incubator at the end of their time",
        "毕业企业",
    ),
}

TENANTS = {
    "tenants": Indicator("firms", S, "firms in incubators", "在孵企业"),
    "tenants_certified": Indicator("firms", S, "certified firms in incubators", "在孵高新技术企业"),
    "tenants_sales": Indicator("yuan", S, "annual sales of firms in incubators", "在孵企业年收入"),
}


def of_founders(economy: Economy, setting: Setting) -> list[float]:
    """The values of FOUNDERS."""
    stock, loans, incubators = economy.of(WouldBeFounders), economy.of(StartupLoans), economy.of(Incubators)
    return [
        int(stock.free.persons.sum()), int(stock.held_back.persons.sum()),
        int(stock.free.gave_up.sum()) + int(stock.held_back.gave_up.sum()), economy.counts.marginal,
        loans.served, loans.applied, loans.lent,
        incubators.all_seats, incubators.applied, incubators.finished,
    ]  # fmt: skip


def of_tenants(economy: Economy, setting: Setting) -> list[float]:
    """Firms in incubators, those of them that are certified, and their sales of the last year."""
    firms, rows = economy.firms, tenants(economy)
    certified = int(np.count_nonzero(firms.certificate_expiry[rows] > economy.quarter))
    return [float(len(rows)), float(certified), sum_in_order(firms.trailing_sales[rows])]


SERIES = {"founders": Group(FOUNDERS, of_founders), "tenants": Group(TENANTS, of_tenants)}
