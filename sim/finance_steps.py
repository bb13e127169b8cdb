"""Finance in a quarter: the bank rates firms, small ones are guaranteed, funds raise, invest and sell."""

import numpy as np

from agents.economy import Economy
from agents.firms import totals
from agents.firms.conditions import Conditions
from agents.firms.credit import assess_all
from agents.flows import Flow
from agents.fund_money import FundTerms, call_money, commit, distribute, private_supply
from agents.guarantee import lend_guaranteed, list_clients, run_off
from agents.markets.venture import (
    Deals,
    Seekers,
    end_stakes,
    find_members,
    find_stakes,
    invest,
    list_researchers,
    list_seekers,
    make_deals,
    marks_of,
    meet_funds,
    no_deals,
    no_seekers,
)
from sim.draws import WORDS, Draws, Purpose

All = tuple[Conditions, ...]
GUARANTEE, FUNDS = "credit_guarantee", "guidance_funds"
SOLD, FAILED = 1, 2  # how a stake ends
# The columns that a stage uses: fewer are handed over faster
OF_RUN_OFF = ("default_risk", "deposits", "guaranteed", "loan_rate", "loans")
OF_LENDING = (*OF_RUN_OFF, "prefecture")
OF_CLIENTS = (
    "capital", "default_risk", "deposits", "expected_demand", "guaranteed", "loans", "pending_capital",
    "trailing_sales",
)  # fmt: skip
OF_DEALS = ("deposits", "ownership", "trailing_sales")
OF_INVESTING = ("deposits", "log_customer_capital", "log_quality")
OF_RESEARCHERS = ("does_research", "trailing_sales")
OF_SEEKERS = ("deposits", "id", "log_productivity", "log_quality", "trailing_sales")


# --- the bank and the guarantee --------------------------------------------------------------------------


def rate_firms(economy: Economy, conditions: All) -> None:
    """January: the bank rates every firm anew."""
    firms = economy.firms
    assess_all(firms.arrays(), economy.credit, conditions, firms.start, firms.stop)


def guarantee_loans(economy: Economy, conditions: All) -> None:
    """The pool is filled up, guarantees run off, small firms that the bank rations get guaranteed loans."""
    corporation, ledger = economy.guarantee, economy.ledger
    programme = economy.governments.programmes[GUARANTEE]
    paid = programme.can_pay(ledger)
    programme.pay_into(ledger, ledger.accounts.guarantee, paid, economy.governments.shares)
    corporation.pool += paid
    run_off_guarantees(economy)
    if economy.offer.guaranteed_share > 0.0:
        give_guarantees(economy, conditions)


def run_off_guarantees(economy: Economy) -> None:
    """A quarter's fee, and what lapses or was repaid."""
    rows, sums = np.flatnonzero(economy.firms.guaranteed != 0), np.zeros(2, np.int64)
    corporation, fee = economy.guarantee, economy.offer.guarantee_fee
    run_off(economy.firms.arrays(*OF_RUN_OFF), corporation.parameters, economy.credit, fee, rows, sums)
    corporation.take_fees(economy.ledger, *sums.tolist())


def give_guarantees(economy: Economy, conditions: All) -> None:
    """New guaranteed loans, all the same share of what is asked for if capacity is short."""
    firms, corporation, share = economy.firms, economy.guarantee, economy.offer.guaranteed_share
    clients, p = firms.arrays(*OF_CLIENTS), corporation.parameters
    rows, asked = np.zeros((2, firms.count), np.int64)
    limits = (firms.start, firms.stop)
    found = list_clients(clients, economy.behaviour, p, share, conditions, *limits, rows, asked)
    loans, guarantees = corporation.grant(economy.ledger, asked[:found], share)
    new_loans = economy.totals.flows[Flow.LOAN_NEW]
    lend_guaranteed(firms.arrays(*OF_LENDING), economy.credit, rows[:found], loans, guarantees, new_loans)


def settle_exits(economy: Economy, rows: np.ndarray, left: np.ndarray, claims: np.ndarray) -> None:
    """Of firms that leave: the bank claims from the guarantee, funds get their part of what owners get.

    left, claims: by place in `rows` [yuan]; left is what all owners get.
    """
    firms, funds = economy.firms, economy.funds
    ended = int(firms.guaranteed[rows].sum())
    economy.guarantee.settle_claims(economy.ledger, int(claims.sum()), ended)
    stakes = np.empty(len(rows), np.int64)
    find_stakes(firms.id, rows, funds.stakes.firm, marks_of(funds.stakes.firm), stakes)
    held = np.flatnonzero(stakes >= 0)
    if not len(held):
        return
    held = held[np.argsort(stakes[held])]
    gone = np.zeros(len(funds.stakes), np.bool_)
    gone[stakes[held]] = True
    parts = np.floor(funds.stakes.share[gone] * left[held]).astype(np.int64)
    np.add.at(economy.totals.flows[Flow.LIQUIDATION], firms.prefecture[rows[held]], -parts)
    funds.count.failures += len(parts)
    funds.receive(economy.ledger, gone, parts, economy.ledger.accounts.firms, Flow.LIQUIDATION)


# --- funds -----------------------------------------------------------------------------------------------


