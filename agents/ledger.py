"""The ledger: who has what money [whole yuan]. The only code that moves it.

Every institution has a deposit account here; the firms' deposits and loans are columns of their population,
and the account `firms` holds the sum. One quarter: `open_quarter`, postings, `close_quarter`.
"""

import numpy as np

from agents.chart import PREFECTURES, Account, Accounts
from agents.flows import FIRM_SIGN, N_FIRM_FLOWS, N_FLOWS, N_SECTORS, AccountingError, Flow, Sector
from agents.ledger_firms import credit_rows
from agents.population import Population
from agents.posting import move
from agents.settlement import FirmSharing, settle

__all__ = [
    "FIRM_SIGN",
    "N_FIRM_FLOWS",
    "PREFECTURES",
    "Account",
    "AccountingError",
    "Accounts",
    "Flow",
    "Ledger",
    "Sector",
]

UNLIMITED = 2**60  # yuan: the credit line of an account that may stay in debt


class Ledger:
    """Deposits, loans and other claims of every account, and the flows of the current quarter.

    balance: deposits [yuan] per account; for `bank` its own funds, for `outside` signed.
    loans: debt to the bank [yuan] per account.
    bonds, equity, fund_shares: + what one holds, - what one owes; each sums to 0.
    flow_matrix: {(payer sector, payee sector, flow, programme): yuan} of the quarter.
    journal: every posting as (quarter, payer, payee, yuan, flow, programme) if traced, else None.
    """

    def __init__(self, accounts: Accounts, sharing: FirmSharing, traced: bool = False) -> None:
        self.accounts = accounts
        self.sharing = sharing
        self.balance = np.zeros(len(accounts), dtype=np.int64)
        self.loans = np.zeros(len(accounts), dtype=np.int64)
        self.bonds = np.zeros(len(accounts), dtype=np.int64)
        self.equity = np.zeros(len(accounts), dtype=np.int64)
        self.fund_shares = np.zeros(len(accounts), dtype=np.int64)
        self.credit_line = np.zeros(len(accounts), dtype=np.int64)
        self.credit_line[[accounts.outside, accounts.firms, accounts.bank]] = UNLIMITED
        self.quarter: int | None = None
        self.journal: list[tuple] | None = [] if traced else None
        self._forget_flows()

    def _forget_flows(self) -> None:
        self.flow_matrix: dict[tuple[Sector, Sector, Flow, str | None], int] = {}
        self._lines = [0] * (N_FLOWS * N_SECTORS)
        self.written_off = np.zeros(len(self.accounts), dtype=np.int64)
        self.loans_new = np.zeros(len(self.accounts), dtype=np.int64)
        self.loans_repaid = np.zeros(len(self.accounts), dtype=np.int64)

    # --- the quarter -------------------------------------------------------------------------------------

    def set_opening(
        self,
        balances: list[tuple[Account, np.ndarray | int]],
        bonds: int,
        firm_deposits: int,
        firm_loans: int,
    ) -> None:
        """Sets the first balance sheet [yuan]; the outside account closes it, so that the bank balances.

        bonds: what the bank holds of the province's bonds.
        """
        for account, amount in balances:
            self.balance[account] = amount
        self.bonds[self.accounts.bank] = bonds
        self.bonds[self.accounts.province] = -bonds
        self.restate_firms(firm_deposits, firm_loans)

    def restate_firms(self, deposits: int, loans: int) -> None:
        """Replaces the firms' stocks between quarters, as after the spin-up; the outside account closes."""
        self.balance[self.accounts.firms] = deposits
        self.loans[self.accounts.firms] = loans
        self.balance[self.accounts.outside] -= self.bank_gap()

    def bank_gap(self) -> int:
        """Deposits and own funds less what the bank holds [yuan]: 0 when the bank balances."""
        return int(self.balance.sum()) - int(self.loans.sum()) - int(self.bonds[self.accounts.bank])

    def open_quarter(self, quarter: int, firm_deposits: int, firm_loans: int) -> None:
        """Starts a quarter with empty flows; the firms must hold what the books say.

        Raises:
            AccountingError: the firms' columns were changed between two quarters.
        """
        self.quarter = quarter
        self._agree_with_firms("opening", firm_deposits, firm_loans)
        self._forget_flows()
        self.opening_balance = self.balance.copy()
        self.opening_loans = self.loans.copy()
        self.opening_bonds = self.bonds.copy()

    def close_quarter(self, firm_deposits: int, firm_loans: int) -> None:
        """Ends the quarter; the firms must hold what was posted, and nobody without a line may be in debt.

        Raises:
            AccountingError: names the account, the quarter and the amount.
        """
        self._agree_with_firms("closing", firm_deposits, firm_loans)
        below = np.flatnonzero(self.balance + self.credit_line < 0)
        if len(below):
            self._refuse(int(below[0]), "is overdrawn by", -int(self.balance[below[0]]))

    def _agree_with_firms(self, when: str, deposits: int, loans: int) -> None:
        firms = self.accounts.firms
        for what, counted, booked in (("deposits", deposits, self.balance), ("loans", loans, self.loans)):
            gap = int(counted) - int(booked[firms])
            if gap != 0:
                self._refuse(firms, f"{when} {what} differ from the books by", gap)

    def _refuse(self, account: int, what: str, amount: int) -> None:
        raise AccountingError(
            f"account {self.accounts.name_of(account)}, quarter {self.quarter}: {what} {amount} yuan"
        )

    # --- moving money ------------------------------------------------------------------------------------

    def post(self, payer: int, payee: int, amount: int, code: Flow, programme: str | None = None) -> None:
        """Moves `amount` [yuan] from one account to another.

        Raises:
            AccountingError: the amount is negative, or more than the payer's deposits and credit line.
        """
        if amount <= 0:
            if amount < 0:
                self._refuse(payer, f"{code.name} would pay", amount)
            return
        balance = self.balance
        left = int(balance[payer]) - amount
        if left < -int(self.credit_line[payer]):
            self._refuse(payer, f"{code.name} of {amount} yuan overdraws by", -left)
        balance[payer] = left
        balance[payee] += amount
        self._write(payer, payee, amount, code, programme)
        if self.journal is not None:
            self.journal.append((self.quarter, payer, payee, amount, code, programme))

    def post_each(
        self, payer: Account, payee: Account, amounts: np.ndarray, code: Flow, programme: str | None = None
    ) -> None:
        """Moves amounts [yuan], one by one, between one account, blocks or lists of accounts.

        A payer that is a list must name each account once; a payee may be named several times.

        Raises:
            AccountingError: as `post`.
        """
        numbers = self.accounts.numbers
        payers, payees = numbers(payer), numbers(payee)
        faulty = np.zeros(3, dtype=np.int64)
        total = move(self.balance, self.credit_line, payers, payees, amounts, faulty)
        if faulty[0]:
            self._refuse_one(payers, faulty, code)
        if len(amounts):
            self._write(int(payers[0]), int(payees[0]), total, code, programme)
            if self.journal is not None:
                self._trace(payers, payees, amounts, code, programme)

    def _refuse_one(self, payers: np.ndarray, faulty: np.ndarray, code: Flow) -> None:
        kind, place, amount = faulty.tolist()
        account = int(payers[min(place, len(payers) - 1)])
        self._refuse(account, f"{code.name} would pay" if kind == 1 else f"{code.name} overdraws by", amount)

    def _write(self, payer: int, payee: int, total: int, code: Flow, programme: str | None) -> None:
        source, target = self.accounts.sector[payer], self.accounts.sector[payee]
        key = (source, target, code, programme)
        self.flow_matrix[key] = self.flow_matrix.get(key, 0) + total
        self._lines[code * N_SECTORS + source] -= total
        self._lines[code * N_SECTORS + target] += total

    def received(self, code: Flow, sector: Sector) -> int:
        """What a sector received less what it paid under a flow in this quarter [yuan]."""
        return self._lines[code * N_SECTORS + sector]

    @property
    def lines(self) -> np.ndarray:
        """Yuan received less paid in the quarter, shape (flows, sectors), written line by line."""
        return np.array(self._lines, dtype=np.int64).reshape(N_FLOWS, N_SECTORS)

    def _trace(
        self, payers: np.ndarray, payees: np.ndarray, amounts: np.ndarray, code: Flow, programme: str | None
    ) -> None:
        assert self.journal is not None
        pairs = np.broadcast_arrays(payers, payees, amounts)
        for payer, payee, amount in zip(*(values.tolist() for values in pairs), strict=True):
            self.journal.append((self.quarter, payer, payee, amount, code, programme))

    # --- firms -------------------------------------------------------------------------------------------

    def settle_firms(self, flows: np.ndarray) -> None:
        """Posts the other side of what firms did: `flows` [yuan] per firm flow and prefecture, all >= 0."""
        settle(self, flows, self.sharing)

    def pay_firms(
        self,
        firms: Population,
        rows: np.ndarray,
        amounts: np.ndarray,
        payer: int,
        code: Flow,
        programme: str | None = None,
    ) -> int:
        """Pays `amounts` [yuan] from an account to the firms in `rows`; returns the total."""
        if len(amounts) and amounts.min() < 0:
            self._refuse(payer, f"{code.name} would pay", int(amounts.min()))
        total = int(amounts.sum())
        self.post(payer, self.accounts.firms, total, code, programme)
        credit_rows(firms.deposits, rows, amounts)
        return total

    # --- loans and other claims --------------------------------------------------------------------------

    def lend(self, borrower: int, amount: int) -> None:
        """The bank lends [yuan]: deposits and debt of the borrower rise together."""
        self.post(self.accounts.bank, borrower, amount, Flow.LOAN_NEW)
        self.balance[self.accounts.bank] += amount  # a claim replaces the money: own funds stay
        self.loans[borrower] += amount
        self.loans_new[borrower] += amount

    def repay(self, borrower: int, amount: int) -> None:
        """The borrower repays principal [yuan]."""
        self._within(borrower, "repays more than is owed by", amount, int(self.loans[borrower]))
        self.post(borrower, self.accounts.bank, amount, Flow.LOAN_REPAID)
        self.balance[self.accounts.bank] -= amount
        self.loans[borrower] -= amount
        self.loans_repaid[borrower] += amount

    def write_off(self, borrower: int, amount: int) -> None:
        """The bank gives up a claim [yuan] and loses as much of its own funds."""
        self._within(borrower, "writes off more than is owed by", amount, int(self.loans[borrower]))
        self.loans[borrower] -= amount
        self.balance[self.accounts.bank] -= amount
        self.written_off[borrower] += amount

    def issue_bonds(self, issuer: Account, holder: int, amounts: np.ndarray | int) -> None:
        """Governments borrow [yuan] from the bank or from outside."""
        each = np.atleast_1d(np.asarray(amounts, dtype=np.int64))
        self.post_each(holder, _block(issuer), each, Flow.BOND_ISSUE)
        self._hold_bonds(issuer, holder, each)

    def redeem_bonds(self, issuer: Account, holder: int, amounts: np.ndarray | int) -> None:
        """Governments pay principal [yuan] back."""
        each = np.atleast_1d(np.asarray(amounts, dtype=np.int64))
        self.post_each(_block(issuer), holder, each, Flow.BOND_REPAID)
        self._hold_bonds(issuer, holder, -each)

    def _hold_bonds(self, issuer: Account, holder: int, amounts: np.ndarray) -> None:
        total = int(amounts.sum())
        self.bonds[_block(issuer)] -= amounts
        self.bonds[holder] += total
        if holder == self.accounts.bank:
            self.balance[holder] += total  # paid with new deposits, not with own funds

    def take_equity(self, firm: int, holder: Account, amounts: np.ndarray | int) -> None:
        """Books equity [yuan, at cost] that `holder` has in an issuer; the money is posted apart."""
        self.equity[holder] += amounts
        self.equity[firm] -= int(np.sum(amounts))

    def call_fund(self, fund: int, holder: int, amount: int, programme: str | None = None) -> None:
        """A fund calls capital [yuan]: money one way, shares the other."""
        self.post(holder, fund, amount, Flow.FUND_CALL, programme)
        self.fund_shares[holder] += amount
        self.fund_shares[fund] -= amount

    def _within(self, account: int, what: str, amount: int, most: int) -> None:
        if amount < 0 or amount > most:
            self._refuse(account, what, amount - most if amount > most else amount)


def _block(account: Account) -> slice:
    return account if isinstance(account, slice) else slice(account, account + 1)
