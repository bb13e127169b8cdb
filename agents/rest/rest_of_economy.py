"""The rest of the provincial economy, its households, the centre and the outside world: accounts, no agents.

Value added of the rest follows the world and answers demand at home (agents/rest/home_demand.py). It pays
wages, profits and taxes; whatever it then has too much or too little is traded with the outside, whose
account is signed.
"""

from dataclasses import dataclass

import numpy as np

from agents.engine.rules import stage
from agents.money.flows import Flow
from agents.money.ledger import UNLIMITED, Ledger
from agents.money.posting import pay
from agents.numbers.shares import MILLION, Shares, deal_each, millionths, part_of, parts_of, rounded_down
from agents.rest.home_demand import HomeDemand
from agents.state.government import LAST_KNOWN_YEAR, Governments

HOUSEHOLD_TAX = int(Flow.HOUSEHOLD_TAX)


@dataclass(frozen=True)
class RestParameters:
    """Values, units, ranges and sources: configs/parameters/rest.yaml."""

    wage_share: float
    profit_share: float
    central_tax_share: float
    household_tax_rate: float
    consumption_share: float
    consumption_at_home: float
    sales_at_home: float
    purchases_at_home: float
    materials_at_home: float
    equipment_at_home: float
    dividends_at_home: float
    household_deposits_2015: float
    working_balance_months: float
    demand_multiplier: float
    home_demand_trend: float
    research_share: float


