"""Demand at home for what the rest of the province makes, beside what the world's path takes for granted.

The world says how the rest grows. That takes for granted that public money is spent as in 2020, and that
firms buy at home in step with their national markets, with the shares of 2020 and a trend. What is demanded
beyond that, or less, moves value added of the rest a quarter later by `demand_multiplier` [yuan per yuan],
which stands for all rounds of spending: what the rest's own incomes buy is therefore not counted.

Source: the local multiplier of public spending, Guo, Liu and Ma (2016), Journal of Comparative Economics 44.
"""

from operator import mul
from typing import NamedTuple

from agents.numbers.elementary import pow_


class Observed(NamedTuple):
    """What the books of a quarter say [yuan].

    public, firms: bought at home with public money and with that of firms, directly or by the households that
        they pay.
    revenue: what governments take in, without the bonds and the taxes that pay for programmes.
    taxed: what households would have bought at home, had these taxes not been laid on them.
    national: size of each national market. share: what the firms have of it.
    """

    public: float
    firms: float
    revenue: float
    taxed: float
    national: list[float]
    share: list[float]


class HomeDemand:
    """Last quarter's demand, and that of each quarter of 2020 or, before, of the latest year.

    trend: growth of what firms buy at home above that of their national markets [share/year].
    firms, taken_for_granted: what firms bought at home, and what the world's path implies of it [yuan].
    beyond: demand at home beyond what the world takes for granted [yuan]; 0 up to 2020.
    """

    def __init__(self, trend: float) -> None:
        self.trend = trend
        self.known: dict[int, Observed] = {}  # by quarter of the year
        self.firms = self.taken_for_granted = 0.0
        self.beyond = 0

    def look(self, seen: Observed, years_after_2020: int, of_year: int) -> None:
        """Compares the quarter with that of 2020, on the world's path since."""
        if years_after_2020 <= 0:
            self.known[of_year] = seen
        then = self.known[of_year]
        public = seen.public - then.public * (seen.revenue / then.revenue)
        grown = pow_(1.0 + self.trend, float(max(years_after_2020, 0)))
        self.firms, self.taken_for_granted = seen.firms, implied_by_markets(then, seen.national) * grown
        self.beyond = round(public + self.firms - self.taken_for_granted - seen.taxed)


def implied_by_markets(then: Observed, national: list[float]) -> float:
    """What firms would buy at home with the market shares of `then` [yuan]."""
    if then.firms <= 0.0:
        return 0.0
    sold, would_sell = (sum(map(mul, then.share, sizes)) for sizes in (then.national, national))
    # Firms that sold nothing have no market that could tell how their purchases grow.
    return then.firms * (would_sell / sold) if sold > 0.0 else then.firms
