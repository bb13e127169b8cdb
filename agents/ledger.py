"""The ledger: who has what money [whole yuan]. The only code that moves it.

Every institution has a deposit account here; the firms' deposits and loans are columns of their population,
and the account `firms` holds the sum. One quarter: `open_quarter`, postings, `close_quarter`.
"""

from dataclasses import dataclass, field

import numpy as np

from agents.flows import FIRM_SIGN, N_FIRM_FLOWS, N_FLOWS, N_SECTORS, AccountingError, Flow, Sector
from agents.ledger_firms import credit_rows
from agents.settlement import FirmSharing, settle

__all__ = ["FIRM_SIGN", "N_FIRM_FLOWS", "Account", "AccountingError", "Accounts", "Flow", "Ledger", "Sector"]

UNLIMITED = 2**60          # yuan: the credit line of an account that may stay in debt
PREFECTURES = 14

Account = int | slice      # one account, or a contiguous block of them


@dataclass(frozen=True)
class Accounts:
    """The chart of accounts: single ones first, then blocks by prefecture and by university."""

    universities_count: int
    firms: int = 0
    bank: int = 1
    guarantee: int = 2
    funds: int = 3
    central: int = 4
    province: int = 5
    rest: int = 6
    outside: int = 7
    prefectures: slice = slice(8, 8 + PREFECTURES)
    households: slice = slice(8 + PREFECTURES, 8 + 2 * PREFECTURES)
    first_university: int = 8 + 2 * PREFECTURES
    sector: tuple[Sector, ...] = field(init=False)

    def __post_init__(self) -> None:
        blocks = [Sector.PREFECTURES] * PREFECTURES + [Sector.HOUSEHOLDS] * PREFECTURES
        singles = list(Sector)[: self.outside + 1]
        universities = [Sector.UNIVERSITIES] * self.universities_count
        object.__setattr__(self, "sector", tuple(singles + blocks + universities))

    @property
    def universities(self) -> slice:
        return slice(self.first_university, self.first_university + self.universities_count)

    def __len__(self) -> int:
        return len(self.sector)

    def sector_of(self, account: Account) -> Sector:
        return self.sector[account.start if isinstance(account, slice) else account]

    def name_of(self, account: int) -> str:
        """The name of an account, as an error prints it."""
        sector = self.sector[account]
        number = account - self.sector.index(sector)
        several = sector in (Sector.PREFECTURES, Sector.HOUSEHOLDS, Sector.UNIVERSITIES)
        return f"{sector.name.lower()}[{number}]" if several else sector.name.lower()


class Ledger:
    """Deposits, loans and other claims of every account, and the flows of the current quarter.

    balance: deposits [yuan] per account; for `bank` its own funds, for `outside` signed.
    loans: debt to the bank [yuan] per account. bonds, equity, fund_shares: + holder, - issuer, each sums to 0.
    flow_matrix: {(payer sector, payee sector, flow, programme): yuan} of the quarter.
    lines: yuan received less paid per flow and sector, written line by line.
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
        self.lines = np.zeros((N_FLOWS, N_SECTORS), dtype=np.int64)
        self.written_off = np.zeros(len(self.accounts), dtype=np.int64)
        self.loans_new = np.zeros(len(self.accounts), dtype=np.int64)
        self.loans_repaid = np.zeros(len(self.accounts), dtype=np.int64)

    # --- the quarter -------------------------------------------------------------------------------------

    def set_opening(self, balances: dict[Account, np.ndarray | int], firm_deposits: int, firm_loans: int) -> None:
        """Sets the first balance sheet; the outside account closes it, so that the bank balances."""
        for account, amount in balances.items():
            self.balance[account] = amount
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
            if int(counted) != int(booked[firms]):
                self._refuse(firms, f"{when} {what} differ from the books by", int(counted) - int(booked[firms]))

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

    def post_each(
        self, payer: Account, payee: Account, amounts: np.ndarray, code: Flow, programme: str | None = None
    ) -> None:
        """Moves amounts [yuan] between blocks of accounts, or between a block and one account.

        Raises:
            AccountingError: as `post`.
        """
        total = int(amounts.sum())
        if amounts.min(initial=0) < 0:
            self._refuse(_first(payer), f"{code.name} would pay", int(amounts.min()))
        balance = self.balance
        balance[payer] -= amounts if isinstance(payer, slice) else total
        balance[payee] += amounts if isinstance(payee, slice) else total
        left = balance[payer] + self.credit_line[payer]
        if left.min() < 0:
            worst = _first(payer) + int(left.argmin())
            self._refuse(worst, f"{code.name} overdraws by", -int(balance[worst]))
        self._write(payer, payee, total, code, programme, amounts)

    def _write(
        self, payer: Account, payee: Account, total: int, code: Flow, programme: str | None,
        amounts: np.ndarray | None = None,
    ) -> None:
        source, target = self.accounts.sector_of(payer), self.accounts.sector_of(payee)
        key = (source, target, code, programme)
        self.flow_matrix[key] = self.flow_matrix.get(key, 0) + total
        self.lines[code, source] -= total
        self.lines[code, target] += total
        if self.journal is not None:
            self._trace(payer, payee, total, code, programme, amounts)

    def _trace(self, payer, payee, total, code, programme, amounts) -> None:
        assert self.journal is not None
        each = [total] if amounts is None else amounts.tolist()
        for n, amount in enumerate(each):
            one = _first(payer) + (n if isinstance(payer, slice) else 0)
            other = _first(payee) + (n if isinstance(payee, slice) else 0)
            self.journal.append((self.quarter, one, other, amount, code, programme))

    # --- firms -------------------------------------------------------------------------------------------

    def settle_firms(self, flows: np.ndarray) -> None:
        """Posts the other side of what firms did: `flows` [yuan] per firm flow and prefecture, all >= 0."""
        settle(self, flows, self.sharing)

    def pay_firms(
        self, firms, rows: np.ndarray, amounts: np.ndarray, payer: int, code: Flow, programme: str | None = None
    ) -> int:
        """Pays `amounts` [yuan] from one account into the deposits of the firms in `rows`; returns the total."""
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
        self.balance[self.accounts.bank] += amount      # a claim replaces the money: own funds stay
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
            self.balance[holder] += total               # paid with new deposits, not with own funds

    def take_equity(self, firm: int, holder: Account, amounts: np.ndarray) -> None:
        """Books equity [yuan, at cost] that `holder` has in an issuer; the money is posted apart."""
        self.equity[holder] += amounts
        self.equity[firm] -= int(amounts.sum())

    def call_fund(self, fund: int, holder: int, amount: int, programme: str | None = None) -> None:
        """A fund calls capital [yuan]: money one way, shares the other."""
        self.post(holder, fund, amount, Flow.FUND_CALL, programme)
        self.fund_shares[holder] += amount
        self.fund_shares[fund] -= amount

    def _within(self, account: int, what: str, amount: int, most: int) -> None:
        if amount < 0 or amount > most:
            self._refuse(account, what, amount - most if amount > most else amount)


def _first(account: Account) -> int:
    return account.start if isinstance(account, slice) else account


def _block(account: Account) -> slice:
    return account if isinstance(account, slice) else slice(account, account + 1)
