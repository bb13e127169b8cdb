"""What a target's value and its hits vary with: parameters, the world's path, luck and unknown bases.

By the law of total variance, Var(Y) = Var(E[Y | X]) + E[Var(Y | X)]. The first part, over Var(Y), is what X
decides alone; what is left when all but X are known is what X decides alone or together with others. Both are
estimated from two independent runs A and B, and one like A in which X alone is as in B:

    alone    1 - E[(Y_B - Y_X)^2] / 2 Var(Y)
    in all   E[(Y_A - Y_X)^2] / 2 Var(Y)

Source: Jansen (1999), "Analysis of variance designs for model output", for both estimators; Sobol' (2001) for
the groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.answer.probability import CONFIDENCE

type Rows = NDArray[np.float64]

RESAMPLES = 2_000
SEED = 20_211  # of the resampled rows
FEWEST = 4
"""Rows without which nothing is said."""


class Share(NamedTuple):
    """A share of a variance with its 95 % interval by resampled rows; at most 1, negative ones are 0.

    bound: the upper end where the estimate was negative, and what is there may be nothing; else None.
    """

    value: float
    low: float
    high: float

    @property
    def bound(self) -> float | None:
        """The upper end, where nothing was found."""
        return self.high if self.value == 0.0 else None


class Part(NamedTuple):
    """What one thing decides of a variance: alone, and in all, together with the others."""

    alone: Share
    in_all: Share


class Split(NamedTuple):
    """The variance of a value, its parts, and what no part decides alone; rows: on which it rests."""

    variance: float
    parts: dict[str, Part]
    together: Share
    rows: int


def split(first: Rows, second: Rows, mixed: Mapping[str, Rows]) -> Split | None:
    """The split from Y of A, B and, by what is as in B, of the mixed runs [row]; rows with nan are left out.

    None where the value does not vary or there are too few rows.
    """
    table = np.array([first, second, *mixed.values()], dtype=np.float64)
    table = table[:, np.isfinite(table).all(axis=0)]
    rows = table.shape[1]
    if rows < FEWEST or np.ptp(table[:2]) == 0.0:
        return None
    chosen = np.random.default_rng(SEED).integers(0, rows, (RESAMPLES, rows))
    seen, resampled = shares(table[:, None, :])[:, 0], shares(table[:, chosen])
    ends = np.nanquantile(resampled, [0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2], axis=1)
    found = [_share(*one) for one in zip(seen, *ends, strict=True)]
    count = len(mixed)
    parts = {name: Part(found[k], found[count + k]) for k, name in enumerate(mixed)}
    return Split(float(np.var(table[:2], ddof=1)), parts, found[-1], rows)


def shares(table: Rows) -> Rows:
    """Shares alone, then in all, then what is left [share, sample]; table: [A, B and mixed, sample, row].

    A sample that does not vary has none (nan).
    """
    first, second, mixed = table[0], table[1], table[2:]
    variance = np.var(np.concatenate([first, second], axis=-1), axis=-1, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        alone = 1.0 - np.mean((second - mixed) ** 2, axis=-1) / (2.0 * variance)
        in_all = np.mean((first - mixed) ** 2, axis=-1) / (2.0 * variance)
    found = np.concatenate([alone, in_all, (1.0 - alone.sum(axis=0))[None]])
    return np.where(variance > 0.0, found, np.nan)


def _share(value: float, low: float, high: float) -> Share:
    inside = np.clip([value, low, high], 0.0, 1.0).tolist()
    return Share(*inside)
