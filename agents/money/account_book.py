"""Postings: money moves from account to account, every flow is remembered for the quarter it happened in."""

from typing import NamedTuple

import numpy as np

from agents.money.chart import Account, Accounts
from agents.money.flows import N_FLOWS, N_SECTORS, AccountingError, Flow, Sector
from agents.money.posting import BETWEEN, NEGATIVE, TAX, Books, add_up, divide, move, pay, share_out
from agents.numbers.shares import Shares

UNLIMITED = 2**60  # yuan: the credit line of an account that may stay in debt
ROOM_FOR_PROGRAMMES = 64  # rows of the flow matrix, one per programme and flow; as many more when needed
POSTINGS_AT_ONCE, PER_ACCOUNT = 4096, 64  # of one compiled loop, where every one is kept for a trace
TAXES = (Flow.VAT, Flow.CORPORATE_TAX, Flow.OTHER_TAX, Flow.HOUSEHOLD_TAX)
NO_SPENDING = (Flow.TRANSFER, Flow.BOND_ISSUE, Flow.BOND_REPAID)


class Sums(NamedTuple):
    """What was paid in the quarter [yuan].

    moved: between two sectors, laid out in one line. spent: by row of the flow matrix and payer sector.
    taxes: by the sector that received them.
    """

    moved: np.ndarray
    spent: np.ndarray
    taxes: np.ndarray

    @property
    def of_programmes(self) -> np.ndarray:
        """What was spent in the tagged rows, in the order in which they were tagged."""
        return self.spent[N_FLOWS:]


