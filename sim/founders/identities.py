"""I8 of founders: persons, entrants and seats are those of before, plus came, less went."""

from agents.economy import Economy
from agents.founders.incubators import Incubators
from agents.founders.startup_loans import StartupLoans
from agents.founders.would_be import Waiting, WouldBeFounders
from agents.money.account_book import Sums
from agents.money.families import STARTUP_LOANS
from sim.books.identity import disbursed, fail, fail_first
from sim.founders.seats import tenants


def check(economy: Economy, sums: Sums) -> None:
    """I8 of would-be founders, of entrants by kind and of seats; interest paid is what founders got."""
    stock, quarter = economy.of(WouldBeFounders), economy.quarter
    check_waiting("would-be founders", stock.free, quarter)
    check_waiting("founders held back", stock.held_back, quarter)
    check_entrants(economy, stock)
    check_seats(economy, economy.of(Incubators))
    paid = disbursed(economy, STARTUP_LOANS)
    fail("I4 interest", "start-up loans", quarter, paid - economy.of(StartupLoans).subsidies)


def check_waiting(kind: str, stock: Waiting, quarter: int) -> None:
    """Before, plus came, less founded and gave up, cell by cell; nobody is there less than not at all."""
    gaps = stock.persons - stock.before - stock.came + stock.founded + stock.gave_up
    fail_first("I8 founders", f"{kind} of cell", quarter, gaps)
    fail("I8 founders", kind, quarter, min(0, int(stock.persons.min())))


def check_entrants(economy: Economy, stock: WouldBeFounders) -> None:
    """Entrants are ordinary ones, spin-offs and marginal ones, each founded by somebody."""
    counts, quarter = economy.counts, economy.quarter
    ordinary, marginal = int(stock.free.founded.sum()), int(stock.held_back.founded.sum())
    fail("I8 entrants", "founders", quarter, counts.entrants - ordinary - counts.spin_offs - counts.marginal)
    fail("I8 entrants", "founders held back", quarter, marginal - counts.marginal)
    fail("I8 entrants", "start-up loans", quarter, min(0, economy.of(StartupLoans).served - counts.marginal))


def check_seats(economy: Economy, incubators: Incubators) -> None:
    """Tenants are those of before, plus admitted, less finished and closed; each was let in to a seat."""
    here, quarter = incubators, economy.quarter
    gone = here.finished + here.left
    fail("I8 seats", "incubators", quarter, here.before + here.admitted - gone - here.tenants)
    fail("I8 seats", "firms", quarter, len(tenants(economy)) - here.tenants)
    fail("I8 seats", "beyond those there are", quarter, here.crowded)
