"""How funds get their money and give it back: commitments, calls, and what is paid out to the holders."""

from typing import NamedTuple

import numpy as np

from agents.compiled import rule
from agents.division import MILLION, Shares, parts_of, ration, split
from agents.elementary import exp_
from agents.flows import Flow
from agents.funds import BY_MASTER, BY_OUTSIDE, BY_REST, GOVERNMENTS, PRIVATE, Funds
from agents.ledger import Ledger
from agents.programmes import Programme


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


def commit(funds: Funds, terms: FundTerms, supply: float) -> None:
    """Private investors and the master fund promise money to the funds, for this half-year [yuan]."""
    state, private = np.zeros(len(funds)), np.zeros(len(funds))
    if terms.budget > 0:
        state[funds.sector], private[funds.sector] = _joint(funds, terms, supply)
        funds.government_share[funds.sector] = terms.government_share
    left = max(0.0, supply - sum(private.tolist()))
    private[funds.market] = left * funds.data.weight[funds.market]
    promised = np.rint(private).astype(np.int64)
    at_home = parts_of(promised, round(funds.parameters.private_at_home * MILLION))
    funds.committed[:, BY_MASTER] += np.rint(state).astype(np.int64)
    funds.committed[:, BY_REST] += at_home
    funds.committed[:, BY_OUTSIDE] += promised - at_home


def _joint(funds: Funds, terms: FundTerms, supply: float) -> tuple[np.ndarray, np.ndarray]:
    """Promises of the state and of private investors to each fund for an industry [yuan].

    The state's share is fixed: whoever is short of money for it limits the other.
    """
    p, share = funds.parameters, terms.government_share
    weight = funds.data.weight[funds.sector]
    willing = [appetite(share, float(r), terms.compensation, p) for r in funds.data.restriction[funds.sector]]
    offered, budget = supply * weight * np.array(willing), terms.budget * weight
    if share <= 0.0:
        return np.zeros(len(weight)), offered
    if share >= 1.0:
        return budget, np.zeros(len(weight))
    private = np.minimum(offered, budget * (1.0 - share) / share)
    return private * share / (1.0 - share), private


def call_money(funds: Funds, programme: Programme, ledger: Ledger, shares: Shares) -> None:
    """Funds call a part of what is promised; the master fund calls from governments what it lacks.

    shares: how the prefectures divide their part.
    """
    if not len(funds):
        return
    due = parts_of(funds.committed - funds.paid_in, round(funds.parameters.call_pace * MILLION))
    due[0] = 0
    cash = int(funds.cash(ledger)[0])
    lacking = max(0, int(due[:, BY_MASTER].sum()) - cash)
    called = min(lacking, programme.can_pay(ledger))
    _call_governments(funds, programme.pay_into(ledger, int(funds.account[0]), called, shares))
    due[:, BY_MASTER] = ration(cash + called, due[:, BY_MASTER])
    for holder in (BY_MASTER, BY_REST, BY_OUTSIDE):
        account = int(funds.holder_accounts[holder])
        ledger.post_each(account, funds.account, due[:, holder], Flow.FUND_CALL)
    funds.paid_in += due
    funds.placed_by_governments = int(due[:, BY_MASTER].sum())
    funds.count.called += due.sum(axis=1)
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
    amounts = np.minimum(funds.undistributed, funds.cash(ledger))
    amounts[:1] = 0
    parts = funds.divided(amounts, funds.paid_in)
    _compensate(funds, parts, compensation)
    _pay_out(funds, ledger, parts)
    passed = np.zeros_like(amounts)
    passed[:1] = int(parts[:, BY_MASTER].sum())
    _pay_out(funds, ledger, funds.divided(passed, funds.paid_in))
    funds.undistributed[:] = 0


def _compensate(funds: Funds, parts: np.ndarray, share: float) -> None:
    """Moves a share of the master fund's part to private holders who have not got their money back."""
    put_in, back = (amounts[:, PRIVATE].sum(axis=1) for amounts in (funds.paid_in, funds.distributed))
    missing = np.maximum(put_in - back - parts[:, PRIVATE].sum(axis=1), 0)
    moved = np.minimum(parts_of(parts[:, BY_MASTER], round(share * MILLION)), missing)
    for fund in np.flatnonzero(moved).tolist():
        parts[fund, BY_MASTER] -= moved[fund]
        parts[fund, PRIVATE] += split(int(moved[fund]), funds.paid_in[fund, PRIVATE])


def _pay_out(funds: Funds, ledger: Ledger, parts: np.ndarray) -> None:
    fund, holder = np.nonzero(parts)
    ledger.post_each(
        funds.account[fund], funds.holder_accounts[holder], parts[fund, holder], Flow.FUND_DISTRIBUTION
    )
    funds.distributed += parts
    funds.count.distributed += parts.sum(axis=1)
