"""From a package to a better one nearby: slopes dial by dial, and the best step that they promise.

Sequential linear programming with a region of trust: the slopes of margin, cost and excess are measured, a
linear programme exchanges dials that gain little for their money for those that gain much, and the step is
shortened where the promise is not kept. Source: Griffith and Stewart (1961), Management Science 7.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.packages.archive import Outcome, Point, Ranked, rounded

BEGIN, LEAST = 0.3, 0.01  # length of a step, in positions
PARTS = (1.0, 0.5, 0.2)
WIDER, NARROWER = 1.5, 0.4


def descend(archive: Ranked, dials: Sequence[int], start: Point | None = None, spares: int = 0) -> None:
    """Tries better and better packages until no more may be tried or no step is left.

    dials: those that may move. start: the best package unless given. spares: trials that are left to others.
    """
    here = archive.best()[0] if start is None else rounded(start)
    radius = BEGIN
    while radius >= LEAST and archive.left > len(dials) + spares:
        slopes = slopes_at(archive, here, dials, radius)
        before = archive.rank(archive.known[here])
        step = best_step(archive.known[here], here, dials, slopes, radius)
        candidates = [] if step is None else [moved(here, dials, part * step) for part in PARTS]
        found = archive.tried(candidates)
        best = min(found, key=lambda one: archive.rank(one[1]), default=None)
        if best is not None and archive.rank(best[1]) < before:
            here, radius = best[0], min(BEGIN, radius * WIDER)
        else:
            radius *= NARROWER


def slopes_at(archive: Ranked, here: Point, dials: Sequence[int], radius: float) -> np.ndarray:
    """Change of margin, cost and excess by position of each dial [three, dial]; each measured inward."""
    aside = 0.5 * radius
    points = [moved(here, [dial], np.array([-aside if here[dial] > 0.5 else aside])) for dial in dials]
    found, base = dict(archive.tried(points)), archive.known[here]
    table = []
    for dial, point in zip(dials, points, strict=True):
        gap = rounded(point)[dial] - here[dial]
        other = found.get(rounded(point), base)
        table.append(
            [(one - own) / gap if gap else 0.0 for one, own in zip(other[:3], base[:3], strict=True)]
        )
    return np.array(table).T


def best_step(
    base: Outcome, here: Point, dials: Sequence[int], slopes: np.ndarray, radius: float
) -> np.ndarray | None:
    """The step that saves most and still reaches the target, or that gains most; None where there is none."""
    from scipy.optimize import linprog

    margin, cost, excess = slopes
    at = np.array([here[dial] for dial in dials])
    bounds = list(zip(np.maximum(-radius, -at), np.minimum(radius, 1.0 - at), strict=True))
    money = (excess[None, :], [-base.excess])
    if base.reaches:
        both = np.vstack([-margin, money[0]]), [base.margin, *money[1]]
        found = linprog(cost, A_ub=both[0], b_ub=both[1], bounds=bounds)
        return found.x if found.success else None
    found = linprog(-margin, A_ub=money[0], b_ub=money[1], bounds=bounds)
    if not found.success:  # too much is spent whatever the step: less of it
        found = linprog(excess, bounds=bounds)
    return found.x if found.success else None


def moved(here: Point, dials: Sequence[int], by: np.ndarray) -> Point:
    """The point with some dials moved."""
    where = list(here)
    for dial, step in zip(dials, by.tolist(), strict=True):
        where[dial] += step
    return rounded(where)
