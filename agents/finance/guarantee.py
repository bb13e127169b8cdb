"""The guarantee corporation and the risk-compensation pool: who is guaranteed, who pays when a loan fails.

The ledger's account `guarantee` holds both: `pool` is the part that governments put in to share losses, the
rest are the corporation's own funds. What it guarantees of a firm's loans stands in the firm's column.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.firms.credit import covered_share, line_on_sales, rate_for
from agents.firms.production import affordable_capital, expansion
from agents.firms.settle import borrowed, credit_limit
from agents.money.flows import Flow
from agents.money.ledger import Ledger
from agents.numbers.elementary import yuan
from agents.numbers.shares import MILLION, part_of, ration, rounded_down


@kept
class GuaranteeParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/guarantee.yaml."""

    own_funds_2015: float
    capital_multiple: float
    pool_multiple: float
    largest_client_sales: float
    largest_guarantee: float
    smallest_loan: float
    highest_risk: float
    pool_share: float
    lapse: float


@dataclass
class GuaranteeCount:
    """What happened in the quarter [yuan, firms]."""

    asked: int = 0  # loans that firms wanted guaranteed
    lent: int = 0  # new guaranteed loans
    firms: int = 0  # that got one
    new: int = 0  # new guarantees
    released: int = 0  # lapsed or repaid
    ended: int = 0  # of firms that left
    fees: int = 0
    claimed: int = 0  # by the bank for loans that failed
    paid: int = 0  # of it by the corporation
    compensated: int = 0  # of it by the pool


class Clients(NamedTuple):
    """Room for the firms that ask for a guarantee: their rows, and the loans they ask for [yuan].

    flags: scratch for as many firms as are looked at together.
    """

    rows: np.ndarray
    loans: np.ndarray
    flags: np.ndarray


def no_clients(most: int, together: int) -> Clients:
    """Room for at most so many clients, looked for among `together` firms at a time."""
    rows, loans = np.empty((2, most), np.int64)
    return Clients(rows, loans, np.empty(together, np.int64))


@rule
def is_short(deposits, trailing, p):
    """Whether a firm's cash [yuan] has run low."""
    return float(deposits) < p.settle.cash_floor * trailing


@rule
def is_growing(capital, pending, expected, p):
    """Whether a firm is about to order machines; all in quantities."""
    wanted = p.production.normal_capital_output * expected
    return (pending <= 0.0) & (wanted - capital > p.production.investment_threshold * wanted)


@rule
def is_eligible(trailing, risk, g):
    """Whether a firm is small enough, and safe enough, to be guaranteed."""
    return (trailing <= g.largest_client_sales) & (risk <= g.highest_risk)


@rule
def wanted_loan(firms, p, c, i):
    """What a firm lacks for its working balance or its next machines beyond the bank's line [yuan]."""
    deposits, loans, trailing = float(firms.deposits[i]), float(firms.loans[i]), firms.trailing_sales[i]
    risk, guaranteed = firms.default_risk[i], float(firms.guaranteed[i])
    room = max(0.0, credit_limit(trailing, firms.capital[i], risk, guaranteed, p, c) - loans)
    for_cash = borrowed(deposits, 0.0, 2.0 * p.settle.cash_floor * trailing, trailing, p) - room
    line = line_on_sales(trailing, risk, p) + guaranteed
    affordable = affordable_capital(deposits, loans, line, trailing, p, c)
    wanted = p.production.normal_capital_output * firms.expected_demand[i]
    limitless = 2.0 * wanted + firms.capital[i]
    usual = p.production.investment_threshold
    gap = expansion(firms.capital[i], firms.pending_capital[i], wanted, limitless, usual, p)
    for_machines = (gap - max(affordable, 0.0)) * c.material_price if gap > 0.0 else 0.0
    return max(for_cash, for_machines, 0.0)


