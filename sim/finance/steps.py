"""Finance in a quarter: the bank rates firms, small ones are guaranteed, funds raise, invest and sell."""

import numpy as np

from agents.economy import Economy
from agents.finance.fund_money import FundTerms, call_money, commit, distribute, private_supply
from agents.finance.guarantee import lend_guaranteed, list_clients, no_clients, run_off
from agents.finance.information import Information
from agents.finance.listing import LISTED, Listing
from agents.finance.venture import (
    Candidates,
    Deals,
    IndustryMeans,
    Seekers,
    by_rank,
    end_stakes,
    find_members,
    invest,
    liquidate_stakes,
    list_seekers,
    make_deals,
    marks_of,
    meet_funds,
    no_deals,
    no_seekers,
)
from agents.firms import totals
from agents.firms.conditions import BLOCK
from agents.firms.credit import assess_all
from agents.money.families import FUND_TERMS, GUARANTEE
from agents.money.flows import Flow
from sim.finance.luck import FundPurpose
from sim.luck.draws import WORDS, Draws
from sim.moment import Moment

# --- the bank and the guarantee --------------------------------------------------------------------------


def rate_firms(economy: Economy, now: Moment) -> None:
    """The bank rates every firm anew."""
    firms = economy.firms
    arrays, starts, stops = firms.arrays(), firms.start, firms.stop
    assess_all(arrays, economy.credit, now.conditions, starts, stops, np.empty(BLOCK))


def guarantee_loans(economy: Economy, now: Moment) -> None:
    """The pool takes what it lacks, guarantees run off, small firms that the bank rations are guaranteed."""
    corporation, ledger = economy.guarantee, economy.ledger
    for programme in economy.offers.payers(GUARANTEE):
        paid = min(programme.can_pay(ledger), corporation.lacks())
        if paid:
            programme.claim(paid)
            programme.pay_into(ledger, ledger.accounts.guarantee, paid, economy.governments.shares)
            corporation.pool += paid
    offer = economy.offers.of(GUARANTEE)
    if corporation.outstanding:
        run_off_guarantees(economy, offer.fee)
    corporation.wanted = 0
    if offer.share > 0.0:
        give_guarantees(economy, now, offer.share)


def run_off_guarantees(economy: Economy, fee: float) -> None:
    """A quarter's fee [share a year], and what lapses or was repaid."""
    rows, corporation = np.flatnonzero(economy.firms.guaranteed != 0), economy.guarantee
    sums = run_off(economy.firms.arrays(), corporation.parameters, economy.credit, fee, rows)
    corporation.take_fees(economy.ledger, *sums)


def give_guarantees(economy: Economy, now: Moment, share: float) -> None:
    """New guaranteed loans, all the same share of what is asked for if capacity is short.

    share: of a loan that is guaranteed.
    """
    firms, corporation = economy.firms, economy.guarantee
    p, g, clients = economy.behaviour, corporation.parameters, no_clients(firms.count, BLOCK)
    found = list_clients(firms.arrays(), p, g, share, now.conditions, firms.start, firms.stop, clients)
    if found:
        loans, guarantees = corporation.grant(economy.ledger, clients.loans[:found], share)
        new_loans = economy.totals.flows[Flow.LOAN_NEW]
        lend_guaranteed(firms.arrays(), economy.credit, clients.rows[:found], loans, guarantees, new_loans)


def settle_exits(economy: Economy, rows: np.ndarray, left: np.ndarray, claims: np.ndarray) -> None:
    """Of firms that leave: the bank claims from the guarantee, funds get their part of what owners get.

    left, claims: by place in `rows` [yuan]; left is what all owners get.
    """
    firms, funds, stakes = economy.firms, economy.funds, economy.funds.stakes
    ended = int(firms.guaranteed[rows].sum())
    economy.guarantee.settle_claims(economy.ledger, int(claims.sum()), ended)
    endings, marks = stakes.endings(), marks_of(stakes.firm)
    economy.of(Listing).left += int(np.count_nonzero(firms.listing[rows] == LISTED))
    liquidation = economy.totals.flows[Flow.LIQUIDATION]
    if liquidate_stakes(firms.arrays(), rows, left, endings, marks, liquidation):
        funds.receive(economy.ledger, endings, Flow.LIQUIDATION)


def close_bank(economy: Economy, now: Moment) -> None:
    """The bank pays its costs and its owners."""
    economy.bank.close(economy.ledger, economy.rest.weights)


# --- funds -----------------------------------------------------------------------------------------------


def hold_fund_round(economy: Economy, now: Moment) -> None:
    """Stakes are sold, proceeds paid out, money is raised and invested."""
    funds, ledger, offer = economy.funds, economy.ledger, economy.offers.of(FUND_TERMS)
    if not len(funds):
        return
    sell_stakes(economy, now.draws)
    funds.pay_fees(ledger, ledger.accounts.households.start)  # managers sit in the capital
    distribute(funds, ledger, offer.loss_compensation)
    budget = round(0.5 * offer.budget * economy.scale)
    terms = FundTerms(budget, offer.government_share, offer.loss_compensation)
    sales = 4.0 * float(economy.province[totals.SALES])
    assets = int(funds.net_assets(funds.cash(ledger))[1:].sum())
    commit(funds, terms, private_supply(funds, assets, sales))
    payer = next(iter(economy.offers.payers(FUND_TERMS)), None)  # one at most
    call_money(funds, payer, ledger, economy.governments.shares)
    buy_stakes(economy, now.draws)


