"""The table of firms of end-2015: industry x size x prefecture x age x certification, in whole firms."""

import numpy as np
from numpy.typing import NDArray

from scenarios.region.marginals import Marginals
from sim.start.fitting import Margin, exact_sum, fitted, rounded, whole_shares
from sim.start.strata import exponentials

INDUSTRY, SIZE, PREFECTURE, AGE, CERTIFIED = range(5)
# Weights of a miss in a stated marginal, in one of two traits, in a pair that follows from the fit.
# The second is above the first, or two firms that should trade places would each stay where it is.
STATED, SPLIT, IMPLIED = 0.4, 1.0, 0.05

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def firm_table(marginals: Marginals, scale: float = 1.0) -> Counts:
    """Whole firms by industry, size, prefecture, age and certification, every stated marginal met to a firm.

    Raises:
        ValueError: the marginals contradict each other.
    """
    margins = stated_margins(marginals)
    shares = fitted(association(marginals), margins)
    firms = max(1, round(marginals.constants["firms"] * scale))
    return rounded(shares * firms, whole_margins(shares, margins, firms))


def stated_margins(marginals: Marginals) -> list[Margin]:
    """Shares of firms by age, by industry and size, by size and by prefecture with the certified apart."""
    m = marginals
    certified = m.constants["certified"] / m.constants["firms"]
    return [
        Margin((INDUSTRY, SIZE), m.industry_size_share),
        Margin((AGE,), m.age_share),
        Margin((SIZE, CERTIFIED), _split(m.size_share, m.certified_size_share * certified)),
        Margin((PREFECTURE, CERTIFIED), _split(m.prefecture_share, m.certified_prefecture_share * certified)),
    ]


def association(marginals: Marginals) -> Array:
    """What goes together more than by chance: industry and place, age and size, youth and no certificate."""
    sizes, ages = marginals.size_share.size, marginals.age_share.size
    steps = np.outer(np.arange(sizes) - (sizes - 1) / 2, np.arange(ages) - (ages - 1) / 2)
    log_odds = marginals.constants["older_is_larger"] * steps
    older_is_larger = exponentials(log_odds.ravel()).reshape(steps.shape)
    certified = np.ones((ages, 2))
    certified[0, 1] = marginals.constants["young_certified_odds"]
    by_place = marginals.location_quotient.T[:, None, :, None, None]
    return by_place * older_is_larger[None, :, None, :, None] * certified[None, None, None, :, :]


def whole_margins(shares: Array, margins: list[Margin], firms: int) -> list[Margin]:
    """The stated margins in whole firms, which agree with each other, and what the fit implies for pairs."""
    industry_size, age, size, prefecture = (margin.target for margin in margins)
    certified = whole_shares(size.sum(axis=0), firms)
    by_size, by_prefecture = (_whole_split(target, certified) for target in (size, prefecture))
    by_industry = whole_shares(industry_size.sum(axis=1), firms)
    whole = {
        (INDUSTRY,): by_industry,
        (AGE,): whole_shares(age, firms),
        (SIZE,): by_size.sum(axis=1),
        (PREFECTURE,): by_prefecture.sum(axis=1),
        (CERTIFIED,): certified,
        (INDUSTRY, SIZE): _whole_cells(industry_size * firms, by_industry, by_size.sum(axis=1)),
        (SIZE, CERTIFIED): by_size,
        (PREFECTURE, CERTIFIED): by_prefecture,
    }
    weights = [STATED if len(axes) == 1 else SPLIT for axes in whole]
    targets = [target.astype(np.float64) for target in whole.values()]
    stated = [Margin(*margin) for margin in zip(whole, targets, weights, strict=True)]
    pairs = [(INDUSTRY, PREFECTURE), (INDUSTRY, CERTIFIED)]
    return stated + [Margin(axes, exact_sum(shares, axes) * firms, IMPLIED) for axes in pairs]


def _whole_cells(expected: Array, rows: Counts, columns: Counts) -> Counts:
    """Whole firms near `expected` that add to the rows and columns given."""
    margins = [Margin((axis,), whole.astype(np.float64)) for axis, whole in enumerate((rows, columns))]
    return rounded(expected, margins)


def _whole_split(target: Array, certified: Counts) -> Counts:
    """Whole firms by class, uncertified and certified; the classes and the certified meet their shares."""
    every = whole_shares(target.sum(axis=1), int(certified.sum()))
    holders = np.minimum(whole_shares(target[:, 1] / target[:, 1].sum(), int(certified[1])), every)
    return np.stack([every - holders, holders], axis=-1)


def _split(all_firms: Array, certified: Array) -> Array:
    """[uncertified, certified] shares of all firms.

    Raises:
        ValueError: somewhere more firms are certified than there are firms.
    """
    if (certified > all_firms).any():
        raise ValueError("the marginals have more certified firms than firms somewhere: lower `certified`")
    return np.stack([all_firms - certified, certified], axis=-1)