class RestOfEconomy:
    """Closing rules of the accounts that are no agents.

    tax_rate: local taxes of the rest as a share of its value added, found in each year up to 2020 so that
    published revenue is met, and kept at 2020's afterwards.
    demand: at home for what the rest makes, beside what the world takes for granted.
    """

    def __init__(
        self, parameters: RestParameters, governments: Governments, population: np.ndarray, scale: float
    ) -> None:
        p, g = parameters, governments.parameters
        self.parameters = p
        self.demand = HomeDemand(parameters.home_demand_trend)
        self.weights = Shares(population)
        self.scale = scale
        self._taxed = self._value_added = 0  # of the year for which the rate is found
        self._year: int | None = None
        self.tax_rate = 0
        self.income = np.zeros(len(population), dtype=np.int64)
        local = 1.0 - g.household_tax_central_share
        province = local * g.household_tax_province_share_of_local
        shares = millionths((g.household_tax_central_share, province, local - province))
        self._household_tax_shares = np.array(shares, dtype=np.int64)[:, None]

    def opening_balances(self, value_added: int) -> tuple[int, np.ndarray]:
        """Deposits of the rest and of each prefecture's households at the beginning [yuan]."""
        deposits = round(self.parameters.household_deposits_2015 * self.scale)
        return self.working_balance(value_added), self.weights.split(deposits)

    def working_balance(self, value_added: int) -> int:
        """What the rest keeps at the end of a quarter [yuan]: some months of its value added."""
        return part_of(value_added, _millionths(self.parameters.working_balance_months / 3.0))

    @staticmethod
    def give_credit_lines(ledger: Ledger) -> None:
        """The rest and the centre may be short within a quarter; their closing rules even it out."""
        ledger.credit_line[[ledger.accounts.rest, ledger.accounts.central]] = UNLIMITED

    def value_added(self, of_world: int) -> int:
        """What the rest makes [yuan]: on the world's path, and in answer to last quarter's demand at home."""
        return max(0, of_world + round(self.parameters.demand_multiplier * self.demand.beyond))

    @property
    def spent_at_home(self) -> float:
        """What households buy at home of a yuan of income."""
        return self.parameters.consumption_share * self.parameters.consumption_at_home

    # --- the end of a quarter, in this order -------------------------------------------------------------

    def pay_wages(self, ledger: Ledger, value_added: int, surcharge: int = 0) -> None:
        """Wages and profits of the rest go to households by population [yuan].

        surcharge: taxes for programmes, which the rest takes out of its profits.
        """
        p, accounts = self.parameters, ledger.accounts
        wages = part_of(value_added, _millionths(p.wage_share))
        profits = max(0, part_of(value_added, _millionths(p.profit_share)) - surcharge)
        for total, code in ((wages, Flow.WAGES), (profits, Flow.DIVIDENDS)):
            ledger.post_shared(accounts.rest, accounts.households, total, self.weights, code)

    def tax_households(self, ledger: Ledger) -> None:
        """Households pay tax on last quarter's income [yuan], divided among the levels of government."""
        accounts, places = ledger.accounts, len(self.income)
        payees = (accounts.central, accounts.province, accounts.prefectures.start)
        rate, shares = _millionths(self.parameters.household_tax_rate), self._household_tax_shares
        room = np.empty((1, places), np.int64), np.empty((3, 1, places), np.int64)
        tax_income(ledger.books, accounts.households.start, payees, self.income, rate, shares, *room)
        ledger.look_at_books()

    def pay_taxes(self, ledger: Ledger, governments: Governments, value_added: int, year: int) -> None:
        """The rest pays local and central taxes [yuan], and what the closure lays on it."""
        p, accounts = governments.parameters, ledger.accounts
        due = max(0, self._local_tax(ledger, governments, value_added, year) + governments.taxed_extra)
        province = part_of(due, _millionths(p.province_share_of_rest_taxes))
        ledger.post(accounts.rest, accounts.province, province, Flow.OTHER_TAX)
        ledger.post_shared(accounts.rest, accounts.prefectures, due - province, self.weights, Flow.OTHER_TAX)
        central = part_of(value_added, _millionths(self.parameters.central_tax_share))
        ledger.post(accounts.rest, accounts.central, central, Flow.OTHER_TAX)

    def _local_tax(self, ledger: Ledger, governments: Governments, value_added: int, year: int) -> int:
        """What the known revenue leaves to the rest up to 2020; later 2020's share of value added [yuan]."""
        if year > LAST_KNOWN_YEAR:
            return part_of(value_added, self.tax_rate)
        if year != self._year:
            self._taxed, self._value_added, self._year = 0, 0, year
        known = governments.per_quarter(governments.parameters.published("revenue", year))
        due = max(0, known - governments.collected(ledger))
        self._taxed += due
        self._value_added += value_added
        self.tax_rate = self._taxed * MILLION // max(1, self._value_added)
        return due

    def consume(self, ledger: Ledger) -> None:
        """Households spend a share of the quarter's income [yuan], at home and outside."""
        p, accounts = self.parameters, ledger.accounts
        block, at_home = accounts.households, _millionths(p.consumption_at_home)
        self.income = np.maximum(ledger.balance[block] - ledger.opening_balance[block], 0)
        spent = parts_of(self.income, _millionths(p.consumption_share))
        sellers, codes = (accounts.rest, accounts.outside), (Flow.CONSUMPTION, Flow.CONSUMPTION)
        ledger.post_divided(block, sellers, spent, at_home, codes)

    def close(self, ledger: Ledger, value_added: int) -> None:
        """Trade brings the rest to its working balance; the centre's other provinces bring it to zero."""
        accounts = ledger.accounts
        above = int(ledger.balance[accounts.rest]) - self.working_balance(value_added)
        _even_out(ledger, accounts.rest, above, Flow.IMPORTS, Flow.EXPORTS)
        left = int(ledger.balance[accounts.central])
        _even_out(ledger, accounts.central, left, Flow.TRANSFER, Flow.TRANSFER)


@stage
def tax_income(books, households, payees, income, rate, shares, due, parts):
    """Households pay `rate` millionths of their income [yuan], as far as they have it, to three treasuries.

    households: account of the first. payees: those of the centre, the province and the first prefecture.
    shares: of each in millionths [payee, 1]. due, parts: scratch [1, place] and [payee, 1, place].
    """
    central, province, prefectures = payees
    for n in range(len(income)):
        due[0, n] = min(rounded_down(income[n], rate), max(books.balance[households + n], 0))
    deal_each(due, shares, MILLION, parts)
    for n in range(len(income)):
        pay(books, households + n, central, parts[0, 0, n], HOUSEHOLD_TAX)
    for n in range(len(income)):
        pay(books, households + n, province, parts[1, 0, n], HOUSEHOLD_TAX)
    for n in range(len(income)):
        pay(books, households + n, prefectures + n, parts[2, 0, n], HOUSEHOLD_TAX)


def _even_out(ledger: Ledger, account: int, above: int, paid: Flow, received: Flow) -> None:
    if above > 0:
        ledger.post(account, ledger.accounts.outside, above, paid)
    else:
        ledger.post(ledger.accounts.outside, account, -above, received)


def _millionths(share: float) -> int:
    return round(share * MILLION)
