"""Programmes: the budget account behind a lever. What the year appropriates is released by quarter,
rationed when it does not suffice, and at the end of the year carried over or lapsed.

    programme.appropriate(400_000_000, 2021)             # a lever asks; what several ask for adds up
    programme.claim(int(wanted.sum()))                   # what is claimed stands until it is decided
    paid = programme.disburse(ledger, firms, rows, wanted)
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np

from agents.engine.population import Population
from agents.engine.rules import stage
from agents.money.flows import AccountingError, Flow
from agents.money.ledger import Ledger
from agents.money.ledger_firms import credit_by_prefecture
from agents.money.posting import pay
from agents.numbers.shares import MILLION, Shares, millionths, part_of, ration, rounded_down

TRANSFER = int(Flow.TRANSFER)


class Treasuries(NamedTuple):
    """Who pays for a programme: the accounts of the province and of the first prefecture, and their shares.

    matching: share of each prefecture [millionths]. matched, covered: of the quarter by prefecture [yuan]:
    what it paid of its own, and what the province put in its place. due: its part of a payment [yuan].
    """

    province: int
    first_prefecture: int
    matching: np.ndarray
    matched: np.ndarray
    covered: np.ndarray
    due: np.ndarray


@stage
def pay_local_shares(books, treasuries, totals, payee, row):
    """Prefectures pay their shares of what goes to each [yuan]; returns what is left for the province.

    The province gives a prefecture what its treasury lacks for its share: no project shrinks.
    """
    province, first, due = treasuries.province, treasuries.first_prefecture, treasuries.due
    left = 0
    for place in range(len(totals)):
        of_province = rounded_down(totals[place], MILLION - treasuries.matching[place])
        due[place] = totals[place] - of_province
        left += of_province
        lacking = max(due[place] - books.balance[first + place], 0)
        pay(books, province, first + place, lacking, TRANSFER)
        treasuries.matched[place] += due[place] - lacking
        treasuries.covered[place] += lacking
    for place in range(len(totals)):
        pay(books, first + place, payee, due[place], row)
    return left


@stage
def pay_shares(books, treasuries, totals, payee, row):
    """Province and prefectures pay one account their shares of what goes to each prefecture [yuan]."""
    left = pay_local_shares(books, treasuries, totals, payee, row)
    pay(books, treasuries.province, payee, left, row)


@stage
def pay_each(books, treasuries, payees, amounts, prefectures, totals, row):
    """The province pays several accounts, and each prefecture its share to it; returns what arrived [yuan].

    totals: zeros, by prefecture.
    """
    for n in range(len(payees)):
        totals[prefectures[n]] += amounts[n]
    pay_local_shares(books, treasuries, totals, treasuries.province, TRANSFER)
    arrived = 0
    for n in range(len(payees)):
        before = books.balance[payees[n]]
        pay(books, treasuries.province, payees[n], amounts[n], row)
        arrived += books.balance[payees[n]] - before
    return arrived


class ProgrammeYear(NamedTuple):
    """The account of a closed year [yuan]: appropriated + carried_in = disbursed + carried_out + lapsed."""

    year: int
    appropriated: int
    carried_in: int
    disbursed: int
    carried_out: int
    lapsed: int

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # which nobody changes


class Programme:
    """One programme of the province, co-funded by the prefecture of whoever receives.

    matching: share of each of the `places` [millionths], chosen in agents/state/prefectures.py.
    rule: how receivers are selected, where the programme's market knows several rules.
    committed: held back for later tranches, not to be promised again [yuan].
    beside, cells: of a block's account the lever's programme and whether each cell is meant.
    appropriated: of this year [yuan]; an offer made again in a later quarter replaces the old one.
    released: of this year's appropriation, to the end of this quarter [yuan].
    disbursed: this year [yuan]. carried_in: left over from the year before [yuan].
    disbursed_now, received_now: of this quarter [yuan], counted by programme and by receivers.
    matched_now, covered_now: of this quarter by prefecture [yuan]: what it paid of its own, and what the
        province put in its place.
    claimed_now, cut_now, withdrawn_now: of this quarter [yuan]: what was claimed or ordered, what of all
        claims was refused or rationed, and what was given up by who left.
    watched: whom it has paid since January and how much, lists of ids and yuan, where somebody judges it.
    waiting, waited: claims not yet decided, now and at the beginning of the quarter [yuan].
    """

    def __init__(
        self,
        name: str,
        code: Flow,
        release: Sequence[float],
        province_share: float,
        places: int,
        carries_over: bool = False,
        rule: str = "",
    ) -> None:
        self.name = name
        self.code = code
        self.release_by_quarter = np.cumsum(millionths(release)).tolist()
        local = MILLION - millionths((province_share, 1.0 - province_share))[0]
        self.matching = np.full(places, local, dtype=np.int64)
        self.carries_over = carries_over
        self.rule = rule
        self.beside, self.cells = "", np.zeros(0, bool)
        self.committed = 0
        self.year: int | None = None
        self.history: list[ProgrammeYear] = []
        self.appropriated = self.released = self.disbursed = self.carried_in = 0
        self.disbursed_now = self.received_now = self.waiting = self.waited = 0
        self.claimed_now = self.cut_now = self.withdrawn_now = 0
        self.matched_now, self.covered_now = np.zeros((2, places), dtype=np.int64)
        self._offered: int | None = None
        self.watched: list[tuple[np.ndarray, np.ndarray]] | None = None

    # --- the budget --------------------------------------------------------------------------------------

    def open_quarter(self, year: int) -> None:
        """Forgets last quarter's offers; a new year closes the old one."""
        self._offered = None
        if self.disbursed_now:
            self.matched_now[:] = self.covered_now[:] = 0
        self.disbursed_now = self.received_now = 0
        self.claimed_now = self.cut_now = self.withdrawn_now = 0
        self.waited = self.waiting
        if self.year is not None and year != self.year:
            self.close_year()
        self.year = year

    def appropriate(self, amount_per_year: int, year: int) -> None:
        """A lever offers an amount for the whole year [yuan]; offers of one quarter add up.

        Raises:
            AccountingError: the offer is negative, or for another year than the current one.
        """
        if amount_per_year < 0 or (self.year is not None and year != self.year):
            raise AccountingError(
                f"programme {self.name}, year {self.year}: {amount_per_year} yuan offered for {year};"
                " not negative and for the current year is allowed"
            )
        self.year = year
        self._offered = (self._offered or 0) + int(amount_per_year)

    @property
    def asked(self) -> int:
        """What levers ask for, for the whole year [yuan]."""
        return self._offered or 0

    def redirect(self, amount_per_year: int) -> None:
        """The year's amount is another than levers ask for [yuan]: budgets are moved between programmes."""
        self._offered = amount_per_year

    def release(self, quarter_of_year: int) -> int:
        """Releases up to this quarter's part of the year's appropriation; returns what is new [yuan]."""
        if self._offered is not None:
            # What is released cannot be taken back: a cut during the year bites on what is left.
            self.appropriated = max(self._offered, self.released)
        due = part_of(self.appropriated, self.release_by_quarter[quarter_of_year])
        new = max(0, due - self.released)
        self.released += new
        return new

    def available(self) -> int:
        """What may still be disbursed now [yuan]."""
        return self.carried_in + self.released - self.disbursed

    def paid_beyond(self, year: int) -> int:
        """What it has paid this year beyond that of `year`, out of a larger appropriation [yuan]."""
        then = next((account for account in self.history if account.year == year), None)
        if self.beside:  # which begin later, with nothing before
            return max(0, min(self.disbursed, self.appropriated))
        if then is None:
            return 0
        return max(0, min(self.disbursed - then.disbursed, self.appropriated - then.appropriated))

    def close_year(self) -> ProgrammeYear:
        """Carries what is left of this year's money over to the next, where it may; the rest lapses.

        Money that was carried over once and is still unspent goes back to the treasury, unless it is
        promised: Budget Law of 2014, article 42 (what is left after two years is surplus).
        """
        left = self.carried_in + self.appropriated - self.disbursed
        carried = min(left, max(self.appropriated, self.committed)) if self.carries_over else 0
        assert self.year is not None
        account = ProgrammeYear(
            self.year, self.appropriated, self.carried_in, self.disbursed, carried, left - carried
        )
        self.history.append(account)
        self.carried_in, self.appropriated, self.released, self.disbursed = carried, 0, 0, 0
        return account

    def over_all_years(self) -> dict[str, float]:
        """What was appropriated, spent, lapsed and is left [yuan]; the first is the sum of the others."""
        sums = {key: sum(getattr(one, key) for one in self.history) for key in ("appropriated", "disbursed")}
        return {
            "appropriated": float(sums["appropriated"] + self.appropriated),
            "spent": float(sums["disbursed"] + self.disbursed),
            "lapsed": float(sum(one.lapsed for one in self.history)),
            "left": float(self.carried_in + self.appropriated - self.disbursed),
        }

    # --- claims: every yuan claimed is paid, cut or withdrawn ---------------------------------------------

    def claim(self, amount: int) -> None:
        """Somebody claims, or the programme itself orders [yuan]."""
        self.claimed_now += amount
        self.waiting += amount

    def cut(self, amount: int) -> None:
        """Claims are refused [yuan]."""
        self.cut_now += amount
        self.waiting -= amount

    def give_up(self, amount: int) -> None:
        """Who claimed is gone [yuan]."""
        self.withdrawn_now += amount
        self.waiting -= amount

    # --- paying ------------------------------------------------------------------------------------------

    def can_pay(self, ledger: Ledger) -> int:
        """What budget and treasuries allow now [yuan]: the province steps in for a poor prefecture."""
        left = self.available()
        return max(0, min(left, int(ledger.balance[ledger.accounts.province]))) if left > 0 else 0

    def can_promise(self, ledger: Ledger) -> int:
        """What may be awarded anew [yuan]: what can be paid less what is held back for later tranches."""
        return max(0, self.can_pay(ledger) - self.committed)

    def can_commit(self) -> int:
        """What of the year's money may be promised for later years [yuan], released yet or not."""
        return max(0, self.carried_in + self.appropriated - self.disbursed - self.committed)

    def disburse(
        self,
        ledger: Ledger,
        firms: Population,
        rows: np.ndarray,
        requested: np.ndarray,
        code: Flow | None = None,
    ) -> np.ndarray:
        """Pays firms what they ask for, or all the same share of it; returns what each got [yuan].

        code: of the payment, if it is not that of the programme.
        """
        paid, _ = self._rationed(ledger, requested)
        totals = np.zeros(len(self.matching), np.int64)
        credit_by_prefecture(firms.deposits, rows, paid, firms.prefecture, totals)
        self.account_for(ledger, totals, code)
        if self.watched is not None:
            self.note(firms.id[rows].astype(np.int64), paid)
        return paid

    def note(self, ids: np.ndarray, paid: np.ndarray) -> None:
        """Remembers whom it paid how much [yuan], where it is watched."""
        if self.watched is not None:
            self.watched.append((ids, paid))

    def pay_into(self, ledger: Ledger, payee: int, amount: int, shares: Shares) -> np.ndarray:
        """Pays one account, within `can_pay`; returns what the province and each prefecture paid [yuan].

        shares: how the prefectures divide what falls on them.
        """
        before = int(ledger.balance[payee])
        local = self._debit(ledger, shares.split(amount), amount, payee, self.code)
        self.received_now += int(ledger.balance[payee]) - before
        return np.concatenate([[amount - int(local.sum())], local])

    def account_for(self, ledger: Ledger, totals: np.ndarray, code: Flow | None = None) -> None:
        """Debits governments for what a stage paid to firms, within `can_pay`, by prefecture [yuan]."""
        amount = int(totals.sum())
        self.received_now += amount
        self._debit(ledger, totals, amount, ledger.accounts.firms, self.code if code is None else code)

    def support(
        self, ledger: Ledger, payees: np.ndarray, requested: np.ndarray, prefectures: np.ndarray
    ) -> np.ndarray:
        """Pays the accounts `payees`, each in its prefecture; returns what each got [yuan].

        The province pays, and prefectures make good their shares to it.
        """
        paid, amount = self._rationed(ledger, requested)
        totals, row = np.zeros(len(self.matching), np.int64), ledger.row_of(self.code, self.name)
        treasuries = self._treasuries(ledger)
        self.received_now += pay_each(ledger.books, treasuries, payees, paid, prefectures, totals, row)
        ledger.look_at_books()
        self._book(amount)
        return paid

    def _rationed(self, ledger: Ledger, requested: np.ndarray) -> tuple[np.ndarray, int]:
        """What each who asks is granted and all together [yuan]; the rest is cut."""
        most, asked = self.can_pay(ledger), int(requested.sum())
        self.cut(max(0, asked - most))
        return ration(most, requested), min(most, asked)

    def _treasuries(self, ledger: Ledger) -> Treasuries:
        accounts, due = ledger.accounts, np.empty(len(self.matching), np.int64)
        first, of_quarter = accounts.prefectures.start, (self.matched_now, self.covered_now)
        return Treasuries(accounts.province, first, self.matching, *of_quarter, due)

    def _debit(self, ledger: Ledger, totals: np.ndarray, amount: int, payee: int, code: Flow) -> np.ndarray:
        """Debits governments for what went to each prefecture; returns what prefectures paid of it [yuan].

        amount: all that went [yuan].
        """
        treasuries, row = self._treasuries(ledger), ledger.row_of(code, self.name)
        pay_shares(ledger.books, treasuries, totals, payee, row)
        ledger.look_at_books()
        self._book(amount)
        return treasuries.due

    def _book(self, amount: int) -> None:
        self.disbursed += amount
        self.disbursed_now += amount
        self.waiting -= amount
