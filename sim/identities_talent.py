"""I10: skilled people are counted in whole persons: who is there came from somewhere, who left went."""

import numpy as np

from agents.flows import AccountingError
from agents.markets.talent import Stock, TalentMarket


def check_talent(market: TalentMarket, quarter: int) -> None:
    """I10: both stocks, cell by cell.

    Raises:
        AccountingError: names the kind, the cell, the quarter and the persons that are too many.
    """
    check_stock("skilled workers", market.skilled, quarter)
    check_stock("talent", market.talent, quarter)


def check_stock(kind: str, stock: Stock, quarter: int) -> None:
    """What there is now is what there was, graduates, newcomers and changes of cell, less those who left."""
    came = stock.graduated + stock.arrived + stock.changed
    gap = stock.persons - stock.before - came + stock.left
    for cell in np.flatnonzero(gap).tolist():
        _fail(f"{kind} of cell {cell}", quarter, int(gap[cell]))
    if stock.changed.sum() != 0:
        _fail(f"{kind} who changed cell", quarter, int(stock.changed.sum()))
    if stock.persons.min() < 0:
        _fail(f"{kind} of cell {int(stock.persons.argmin())}", quarter, int(stock.persons.min()))


def _fail(account: str, quarter: int, persons: int) -> None:
    raise AccountingError(f"I10 people fails: account {account}, quarter {quarter}: {persons} persons off")
