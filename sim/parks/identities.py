"""I13: land is serviced once and used once, no park is larger than planned, works cost what was paid."""

import numpy as np

from agents.economy import Economy
from agents.money.account_book import Sums
from agents.parks.parks import Parks
from sim.books.identity import fail_first


def check(economy: Economy, sums: Sums) -> None:
    """I13 of all parks."""
    check_land(economy.of(Parks), economy.quarter)


def check_land(parks: Parks, quarter: int) -> None:
    """I13: serviced land is filled or free, grows by what opened, and works bought it at its cost.

    Raises:
        AccountingError: names the prefecture, the quarter and the m2, or the yuan, that are too many.
    """
    land = parks.land
    if parks.settled is not None:
        grown = land.serviced - land.before
        if parks.settled != quarter:
            grown = grown - land.opened - land.opened_works
        of_each("serviced land", grown, quarter)
        of_each("use of land", land.serviced - land.by_firms - land.by_others - land.free, quarter)
    of_each("free land", np.minimum(land.free, 0), quarter)
    of_each("free land of works", np.minimum(land.works_free, 0), quarter)
    left = land.planned - land.serviced - land.underway.sum(axis=0)
    of_each("planned land", np.minimum(left, 0), quarter)
    bought = parks.started * parks.cost
    of_each("works", parks.carried_before + parks.spent - bought - parks.carried, quarter)


def of_each(what: str, gaps: np.ndarray, quarter: int) -> None:
    """Reports the first prefecture with a gap."""
    fail_first("I13 parks", f"{what} of prefecture", quarter, gaps)
