"""Traits drawn in strata, with the same bits on every machine.

The firms of an industry, by falling sales, stand in blocks of 20. Within a block luck permutes, and each firm
draws from its own twentieth of the distribution, so that a block's mean hardly differs between seeds.
"""

import numpy as np
from numpy.typing import NDArray

from agents.engine.rules import stage
from agents.numbers.elementary import exp_, log_, normal_quantile

BLOCK = 20  # firms
GROUP_BITS, WORD_BITS, ROW_BITS = 10, 32, 21  # of a whole number that is sorted

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def place_within(group: Counts) -> Counts:
    """0, 1, 2, … in order of appearance within each group."""
    return rank_within(np.zeros(group.size), group)


def rank_within(key: Array, group: Counts) -> Counts:
    """The place of each entry within its group by rising key; equal keys keep their order."""
    order = np.lexsort((key, group))
    counts = np.bincount(group)
    rank = np.empty(group.size, np.int64)
    rank[order] = np.arange(group.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return rank


def order_by_luck(uniform: Array, group: Counts) -> Counts:
    """Rows by group, and within each by rising luck; equal luck keeps its order.

    One sort of whole numbers, into which group, the 32 bits of a draw and row are packed.
    """
    if uniform.size > 1 << ROW_BITS or int(group.max(initial=0)) >= 1 << GROUP_BITS:
        return np.lexsort((uniform, group))
    words = (uniform * 2.0**WORD_BITS).astype(np.int64)
    packed = ((group << WORD_BITS | words) << ROW_BITS) | np.arange(uniform.size)
    return np.sort(packed) & ((1 << ROW_BITS) - 1)


def block_starts(industry: Counts) -> Counts:
    """The first row of each block, and one past the last row; firms stand by industry."""
    starts = np.flatnonzero(place_within(industry) % BLOCK == 0)
    return np.append(starts, industry.size)


def ranks(uniform: Array, starts: Counts) -> Counts:
    """The place of each firm within its block by rising `uniform`; equal ones keep their order."""
    rank = np.empty(uniform.size, np.int64)
    _rank_blocks(uniform, starts, rank)
    return rank


def stratified(uniform: Array, jitter: Array, starts: Counts) -> Array:
    """Uniforms of which each block holds one from every equal part of (0, 1).

    Luck says who gets which part (`uniform`) and where within it (`jitter`), both in (0, 1).
    """
    parts = np.diff(starts)
    return (ranks(uniform, starts) + jitter) / np.repeat(parts, parts)


def logs(values: Array) -> Array:
    """Natural logarithms."""
    _take_logs(np.ascontiguousarray(values, np.float64), out := np.empty(values.size))
    return out


def exponentials(values: Array) -> Array:
    """Exponentials."""
    _take_exponentials(np.ascontiguousarray(values, np.float64), out := np.empty(values.size))
    return out


def normals(uniform: Array) -> Array:
    """Standard normal values that shares `uniform` in (0, 1) lie below."""
    _take_normals(np.ascontiguousarray(uniform, np.float64), out := np.empty(uniform.size))
    return out


@stage
def _rank_blocks(uniform, starts, rank):
    for b in range(len(starts) - 1):
        own, places = uniform[starts[b] : starts[b + 1]], rank[starts[b] : starts[b + 1]]
        for i in range(len(own)):
            value, place = own[i], 0
            for j in range(len(own)):
                place += 1 if (own[j] < value) | ((own[j] == value) & (j < i)) else 0
            places[i] = place


@stage
def _take_logs(values, out):
    for i in range(len(values)):
        out[i] = log_(values[i])


@stage
def _take_exponentials(values, out):
    for i in range(len(values)):
        out[i] = exp_(values[i])


@stage
def _take_normals(values, out):
    for i in range(len(values)):
        out[i] = normal_quantile(values[i])
