"""How old the inventions are that are not of high value: those that turn ten since filing become it.

Shares of each age in quarters, by kind of owner and not by owner: who owns what was filed when nobody counts,
so that in a quarter the same share of everybody's other inventions turns ten.
Source: the definition of the patent office (CNIPA): a valid invention kept for more than ten years counts.
"""

from collections.abc import Sequence

import numpy as np

from agents.numbers.elementary import pow_

TEN_YEARS = 40  # quarters since filing
OWNERS = ("enterprises", "universities", "institutes", "others")
ENTERPRISES, OTHERS = OWNERS.index("enterprises"), OWNERS.index("others")
INSTITUTIONS = slice(1, 3)  # universities and institutes, as agents.science.universities.KINDS


def kept_of_older(filing_growth: float, lapse: float) -> float:
    """Inventions in force over those filed a quarter later: fewer were filed, and some lapsed [ratio].

    filing_growth: share a year. lapse: share a quarter.
    """
    return (1.0 - lapse) / pow_(1.0 + filing_growth, 0.25)


def share_past_ten(ratio: float, lag: int) -> float:
    """Share of the inventions in force filed ten years ago or earlier, where filings grew evenly.

    The youngest in force were filed `lag` quarters ago, and each quarter's are `ratio` of the next one's.
    """
    return pow_(ratio, float(TEN_YEARS - lag))


def ages_below_ten(ratio: float, lag: int) -> np.ndarray:
    """Shares of the ages of 0 to 39 quarters among the younger ones, where filings grew evenly."""
    weights = [0.0] * lag + [pow_(ratio, float(age - lag)) for age in range(lag, TEN_YEARS)]
    return np.array(weights) / sum(weights)


class PatentAges:
    """Shares of each age among the inventions that are not of high value.

    shares: by kind of owner and age in quarters since filing, shape (4, 40), each row adding to one.
    """

    def __init__(self, filing_growth: float, lapses: Sequence[float], lag: int) -> None:
        """lapses: of each kind of owner [share/quarter]. lag: from filing to grant [quarters]."""
        ratios = [kept_of_older(filing_growth, lapse) for lapse in lapses]
        self.lag = lag
        self.past_ten = tuple(share_past_ten(ratio, lag) for ratio in ratios)  # at the end of 2015
        self.shares = np.array([ages_below_ten(ratio, lag) for ratio in ratios])

    @property
    def maturing(self) -> np.ndarray:
        """Share of each kind's other inventions that turns ten in the coming quarter."""
        return self.shares[:, -1]

    def pass_quarter(self, held: Sequence[float], granted: Sequence[float]) -> None:
        """A quarter passes: all are older, those of ten years are gone, what was granted is of the lag's age.

        held: inventions of each kind that are not of high value, after the quarter. granted: of these those
        that were granted in it. A kind that holds none keeps its ages for when it does.
        """
        pairs = zip(held, granted, strict=True)
        fresh = [min(1.0, max(0.0, float(new)) / max(float(stock), 1.0)) for stock, new in pairs]
        left = (1.0 - self.shares[:, -1]).tolist()
        both = list(zip(fresh, left, strict=True))
        kept = np.array([(1.0 - new) / rest if rest > 0.0 else 0.0 for new, rest in both])
        ages = np.zeros_like(self.shares)
        ages[:, 1:] = self.shares[:, :-1] * kept[:, None]
        ages[:, self.lag] += [new if rest > 0.0 else 1.0 for new, rest in both]
        if min(held) <= 0:
            ages = np.where((np.array(held) > 0.0)[:, None], ages, self.shares)
        self.shares = ages
