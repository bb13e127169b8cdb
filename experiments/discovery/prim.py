"""PRIM, the patient rule induction method: a box from which a twentieth is peeled at a time.

Each step takes off the side of a variable whose loss makes cases denser by most for what it takes; of the
boxes on the way the one is taken whose cases are least probable by chance, which asks for density and for
coverage. Conditions that do not stand their tests are dropped afterwards (tested.py), in place of pasting.
Source: Friedman and Fisher (1999), Statistics and Computing 9; Bryant and Lempert (2010), Technological
Forecasting and Social Change 77, for conditions of scenarios; Kwakkel and Jaxa-Rozen (2016), Environmental
Modelling and Software 79, for the gain by what is taken, which suits values that many runs share.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from experiments.discovery.box import ABOVE, SIDES, Box, Condition

PEELED = 0.05
LEAST_SHARE, LEAST_RUNS = 0.05, 12
"""Of a box: of all runs, and in number."""


class Peel(NamedTuple):
    """What is taken off: the rest is beyond the bound. gain: for what it takes; kept: places of the rest."""

    condition: Condition
    gain: float
    kept: np.ndarray


def prim_box(table: np.ndarray, cases: np.ndarray, allowed: np.ndarray) -> Box:
    """The box that PRIM finds; all, where nothing makes cases denser.

    table: [run, variable]; cases: [run]. allowed: whether conditions may say that a variable is above, or
    below, a bound [variable, 2].
    """
    least = fewest_in_a_box(len(cases))
    box, rows = Box.of(table.shape[1]), np.arange(len(cases))
    best, least_chance = box, 0.0
    while (peel := best_peel(table[rows], cases[rows], least, allowed)) is not None:
        box, rows = box.within(peel.condition), rows[peel.kept]
        score = box.score(table, cases)
        if score.denser and score.chance() < least_chance:
            best, least_chance = box, score.chance()
    return best


def fewest_in_a_box(runs: int) -> int:
    """How many of so many runs a box holds at least."""
    return max(LEAST_RUNS, int(np.ceil(LEAST_SHARE * runs)))


def best_peel(table: np.ndarray, cases: np.ndarray, least: int, allowed: np.ndarray) -> Peel | None:
    """What to take off next, although it may gain nothing; None where too few runs would be left."""
    if len(cases) - max(1, int(PEELED * len(cases))) < least:
        return None
    found = [_side(table, cases, least, side, allowed[:, k]) for k, side in enumerate(SIDES)]
    return max((one for one in found if one is not None), key=lambda one: one.gain, default=None)


def _side(table: np.ndarray, cases: np.ndarray, least: int, side: str, allowed: np.ndarray) -> Peel | None:
    """The best variable to peel on one side; values that runs share are taken together."""
    sign, count = 1.0 if side == ABOVE else -1.0, max(1, int(PEELED * len(cases)))
    order = np.argsort(sign * table, axis=0, kind="stable")
    ranked = np.take_along_axis(table, order, axis=0)
    taken_cases = np.cumsum(cases[order], axis=0, dtype=np.int64)
    last = ranked[count - 1]
    taken = (sign * ranked <= sign * last).sum(axis=0)
    left = len(cases) - taken
    with np.errstate(invalid="ignore", divide="ignore"):
        denser = (cases.sum() - taken_cases[taken - 1, np.arange(table.shape[1])]) / left - cases.mean()
        gain = np.where((left >= least) & allowed, denser * left / taken, -np.inf)
    variable = int(gain.argmax())
    if not np.isfinite(gain[variable]):
        return None
    bound = 0.5 * (last[variable] + ranked[taken[variable], variable])
    kept = np.sort(order[taken[variable] :, variable])
    return Peel(Condition(variable, side, float(bound)), float(gain[variable]), kept)
