"""Identities of firms: both sides of their value added, their sales in the books, and how many there are."""

from collections.abc import Mapping
from typing import Any

from agents.economy import Economy, Stocks
from agents.firms import totals
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.state.government import LOCAL
from sim.books.identity import fail

PUBLIC_ORDERS = (Flow.PROCUREMENT, Flow.INFRASTRUCTURE)


def check(economy: Economy, sums: Sums) -> None:
    """I5 and I8; remembers the stocks for the next quarter."""
    quarter = economy.quarter
    over_cells = economy.totals.cells.sum(axis=0).tolist()
    check_value_added(int(economy.totals.gap[0]), int(economy.totals.failing[0]), quarter)
    check_cells(quarter, {"sales": (over_cells[totals.SALES], sales_of_firms(economy.ledger))})
    columns = (totals.FIRMS, totals.CERTIFIED, totals.PATENTS, totals.HIGH_VALUE)
    after = Stocks(*(over_cells[column] for column in columns))
    fail("I8 count", "firms", quarter, after.firms - economy.firms.count)
    if economy.stocks is not None:
        check_stocks(economy.stocks, after, economy.counts, quarter)
    economy.stocks = after


def check_value_added(gap: int, failing: int, quarter: int) -> None:
    """I5: output side = income side of every firm; gap: sum of absolute ones [yuan]. failing: id of one."""
    fail("I5 value added", f"firm {failing}", quarter, gap)


def check_cells(quarter: int, of_cells: Mapping[str, tuple[int, int]]) -> None:
    """I5: the cells add up to the province. of_cells: {name: (sum over cells, provincial figure)}."""
    for name, (cells, province) in of_cells.items():
        fail("I5 cells", name, quarter, cells - province)


def check_count(what: str, quarter: int, before: int, came: int, went: int, after: int) -> None:
    """I8: what there is now is what there was, plus what came, less what went."""
    fail("I8 count", what, quarter, before + came - went - after)


def check_stocks(before: Stocks, after: Stocks, counts: Any, quarter: int) -> None:
    """I8: firms, certificates and patents. counts: what came and went, as `agents.economy.Counts`."""
    came = counts.entrants + counts.relocated
    check_count("firms", quarter, before.firms, came, counts.exits, after.firms)
    gone = counts.certified_lapsed + counts.certified_left
    check_count("certified firms", quarter, before.certified, counts.certified_new, gone, after.certified)
    granted, lapsed = counts.patents_granted, counts.patents_lapsed
    check_count("patents", quarter, before.patents, granted, lapsed, after.patents)
    new, gone = counts.high_value_new + counts.high_value_pledged, counts.high_value_lapsed
    check_count("high-value patents", quarter, before.high_value, new, gone, after.high_value)


def sales_of_firms(ledger: Ledger) -> int:
    """Sales of firms as the ledger knows them, public orders included [yuan]."""
    buyers = (Sector.REST, Sector.OUTSIDE)
    bought = sum([ledger.paid(buyer, Sector.FIRMS, Flow.SALES) for buyer in buyers])
    bought += ledger.paid(Sector.FIRMS, Sector.FIRMS, Flow.SUPPLIES)
    orders = [row for (code, _), row in ledger.tagged.items() if code in PUBLIC_ORDERS]
    return bought + int(ledger.cells[orders, :, Sector.FIRMS][:, LOCAL].sum())
