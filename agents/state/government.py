"""Governments: the province and its prefectures, what they receive, owe and spend.

Revenue comes from firms (exact, through the ledger), households and the rest of the economy; the centre adds
transfers, bonds and other budgets close the gap to published spending. Up to 2020 total revenue and spending
are the published ones; later they follow the economy. What programmes cost more than in 2020 is paid for by
the scenario's closure.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from agents.money.chart import Accounts
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, Shares, millionths, part_of

FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR = 2015, 2020
LOCAL = (Sector.PROVINCE, Sector.PREFECTURES)


class Closure(StrEnum):
    """What pays for a programme's extra cost over its path of 2020."""

    REPRIORITISE = "reprioritise"
    BORROW = "borrow"
    HIGHER_TAXES = "higher_taxes"


@dataclass(frozen=True)
class GovernmentParameters:
    """Values, units, ranges and sources: configs/parameters/government.yaml."""

    revenue_2015: float
    revenue_2016: float
    revenue_2017: float
    revenue_2018: float
    revenue_2019: float
    revenue_2020: float
    spending_2015: float
    spending_2016: float
    spending_2017: float
    spending_2018: float
    spending_2019: float
    spending_2020: float
    transfer_share_of_gap: float
    bond_share_of_gap: float
    bonds_2015: float
    bond_interest: float
    bond_quota: float
    bond_years: float
    treasury_months: float
    passed_down: float
    province_share_of_rest_taxes: float
    public_wage_share: float
    vat_central_share: float
    vat_province_share_of_local: float
    corporate_tax_central_share: float
    corporate_tax_province_share_of_local: float
    other_tax_central_share: float
    other_tax_province_share_of_local: float
    household_tax_central_share: float
    household_tax_province_share_of_local: float
    release_first_quarter: float
    release_second_quarter: float
    release_third_quarter: float
    release_fourth_quarter: float
    province_share_of_programmes: float

    def published(self, what: str, year: int) -> float:
        """Revenue or spending of a year [yuan/year]; years outside those known take the nearest."""
        return getattr(self, f"{what}_{min(max(year, FIRST_KNOWN_YEAR), LAST_KNOWN_YEAR)}")

    @property
    def release(self) -> tuple[float, float, float, float]:
        """Shares of a year's appropriation released in each quarter."""
        return (
            self.release_first_quarter,
            self.release_second_quarter,
            self.release_third_quarter,
            self.release_fourth_quarter,
        )


