"""I10: skilled people are counted in whole persons: who is there came from somewhere, who left went."""

import numpy as np

from agents.engine.rules import stage
from agents.money.flows import AccountingError
from agents.people.talent_market import Stock, TalentMarket


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
