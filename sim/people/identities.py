"""I10: skilled people are counted in whole persons: who is there came from somewhere, who left went."""

import numpy as np

from agents.economy import Economy
from agents.engine.rules import stage
from agents.money.account_book import Sums
from agents.money.families import AMENITIES, EDUCATION
from agents.money.flows import AccountingError
from agents.people.amenities import Amenities
from agents.people.education import Education
from agents.people.talent_market import Stock, TalentMarket
from sim.books.identity import disbursed, fail


def check(economy: Economy, sums: Sums) -> None:
    """I10 of all skilled people, of students and trainees; I8 of amenities; I4 of what was paid for both."""
    check_talent(economy.talent, economy.quarter)
    check_education(economy, economy.of(Education))
    check_amenities(economy, economy.of(Amenities))


def check_education(economy: Economy, education: Education) -> None:
    """I10: who learns is who learned before, and who began, less who left and finished. I4: what was paid."""
    here, quarter = education, economy.quarter
    gone = here.left + here.finished
    fail("I10 education", "students", quarter, here.before + here.began - gone - here.persons)
    fail("I4 education", "education", quarter, disbursed(economy, EDUCATION) - here.paid)


def check_amenities(economy: Economy, amenities: Amenities) -> None:
    """I8: places are those of before, plus opened, less worn. I4: what was paid for is what was spent."""
    quarter = economy.quarter
    gaps = amenities.before + amenities.opened - amenities.worn - amenities.places
    fail("I8 amenities", "places", quarter, int(np.abs(gaps).sum()))
    fail("I8 amenities", "places", quarter, min(0, int(amenities.places.min())))
    paid = disbursed(economy, AMENITIES)
    fail("I4 amenities", "amenities", quarter, paid - int(amenities.spent.sum()))


def check_talent(market: TalentMarket, quarter: int) -> None:
    """I10: both stocks, cell by cell.

    Raises:
        AccountingError: names the kind, the cell, the quarter and the persons that are too many.
    """
    check_stock("skilled workers", market.skilled, quarter)
    check_stock("talent", market.talent, quarter)


@stage
def stock_gaps(persons, before, graduated, arrived, changed, left, gaps):
    """Persons too many in each cell, in `gaps`.

    Returns in how many cells, what changes of cell add up to, and the least number in a cell, 0 at most.
    """
    off, total, least = 0, 0, 0
    for cell in range(len(persons)):
        came = graduated[cell] + arrived[cell] + changed[cell]
        gaps[cell] = persons[cell] - before[cell] - came + left[cell]
        off += gaps[cell] != 0
        total += changed[cell]
        least = min(least, persons[cell])
    return off, total, least


def check_stock(kind: str, stock: Stock, quarter: int) -> None:
    """What there is now is what there was, graduates, newcomers and changes of cell, less those who left."""
    gaps = np.empty(len(stock.persons), np.int64)
    off, changed, least = stock_gaps(
        stock.persons, stock.before, stock.graduated, stock.arrived, stock.changed, stock.left, gaps
    )
    if off:
        cell = int(np.flatnonzero(gaps)[0])
        _fail(f"{kind} of cell {cell}", quarter, int(gaps[cell]))
    if changed != 0:
        _fail(f"{kind} who changed cell", quarter, changed)
    if least < 0:
        _fail(f"{kind} of cell {int(stock.persons.argmin())}", quarter, least)


def _fail(account: str, quarter: int, persons: int) -> None:
    raise AccountingError(f"I10 people fails: account {account}, quarter {quarter}: {persons} persons off")