@stage
def flag_candidates(firm, p, flags):
    """Sets `flags` to 1 for the firms of a block that are short or growing, to 0 for others."""
    for i in range(len(firm.capital)):
        growing = is_growing(firm.capital[i], firm.pending_capital[i], firm.expected_demand[i], p)
        flags[i] = is_short(firm.deposits[i], firm.trailing_sales[i], p) | growing


@stage
def list_candidates(firms, p, start, stop, flags, rows):
    """Firms of rows `start` to `stop` that are short or growing, into `rows`; returns their number.

    flags: scratch for as many firms as are looked at together. Every row is written and the next one writes
    over it if it does not count: nothing branches.
    """
    found = 0
    for low in range(start, stop, len(flags)):
        high = min(low + len(flags), stop)
        flag_candidates(block_of(firms, low, high), p, flags)
        for j in range(high - low):
            rows[found] = low + j
            found += flags[j]
    return found


@stage
def list_clients(firms, p, g, share, conditions, starts, stops, clients):
    """Small firms that the bank rations and that may recover, into `clients`; returns how many there are.

    share: of a loan that is guaranteed.
    """
    found, rows, flags = 0, clients.rows, clients.flags
    for k in range(len(starts)):
        first, c = found, conditions[k]
        for j in range(first, first + list_candidates(firms, p, starts[k], stops[k], flags, rows[first:])):
            i = rows[j]
            if is_eligible(firms.trailing_sales[i], firms.default_risk[i], g):
                most = (g.largest_guarantee - float(firms.guaranteed[i])) / share
                loan = min(wanted_loan(firms, p, c, i), most)
                if loan >= g.smallest_loan:
                    rows[found] = i
                    clients.loans[found] = yuan(loan)
                    found += 1
    return found


@stage
def guarantee_parts(loans, part, guarantees):
    """The guaranteed part of each loan [yuan], `part` millionths; returns their sum."""
    total = 0
    for n in range(len(loans)):
        guarantees[n] = rounded_down(loans[n], part)
        total += guarantees[n]
    return total


