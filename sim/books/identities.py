"""I1 to I3, I6 and I7 of the ledger: what must be zero, to the yuan. Numbers as in docs/ODD.md."""

import numpy as np

from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.money.posting import add_up_changes
from sim.books.identity import fail


def check(economy: Economy, sums: Sums) -> None:
    """All identities of the ledger; firms were counted one by one when it closed the quarter."""
    check_ledger(economy.ledger, sums, *economy.ledger.counted)


def check_ledger(ledger: Ledger, sums: Sums, firm_deposits: int, firm_loans: int) -> None:
    """I1, I2, I3, I6 and I7 of a quarter."""
    check_bank(ledger, firm_deposits, firm_loans)
    check_columns(ledger, sums)
    check_rows(ledger)
    check_loans(ledger)
    check_claims(ledger)


def check_bank(ledger: Ledger, firm_deposits: int, firm_loans: int) -> None:
    """I1: all deposits and own funds are what the bank has lent; firms counted one by one."""
    firms = ledger.accounts.firms
    uncounted = (int(ledger.balance[firms]) - firm_deposits) - (int(ledger.loans[firms]) - firm_loans)
    fail("I1 bank balance", "bank", ledger.quarter, ledger.bank_gap() - uncounted)


def check_columns(ledger: Ledger, sums: Sums) -> None:
    """I2: what a sector received less what it paid is the change of its money."""
    gaps, bank = np.zeros(len(Sector), dtype=np.int64), ledger.accounts.bank
    before, loans_before = ledger.opening_balance, ledger.opening_loans
    add_up_changes(ledger.books, sums.moved, before, ledger.loans, loans_before, int(Sector.BANK), gaps)
    gaps[Sector.BANK] += ledger.bonds[bank] - ledger.opening_bonds[bank]
    if gaps.any():
        for sector in Sector:
            fail("I2 column", sector.name.lower(), ledger.quarter, int(gaps[sector]))


def check_rows(ledger: Ledger) -> None:
    """I3: every flow that somebody paid somebody received; a traced journal adds up to the flow matrix."""
    sums = ledger.lines.sum(axis=1)
    if np.count_nonzero(sums):
        row = int(np.flatnonzero(sums)[0])
        fail("I3 row", Flow(row).name if row in Flow else "programmes", ledger.quarter, int(sums[row]))
    if ledger.journal is not None:
        _check_journal(ledger)


def _check_journal(ledger: Ledger) -> None:
    assert ledger.journal is not None
    left = dict(ledger.flow_matrix)
    sector = ledger.accounts.sector
    for quarter, payer, payee, amount, code, programme in ledger.journal:
        if quarter == ledger.quarter:
            key = (sector[payer], sector[payee], code, programme)
            left[key] = left.get(key, 0) - amount
    for (payer, _, code, _), amount in left.items():
        fail(f"I3 journal of {Flow(code).name}", payer.name.lower(), ledger.quarter, amount)


def check_loans(ledger: Ledger) -> None:
    """I6: debt is that of the quarter before, plus new, less repaid and written off."""
    gap = ledger.opening_loans + ledger.loans_new - ledger.loans_repaid - ledger.written_off - ledger.loans
    if np.count_nonzero(gap):
        account = int(np.flatnonzero(gap)[0])
        fail("I6 loans", ledger.accounts.name_of(account), ledger.quarter, int(gap[account]))


def check_claims(ledger: Ledger) -> None:
    """I7: what holders hold issuers owe: bonds, equity of firms and shares in funds."""
    for name in ("bonds", "equity", "shares"):
        fail("I7 claims", name, ledger.quarter, int(getattr(ledger, name).sum()))
