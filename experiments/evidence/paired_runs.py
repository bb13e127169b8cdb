"""Two policies in pairs of runs of equal luck and past: what the second changes, with its 95 % interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from experiments.answer.probability import mean_interval
from experiments.compute.parallel import in_parallel
from scenarios.spec import BASELINE, FIRST_YEAR, POLICY_YEAR
from sim.indicators import Kind, series_of
from sim.model import choose
from sim.run import simulate

Field = tuple[str, str]  # lever and field


def paired_effects(
    before: Mapping[Field, float],
    after: Mapping[Field, float],
    names: Sequence[str],
    replications: int,
    scale: float,
    since: int = POLICY_YEAR,
) -> pd.DataFrame:
    """The years from `since` on with `before`, and what `after` changes [per cent], by indicator."""
    of_one = partial(of_pair, before, after, names, scale, since)
    pairs = np.array(in_parallel(of_one, range(replications)))
    base, effect = pairs[:, 0].mean(axis=0), pairs[:, 1] - pairs[:, 0]
    low, high = np.array([mean_interval(values) for values in effect.T]).T
    usual = np.where(base == 0.0, np.nan, base)
    columns = {"effect_percent": effect.mean(axis=0), "low": low, "high": high}
    relative = {name: 100.0 * values / usual for name, values in columns.items()}
    return pd.DataFrame(
        {"without": base, "with": pairs[:, 1].mean(axis=0), **relative},
        index=pd.Index(list(names), name="indicator"),
    )


def of_pair(
    before: Mapping[Field, float],
    after: Mapping[Field, float],
    names: Sequence[str],
    scale: float,
    since: int,
    number: int,
) -> np.ndarray:
    """Two scenarios with the same luck and past, from a year on: shape (2, names)."""
    usual = choose(BASELINE, scale=scale, replication=number)
    specs = [replace(usual, scenario=usual.scenario.changed(dated(changes))) for changes in (before, after)]
    return np.array([[summed(run.series, name, since) for name in names] for run in simulate(specs)])


def dated(changes: Mapping[Field, float]) -> dict[Field, tuple[tuple[int, float], ...]]:
    """Changes from 2021 on."""
    return {field: ((POLICY_YEAR, value),) for field, value in changes.items()}


def summed(series: np.ndarray, name: str, since: int) -> float:
    """A series over the years from `since` on: sum of a flow, mean of a rate, last value of a stock."""
    values = series[4 * (since - FIRST_YEAR) :, series_of().column[name]]
    kind = series_of().indicators[name].kind
    if kind is Kind.STOCK:
        return float(values[-1])
    return float(values.sum() if kind is Kind.FLOW else values.mean())
