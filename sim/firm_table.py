"""The table of firms of end-2015: industry x size x prefecture x age x certification, in whole firms."""

import numpy as np
from numpy.typing import NDArray

from scenarios.marginals import Marginals
from sim.proportional_fitting import Margin, exact_sum, fitted, rounded, whole_shares
from sim.strata import exponentials

INDUSTRY, SIZE, PREFECTURE, AGE, CERTIFIED = range(5)
# Weights of a miss: of a stated marginal, of one split by certification, of a pair that follows from the fit.
STATED, SPLIT, IMPLIED = 1.0, 0.5, 0.05

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
    """Shares of firms by industry and age, and by size and by prefecture with the certified apart."""
    m = marginals
    certified = m.constants["certified"] / m.constants["firms"]
    return [
        Margin((INDUSTRY,), m.industry_share),
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
    """The stated margins in whole firms, and what the fit implies for pairs, in firms."""
    targets = (whole_shares(margin.target, firms).astype(np.float64) for margin in margins)
    industry, age, size, prefecture = targets
    stated = [((INDUSTRY,), industry), ((AGE,), age), ((SIZE,), size.sum(axis=1))]
    stated += [((PREFECTURE,), prefecture.sum(axis=1)), ((CERTIFIED,), size.sum(axis=0))]
    split = [((SIZE, CERTIFIED), size), ((PREFECTURE, CERTIFIED), prefecture)]
    pairs = [(INDUSTRY, SIZE), (INDUSTRY, PREFECTURE), (INDUSTRY, CERTIFIED)]
    return (
        [Margin(axes, target, STATED) for axes, target in stated]
        + [Margin(axes, target, SPLIT) for axes, target in split]
        + [Margin(axes, exact_sum(shares, axes) * firms, IMPLIED) for axes in pairs]
    )


def _split(all_firms: Array, certified: Array) -> Array:
    """[uncertified, certified] shares of all firms.

    Raises:
        ValueError: somewhere more firms are certified than there are firms.
    """
    if (certified > all_firms).any():
        raise ValueError("the marginals have more certified firms than firms somewhere: lower `certified`")
    return np.stack([all_firms - certified, certified], axis=-1)
