"""How funds get their money and give it back: commitments, calls, and what is paid out to the holders."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.finance.fund_books import (
    BY_MASTER,
    BY_OUTSIDE,
    BY_REST,
    call_due,
    pay_calls,
    pay_out,
    share_proceeds,
)
from agents.finance.funds import GOVERNMENTS, MARKET, PRIVATE, SECTOR, Funds
from agents.money.flows import Flow
from agents.money.ledger import Ledger
from agents.money.programme import Programme
from agents.numbers.elementary import exp_, yuan
from agents.numbers.shares import MILLION, Shares, parts_of, ration, rounded_down, split


class FundTerms(NamedTuple):
    """What the lever offers: public money [yuan/half-year], the state's share in funds for an industry, and
    the share of its distributions that the state gives up until private holders have their money back."""

    budget: int
    government_share: float
    compensation: float


@rule
def appetite(government_share, restriction, compensation, p):
    """Share of their money that private investors would give to a fund with the state.

    Less the more the state decides and rules on, more if it takes losses first.
    Source of the last: 王辉, 汪炜 (2022), 科学学研究 40(6).
    """
    score = p.appetite - p.appetite_state * government_share - p.appetite_restriction * restriction
    return 1.0 / (1.0 + exp_(-(score + p.appetite_compensation * compensation)))


def private_supply(funds: Funds, assets: int, sales: float) -> float:
    """What private investors give to funds in a half-year [yuan].

    It grows with what the state placed the half-year before as long as funds are few, and falls beyond.
    assets: book value of all funds; sales: of technology firms, yuan/year.
    Source: crowding-in where venture capital is little developed, 杨敏利 (2014), 科研管理 35(11).
    """
    p = funds.parameters
    room = 1.0 - assets / (p.saturation * max(sales, 1.0))
    return max(0.0, 0.5 * p.private_supply * funds.scale + p.crowding_in * room * funds.placed_by_governments)


@rule
def joint_promises(supply, budget, willing, share):
    """Promises of private investors and of the state to a fund for an industry [yuan].

    supply, budget: what both would give at most. The state's share is fixed: who is short limits the other.
    """
    offered = supply * willing
    if share <= 0.0:
        return offered, 0.0
    if share >= 1.0:
        return 0.0, budget
    private = min(offered, budget * (1.0 - share) / share)
    return private, private * share / (1.0 - share)


@rule
def add_promise(committed, fund, private, state, at_home):
    """Adds what private investors and the state promise a fund [yuan]; at_home: millionths of the former."""
    promised = yuan(private)
    home = rounded_down(promised, at_home)
    committed[fund, BY_MASTER] += yuan(state)
    committed[fund, BY_REST] += home
    committed[fund, BY_OUTSIDE] += promised - home


@stage
def promise(p, terms, supply, kind, weight, restriction, committed):
    """Adds this half-year's promises to `committed` [yuan]; what funds for an industry leave the market gets.

    supply: of private investors [yuan]. kind, weight, restriction: of each fund, as in `FundData`.
    """
    taken, share, at_home = 0.0, terms.government_share, yuan(p.private_at_home * MILLION)
    for fund in range(len(kind)):
        if kind[fund] == SECTOR and terms.budget > 0:
            willing = appetite(share, restriction[fund], terms.compensation, p)
            private, state = joint_promises(
                supply * weight[fund], terms.budget * weight[fund], willing, share
            )
            add_promise(committed, fund, private, state, at_home)
            taken += private
    for fund in range(len(kind)):
        if kind[fund] == MARKET:
            add_promise(committed, fund, max(0.0, supply - taken) * weight[fund], 0.0, at_home)


def commit(funds: Funds, terms: FundTerms, supply: float) -> None:
    """Private investors and the master fund promise money to the funds, for this half-year [yuan]."""
    data = funds.data
    promise(funds.parameters, terms, float(supply), data.kind, data.weight, data.restriction, funds.committed)
    if terms.budget > 0:
        funds.government_share[funds.sector] = terms.government_share


def call_money(funds: Funds, programme: Programme | None, ledger: Ledger, shares: Shares) -> None:
    """Funds call a part of what is promised; the master fund calls from governments what it lacks.

    programme: None where nobody offers public money: private holders are called all the same.
    shares: how the prefectures divide their part.
    """
    due = np.zeros_like(funds.committed)
    call_due(funds.books, round(funds.parameters.call_pace * MILLION), due)
    cash = int(ledger.balance[funds.account[0]])
    lacking = max(0, int(due[:, BY_MASTER].sum()) - cash)
    called = 0
    if programme is not None:
        called = min(lacking, programme.can_pay(ledger))
        programme.claim(lacking)
        programme.cut(lacking - called)
        if called:
            _call_governments(funds, programme.pay_into(ledger, int(funds.account[0]), called, shares))
    due[:, BY_MASTER] = ration(cash + called, due[:, BY_MASTER])
    pay_calls(ledger.books, funds.books, due, int(Flow.FUND_CALL), funds.count.called)
    ledger.look_at_books()
    funds.placed_by_governments = int(due[:, BY_MASTER].sum())
    funds.count.private += int(due[:, PRIVATE].sum())


def _call_governments(funds: Funds, paid: np.ndarray) -> None:
    """Books what the province and each prefecture paid into the master fund [yuan], and promised with it."""
    funds.paid_in[0, GOVERNMENTS] += paid
    funds.committed[0] = np.maximum(funds.committed[0], funds.paid_in[0])
    funds.count.called[0] += int(paid.sum())


def distribute(funds: Funds, ledger: Ledger, compensation: float) -> None:
    """Proceeds go to the holders by what they paid in; the master fund passes on what it gets.

    compensation: share of its part that the state gives up until private holders have their money back.
    """
    parts = np.zeros_like(funds.paid_in)
    share_proceeds(funds.books, ledger.balance, parts)
    if compensation > 0.0:
        _compensate(funds, parts, compensation)
    pay_out(ledger.books, funds.books, parts, int(Flow.FUND_DISTRIBUTION), funds.count.distributed)
    ledger.look_at_books()


def _compensate(funds: Funds, parts: np.ndarray, share: float) -> None:
    """Moves a share of the master fund's part to private holders who have not got their money back."""
    put_in, back = (amounts[:, PRIVATE].sum(axis=1) for amounts in (funds.paid_in, funds.distributed))
    missing = np.maximum(put_in - back - parts[:, PRIVATE].sum(axis=1), 0)
    moved = np.minimum(parts_of(parts[:, BY_MASTER], round(share * MILLION)), missing)
    for fund in np.flatnonzero(moved).tolist():
        parts[fund, BY_MASTER] -= moved[fund]
        parts[fund, PRIVATE] += split(int(moved[fund]), funds.paid_in[fund, PRIVATE])
