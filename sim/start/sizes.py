"""Annual sales of firms: shares of size classes as stated, within them a power law, in all as published."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.engine.rules import rule, stage
from agents.numbers.elementary import exp_, log_, pow_, yuan
from scenarios.region.largest_firms import LargestFirm
from scenarios.region.marginals import MILLION, Marginals
from sim.start.fitting import exact_sum
from sim.start.largest_firms import put_first
from sim.start.strata import place_within

SMALLEST_EXPONENT, LARGEST_EXPONENT = 0.2, 20.0  # searched for the tail
HALVINGS = 60

Counts = NDArray[np.int64]
Array = NDArray[np.float64]


class Slots(NamedTuple):
    """One entry per firm-to-be: where it is and how large."""

    industry: Counts
    size: Counts  # size class
    prefecture: Counts
    sales: Array  # whole yuan a year


def size_slots(
    counts: Counts, marginals: Marginals, total_sales: float, listed: Sequence[LargestFirm] = ()
) -> Slots:
    """The slots of a table of firms by industry, size class and prefecture, by falling sales.

    Which industry and place the largest firms have is not left to luck: each slot, from the largest down,
    goes to the industry and prefecture whose share of sales is furthest behind what firms of mean size in its
    classes would sell. The largest of all are the `listed` ones instead, whose industry and place are known.
    """
    size = np.repeat(np.arange(counts.shape[1])[::-1], counts.sum(axis=(0, 2))[::-1])
    sales = class_sales(size, place_within(size), counts.sum(axis=(0, 2)), marginals, total_sales)
    left = np.ascontiguousarray(counts.transpose(1, 0, 2).reshape(counts.shape[1], -1))
    of_class = np.bincount(size, sales, counts.shape[1]) / np.maximum(left.sum(axis=1), 1)
    usual = exact_sum(left / left.sum() * (of_class / of_class.sum())[:, None], (1,))
    cell, dealt = np.empty(size.size, np.int64), np.zeros(left.shape[1])
    first = put_first(sales[: int((size == size[0]).sum())], listed, marginals.size_lower_bound[-1] * MILLION)
    n, left = len(first), left.copy()
    cell[:n] = [firm.industry * counts.shape[2] + firm.prefecture for firm in first]
    np.subtract.at(left[-1], cell[:n], 1)
    np.add.at(dealt, cell[:n], sales[:n])
    _deal(sales[n:], size[n:], left, usual / usual.sum(), dealt, cell[n:])
    industry, prefecture = np.divmod(cell, counts.shape[2])
    return Slots(industry, size, prefecture, sales)


def class_sales(
    size: Counts, rank: Counts, counts: Counts, marginals: Marginals, total_sales: float
) -> Array:
    """Sales of the firm of each rank (0 the largest) in its class [whole yuan a year].

    Within a class the distribution function is straight on log-log axes. The open class is a Pareto tail cut
    at `largest_sales`; its exponent is the one at which all firms together sell `total_sales`.
    """
    bounds = np.append(marginals.size_lower_bound, marginals.constants["largest_sales"]) * MILLION
    above = np.append(1.0, 1.0 - np.cumsum(marginals.size_share))
    sales = np.empty(size.size)
    _fill_closed(size, rank, counts, bounds, above, sales)
    top = np.flatnonzero(size == counts.size - 1)
    rest = int(sales[size < counts.size - 1].astype(np.int64).sum())
    _fill_open(top, rank, bounds[-2], bounds[-1], total_sales - rest, sales)
    return sales


@rule
def between(low, high, share_above_low, share_above_high, share):
    """Sales above which `share` of firms lie, when the line from low to high is straight on log-log axes."""
    fall = log_(share_above_low / share) / log_(share_above_low / share_above_high)
    return low * exp_(fall * log_(high / low))


@rule
def pareto(low, high, exponent, share):
    """Sales that a share of a Pareto tail, cut at `high`, lies above."""
    kept = 1.0 - pow_(low / high, exponent)
    return low * pow_(1.0 - kept * (1.0 - share), -1.0 / exponent)


@stage
def _fill_closed(size, rank, counts, bounds, above, sales):
    for i in range(len(sales)):
        s = size[i]
        if s < len(counts) - 1:
            share = (rank[i] + 0.5) / counts[s]
            share = above[s + 1] + share * (above[s] - above[s + 1])
            sales[i] = yuan(between(bounds[s], bounds[s + 1], above[s], above[s + 1], share))
        else:
            sales[i] = 0.0


@stage
def _fill_open(rows, rank, low, high, total, sales):
    """Sales of the open class, by halving the interval of exponents until they add to the total."""
    heavy, light = SMALLEST_EXPONENT, LARGEST_EXPONENT
    for _ in range(HALVINGS):
        exponent = 0.5 * (heavy + light)
        reached = 0.0
        for j in range(len(rows)):
            sales[rows[j]] = yuan(pareto(low, high, exponent, (rank[rows[j]] + 0.5) / len(rows)))
            reached += sales[rows[j]]
        if reached > total:
            heavy = exponent
        else:
            light = exponent


@stage
def _deal(sales, size, left, shares, dealt, cell):
    """Gives each slot, by falling sales, to the cell with firms left in its class that lacks most sales.

    `dealt`: what each cell sells already.
    """
    sold = 0.0
    for c in range(len(dealt)):
        sold += dealt[c]
    for i in range(len(sales)):
        sold += sales[i]
        best, most = 0, -1e300
        for c in range(len(shares)):
            lacking = shares[c] * sold - dealt[c]
            if left[size[i], c] > 0 and lacking > most:
                best, most = c, lacking
        left[size[i], best] -= 1
        dealt[best] += sales[i]
        cell[i] = best
