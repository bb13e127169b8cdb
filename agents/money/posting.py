"""The loops that move money between accounts of the ledger. Everything here is whole yuan."""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.money.flows import N_SECTORS
from agents.numbers.shares import MILLION, deal, rounded_down

NONE, NEGATIVE, OVERDRAWN = 0, 1, 2  # kinds of fault
TAX, BETWEEN = 1, 2  # kinds of rows
SECTORS = int(N_SECTORS)


@kept
class Books(NamedTuple):
    """The arrays of the ledger that a posting changes.

    cells: yuan by row of the flow matrix, payer sector, payee sector, laid out in one line.
    lines: yuan received less paid by row and sector, laid out in one line.
    kind: what each row is: TAX, BETWEEN governments and lenders, or anything else (0).
    revenue, spending: taxes received, and all paid but what is BETWEEN, of the quarter [yuan] per account.
    fault: kind, account, yuan and row of the first posting that was refused; later ones are passed over.
    journal: payer, payee, yuan and row of every posting, one after the other, as far as there is room.
    written: number of postings in the journal.
    """

    balance: np.ndarray
    credit_line: np.ndarray
    sector: np.ndarray
    cells: np.ndarray
    lines: np.ndarray
    kind: np.ndarray
    revenue: np.ndarray
    spending: np.ndarray
    fault: np.ndarray
    journal: np.ndarray
    written: np.ndarray


@rule
def pay(books, payer, payee, amount, row):
    """Moves `amount` from payer to payee, unless it is negative or the payer lacks it.

    Who pays itself, as the firms together do, needs no money for it.
    """
    left = books.balance[payer] - amount
    short = left + books.credit_line[payer] < 0 and payer != payee
    if books.fault[0] == NONE and (amount < 0 or short):
        books.fault[0] = NEGATIVE if amount < 0 else OVERDRAWN
        books.fault[1] = payer
        books.fault[2] = amount if amount < 0 else -(left + books.credit_line[payer])
        books.fault[3] = row
    if books.fault[0] == NONE and amount != 0:
        books.balance[payer] = left
        books.balance[payee] += amount
        source, target = books.sector[payer], books.sector[payee]
        books.cells[(row * SECTORS + source) * SECTORS + target] += amount
        books.lines[row * SECTORS + source] -= amount
        books.lines[row * SECTORS + target] += amount
        books.revenue[payee] += amount if books.kind[row] == TAX else 0
        books.spending[payer] += amount if books.kind[row] != BETWEEN else 0
        place = 4 * books.written[0]
        if place < len(books.journal):
            books.journal[place] = payer
            books.journal[place + 1] = payee
            books.journal[place + 2] = amount
            books.journal[place + 3] = row
        books.written[0] += 1


@stage
def add_up(books, moved, spent, taxes):
    """Adds up what was paid [yuan]: between two sectors, by row and payer, and as a tax by payee.

    All are laid out in one line, as `cells` are in `Books`.
    """
    pairs = SECTORS * SECTORS
    for row in range(len(books.kind)):
        of_row = books.cells[row * pairs : (row + 1) * pairs]
        by_payer = spent[row * SECTORS : (row + 1) * SECTORS]
        for pair in range(pairs):
            moved[pair] += of_row[pair]
        for payer in range(SECTORS):
            total = 0
            for payee in range(SECTORS):
                total += of_row[payer * SECTORS + payee]
            by_payer[payer] = total
        if books.kind[row] == TAX:
            for pair in range(pairs):
                taxes[pair % SECTORS] += of_row[pair]


@stage
def add_up_changes(books, moved, before, loans, loans_before, bank, gaps):
    """By sector what was received less paid [yuan], less the change of its money since `before`.

    The `bank` has its claims too: of loans here. moved: see `add_up`.
    """
    for payer in range(SECTORS):
        for payee in range(SECTORS):
            gaps[payee] += moved[payer * SECTORS + payee]
            gaps[payer] -= moved[payer * SECTORS + payee]
    for account in range(len(before)):
        gaps[books.sector[account]] -= books.balance[account] - before[account]
        gaps[bank] += loans[account] - loans_before[account]


@stage
def move(books, payers, payees, amounts, row):
    """Moves amounts from payers to payees, one by one; a list of one account serves all amounts."""
    one_payer, one_payee = len(payers) == 1, len(payees) == 1
    for n in range(len(amounts)):
        pay(books, payers[0 if one_payer else n], payees[0 if one_payee else n], amounts[n], row)


@stage
def share_out(books, payer, first, total, shares, row, scratch):
    """Divides `total` exactly by millionths among the accounts from `first` on, and pays each its part.

    scratch: two lines as long as `shares`.
    """
    parts = scratch[0]
    deal(total, shares, MILLION, parts, scratch[1])
    for n in range(len(shares)):
        pay(books, payer, first + n, parts[n], row)


@stage
def divide(books, payers, payees, others, amounts, share, row, other_row):
    """Moves `share` millionths of each amount, rounded down, to payees, and then the rest to others."""
    one_payer, one_payee, one_other = len(payers) == 1, len(payees) == 1, len(others) == 1
    for n in range(len(amounts)):
        part = rounded_down(amounts[n], share)
        pay(books, payers[0 if one_payer else n], payees[0 if one_payee else n], part, row)
    for n in range(len(amounts)):
        left = amounts[n] - rounded_down(amounts[n], share)
        pay(books, payers[0 if one_payer else n], others[0 if one_other else n], left, other_row)
