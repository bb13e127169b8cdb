"""Funds: the province's master fund, its funds for an industry, and market venture funds; their books.

Holders put money in when called, funds buy equity of firms, what comes back is paid out to the holders. Book
value of a fund: its deposits, what its stakes cost, and, of the master fund, its shares in other funds.
Which firms a fund chooses and which refuse: agents/finance/venture.py.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.finance.fund_books import (
    BY_MASTER,
    BY_OUTSIDE,
    BY_PROVINCE,
    BY_REST,
    Endings,
    FundBooks,
    add_up_cost,
    buy_equity,
    charge,
    take_proceeds,
    value,
)
from agents.money.chart import Accounts
from agents.money.flows import Flow
from agents.money.ledger import Ledger
from agents.numbers.shares import MILLION, Shares, parts_of

MASTER, SECTOR, MARKET = range(3)
NOWHERE = -2  # instead of an industry: the fund buys no firms
GOVERNMENTS = slice(BY_PROVINCE, BY_REST)
PRIVATE = slice(BY_REST, None)


@kept
class FundParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/funds.yaml."""

    private_supply: float
    private_at_home: float
    crowding_in: float
    saturation: float
    appetite: float
    appetite_state: float
    appetite_restriction: float
    appetite_compensation: float
    call_pace: float
    fee: float
    fee_at_home: float
    seek_rate: float
    seek_cash: float
    smallest_sales: float
    largest_sales: float
    price_to_sales: float
    ticket_share: float
    smallest_ticket: float
    largest_ticket: float
    selection_noise: float
    accept_constant: float
    accept_need: float
    accept_dislike: float
    value_private: float
    value_mixed: float
    value_state: float
    value_on_customers: float
    exit_hazard: float
    failure_hazard: float
    proceeds_spread: float


class FundData(NamedTuple):
    """The funds of a region at the end of 2015, one entry each; the master fund comes first."""

    names: tuple[str, ...]
    kind: np.ndarray  # MASTER, SECTOR or MARKET
    industry: np.ndarray  # -1: any
    weight: np.ndarray  # within its kind, adding to one
    quality: np.ndarray  # of selection and support, market mean = 1
    restriction: np.ndarray  # yuan to be invested at home per yuan of the state, above one
    government_share: np.ndarray  # of what was paid in
    committed: np.ndarray  # yuan
    called: np.ndarray  # yuan


@dataclass
class FundCount:
    """What happened in the quarter, by fund [yuan, firms]."""

    called: np.ndarray
    invested: np.ndarray
    proceeds: np.ndarray
    distributed: np.ndarray
    fees: np.ndarray
    exits: int = 0
    failures: int = 0  # stakes written off, firms that left included
    deals: int = 0
    refusals: int = 0
    private: int = 0  # called from private holders

    @classmethod
    def empty(cls, funds: int) -> "FundCount":
        """Nothing happened."""
        called, invested, proceeds, distributed, fees = np.zeros((5, funds), dtype=np.int64)
        return cls(called, invested, proceeds, distributed, fees)


@dataclass
class Stakes:
    """Equity held in firms, one entry a stake, sorted by the ids of the firms; a firm has one at most."""

    firm: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # id
    fund: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    cost: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # yuan
    quarter: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # of purchase
    share: np.ndarray = field(default_factory=lambda: np.zeros(0))  # of the firm
    row: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))  # where the firm was seen last

    def __len__(self) -> int:
        return len(self.firm)

    def add(self, **columns: np.ndarray) -> None:
        """Puts in new stakes."""
        order = np.argsort(np.concatenate([self.firm, columns["firm"]]))
        for name, values in columns.items():
            setattr(self, name, np.concatenate([getattr(self, name), values]).take(order))

    def endings(self) -> Endings:
        """The stakes, before it is known which of them end."""
        ended, proceeds = np.zeros((2, len(self)), np.int64)
        return Endings(self.firm, self.fund, self.cost, self.share, self.row, ended, proceeds)

    def keep(self, kept: np.ndarray) -> None:
        """Forgets the stakes that are not kept [bool per stake]."""
        places = np.flatnonzero(kept)
        for name in ("firm", "fund", "cost", "quarter", "share", "row"):
            setattr(self, name, getattr(self, name).take(places))


