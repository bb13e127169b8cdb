"""Identities of guarantees and funds, to the yuan: parts of I6 and I7 as listed in docs/ODD.md."""

import numpy as np

from agents.economy import Economy
from agents.engine.rules import stage
from agents.finance.fund_books import BY_MASTER
from agents.finance.funds import Funds
from agents.finance.guarantee import GuaranteeCorporation
from agents.finance.listing import LISTED, Listing
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from sim.books.identity import fail


def check_guarantees(corporation: GuaranteeCorporation, ledger: Ledger, guaranteed: int) -> None:
    """I6: guarantees in force are those of before, new, less ended, and those that firms hold.

    guaranteed: over all firms, counted one by one [yuan].
    """
    count, quarter = corporation.count, ledger.quarter
    expected = corporation.opening_outstanding + count.new - count.released - count.ended
    fail("I6 guarantees", "guarantee", quarter, expected - corporation.outstanding)
    fail("I6 guarantees", "firms", quarter, guaranteed - corporation.outstanding)
    fail("I6 pool", "guarantee", quarter, min(0, corporation.pool, corporation.own_funds(ledger)))


def check_losses(corporation: GuaranteeCorporation, ledger: Ledger) -> None:
    """I6: a write-off is borne by the bank, the corporation and the pool, and by nobody beyond the claims."""
    count, quarter = corporation.count, ledger.quarter
    paid = ledger.paid(Sector.GUARANTEE, Sector.BANK, Flow.GUARANTEE_PAYMENT)
    compensated = ledger.paid(Sector.GUARANTEE, Sector.BANK, Flow.RISK_COMPENSATION)
    fail("I6 guarantee payment", "guarantee", quarter, paid - count.paid)
    fail("I6 risk compensation", "guarantee", quarter, compensated - count.compensated)
    fail("I6 claims", "bank", quarter, max(0, paid + compensated - count.claimed))
    lost = int(ledger.written_off[ledger.accounts.firms])
    fail("I6 losses", "bank", quarter, max(0, count.claimed - lost))


OF_FUNDS = ("net assets", "shares", "holders", "equity", "called beyond promises")


@stage
def fund_gaps(funds, cost, balance, equity, shares, gaps):
    """Writes what is off by fund [yuan] in each of OF_FUNDS; returns in how many of all.

    cost: of the stakes of each fund [yuan]. balance, equity, shares: of the ledger.
    """
    in_funds, off = 0, 0
    for fund in range(len(cost)):
        in_funds += funds.held[fund, BY_MASTER]
    for fund in range(len(cost)):
        account, own = funds.account[fund], in_funds if fund == 0 else 0
        worth = balance[account] + cost[fund] + own
        gaps[0, fund] = worth - funds.gains[fund] + funds.fees_paid[fund]
        gaps[1, fund] = worth + shares[account] - own
        gaps[2, fund] = worth
        gaps[3, fund] = equity[account] - cost[fund]
        gaps[4, fund] = 0
        for holder in range(len(funds.holder_account)):
            gaps[0, fund] += funds.distributed[fund, holder] - funds.paid_in[fund, holder]
            gaps[2, fund] -= funds.held[fund, holder]
            gaps[4, fund] += min(funds.committed[fund, holder] - funds.paid_in[fund, holder], 0)
        for identity in range(len(gaps)):
            off += gaps[identity, fund] != 0
    return off


def check_funds(funds: Funds, ledger: Ledger) -> None:
    """I7: a fund is worth what was paid in, less paid out and fees, plus gains; holders hold just that."""
    gaps = np.empty((len(OF_FUNDS), len(funds)), dtype=np.int64)
    if not fund_gaps(funds.books, funds.cost(), ledger.balance, ledger.equity, ledger.shares, gaps):
        return
    for identity, fund in np.argwhere(gaps).tolist():
        account = ledger.accounts.name_of(int(funds.account[fund]))
        fail(f"I7 {OF_FUNDS[identity]}", account, ledger.quarter, int(gaps[identity, fund]))


def check_listing(economy: Economy) -> None:
    """I8 of listed firms; I3: what they raise owners outside pay. Remembers how many there are."""
    listing, firms, quarter = economy.of(Listing), economy.firms, economy.quarter
    listing.listed = int(np.count_nonzero(firms.listing == LISTED))
    fail("I8 listed", "firms", quarter, listing.before + listing.new - listing.left - listing.listed)
    raised = economy.ledger.paid(Sector.OUTSIDE, Sector.FIRMS, Flow.EQUITY_PURCHASE)
    fail("I3 listing", "firms", quarter, raised - listing.proceeds)


def check(economy: Economy, sums: Sums) -> None:
    """All identities of guarantees and funds at the end of a quarter."""
    ledger = economy.ledger
    check_guarantees(economy.guarantee, ledger, int(economy.firms.guaranteed.sum()))
    check_losses(economy.guarantee, ledger)
    check_funds(economy.funds, ledger)
    check_listing(economy)