def sell_stakes(economy: Economy, draws: Draws) -> None:
    """Some stakes are sold outside, some written off."""
    funds, stakes = economy.funds, economy.funds.stakes
    if not len(stakes):
        return
    look_up_firms(economy)
    luck = np.empty((WORDS, len(stakes)))
    draws.fill(FundPurpose.EXIT.group, economy.quarter, stakes.firm, luck, 0, len(stakes))
    exits, prices = luck[FundPurpose.EXIT.word], luck[FundPurpose.PROCEEDS.word]
    endings = stakes.endings()
    end_stakes(funds.parameters, exits, prices, economy.firms.trailing_sales, endings)
    funds.receive(economy.ledger, endings, Flow.EQUITY_EXIT)


def look_up_firms(economy: Economy) -> None:
    """Where the firms with a stake stand; most are still in the row in which they were seen last."""
    firms, stakes = economy.firms, economy.funds.stakes
    moved = np.flatnonzero(firms.id[stakes.row] != stakes.firm)
    if len(moved):
        wanted, rows = stakes.firm[moved], np.empty(len(moved), np.int64)
        find_members(firms.id, firms.start, firms.stop, wanted, marks_of(wanted), rows)
        stakes.row[moved] = rows


def buy_stakes(economy: Economy, draws: Draws) -> None:
    """Firms that seek money meet funds; the funds choose, firms accept or refuse, money is paid."""
    seekers = seekers_of(economy, draws)
    number = len(seekers.row)
    if not number:
        return
    firms, funds = economy.firms, economy.funds
    p = economy.of(Information).of_funds(funds.parameters)
    luck = np.empty((WORDS, number))
    group = FundPurpose.COMMITMENT.group
    draws.fill(group, economy.quarter, firms.id[seekers.row], luck, 0, number)
    meeting, noise = luck[FundPurpose.COMMITMENT.word], luck[FundPurpose.QUALITY.word]
    cash, quality = funds.cash(economy.ledger), funds.data.quality
    industries = economy.geography.industries
    money, total = np.empty((industries, len(funds))), np.empty(industries)
    meet_funds(p, meeting, noise, funds.may_invest_in, cash, quality, money, total, seekers)
    met = np.flatnonzero(seekers.fund >= 0)
    order = met[by_rank(-seekers.signal[met])]
    deals = no_deals(number)
    make_deals(firms.arrays(), p, order, cash, funds.government_share, seekers, deals)
    book_deals(economy, seekers, deals)


def seekers_of(economy: Economy, draws: Draws) -> Seekers:
    """Firms that do research, seek money and have no fund yet, with their rank by performance."""
    firms, markets, p = economy.firms, economy.markets, economy.funds.parameters
    rows, luck = draws.list_lucky(
        FundPurpose.SELECTION, p.seek_rate, economy.quarter, firms.id, (firms.start, firms.stop)
    )
    some = no_seekers(len(rows))
    selection, acceptance = luck[FundPurpose.SELECTION.word], luck[FundPurpose.ACCEPTANCE.word]
    candidates, held = Candidates(rows, selection, acceptance), np.sort(economy.funds.stakes.row)
    means = IndustryMeans(markets.mean_productivity, markets.mean_quality)
    number = list_seekers(firms.arrays(), p, candidates, held, firms.stop, means, some)
    seekers = Seekers(*(column[:number] for column in some))
    seekers.rank[by_rank(seekers.performance)] = (np.arange(number) + 0.5) / max(number, 1)
    return seekers


def book_deals(economy: Economy, seekers: Seekers, deals: Deals) -> None:
    """Pays for the stakes and remembers them; advice and contacts come with the money."""
    firms, funds = economy.firms, economy.funds
    done = np.flatnonzero(deals.amount)
    invest(
        firms.arrays(),
        funds.parameters,
        funds.government_share,
        funds.data.quality,
        seekers,
        deals,
    )
    rows, buyers, amounts = seekers.row[done], seekers.fund[done], deals.amount[done]
    funds.buy(economy.ledger, buyers, amounts)
    quarter = np.full(len(done), economy.quarter)
    funds.stakes.add(
        firm=firms.id[rows], fund=buyers, cost=amounts, quarter=quarter, share=deals.share[done], row=rows
    )
    funds.count.deals, funds.count.refusals = len(done), int(deals.refused.sum())


def value_funds(economy: Economy, now: Moment) -> None:
    """What holders' shares in funds are worth at book value."""
    if len(economy.funds):
        economy.funds.revalue(economy.ledger)
