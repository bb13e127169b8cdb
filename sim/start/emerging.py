"""Which share of each firm's sales lies in the strategic emerging industries.

The shares follow a beta distribution whose quantiles are dealt out in blocks of firms of like size; the
largest firms of each industry are placed, the others permuted by luck, and all raked to the published total,
which splits over the industries as the run's draw says.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from agents.engine.rules import rule, stage
from agents.numbers.elementary import pow_
from sim.start.strata import ranks

TERMS = 60  # of the series of the beta distribution, up to one half
HALVINGS = 52
RAKING_PASSES = 15
LARGEST_MEAN = 0.9  # share of an industry's sales: above it too few firms are left whose share can rise

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def emerging_shares(
    sales: Array, industry: Counts, starts: Counts, uniform: Array, numbers: Mapping[str, float], split: Array
) -> Array:
    """Each firm's emerging share of sales; blocks of like firms begin at `starts`.

    Weighted by sales, the shares have the mean that emerging has in all value added. `split`: each
    industry's part of emerging value added, adding to one; all of a small population's may not be reached.
    """
    target = numbers["emerging_value_added"] / numbers["value_added"]
    first, sizes = starts[:-1], np.diff(starts)
    size_of_block, rank = np.repeat(sizes, sizes), ranks(uniform, starts)
    quantiles = {size: beta_quantiles(size, numbers) for size in np.unique(sizes).tolist()}
    shares = np.empty(sales.size)
    for size, values in quantiles.items():
        rows = np.flatnonzero(size_of_block == size)
        shares[rows] = values[rank[rows]]
    holds_largest = np.append(True, np.diff(industry[first]) != 0)
    for start, size in zip(first[holds_largest].tolist(), sizes[holds_largest].tolist(), strict=True):
        _place(sales, quantiles[size].copy(), target, start, shares)
    _rake(sales, target, shares)
    of_industry = np.bincount(industry, sales, split.size)  # whole yuan: exact in any order
    bounds = np.searchsorted(industry, np.arange(split.size + 1))
    for k, mean in enumerate(means_by_industry(of_industry.tolist(), target, split.tolist())):
        own = slice(bounds[k], bounds[k + 1])
        _rake(sales[own], mean, shares[own])
    return shares


def means_by_industry(sales: Sequence[float], target: float, split: Sequence[float]) -> list[float]:
    """The mean emerging share of each industry, weighted by `sales`, such that all together it is `target`.

    Where the split asks an industry for more than it can be, the others make up for it.
    """
    emerging = target * sum(sales)
    wanted = [emerging * part for part in split]
    highest = [LARGEST_MEAN * sold for sold in sales]
    for _ in split:
        free = sum(want for want, most in zip(wanted, highest, strict=True) if want < most)
        full = sum(most for want, most in zip(wanted, highest, strict=True) if want >= most)
        factor = (emerging - full) / free if free > 0.0 else 1.0
        wanted = [want * factor if want < most else most for want, most in zip(wanted, highest, strict=True)]
    return [want / sold if sold > 0.0 else 0.0 for want, sold in zip(wanted, sales, strict=True)]


def beta_quantiles(parts: int, numbers: Mapping[str, float]) -> Array:
    """The middles of equally likely parts of the beta distribution, rising."""
    return np.array(_beta_quantiles(parts, numbers["emerging_share_alpha"], numbers["emerging_share_beta"]))


@cache
def _beta_quantiles(parts: int, alpha: float, beta: float) -> tuple[float, ...]:
    return tuple(float(beta_quantile((part + 0.5) / parts, alpha, beta)) for part in range(parts))


@rule
def beta_quantile(u, alpha, beta):
    """The value that a share u of a beta distribution lies below, by halving."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if beta_distribution(middle, alpha, beta) < u:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@rule
def beta_distribution(x, alpha, beta):
    """The share of a beta distribution that lies below x."""
    below, above = beta_mass(0.5, alpha, beta), beta_mass(0.5, beta, alpha)
    mass = beta_mass(x, alpha, beta) if x <= 0.5 else below + above - beta_mass(1.0 - x, beta, alpha)
    return mass / (below + above)


@rule
def beta_mass(x, alpha, beta):
    """The integral of t^(alpha-1) (1-t)^(beta-1) from 0 to x <= 1/2, by its power series."""
    term, total = 1.0, 1.0 / alpha
    for n in range(1, TERMS):
        term *= (n - beta) / n * x
        total += term / (alpha + n)
    return pow_(x, alpha) * total


@stage
def _place(sales, values, target, start, shares):
    """Deals `values` to the firms from `start` on, each time the one that keeps the weighted mean nearest."""
    sold, emerging = 0.0, 0.0
    for i in range(len(values)):
        own = sales[start + i]
        best, nearest = 0, 1e300
        for j in range(len(values)):
            miss = abs(emerging + own * values[j] - target * (sold + own))
            if values[j] >= 0.0 and miss < nearest:
                best, nearest = j, miss
        shares[start + i] = values[best]
        sold += own
        emerging += own * values[best]
        values[best] = -1.0


@stage
def _rake(sales, target, shares):
    """Scales the shares, none above one, until their mean weighted by sales is the target."""
    for _ in range(RAKING_PASSES):
        sold, emerging = 0.0, 0.0
        for i in range(len(sales)):
            sold += sales[i]
            emerging += sales[i] * shares[i]
        factor = target * sold / emerging
        for i in range(len(sales)):
            scaled = shares[i] * factor
            shares[i] = scaled if scaled < 1.0 else 1.0