class Funds:
    """All funds and their books.

    books: what was promised, paid and gained since the beginning; its arrays are attributes here too.
    government_share: in the terms on which a fund raised money last.
    may_invest_in: industry of each fund, -1 any.
    """

    def __init__(self, parameters: FundParameters, data: FundData, accounts: Accounts, scale: float) -> None:
        self.parameters = parameters
        self.data = data
        self.scale = scale
        self.books = self._empty_books(accounts)
        self.account, self.holder_accounts = self.books.account, self.books.holder_account
        self.committed, self.paid_in = self.books.committed, self.books.paid_in
        self.distributed, self.held = self.books.distributed, self.books.held
        self.gains, self.fees_paid = self.books.gains, self.books.fees_paid
        self.undistributed = self.books.undistributed
        self.sector = np.flatnonzero(data.kind == SECTOR)
        self.market = np.flatnonzero(data.kind == MARKET)
        self.may_invest_in = np.where(data.kind == MASTER, NOWHERE, data.industry)
        self.government_share = data.government_share.copy()
        self.stakes = Stakes()
        self.placed_by_governments = 0  # yuan in the last round
        self.count = FundCount.empty(len(self))

    def __len__(self) -> int:
        return len(self.data.names)

    def _empty_books(self, accounts: Accounts) -> FundBooks:
        account = accounts.numbers(accounts.funds)
        governments = [accounts.province, *accounts.numbers(accounts.prefectures).tolist()]
        holders = np.concatenate([account[:1], governments, [accounts.rest, accounts.outside]])
        by_holder = np.zeros((4, len(self), len(holders)), dtype=np.int64)
        return FundBooks(
            account, holders.astype(np.int64), *by_holder, *np.zeros((3, len(self)), dtype=np.int64)
        )

    def open(self, ledger: Ledger, shares: Shares) -> np.ndarray:
        """The books at the beginning; returns each fund's deposits [yuan].

        shares: how the prefectures divide the government's part of the master fund.
        """
        for amounts, total in ((self.committed, self.data.committed), (self.paid_in, self.data.called)):
            amounts[:] = self._opening(np.rint(total * self.scale).astype(np.int64), shares)
        cash = self.paid_in.sum(axis=1)
        cash[:1] -= int(self.paid_in[:, BY_MASTER].sum())
        self.revalue(ledger, cash)
        return cash

    def _opening(self, totals: np.ndarray, shares: Shares) -> np.ndarray:
        """Amounts of each holder [yuan] that add up to the totals of the funds."""
        parts = np.zeros_like(self.committed)
        for fund, total in enumerate(totals.tolist()):
            state = round(float(self.data.government_share[fund]) * total)
            if self.data.kind[fund] == MASTER:
                parts[fund, BY_PROVINCE + 1 : BY_REST] = shares.split(state // 2)
                parts[fund, BY_PROVINCE] = state - state // 2
            else:
                parts[fund, BY_MASTER] = state
            parts[fund, BY_REST] = round(self.parameters.private_at_home * (total - state))
            parts[fund, BY_OUTSIDE] = total - state - parts[fund, BY_REST]
        return parts

    # --- books -------------------------------------------------------------------------------------------

    def open_quarter(self) -> None:
        """Forgets what happened in the last quarter."""
        self.count = FundCount.empty(len(self))

    def cash(self, ledger: Ledger) -> np.ndarray:
        """Deposits of each fund [yuan]."""
        return ledger.balance[self.account]

    def cost(self) -> np.ndarray:
        """What the stakes of each fund cost [yuan]."""
        total = np.zeros(len(self), dtype=np.int64)
        add_up_cost(self.stakes.fund, self.stakes.cost, total)
        return total

    def net_assets(self, cash: np.ndarray) -> np.ndarray:
        """Book value of each fund [yuan], given its deposits."""
        value = cash + self.cost()
        value[:1] += int(self.held[:, BY_MASTER].sum())
        return value

    def revalue(self, ledger: Ledger, cash: np.ndarray | None = None) -> None:
        """Sets what every holder's shares are worth at book value, by what it paid in."""
        cash = self.cash(ledger) if cash is None else cash
        value(self.books, cash + self.cost(), ledger.shares)

    def pay_fees(self, ledger: Ledger, home: int) -> None:
        """Managers take half a year's fee on what stakes cost, as far as there is cash [yuan].

        home: the account of the households among whom managers live; the rest of them live outside.
        """
        p, outside = self.parameters, ledger.accounts.outside
        due = parts_of(self.cost(), round(0.5 * p.fee * MILLION))
        due = np.minimum(due, self.cash(ledger))
        at_home = parts_of(due, round(p.fee_at_home * MILLION))
        charge(ledger.books, self.books, due, at_home, home, outside, int(Flow.FUND_FEE), self.count.fees)
        ledger.look_at_books()

    def receive(self, ledger: Ledger, endings: Endings, code: Flow) -> None:
        """Stakes end, sold to a buyer outside or failed; takes in the proceeds."""
        firms, outside, now = ledger.accounts.firms, ledger.accounts.outside, self.count.proceeds
        books = ledger.books
        sold, failed = take_proceeds(
            books, self.books, ledger.equity, endings, firms, outside, int(code), now
        )
        ledger.look_at_books()
        self.count.exits += sold
        self.count.failures += failed
        self.stakes.keep(endings.ended == 0)

    def buy(self, ledger: Ledger, buyers: np.ndarray, amounts: np.ndarray) -> None:
        """Funds pay firms for new equity [yuan], deal by deal; buyers: number of the fund."""
        firms, code = ledger.accounts.firms, int(Flow.EQUITY_PURCHASE)
        buy_equity(ledger.books, self.books, ledger.equity, buyers, amounts, firms, code, self.count.invested)
        ledger.look_at_books()
