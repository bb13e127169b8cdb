"""The ledger: who has what money [whole yuan]. The only code that moves it.

Every institution has a deposit account here; the firms' deposits and loans are columns of their population,
and the account `firms` holds the sum. One quarter: `open_quarter`, postings, `close_quarter`.
"""

import numpy as np

from agents.money.account_book import UNLIMITED, AccountBook
from agents.money.chart import Account, Accounts
from agents.money.flows import FIRM_SIGN, N_FIRM_FLOWS, AccountingError, Flow, Sector
from agents.money.settlement import FirmSharing, settle

__all__ = [
    "FIRM_SIGN",
    "N_FIRM_FLOWS",
    "UNLIMITED",
    "Account",
    "AccountingError",
    "Accounts",
    "Flow",
    "Ledger",
    "Sector",
]


class Ledger(AccountBook):
    """The account book with loans and other claims, quarter by quarter.

    loans: debt to the bank [yuan] per account.
    bonds, equity, shares: + what one holds, - what one owes; equity in firms and shares in funds at book
        value. Each sums to 0.
    written_off, loans_new, loans_repaid: of the quarter [yuan] per account.
    counted: deposits and loans [yuan] of the firms one by one when the quarter closed.
    """

    def __init__(self, accounts: Accounts, sharing: FirmSharing, traced: bool = False) -> None:
        super().__init__(accounts, traced)
        self.sharing = sharing
        self.counted = (0, 0)
        self.loans = np.zeros(len(accounts), dtype=np.int64)
        self.bonds = np.zeros(len(accounts), dtype=np.int64)
        self.equity = np.zeros(len(accounts), dtype=np.int64)
        self.shares = np.zeros(len(accounts), dtype=np.int64)
        self.written_off, self.loans_new, self.loans_repaid = np.zeros((3, len(accounts)), dtype=np.int64)

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
        """Replaces the firms' stocks between quarters, as after the warm-up; the outside account closes."""
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
        books, debt = self.books, (self.written_off, self.loans_new, self.loans_repaid)
        for sums in (books.cells, books.lines, books.revenue, books.spending, *debt):
            sums[:] = 0
        self.opening_balance = self.balance.copy()
        self.opening_loans = self.loans.copy()
        self.opening_bonds = self.bonds.copy()

    def close_quarter(self, firm_deposits: int, firm_loans: int) -> None:
        """Ends the quarter; the firms must hold what was posted, and nobody without a line may be in debt.

        Raises:
            AccountingError: names the account, the quarter and the amount.
        """
        self._agree_with_firms("closing", firm_deposits, firm_loans)
        self.counted = (firm_deposits, firm_loans)
        below = np.flatnonzero(self.balance + self.credit_line < 0)
        if len(below):
            self._refuse(int(below[0]), "is overdrawn by", -int(self.balance[below[0]]))

    def _agree_with_firms(self, when: str, deposits: int, loans: int) -> None:
        firms = self.accounts.firms
        for what, counted, booked in (("deposits", deposits, self.balance), ("loans", loans, self.loans)):
            gap = int(counted) - int(booked[firms])
            if gap != 0:
                self._refuse(firms, f"{when} {what} differ from the books by", gap)

    # --- firms -------------------------------------------------------------------------------------------

    def settle_firms(
        self, flows: np.ndarray, among_firms: tuple[np.ndarray, np.ndarray] | None = None
    ) -> list[int]:
        """Posts the other side of what firms did: `flows` [yuan] per firm flow and prefecture, all >= 0.

        among_firms: of sales and of purchases what firms sold to and bought of each other, by prefecture.
        Returns the sum of each flow over the prefectures [yuan].

        Raises:
            AccountingError: a flow is negative, or a counterpart cannot pay.
        """
        self._refuse_flows(flows)
        accounts, totals = self.accounts, flows.sum(axis=1).tolist()
        with_others = flows if among_firms is None else self._trade_among_firms(flows, *among_firms)
        settle(self.books, with_others, self.sharing.routes, self.equity, accounts.firms)
        self.look_at_books()
        self._settle_contracts(totals[Flow.RESEARCH_CONTRACTS])
        self._book_loan(accounts.firms, totals[Flow.LOAN_NEW])
        self._book_repayment(accounts.firms, totals[Flow.LOAN_REPAID])
        self.write_off(accounts.firms, totals[Flow.WRITE_OFF])
        return totals

    def _trade_among_firms(self, flows: np.ndarray, sold: np.ndarray, bought: np.ndarray) -> np.ndarray:
        """Posts what firms buy of each other [yuan by prefecture]; returns their flows with all others."""
        with_others, firms = flows.copy(), self.accounts.firms
        with_others[Flow.SALES] -= sold
        with_others[Flow.PURCHASES] -= bought
        self._refuse_flows(with_others)
        self.post(firms, firms, int(bought.sum()), Flow.SUPPLIES)
        return with_others

    def _settle_contracts(self, total: int) -> None:
        """Contracts go to institutions by their shares, to others by name, the rest elsewhere [yuan]."""
        accounts, sharing = self.accounts, self.sharing
        inside = sharing.contracts_of_institutions(total)
        if sharing.contract_shares is not None:
            shares = sharing.contract_shares
            self.post_shared(accounts.firms, accounts.universities, inside, shares, Flow.RESEARCH_CONTRACTS)
        if sharing.booked is not None:
            self.post_each(accounts.firms, *sharing.booked, Flow.RESEARCH_CONTRACTS)
        elsewhere = total - inside - sharing.by_name
        self.post(accounts.firms, accounts.rest, elsewhere, Flow.RESEARCH_CONTRACTS)

    def _refuse_flows(self, flows: np.ndarray) -> None:
        if flows.shape[0] != N_FIRM_FLOWS:
            raise ValueError(f"flows has {flows.shape[0]} rows, {N_FIRM_FLOWS} firm flows are settled")
        if flows.min() < 0:
            code, prefecture = divmod(int(flows.argmin()), flows.shape[1])
            what = f"{Flow(code).name} in prefecture {prefecture} is"
            self._refuse(self.accounts.firms, what, int(flows.min()))

    def bring_capital(self, amount: int) -> None:
        """Capital that firms bring along from outside [yuan], against equity held there."""
        firms, outside = self.accounts.firms, self.accounts.outside
        self.post(outside, firms, amount, Flow.INWARD_INVESTMENT)
        self.equity[outside] += amount
        self.equity[firms] -= amount

    def issue_equity(self, amount: int) -> None:
        """New shares of listed firms [yuan], which owners outside buy."""
        firms, outside = self.accounts.firms, self.accounts.outside
        self.post(outside, firms, amount, Flow.EQUITY_PURCHASE)
        self.equity[outside] += amount
        self.equity[firms] -= amount

    # --- loans and other claims --------------------------------------------------------------------------

    def _book_loan(self, borrower: int, amount: int) -> None:
        self.balance[self.accounts.bank] += amount  # a claim replaces the money: own funds stay
        self.loans[borrower] += amount
        self.loans_new[borrower] += amount

    def _book_repayment(self, borrower: int, amount: int) -> None:
        self._within(borrower, "repays more than is owed by", amount, int(self.loans[borrower]))
        self.balance[self.accounts.bank] -= amount
        self.loans[borrower] -= amount
        self.loans_repaid[borrower] += amount

    def write_off(self, borrower: int, amount: int) -> None:
        """The bank gives up a claim [yuan] and loses as much of its own funds."""
        self._within(borrower, "writes off more than is owed by", amount, int(self.loans[borrower]))
        self.loans[borrower] -= amount
        self.balance[self.accounts.bank] -= amount
        self.written_off[borrower] += amount

    def issue_bonds(self, issuer: int, holder: int, amount: int) -> None:
        """A government borrows [yuan] from the bank or from outside."""
        self.post(holder, issuer, amount, Flow.BOND_ISSUE)
        self._hold_bonds(issuer, holder, amount)

    def redeem_bonds(self, issuer: int, holder: int, amount: int) -> None:
        """A government pays principal [yuan] back."""
        self.post(issuer, holder, amount, Flow.BOND_REPAID)
        self._hold_bonds(issuer, holder, -amount)

    def _hold_bonds(self, issuer: int, holder: int, amount: int) -> None:
        self.bonds[issuer] -= amount
        self.bonds[holder] += amount
        if holder == self.accounts.bank:
            self.balance[holder] += amount  # paid with new deposits, not with own funds

    def _within(self, account: int, what: str, amount: int, most: int) -> None:
        if amount < 0 or amount > most:
            self._refuse(account, what, amount - most if amount > most else amount)
