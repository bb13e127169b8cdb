"""A problem with known truths, as every method is given it, and what a method gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from experiments.calibration.statistics import Statistic

Luck = np.random.Generator
Simulate = Callable[[np.ndarray, Luck], np.ndarray]
Exact = Callable[[np.ndarray, int, Luck], np.ndarray]


@dataclass(frozen=True)
class Trial:
    """A problem: simulations to learn from, and truths whose figures alone are shown.

    Parameters are normal scores, independent a priori. names: of them. scores, given: rows of a table of
    simulations, each with its own luck [row, parameter], [row, statistic]. scored: places of the parameters
    that are scored. statistics: with the errors of their figures. publish: figures of runs [run, statistic],
    errors added. truths, figures: [truth, parameter], [truth, statistic]. simulate: runs at scores; None
    where there are no runs but the table's. exact: draws from the true posterior given figures [statistic];
    None where nobody knows it.
    """

    name: str
    names: tuple[str, ...]
    scores: np.ndarray
    given: np.ndarray
    scored: np.ndarray
    statistics: tuple[Statistic, ...]
    publish: Simulate
    truths: np.ndarray
    figures: np.ndarray
    simulate: Simulate | None = None
    exact: Exact | None = None


@dataclass(frozen=True)
class Learnt:
    """What a method says of one truth.

    draws: from its posterior of the scored parameters, of equal weight [draw, scored]. simulations: beyond
    the table's rows.
    """

    draws: np.ndarray
    simulations: int = 0


Given = Callable[[np.ndarray, int], Learnt]
"""What a prepared method makes of figures [statistic] and a seed."""


class Method(Protocol):
    """A way to learn: prepared on a trial's table once, then given figures truth by truth."""

    name: str
    needs: Sequence[str]  # packages beyond those of the project

    def takes(self, trial: Trial) -> bool:
        """Whether it can be tried on this problem."""
        ...

    def prepared(self, trial: Trial) -> Given:
        """The method after it has learnt what the table can teach."""
        ...