class AccountBook:
    """Deposits of every account and the flows of the quarter.

    balance: deposits [yuan] per account; for `bank` its own funds, for `outside` signed.
    credit_line: how far an account may be overdrawn [yuan].
    books: the arrays that postings change; the row of an untagged flow in them is its code.
    tagged: rows of the flows that belong to a programme.
    journal: every posting as (quarter, payer, payee, yuan, flow, programme) if traced, else None.
    """

    def __init__(self, accounts: Accounts, traced: bool = False) -> None:
        self.accounts = accounts
        self.balance = np.zeros(len(accounts), dtype=np.int64)
        self.credit_line = np.zeros(len(accounts), dtype=np.int64)
        self.credit_line[[accounts.outside, accounts.firms, accounts.bank]] = UNLIMITED
        self.quarter: int | None = None
        self.journal: list[tuple] | None = [] if traced else None
        self.tagged: dict[tuple[Flow, str], int] = {}
        self._make_books(traced)

    def _make_books(self, traced: bool) -> None:
        rows = N_FLOWS + ROOM_FOR_PROGRAMMES
        kind = np.zeros(rows, dtype=np.int64)
        kind[list(TAXES)], kind[list(NO_SPENDING)] = TAX, BETWEEN
        self.books = Books(
            balance=self.balance,
            credit_line=self.credit_line,
            sector=np.array(self.accounts.sector, dtype=np.int64),
            cells=np.zeros(rows * N_SECTORS * N_SECTORS, dtype=np.int64),
            lines=np.zeros(rows * N_SECTORS, dtype=np.int64),
            kind=kind,
            revenue=np.zeros(len(self.accounts), dtype=np.int64),
            spending=np.zeros(len(self.accounts), dtype=np.int64),
            fault=np.zeros(4, dtype=np.int64),
            journal=np.zeros(self._room() if traced else 0, dtype=np.int64),
            written=np.zeros(1, dtype=np.int64),
        )

    def keep_journal(self) -> None:
        """Keeps every posting from now on, in an empty journal."""
        self.journal = []
        self.books = self.books._replace(journal=np.zeros(self._room(), dtype=np.int64))
        self.books.written[0] = 0

    def _room(self) -> int:
        """Numbers that a journal holds: four a posting."""
        return 4 * (POSTINGS_AT_ONCE + PER_ACCOUNT * len(self.accounts))

    def _refuse(self, account: int, what: str, amount: int) -> None:
        raise AccountingError(
            f"account {self.accounts.name_of(account)}, quarter {self.quarter}: {what} {amount} yuan"
        )

    def post(self, payer: int, payee: int, amount: int, code: Flow, programme: str | None = None) -> None:
        """Moves `amount` [yuan] from one account to another.

        Raises:
            AccountingError: the amount is negative, or more than the payer's deposits and credit line.
        """
        row = self.row_of(code, programme)
        pay(self.books, payer, payee, amount, row)
        self.look_at_books()

    def post_each(
        self, payer: Account, payee: Account, amounts: np.ndarray, code: Flow, programme: str | None = None
    ) -> None:
        """Moves amounts [yuan], one by one, between one account, blocks or lists of accounts.

        Raises:
            AccountingError: as `post`; what came before the refused amount stays moved, as a run ends there.
        """
        numbers, row = self.accounts.numbers, self.row_of(code, programme)
        move(self.books, numbers(payer), numbers(payee), amounts, row)
        self.look_at_books()

    def post_shared(self, payer: int, payees: slice, total: int, shares: Shares, code: Flow) -> None:
        """Divides `total` [yuan] exactly by shares among a block of accounts.

        Raises:
            AccountingError: as `post_each`.
        """
        books = self.books
        share_out(books, payer, payees.start, total, shares.millionths, int(code), shares.scratch)
        self.look_at_books()

    def post_divided(
        self,
        payer: Account,
        payees: tuple[Account, Account],
        amounts: np.ndarray,
        share: int,
        codes: tuple[Flow, Flow],
    ) -> None:
        """Moves `share` millionths of amounts [yuan], rounded down, to one payee and the rest to another.

        Payer and payees are accounts, blocks or lists, as in `post_each`; a code for each payee.

        Raises:
            AccountingError: as `post_each`.
        """
        numbers, books = self.accounts.numbers, self.books
        of_payees = (numbers(payees[0]), numbers(payees[1]))
        divide(books, numbers(payer), *of_payees, amounts, share, int(codes[0]), int(codes[1]))
        self.look_at_books()

    def row_of(self, code: Flow, programme: str | None) -> int:
        """The row of the flow matrix that holds a flow, a programme's apart from all others.

        `books` are others afterwards if there was no room for it: look for rows first.
        """
        if programme is None:
            return int(code)
        row = self.tagged.get((code, programme))
        return self._new_row(code, programme) if row is None else row

    def _new_row(self, code: Flow, programme: str) -> int:
        row = N_FLOWS + len(self.tagged)
        if row >= len(self.books.kind):
            self._make_room()
        self.tagged[code, programme] = row
        return row

    def _make_room(self) -> None:
        """Rows for as many programmes more; every block of a lever has an account of its own."""
        books, more = self.books, ROOM_FOR_PROGRAMMES
        self.books = books._replace(
            cells=np.concatenate([books.cells, np.zeros(more * N_SECTORS * N_SECTORS, np.int64)]),
            lines=np.concatenate([books.lines, np.zeros(more * N_SECTORS, np.int64)]),
            kind=np.concatenate([books.kind, np.zeros(more, np.int64)]),
        )

    def look_at_books(self) -> None:
        """After postings of a compiled loop: refuses what was found wrong, keeps what it wrote for a trace.

        Raises:
            AccountingError: a posting was negative, or more than the payer's deposits and credit line.
        """
        if self.books.fault[0] or self.journal is not None:
            self._refuse_or_remember()

    def _refuse_or_remember(self) -> None:
        books = self.books
        if self.journal is not None:
            if 4 * int(books.written[0]) > len(books.journal):
                raise AccountingError(f"{int(books.written[0])} postings at once: more than a journal holds")
            lines = books.journal[: 4 * int(books.written[0])].reshape(-1, 4).tolist()
            for payer, payee, amount, row in lines:
                self.journal.append((self.quarter, payer, payee, amount, *self._flow_of(row)))
        books.written[0] = 0
        kind, account, amount, row = books.fault.tolist()
        books.fault[:] = 0
        if kind:
            name = self._flow_of(row)[0].name
            self._refuse(account, f"{name} would pay" if kind == NEGATIVE else f"{name} overdraws by", amount)

    def _flow_of(self, row: int) -> tuple[Flow, str | None]:
        if row < N_FLOWS:
            return Flow(row), None
        return next(key for key, number in self.tagged.items() if number == row)

    # --- what moved --------------------------------------------------------------------------------------

    @property
    def flow_matrix(self) -> dict[tuple[Sector, Sector, Flow, str | None], int]:
        """{(payer sector, payee sector, flow, programme): yuan} of the quarter."""
        found = np.flatnonzero(self.books.cells)
        matrix = {}
        for place, amount in zip(found.tolist(), self.books.cells[found].tolist(), strict=True):
            row, pair = divmod(place, N_SECTORS * N_SECTORS)
            matrix[(Sector(pair // N_SECTORS), Sector(pair % N_SECTORS), *self._flow_of(row))] = amount
        return matrix

    def paid(self, payer: Sector, payee: Sector, code: Flow, programme: str | None = None) -> int:
        """One cell of the flow matrix [yuan]."""
        row = code if programme is None else self.tagged.get((code, programme))
        if row is None:
            return 0
        amount: int = self.books.cells.item((row * N_SECTORS + payer) * N_SECTORS + payee)
        return amount

    def add_up(self) -> Sums:
        """Sums over the flows of the quarter so far."""
        moved, taxes = np.zeros(N_SECTORS * N_SECTORS, np.int64), np.zeros(N_SECTORS, np.int64)
        spent = np.empty_like(self.books.lines)
        add_up(self.books, moved, spent, taxes)
        return Sums(moved, spent.reshape(-1, N_SECTORS), taxes)

    def paid_under(self) -> dict[str, list[int]]:
        """What province and prefectures paid under each programme in this quarter, by sector [yuan]."""
        paid = self.cells[N_FLOWS : N_FLOWS + len(self.tagged)]
        by_row = (paid[:, Sector.PROVINCE] + paid[:, Sector.PREFECTURES]).tolist()
        found: dict[str, list[int]] = {}
        for (_, programme), sums in zip(self.tagged, by_row, strict=True):
            before = found.get(programme)
            found[programme] = sums if before is None else [a + b for a, b in zip(before, sums, strict=True)]
        return found

    def received(self, code: Flow, sector: Sector) -> int:
        """What a sector received less what it paid under a flow, programmes aside, in this quarter [yuan]."""
        return int(self.books.lines[code * N_SECTORS + sector])

    @property
    def cells(self) -> np.ndarray:
        """Yuan paid in the quarter, shape (rows, payer sectors, payee sectors)."""
        return self.books.cells.reshape(-1, N_SECTORS, N_SECTORS)

    @property
    def lines(self) -> np.ndarray:
        """Yuan received less paid in the quarter, shape (rows, sectors), written line by line."""
        return self.books.lines.reshape(-1, N_SECTORS)