def hold_fund_round(economy: Economy, draws: Draws) -> None:
    """Second and fourth quarter: stakes are sold, proceeds paid out, money is raised and invested."""
    funds, ledger, offer = economy.funds, economy.ledger, economy.offer
    sell_stakes(economy, draws)
    funds.pay_fees(ledger, ledger.accounts.households.start)  # managers sit in the capital
    distribute(funds, ledger, offer.fund_loss_compensation)
    budget = round(0.5 * offer.fund_budget * economy.scale)
    terms = FundTerms(budget, offer.fund_government_share, offer.fund_loss_compensation)
    sales = 4.0 * float(economy.province[totals.SALES])
    assets = int(funds.net_assets(funds.cash(ledger))[1:].sum())
    commit(funds, terms, private_supply(funds, assets, sales))
    call_money(funds, economy.governments.programmes[FUNDS], ledger, economy.governments.shares)
    buy_stakes(economy, draws)


def sell_stakes(economy: Economy, draws: Draws) -> None:
    """Some stakes are sold outside, some written off."""
    firms, funds, ledger = economy.firms, economy.funds, economy.ledger
    stakes = funds.stakes
    if not len(stakes):
        return
    rows = np.empty(len(stakes), np.int64)
    find_members(firms.id, firms.start, firms.stop, stakes.firm, marks_of(stakes.firm), rows)
    sales = firms.trailing_sales[rows]
    exits = draws.uniforms(Purpose.FUND_EXIT, stakes.firm, economy.quarter)
    prices = draws.uniforms(Purpose.FUND_PROCEEDS, stakes.firm, economy.quarter)
    ended, proceeds = np.zeros((2, len(stakes)), np.int64)
    end_stakes(funds.parameters, exits, prices, sales, stakes.share, ended, proceeds)
    funds.count.exits += int((ended == SOLD).sum())
    funds.count.failures += int((ended == FAILED).sum())
    failed, outside = ended == FAILED, ledger.accounts.outside
    sold = ended[~failed] == SOLD
    paid = proceeds[ended == SOLD]
    funds.receive(ledger, failed, proceeds[failed], ledger.accounts.firms, Flow.EQUITY_EXIT)
    funds.receive(ledger, sold, paid, outside, Flow.EQUITY_EXIT)


def buy_stakes(economy: Economy, draws: Draws) -> None:
    """Firms that seek money meet funds; the funds choose, firms accept or refuse, money is paid."""
    seekers = seekers_of(economy, draws)
    if not len(seekers.row):
        return
    firms, funds, p = economy.firms, economy.funds, economy.funds.parameters
    luck = np.empty((2, WORDS, len(seekers.row)))
    for place, purpose in enumerate((Purpose.FUND_SELECTION, Purpose.FUND_COMMITMENT)):
        draws.fill(purpose.group, economy.quarter, firms.id[seekers.row], luck[place], 0, len(seekers.row))
    cash, quality = funds.cash(economy.ledger), funds.data.quality
    meeting, noise = luck[1, Purpose.FUND_COMMITMENT.word], luck[1, Purpose.FUND_QUALITY.word]
    meet_funds(p, meeting, noise, funds.may_invest_in, cash, quality, seekers)
    deals = no_deals(len(seekers.row))
    order = np.argsort(-seekers.signal, kind="stable")
    accepting = luck[0, Purpose.FUND_ACCEPTANCE.word]
    make_deals(firms.arrays(*OF_DEALS), p, order, accepting, cash, funds.government_share, seekers, deals)
    book_deals(economy, seekers, deals)


def seekers_of(economy: Economy, draws: Draws) -> Seekers:
    """Firms that do research, seek money and have no fund yet, with their rank by performance."""
    firms, markets, p = economy.firms, economy.markets, economy.funds.parameters
    rows, industries = np.zeros((2, firms.count), np.int64)
    limits = (firms.start, firms.stop)
    found = list_researchers(firms.arrays(*OF_RESEARCHERS), p, *limits, rows, industries)
    luck = draws.uniforms(Purpose.FUND_SELECTION, firms.id[rows[:found]], economy.quarter)
    held = economy.funds.stakes.firm
    some = no_seekers(found)
    means = (markets.mean_productivity, markets.mean_quality)
    number = list_seekers(
        firms.arrays(*OF_SEEKERS), luck, p, rows, industries, found, held, marks_of(held), *means, some
    )
    seekers = Seekers(*(column[:number] for column in some))
    seekers.rank[np.argsort(seekers.performance, kind="stable")] = (np.arange(number) + 0.5) / max(number, 1)
    return seekers


def book_deals(economy: Economy, seekers: Seekers, deals: Deals) -> None:
    """Pays for the stakes and remembers them; advice and contacts come with the money."""
    firms, funds, ledger = economy.firms, economy.funds, economy.ledger
    done = deals.amount > 0
    invest(
        firms.arrays(*OF_INVESTING),
        funds.parameters,
        funds.government_share,
        funds.data.quality,
        seekers,
        deals,
    )
    fund, amounts = seekers.fund[done], deals.amount[done]
    ledger.post_each(funds.account[fund], ledger.accounts.firms, amounts, Flow.EQUITY_PURCHASE)
    ledger.move_equity(funds.account[fund], ledger.accounts.firms, -amounts)
    quarter = np.full(len(amounts), economy.quarter)
    funds.stakes.add(
        firm=firms.id[seekers.row[done]], fund=fund, cost=amounts, quarter=quarter, share=deals.share[done]
    )
    count = funds.count
    np.add.at(count.invested, fund, amounts)
    count.deals, count.refusals = len(amounts), int(deals.refused.sum())


def value_funds(economy: Economy) -> None:
    """The end of the quarter: what holders' shares in funds are worth at book value."""
    if len(economy.funds):
        economy.funds.revalue(economy.ledger)
