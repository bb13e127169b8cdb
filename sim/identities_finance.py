"""Identities of guarantees and funds, to the yuan: parts of I6 and I7 as listed in docs/ODD.md.

identities_finance.check(economy)      # called by sim.accounts.check
"""

from typing import Any

import numpy as np

from agents.flows import Flow, Sector
from agents.fund_books import BY_MASTER
from agents.funds import Funds
from agents.guarantee import GuaranteeCorporation
from agents.ledger import Ledger
from sim.identity import fail


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


def check_funds(funds: Funds, ledger: Ledger) -> None:
    """I7: a fund is worth what was paid in, less paid out and fees, plus gains; holders hold just that."""
    quarter, name = ledger.quarter, ledger.accounts.name_of
    worth = funds.net_assets(funds.cash(ledger))
    tally = funds.paid_in.sum(axis=1) - funds.distributed.sum(axis=1) + funds.gains - funds.fees_paid
    own = np.where(np.arange(len(funds)) == 0, int(funds.held[:, BY_MASTER].sum()), 0)
    gaps = {
        "I7 net assets": worth - tally,
        "I7 shares": worth + ledger.shares[funds.account] - own,
        "I7 holders": worth - funds.held.sum(axis=1),
        "I7 equity": ledger.equity[funds.account] - funds.cost(),
        "I7 called beyond promises": np.minimum(funds.committed - funds.paid_in, 0).sum(axis=1),
    }
    for identity, gap in gaps.items():
        for fund in np.flatnonzero(gap).tolist():
            fail(identity, name(int(funds.account[fund])), quarter, int(gap[fund]))


def check(economy: Any) -> None:
    """All identities of guarantees and funds at the end of a quarter.

    Raises:
        AccountingError: names identity, account, quarter and amount.
    """
    ledger = economy.ledger
    check_guarantees(economy.guarantee, ledger, int(economy.firms.guaranteed.sum()))
    check_losses(economy.guarantee, ledger)
    check_funds(economy.funds, ledger)
