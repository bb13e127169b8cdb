"""A table of whole firms that meets given marginals: proportional fitting, then controlled rounding.

Sums are taken in integers, so the table has the same bits on every machine.
Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11:427-444.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.engine.rules import stage
from agents.numbers.elementary import yuan

FIXED_POINT = 2.0**50  # shares are added as whole multiples of 1/2**50
ITERATIONS = 60
PASSES = 30

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


class Margin(NamedTuple):
    """The sums of a table over all axes but some."""

    axes: tuple[int, ...]  # the axes that remain, rising
    target: Array  # what the sums are to be
    weight: float = 1.0  # how much a miss counts when whole firms cannot meet every margin


def fitted(seed: Array, margins: Sequence[Margin]) -> Array:
    """The table closest to `seed` whose sums are the margins' shares of the whole [share of firms].

    Raises:
        ValueError: the margins contradict each other, or the seed leaves no room for them.
    """
    table = seed / exact_sum(seed / seed.max(), ()) / seed.max()
    shares = np.ascontiguousarray(table).ravel()
    targets = [(_places(table.shape, margin.axes), margin.target.ravel()) for margin in margins]
    for _ in range(ITERATIONS):
        for places, target in targets:
            _scale(shares, places, target, np.empty(len(target), np.int64), np.empty(len(target)))
    table = shares.reshape(table.shape)
    worst = max(float(np.abs(exact_sum(table, m.axes) - m.target).max()) for m in margins)
    if worst > 1e-4:
        raise ValueError(f"the marginals contradict each other: one is missed by {worst:.2g} of all firms")
    return table


def exact_sum(table: Array, axes: tuple[int, ...]) -> Array:
    """Sums over all axes but `axes`, the same in whatever order they are taken; errors below 1e-11."""
    others = tuple(axis for axis in range(table.ndim) if axis not in axes)
    return np.rint(table * FIXED_POINT).astype(np.int64).sum(axis=others) / FIXED_POINT


def whole_shares(shares: Array, total: int) -> Counts:
    """`total` split into whole numbers in proportion to the shares, by the largest remainders."""
    exact = shares.ravel() * total
    counts = np.floor(exact).astype(np.int64)
    missing = total - int(counts.sum())
    largest = np.argsort(counts - exact, kind="stable")[:missing]
    counts[largest] += 1
    return counts.reshape(shares.shape)


def rounded(expected: Array, margins: Sequence[Margin]) -> Counts:
    """Whole firms per cell, within one of `expected` and with sums near the margins' targets [firms].

    Every cell starts from its floor; then, cells with the largest remainders first, a firm is added, taken
    away or moved along one axis wherever that brings the weighted sum of squared misses down.
    """
    cells = expected.ravel()
    counts = np.floor(cells).astype(np.int64)
    order = np.argsort(counts - cells, kind="stable")
    places = np.stack([_places(expected.shape, margin.axes) for margin in margins])
    places += np.cumsum([0, *(margin.target.size for margin in margins)])[:-1, None]
    missing = np.concatenate([margin.target.ravel() for margin in margins]).astype(np.float64)
    weights = np.array([margin.weight for margin in margins], np.float64)
    _take_off(missing, places, counts)
    sizes = np.array(expected.shape, np.int64)
    strides = np.array([int(np.prod(expected.shape[axis + 1 :])) for axis in range(expected.ndim)], np.int64)
    for _ in range(PASSES):
        changes = _add_and_take(cells, counts, order, places, missing, weights)
        if not changes + _move(cells, counts, order, places, missing, weights, sizes, strides):
            break
    return counts.reshape(expected.shape)


def _places(shape: tuple[int, ...], axes: tuple[int, ...]) -> Counts:
    """For each cell of the table, the place of its sum within the margin."""
    grid = np.indices(shape, np.int64).reshape(len(shape), -1)
    place = np.zeros(grid.shape[1], np.int64)
    for axis in axes:
        place = place * shape[axis] + grid[axis]
    return place


@stage
def _scale(table, places, target, sums, ratio):
    """Scales the cells of each sum of a margin so that it becomes the target; sums, ratio: scratch."""
    for m in range(len(target)):
        sums[m] = 0
    for c in range(len(table)):
        sums[places[c]] += yuan(table[c] * FIXED_POINT)
    for m in range(len(target)):
        ratio[m] = target[m] / (float(sums[m]) / FIXED_POINT) if sums[m] > 0 else 0.0
    for c in range(len(table)):
        table[c] *= ratio[places[c]]


@stage
def _take_off(missing, places, counts):
    """Takes the firms there are off the sums of every margin."""
    for m in range(places.shape[0]):
        for c in range(len(counts)):
            missing[places[m, c]] -= float(counts[c])


@stage
def _add_and_take(cells, counts, order, places, missing, weights):
    """One pass over the cells, adding or taking away a firm where the margins gain; the number of changes."""
    changes = 0
    for j in range(len(order)):
        c = order[j]
        gain = 0.0  # half the fall of the weighted squared misses when a firm is added, but for `room`
        room = 0.0
        for m in range(len(weights)):
            gain += weights[m] * missing[places[m, c]]
            room += 0.5 * weights[m]
        step = 0
        if gain > room + 1e-9 and counts[c] < cells[c]:
            step = 1
        if gain < -room - 1e-9 and counts[c] > cells[c]:
            step = -1
        if step != 0:
            changes += 1
            counts[c] += step
            for m in range(len(weights)):
                missing[places[m, c]] -= step
    return changes


@stage
def _move(cells, counts, order, places, missing, weights, sizes, strides):
    """One pass over the cells, moving a firm to another level of one axis where the margins gain."""
    changes = 0
    for j in range(len(order)):
        c = order[j]
        for axis in range(len(sizes)):
            level = (c // strides[axis]) % sizes[axis]
            for other in range(sizes[axis]):
                d = c + (other - level) * strides[axis]
                if counts[c] < cells[c] or counts[c] < 1 or counts[d] > cells[d] or cells[d] <= 0.0:
                    continue
                gain = 0.0
                for m in range(len(weights)):
                    here, there = places[m, c], places[m, d]
                    if here != there:
                        gain += weights[m] * (missing[there] - missing[here] - 1.0)
                if gain > 1e-9:
                    changes += 1
                    counts[c] -= 1
                    counts[d] += 1
                    for m in range(len(weights)):
                        missing[places[m, c]] += 1.0
                        missing[places[m, d]] -= 1.0
    return changes
