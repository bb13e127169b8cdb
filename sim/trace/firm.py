"""Follows one firm: its columns, and every change of its deposits named by the flow behind it.

What a firm does itself is found by running it apart from the firms before and after it in memory, which
changes nothing, for its quarter depends on no other firm's. What programmes pay it stands in the journal.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from agents.firms.entry import MARGINAL
from agents.money.flows import FIRM_SIGN, N_FIRM_FLOWS, Flow
from agents.numbers.elementary import exp_
from scenarios.values.errors import InputError, quoted
from sim.firms.identities import PUBLIC_ORDERS
from sim.firms.scratch import Rows, Scratch, Span
from sim.model import IndustrialPolicyModel
from sim.trace.member import Payment, Trace, Values

DECIDED = (
    "expected_demand",
    "orders_by_name",
    "in_chains",
    "sales",
    "value_added",
    "inventory",
    "labour",
    "capital",
    "investment",
    "research",
    "relabelled",
    "patents",
    "high_value_patents",
    "certificate_expiry",
    "grant_claim",
    "deposits",
    "loans",
    "exit_reason",
)
UNEXPLAINED = "OTHER"
ORDERS = [code.name for code in PUBLIC_ORDERS]


class FirmTrace(Trace, Scratch):
    """One firm, by its id. The model uses it in place of its scratch."""

    def __init__(self, model: IndustrialPolicyModel, name: str) -> None:
        known = ", ".join(map(str, largest(model.economy.firms)))
        if not (name.isascii() and name.isdigit()):
            raise InputError(f"firm {quoted(name)} is no id; the largest firms of end-2015: {known}")
        Scratch.__init__(self)
        self.firms = model.economy.firms
        Trace.__init__(self, model, name)
        self.id = int(name)
        self.known = 0  # deposits up to which every change has its payment [yuan]
        self.noted: list[Payment] = []
        self.last: Values = {}
        self.written_off = 0
        self.owed: int | None = None  # loans of which every one has its payment [yuan]; None before it exists
        self.founding = False
        model.scratch = self
        if self.row is not None:
            self.known, self.owed = int(self.firms.deposits[self.row]), int(self.firms.loans[self.row])

    def open_journal(self) -> None:
        super().open_journal()
        self.model.economy.ledger.journal = _Journal(self)

    @property
    def row(self) -> int | None:
        """Where the firm stands; None when it does not exist yet or has left."""
        return self.firms.row_or_none(self.id)

    # --- what the firm does itself -----------------------------------------------------------------------

    def founded(self, economy: Any) -> None:
        """What a firm that was not there before has is its founders' money."""
        if self.row is not None and self.owed is None:
            self._explain_rest(Flow.FOUNDER_CAPITAL.name)
            self.founding = True  # a start-up loan may come next

    def spans(self, economy: Any) -> Iterator[Span]:
        """All firms in order, the traced one apart."""
        row = self.row
        if row is None:
            yield from super().spans(economy)
            return
        self._explain_rest(self._before_its_quarter(economy, row))
        before, own, after = _apart(self.firms.start, self.firms.stop, row)
        yield before
        flows = economy.totals.flows.sum(axis=1)
        yield own
        self._note_flows(economy.totals.flows.sum(axis=1) - flows)
        self.last, self.owed, self.founding = self._columns(row), int(self.firms.loans[row]), False
        yield after

    def leavers(self, economy: Any, rows: Rows) -> Iterator[Rows]:
        """Places in `rows` of the firms that leave, the traced one apart."""
        own = rows == (-1 if self.row is None else self.row)
        yield np.flatnonzero(~own)
        flows = economy.totals.flows.sum(axis=1)
        yield np.flatnonzero(own)
        self._note_flows(economy.totals.flows.sum(axis=1) - flows)

    def _note_flows(self, flows: np.ndarray) -> None:
        self.written_off = int(flows[Flow.WRITE_OFF])
        for code in np.flatnonzero(flows * FIRM_SIGN).tolist():
            self._note(Flow(code).name, None, int(FIRM_SIGN[code]) * int(flows[code]))

    # --- what others pay it ------------------------------------------------------------------------------

    def see(self, code: Flow, programme: str | None) -> None:
        """A posting between others and firms: what the deposits have gained meanwhile is its part."""
        row = self.row
        if row is None:
            return
        self._note_loans(row)
        if code in PUBLIC_ORDERS:  # have a column, and others may have taken from the deposits meanwhile
            noted = sum(one.amount for one in self.noted if one.flow in ORDERS)
            self._note(code.name, programme, int(self.firms.procurement[row]) - noted)
        else:
            self._note(code.name, programme, int(self.firms.deposits[row]) - self.known)

    def _note(self, flow: str, programme: str | None, amount: int) -> None:
        if amount:
            self.noted.append(Payment(flow, programme, "", amount))
            self.known += amount

    def _note_loans(self, row: int) -> None:
        """What was lent before its quarter: a guaranteed loan, or a start-up loan.

        Who founds on a start-up loan alone has it as a part of the founders' money.
        """
        loans = int(self.firms.loans[row])
        lent = 0 if self.owed is None else loans - self.owed
        self._note(Flow.LOAN_NEW.name, None, lent)
        if self.founding and self.id & MARGINAL:
            self._note(Flow.FOUNDER_CAPITAL.name, None, -lent)
        self.owed = loans

    def _explain_rest(self, flow: str) -> None:
        row = self.row
        if row is not None:
            self._note_loans(row)
        self._note(flow, None, (0 if row is None else int(self.firms.deposits[row])) - self.known)

    def _before_its_quarter(self, economy: Any, row: int) -> str:
        """The flow behind what nobody has named yet: owners who take a grant for themselves."""
        taken = self.known - int(self.firms.deposits[row])
        by_owners = 0 < taken <= int(economy.totals.flows[Flow.DIVIDENDS].sum())
        return Flow.DIVIDENDS.name if by_owners else UNEXPLAINED

    # --- the quarter -------------------------------------------------------------------------------------

    def values(self) -> Values:
        if self.row is not None:
            return self._columns(self.row)
        left, self.last = self.last, {}
        return left and {**left, "deposits": 0, "loans": 0, "written_off": self.written_off}

    def payments(self) -> list[Payment]:
        self._explain_rest(UNEXPLAINED)
        noted, self.noted = self.noted, []
        if self.row is not None:
            self.last = {}
        return noted

    def _columns(self, row: int) -> Values:
        values = {name: getattr(self.firms, name)[row].item() for name in DECIDED}
        return {"price": exp_(float(self.firms.log_price[row])), **values, "written_off": 0}


def largest(firms: Any, count: int = 5) -> list[int]:
    """Ids of the largest firms, the largest first."""
    rows = firms.rows()
    found: list[int] = firms.id[rows[np.argsort(-firms.trailing_sales[rows], kind="stable")][:count]].tolist()
    return found


class _Journal(list):
    """The journal of a traced firm: tells the trace of what others pay firms, or take from them."""

    def __init__(self, trace: FirmTrace) -> None:
        super().__init__()
        self.trace = trace
        self.firms = trace.model.economy.ledger.accounts.firms

    def append(self, line: tuple) -> None:
        super().append(line)
        _, payer, payee, _, code, programme = line
        if code >= N_FIRM_FLOWS and self.firms in (payer, payee):
            self.trace.see(code, programme)


def _apart(start: np.ndarray, stop: np.ndarray, row: int) -> tuple[Span, Span, Span]:
    """First and last rows by industry of the firms before a row, of that row, and of the firms after it."""
    industry = int(np.searchsorted(start, row, side="right")) - 1
    place = np.arange(len(start))
    inside = np.where(place == industry, row, np.where(place < industry, stop, start))
    own = np.where(place == industry, row + 1, inside)
    return (start, inside), (inside, own), (own, stop)
