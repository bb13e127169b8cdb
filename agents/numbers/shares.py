"""Whole yuan divided exactly: what the parts lose by rounding down goes to the largest remainders."""

import math
from collections.abc import Sequence

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.search import highest

LARGEST_TOTAL = 2**50  # yuan: below it a quotient estimated in floating point is off by one at most
RESOLUTION = 2**40  # of the largest weight: weights are compared as whole numbers
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
    return _by_largest_remainder(total, np.rint(values / largest * RESOLUTION).astype(np.int64))


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
    """Parts of `total` in proportion to whole weights."""
    if not 0 <= total < LARGEST_TOTAL:
        raise ValueError(f"{total} yuan cannot be divided: 0 to {LARGEST_TOTAL} can")
    parts, remainders = np.empty((2, len(weights)), np.int64)
    whole = int(weights.sum())
    short = deal_rounded_down(total, weights, whole, total / whole, parts, remainders)
    if short:
        parts[highest(remainders, short)] += 1
    return parts


def millionths(shares: Sequence[float]) -> tuple[int, ...]:
    """Shares that add up to one as whole millionths that add up to a million."""
    return tuple(int(part) for part in split(MILLION, shares))


@stage
def deal_rounded_down(total, weights, whole, per_weight, parts, remainders):
    """Divides `total` by weights that add up to `whole`, rounding down; returns the yuan left over.

    per_weight: total / whole. Products may wrap, their difference does not.
    """
    left = total
    for n in range(len(weights)):
        part = int(weights[n] * per_weight)
        remainder = weights[n] * total - part * whole
        correction = remainder // whole  # the floating estimate may be one off
        parts[n] = part + correction
        remainders[n] = remainder - correction * whole
        left -= parts[n]
    return left


@stage
def deal(total, shares, whole, parts, remainders):
    """Divides `total` by whole shares that add up to `whole`; yuan left over go to the largest remainders."""
    left = total
    for n in range(len(shares)):
        rest = (total % whole) * shares[n]
        parts[n] = (total // whole) * shares[n] + rest // whole
        remainders[n] = rest % whole
        left -= parts[n]
    for _ in range(left):
        best = 0
        for n in range(len(shares)):
            if remainders[n] > remainders[best]:
                best = n
        parts[best] += 1
        remainders[best] = -1


@rule
def rounded_down(total, share):
    """`share` millionths of a total [yuan], rounded down; no product leaves 64 bits."""
    return total // MILLION * share + total % MILLION * share // MILLION


@rule
def remainder_of(total, share, whole):
    """What rounding down takes from a part, in units of 1 / whole yuan."""
    return (total % whole) * share % whole


@rule
def comes_before(own, other, earlier):
    """1 if the other party's remainder is larger, or as large and the other is earlier."""
    return 1 if other > own or (other == own and earlier) else 0


@stage
def deal_each(totals, shares, whole, parts):
    """Divides every total by the shares of its kind. parts: shape (parties, kinds, places)."""
    parties = parts.shape[0]
    for k in range(totals.shape[0]):
        for place in range(totals.shape[1]):
            total = totals[k, place]
            left = total
            for party in range(parties):
                share = shares[party, k]
                parts[party, k, place] = (total // whole) * share + (total % whole) * share // whole
                left -= parts[party, k, place]
            for party in range(parties):
                own = remainder_of(total, shares[party, k], whole)
                ahead = 0
                for other in range(parties):
                    ahead += comes_before(own, remainder_of(total, shares[other, k], whole), other < party)
                parts[party, k, place] += 1 if ahead < left else 0


class Shares:
    """Fixed weights in whole millionths, to divide many totals by: `shares.split(total)`.

    A place whose weight rounds to no millionth gets at most a yuan now and then. scratch: for stages.
    """

    def __init__(self, weights: Sequence[float] | np.ndarray) -> None:
        self.millionths = split(MILLION, weights)
        self.scratch = np.zeros((2, len(self.millionths)), dtype=np.int64)

    def split(self, total: int) -> np.ndarray:
        """Parts [yuan] of `total`, adding up to it exactly."""
        parts = np.empty(len(self.millionths), dtype=np.int64)
        deal(total, self.millionths, MILLION, parts, self.scratch[0])
        return parts


def parts_of(amounts: np.ndarray, share: int | np.ndarray) -> np.ndarray:
    """`share` millionths, one or one each, of amounts [yuan], rounded down; no product leaves 64 bits."""
    return amounts // MILLION * share + amounts % MILLION * share // MILLION


def part_of(total: int, share: int) -> int:
    """`share` millionths of `total` [yuan], rounded down."""
    return total * share // MILLION