class Governments:
    """Province and prefectures together: budgets, programmes, closure.

    extra: what programmes release this quarter beyond the same quarter of 2020 [yuan], may be negative.
    borrowed_extra, taxed_extra: what of it bonds or taxes finance [yuan]; the rest cuts other spending.
    programme_debt: what bonds have financed of programmes and is not paid back [yuan].
    given_back: what lapsed of last year's bonds and taxes for programmes; it finances this year's [yuan].
    gap_financed: what transfers, bonds and other budgets added to own revenue this quarter [yuan].
    usual_transfers: the centre's part of it [yuan].
    """

    def __init__(
        self, parameters: GovernmentParameters, population: np.ndarray, scale: float, closure: str
    ) -> None:
        self.parameters = parameters
        self.scale = scale
        self.closure = Closure(closure)
        self.programmes: dict[str, Programme] = {}
        self.shares = Shares(population)
        self._kept_by_province, self._kept_below = self.opening_balances()
        wages = parameters.public_wage_share
        self._wage_share = millionths((wages, 1.0 - wages))[0]
        self._released_2020 = [0, 0, 0, 0]
        self.extra = self.borrowed_extra = self.taxed_extra = 0
        self.borrowed_this_year = self.programme_debt = self.gap_financed = 0
        self.usual_transfers = 0
        self.financed_this_year = self.given_back = 0
        self.year: int | None = None

    def add_programme(self, name: str, code: Flow, carries_over: bool = False, rule: str = "") -> Programme:
        """A new programme with the release of the parameters and the co-funding of the first year."""
        p = self.parameters
        share, places = p.province_share_of_programmes, len(self.shares.millionths)
        programme = Programme(name, code, p.release, share, places, carries_over, rule)
        self.programmes[name] = programme
        return programme

    def open_account(self, lever: str, name: str, cells: np.ndarray) -> Programme:
        """The account of a block beside the programme of its lever: anew, or as it is."""
        if name not in self.programmes:
            own = self.programmes[lever]
            account = self.add_programme(name, own.code, own.carries_over, own.rule)
            account.matching[:] = own.matching
            account.beside, account.cells = lever, cells
        return self.programmes[name]

    def match_by(self, shares: np.ndarray) -> None:
        """From now on each prefecture pays its share [millionths] of every programme in its place."""
        for programme in self.programmes.values():
            programme.matching[:] = shares

    # --- sizes of the year -------------------------------------------------------------------------------

    def per_quarter(self, yuan_per_year: float) -> int:
        """A yearly amount of the real province as whole yuan a quarter at the model's scale."""
        return round(yuan_per_year * self.scale / 4.0)

    def gap(self, year: int) -> float:
        """Published spending less own revenue [yuan/year]; after 2020 that of 2020."""
        p = self.parameters
        return p.published("spending", year) - p.published("revenue", year)

    def working_balance(self) -> int:
        """What the treasuries of all governments together keep [yuan]."""
        return round(self.parameters.spending_2015 * self.scale * self.parameters.treasury_months / 12.0)

    def opening_balances(self) -> tuple[int, np.ndarray]:
        """The treasuries of the province and of each prefecture at the beginning [yuan]."""
        passed = self.parameters.passed_down
        below = part_of(self.working_balance(), self._of(passed))
        return self.working_balance() - below, self.shares.split(below)

    # --- the beginning of a quarter ----------------------------------------------------------------------

    def open_quarter(self, year: int) -> None:
        """Opens every programme; levers offer after this and before `release`."""
        for programme in self.programmes.values():
            programme.open_quarter(year)
        if year != self.year:
            self.given_back = 0
            if self.financed_this_year > 0:
                more = self._lapsed(year - 1) - self._lapsed(LAST_KNOWN_YEAR)
                self.given_back = max(0, min(more, self.financed_this_year))
            self.year, self.borrowed_this_year, self.financed_this_year = year, 0, 0

    def _lapsed(self, year: int) -> int:
        """What no programme spent of a year's money, and none carried over [yuan]."""
        accounts = (account for one in self.programmes.values() for account in one.history)
        return sum(account.lapsed for account in accounts if account.year == year)

    def release(self, ledger: Ledger, year: int, quarter_of_year: int, growth: float = 1.0) -> None:
        """Takes in transfers and bonds, releases programmes, and passes money down to the prefectures.

        growth: the centre's transfers over those of 2020, after that year; the rest grows alike.
        """
        p, accounts = self.parameters, ledger.accounts
        released = sum(programme.release(quarter_of_year) for programme in self.programmes.values())
        self._finance(year, quarter_of_year, released)
        self.gap_financed = gap = self.per_quarter(self.gap(year) * growth)
        transfers = part_of(gap, self._of(p.transfer_share_of_gap))
        bonds = part_of(gap, self._of(p.bond_share_of_gap))
        self.usual_transfers = transfers
        ledger.post(accounts.central, accounts.province, transfers, Flow.TRANSFER)
        ledger.post(accounts.rest, accounts.province, gap - transfers - bonds, Flow.OTHER_REVENUE)
        self._borrow(ledger, bonds + self.borrowed_extra - self._fall_due())
        most = max(0, int(ledger.balance[accounts.province]))
        down = min(part_of(gap, self._of(p.passed_down)), most)
        ledger.post_shared(accounts.province, accounts.prefectures, down, self.shares, Flow.TRANSFER)

    def _of(self, share: float) -> int:
        return round(share * MILLION)

    def _finance(self, year: int, quarter_of_year: int, released: int) -> None:
        """Remembers the path of 2020 and decides who pays for what is released beyond it."""
        self.extra = self.borrowed_extra = self.taxed_extra = 0
        if year == LAST_KNOWN_YEAR:
            self._released_2020[quarter_of_year] = released
        if year <= LAST_KNOWN_YEAR:
            return
        self.extra = released - self._released_2020[quarter_of_year]
        lacking = self.extra - self.given_back
        if self.closure is Closure.BORROW:
            self.borrowed_extra = min(lacking, self.quota() - self.borrowed_this_year)
            self.borrowed_this_year += self.borrowed_extra
        elif self.closure is Closure.HIGHER_TAXES:
            self.taxed_extra = lacking
        self.financed_this_year += self.borrowed_extra + self.taxed_extra
        self.given_back = 0

    def _fall_due(self) -> int:
        """What of the bonds for programmes is paid back this quarter [yuan]; then adds the new ones."""
        due = part_of(max(0, self.programme_debt), self._of(0.25 / self.parameters.bond_years))
        self.programme_debt += self.borrowed_extra - due
        return due

    def quota(self) -> int:
        """The most that programmes may borrow in a year beyond the bonds of 2020 [yuan]."""
        return round(self.parameters.bond_quota * self.scale)

    def _borrow(self, ledger: Ledger, amount: int) -> None:
        """Issues the province's bonds to the bank; a negative amount pays back, up to what is owed [yuan]."""
        province, bank = ledger.accounts.province, ledger.accounts.bank
        if amount >= 0:
            ledger.issue_bonds(province, bank, amount)
        else:
            owed = -int(ledger.bonds[province])
            ledger.redeem_bonds(province, bank, min(-amount, owed, int(ledger.balance[province])))

    # --- the end of a quarter ----------------------------------------------------------------------------

    def collected(self, ledger: Ledger) -> int:
        """Own tax revenue of province and prefectures in this quarter so far [yuan]."""
        return _of_both_tiers(ledger.books.revenue, ledger.accounts)

    def ordinary_revenue(self, ledger: Ledger) -> int:
        """What both tiers took in [yuan], without the bonds and taxes that pay for programmes."""
        return self.collected(ledger) - self.taxed_extra + self.gap_financed

    def spent(self, ledger: Ledger) -> int:
        """What province and prefectures have paid to others in this quarter [yuan], bonds aside."""
        return _of_both_tiers(ledger.books.spending, ledger.accounts)

    def spend(self, ledger: Ledger) -> None:
        """Pays interest on last quarter's debt, then spends what no working balance or programme needs."""
        accounts = ledger.accounts
        owed = -int(ledger.opening_bonds[accounts.province])
        due = part_of(owed, self._of(self.parameters.bond_interest / 4.0))
        interest = min(due, int(ledger.balance[accounts.province]))  # what it cannot pay is forgiven
        ledger.post(accounts.province, accounts.bank, interest, Flow.BOND_SERVICE)
        reserved = sum(programme.available() for programme in self.programmes.values())
        own = max(0, int(ledger.balance[accounts.province]) - self._kept_by_province - reserved)
        free = np.maximum(ledger.balance[accounts.prefectures] - self._kept_below, 0)
        self._spend_on(ledger, accounts.province, self.shares.split(own))
        self._spend_on(ledger, accounts.prefectures, free)

    def _spend_on(self, ledger: Ledger, payer: int | slice, amounts: np.ndarray) -> None:
        accounts = ledger.accounts
        payees, codes = (accounts.households, accounts.rest), (Flow.PUBLIC_WAGES, Flow.PUBLIC_PURCHASES)
        ledger.post_divided(payer, payees, amounts, self._wage_share, codes)


def _of_both_tiers(amounts: np.ndarray, accounts: Accounts) -> int:
    """The sum of an amount per account [yuan] over the province and the prefectures."""
    return int(amounts[accounts.province]) + int(amounts[accounts.prefectures].sum())
