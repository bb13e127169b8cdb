"""Traits drawn in strata, with the same bits on every machine.

The firms of an industry, by falling sales, stand in blocks of 20. Within a block luck permutes, and each firm
draws from its own twentieth of the distribution, so that a block's mean hardly differs between seeds.
"""

import numpy as np
from numpy.typing import NDArray

from agents.compiled import stage
from agents.elementary import exp_, log_, normal_quantile

BLOCK = 20  # firms

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


def blocks(industry: Counts) -> Counts:
    """The number of each firm's block; firms stand by industry and falling sales."""
    place = place_within(industry)
    return np.cumsum(place % BLOCK == 0) - 1


def stratified(uniform: Array, jitter: Array, block: Counts) -> Array:
    """Uniforms of which each block holds one from every equal part of (0, 1).

    Luck says who gets which part (`uniform`) and where within it (`jitter`), both in (0, 1).
    """
    return (rank_within(uniform, block) + jitter) / np.bincount(block)[block]


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
