"""Money to firms by lottery: what they do with a grant, with untied cash, and with less credit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from agents.economy import Economy
from agents.money.flows import Flow
from agents.state.grants import use_grants
from experiments.evidence.trials.replication import (
    Cohort,
    Given,
    Replication,
    followed,
    mean_gap,
    random_part,
    ratio,
    those_with_research,
)
from experiments.evidence.trials.trial import Trial
from sim.luck.of_firms import FirmPurpose

GRANT = 300_000  # yuan a firm
YEARS = 2
LATER = 2  # years more until productivity is read
SMALL = 2e7  # yuan of sales a year: below the scale from which statistics count a firm of industry
TENTH = 0.2  # of the firms that share the money when it is concentrated: a tenth of all
CASH = 0.05  # of a year's sales
LESS = 0.8  # of the usual lines of credit
LINES = ("credit_to_sales", "collateral_rate")


def grants(one: Replication) -> dict[str, float]:
    """Research per yuan granted, by kind of firm; productivity, staff; the same money to fewer firms."""
    economy = one.past.economy
    ids = random_part(those_with_research(economy), 0.5, one.number)
    rows = economy.firms.rows_of(ids)
    cash = economy.firms.deposits[rows] / np.maximum(4.0 * economy.firms.wage_bill[rows], 1.0)
    short, small = cash <= np.median(cash), economy.firms.trailing_sales[rows] < SMALL
    few = random_part(ids, TENTH, one.number)
    more = np.where(np.isin(ids, few), round(GRANT / TENTH), 0)
    base, spread, narrow = (of_grant(one, ids, money) for money in (0 * more, 0 * more + GRANT, more))
    gained = (spread[0].flows["research"] - base[0].flows["research"]) / GRANT
    better = 100.0 * productivity_gain(base[1], spread[1])
    return {
        "total": float(gained.mean()),
        "own": float(gained.mean()) - 1.0,
        "short_of_cash": float(gained[short].mean() - gained[~short].mean()),
        "small": float(gained[small].mean()) if small.any() else float("nan"),
        "productivity": better,
        "staff": 100.0 * staff_gain(base[1], spread[1]),
        "concentrated": 100.0 * productivity_gain(base[1], narrow[1]) - better,
    }


def of_grant(one: Replication, ids: np.ndarray, money: np.ndarray) -> tuple[Cohort, Cohort]:
    """The firms over the years of the grant, and in the years after."""
    paid = money > 0
    misuse = one.past.draws.uniforms(FirmPurpose.MISUSE, ids[paid], one.past.economy.quarter)
    then = partial(used, ids[paid], money[paid], misuse)
    first = [Given(ids[paid], money[paid], then)] if paid.any() else []
    model, held = one.branch(), ("log_productivity", "labour")
    return followed(model, ids, 4 * YEARS, ("research",), held, first), followed(
        model, ids, 4 * LATER, (), held
    )


def used(ids: np.ndarray, money: np.ndarray, misuse: np.ndarray, economy: Economy) -> None:
    """What owners do with a grant: a part is misused, a part of the rest tied to research."""
    luck, rows = np.zeros(economy.firms.capacity), economy.firms.rows_of(ids)
    luck[rows] = misuse
    dividends = economy.totals.flows[Flow.DIVIDENDS]
    taken = np.zeros(len(rows), np.int64)
    use_grants(economy.firms.arrays(), luck, economy.behaviour, rows, money, 1.0, dividends, taken)


def productivity_gain(base: Cohort, after: Cohort) -> float:
    """Mean change of log productivity over the firms in both arms."""
    return mean_gap(after.held["log_productivity"], base.held["log_productivity"])


def staff_gain(base: Cohort, after: Cohort) -> float:
    """Mean log change of staff over the firms in both arms."""
    return mean_gap(np.log(after.held["labour"]), np.log(base.held["labour"]))


def cash(one: Replication) -> dict[str, float]:
    """Research per yuan of untied cash of private and state firms; what less credit does."""
    economy = one.past.economy
    ids = random_part(those_with_research(economy), 0.5, one.number)
    rows = economy.firms.rows_of(ids)
    money = np.rint(CASH * economy.firms.trailing_sales[rows]).astype(np.int64)
    base = followed(one.branch(), ids, 4 * YEARS, ("research",))
    more = followed(one.branch(), ids, 4 * YEARS, ("research",), (), [Given(ids, money, None)])
    gained = more.flows["research"] - base.flows["research"]
    return {"research_per_yuan": ratio(float(gained.sum()), float(money.sum()))} | rationing(one, ids)


def rationing(one: Replication, ids: np.ndarray) -> dict[str, float]:
    """A fifth less credit for every firm: research and productivity of those that do research."""

    def tighter(economy: Economy) -> None:
        usual = one.spec.parameters["firms"]
        economy.behaviour = economy.behaviour.but(**{name: LESS * usual[name] for name in LINES})

    arms: list[list[Callable[[Economy], None]]] = [[], [tighter]]
    base, less = (
        followed(one.branch({}, shocks), ids, 12, ("research",), ("log_productivity",)) for shocks in arms
    )
    spent = less.flows["research"].sum() / base.flows["research"].sum()
    return {
        "rationed_research": 100.0 * float(np.log(spent)),
        "rationed_productivity": 100.0 * productivity_gain(base, less),
    }


GRANTS = Trial(
    "grants",
    "Half of the firms that do research, drawn at random, get 300,000 yuan each in 2021Q1 from the centre; "
    "owners take what is misused, and a part of the rest is tied to research. Each is compared with itself "
    "without it: research over two years, productivity and staff after four. `concentrated`: the same money "
    "to a fifth of them.",
    grants,
    {
        "total": "yuan/yuan", "own": "yuan/yuan", "short_of_cash": "yuan/yuan", "small": "yuan/yuan",
        "productivity": "%", "staff": "%", "concentrated": "%",
    },
)  # fmt: skip
CASH_TRIAL = Trial(
    "cash",
    "The same firms get untied cash of 5 % of a year's sales: research over two years per yuan. In another "
    "branch every line of credit is a fifth lower for three years.",
    cash,
    {"research_per_yuan": "yuan/yuan", "rationed_research": "%", "rationed_productivity": "%"},
)
