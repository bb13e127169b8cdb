"""Whole yuan divided exactly: what the parts lose by rounding down goes to the largest remainders."""

import math
from collections.abc import Sequence

import numpy as np

LARGEST_TOTAL = 2**50      # yuan: below it a quotient estimated in floating point is off by one at most
RESOLUTION = 2**40         # of the largest weight: weights are compared as whole numbers
MILLION = 1_000_000


def split(total: int, weights: Sequence[float] | np.ndarray) -> np.ndarray:
    """Parts [yuan] of `total` in proportion to `weights`, adding up to it exactly.

    Ties between remainders go to the earlier part.

    Raises:
        ValueError: a weight or the total is negative, or no weight is positive.
    """
    values = np.asarray(weights, dtype=np.float64)
    largest = float(values.max()) if len(values) else 0.0
    if not 0.0 < largest < math.inf or values.min() < 0.0:
        raise ValueError(f"weights {values.tolist()} cannot divide a total: none negative, one positive")
    return _by_largest_remainder(total, np.rint(values * (RESOLUTION / largest)).astype(np.int64))


def ration(available: int, requested: np.ndarray) -> np.ndarray:
    """What each asker gets [yuan]: all of it if it can be paid, else the same share of it for everybody.

    No request is exceeded, and the answers add up to min(available, sum of requests) exactly.
    """
    asked = np.asarray(requested, dtype=np.int64)
    if len(asked) and asked.min() < 0:
        raise ValueError(f"a request of {asked.min()} yuan is negative")
    if int(asked.sum()) <= available:
        return asked.copy()
    return _by_largest_remainder(max(available, 0), asked)


def _by_largest_remainder(total: int, weights: np.ndarray) -> np.ndarray:
    """Parts of `total` in proportion to whole weights; products may wrap, their difference does not."""
    if not 0 <= total < LARGEST_TOTAL:
        raise ValueError(f"{total} yuan cannot be divided: 0 to {LARGEST_TOTAL} can")
    whole = int(weights.sum())
    parts = np.floor(weights * (total / whole)).astype(np.int64)
    remainders = weights * np.int64(total) - parts * np.int64(whole)
    correction = remainders // whole          # the floating estimate may be one off
    parts += correction
    remainders -= correction * whole
    short = total - int(parts.sum())
    if short:
        parts[np.argsort(-remainders, kind="stable")[:short]] += 1
    return parts


def millionths(shares: Sequence[float]) -> tuple[int, ...]:
    """Shares that add up to one as whole millionths that add up to a million."""
    return tuple(int(part) for part in split(MILLION, shares))


def split_each(totals: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Every total [yuan] divided exactly by whole millionths.

    totals: shape (kinds, places). shares: shape (parties, kinds, 1), adding up to a million over parties.
    Returns shape (parties, kinds, places).
    """
    quotient, rest = np.divmod(totals, MILLION)
    parts, remainders = np.divmod(rest * shares, MILLION)
    parts += quotient * shares
    short = totals - parts.sum(axis=0)
    rank = np.argsort(np.argsort(-remainders, axis=0, kind="stable"), axis=0, kind="stable")
    return parts + (rank < short)


def part_of(total: int, share: int) -> int:
    """`share` millionths of `total` [yuan], rounded down."""
    return total * share // MILLION