@stage
def grant_loans(loans, guarantees, part, granted):
    """Of each loan [yuan] what is guaranteed in `part` millionths.

    Returns sums of what was asked for, granted and guaranteed, and the number of firms with a guarantee.
    """
    asked, lent, guaranteed, firms = 0, 0, 0, 0
    for n in range(len(loans)):
        granted[n] = min(guarantees[n] * MILLION // part, loans[n])
        asked += loans[n]
        lent += granted[n]
        guaranteed += guarantees[n]
        firms += guarantees[n] > 0
    return asked, lent, guaranteed, firms


@stage
def lend_guaranteed(firms, b, rows, loans, guarantees, new_loans):
    """Pays out guaranteed loans [yuan] to the firms in `rows`; adds them to `new_loans` [prefecture]."""
    for j in range(len(rows)):
        i = rows[j]
        firms.deposits[i] += loans[j]
        firms.loans[i] += loans[j]
        firms.guaranteed[i] += guarantees[j]
        firms.loan_rate[i] = rate_for(
            firms.default_risk[i], covered_share(firms.guaranteed[i], firms.loans[i]), b
        )
        new_loans[firms.prefecture[i]] += loans[j]


@stage
def run_off(firms, g, b, fee, rows):
    """A quarter of the guarantees of the firms in `rows`: the fee, and what lapses or was repaid.

    fee: share of the guaranteed sum a year. Returns yuan of fees and of guarantees released.
    """
    fees, released = 0, 0
    for j in range(len(rows)):
        i = rows[j]
        due = min(yuan(0.25 * fee * float(firms.guaranteed[i])), firms.deposits[i])
        firms.deposits[i] -= due
        left = min(yuan((1.0 - g.lapse) * float(firms.guaranteed[i])), firms.loans[i])
        fees += due
        released += firms.guaranteed[i] - left
        firms.guaranteed[i] = left
        firms.loan_rate[i] = rate_for(firms.default_risk[i], covered_share(left, firms.loans[i]), b)
    return fees, released


class GuaranteeCorporation:
    """The corporation's decisions and its books.

    pool: money of the risk-compensation pool [yuan]. outstanding: guarantees in force, wanted: what firms
    asked to be guaranteed the last time [yuan].
    """

    def __init__(self, parameters: GuaranteeParameters, scale: float) -> None:
        self.parameters = parameters
        self.scale = scale
        self.pool = 0
        self.outstanding = 0
        self.wanted = 0
        self.opening_outstanding = 0
        self.count = GuaranteeCount()

    def opening_balance(self) -> int:
        """Own funds at the beginning [yuan]."""
        return round(self.parameters.own_funds_2015 * self.scale)

    def open_quarter(self) -> None:
        """Forgets what happened in the last quarter."""
        self.count = GuaranteeCount()
        self.opening_outstanding = self.outstanding

    def own_funds(self, ledger: Ledger) -> int:
        """What the corporation has itself [yuan]."""
        return int(ledger.balance[ledger.accounts.guarantee]) - self.pool

    def capacity(self, ledger: Ledger) -> int:
        """What it may still guarantee [yuan]: multiples of own funds and of the pool, less that in force."""
        allowed = part_of(self.own_funds(ledger), round(self.parameters.capital_multiple * MILLION))
        allowed += part_of(self.pool, round(self.parameters.pool_multiple * MILLION))
        return max(0, allowed - self.outstanding)

    def lacks(self) -> int:
        """What the pool lacks to stand behind the guarantees in force and those that firms want [yuan].

        A pool that nobody asks to stand behind anything takes no money: it stays with the programme.
        """
        behind = self.outstanding + self.wanted
        needed = part_of(behind, round(MILLION / self.parameters.pool_multiple))
        return max(0, needed - self.pool)

    def grant(self, ledger: Ledger, loans: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
        """Loans and the guaranteed part of each [yuan]; all the same share of it if capacity is short."""
        part, capacity = round(share * MILLION), self.capacity(ledger)
        guarantees, granted = np.empty((2, len(loans)), np.int64)
        self.wanted = int(guarantee_parts(loans, part, guarantees))
        if self.wanted > capacity:
            guarantees = ration(capacity, guarantees)
        self.stand_for(*grant_loans(loans, guarantees, part, granted))
        return granted, guarantees

    def stand_for(self, asked: int, lent: int, guaranteed: int, firms: int) -> None:
        """Books new guaranteed loans: what was asked for and lent, what of it is guaranteed [yuan], firms."""
        count = self.count
        count.asked, count.lent = count.asked + asked, count.lent + lent
        count.new, count.firms = count.new + guaranteed, count.firms + firms
        self.outstanding += guaranteed

    def take_fees(self, ledger: Ledger, fees: int, released: int) -> None:
        """Books the quarter's fees and the guarantees that ended without loss [yuan]."""
        ledger.post(ledger.accounts.firms, ledger.accounts.guarantee, fees, Flow.GUARANTEE_FEE)
        self.count.fees, self.count.released = fees, released
        self.outstanding -= released

    def settle_claims(self, ledger: Ledger, claimed: int, ended: int) -> None:
        """Pays the bank for failed loans [yuan]: the pool its share, then own funds; the bank bears the rest.

        ended: guarantees of the firms that left, whether claimed or not [yuan].
        """
        guarantee, bank, count = ledger.accounts.guarantee, ledger.accounts.bank, self.count
        count.claimed, count.ended = claimed, ended
        self.outstanding -= ended
        if not claimed:
            return
        share = part_of(claimed, round(self.parameters.pool_share * MILLION))
        count.compensated = min(share, self.pool)
        count.paid = min(claimed - count.compensated, self.own_funds(ledger))
        ledger.post(guarantee, bank, count.compensated, Flow.RISK_COMPENSATION)
        ledger.post(guarantee, bank, count.paid, Flow.GUARANTEE_PAYMENT)
        self.pool -= count.compensated
