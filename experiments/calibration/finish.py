"""Sets of the posterior run at the size of the province: what the surrogate is corrected by, and what is read off.

A set drawn on the surrogate of a tenth of the province is run whole. How the whole differs from the surrogate,
on average and from run to run, is then known near the posterior: the mean difference corrects the surrogate,
the spread is luck and its error, and the sets are drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy import special

from experiments.calibration.emulator import Emulator
from experiments.calibration.pasts_table import columns, lived_past, measures_of, usual
from experiments.compute.parallel import in_parallel
from experiments.evidence.fit_base import read_off, shortened
from scenarios.drawn import Numbers, Values, changed, drawn_values
from scenarios.load import load_parameters

REPLICATIONS_AFTER = 1_000_000
"""Added to a set's number for its luck, which no row of the table has."""


@dataclass(frozen=True)
class Whole:
    """One set run at the size of the province: its measures [column] and the constants read off the run."""

    measures: np.ndarray
    read: Values


def values_of(numbers: Numbers, emulator: Emulator, scores: np.ndarray, candidate: int) -> Values:
    """All drawn parameters of a set: those learnt about at their scores, the others as the candidate has them."""
    found = drawn_values(numbers, candidate, solved=True)
    for name, share in zip(emulator.keys, special.ndtr(scores).tolist(), strict=True):
        group, _, own = name.partition(".")
        number = numbers[group][own]
        assert number.prior is not None
        found[group, own] = float(f"{number.prior.quantile(share, number.range):.6g}")
    return found


def whole(region: str, at: tuple[int, Values]) -> Whole | None:
    """Runs a set at the size of the province to the end of 2020; nothing where the run breaks off."""
    number, values = at
    base = usual(region, 1.0)
    spec = replace(
        base, replication=REPLICATIONS_AFTER + number, parameters=changed(base.parameters, values)
    )
    try:
        run = lived_past(spec)
    except Exception:  # noqa: BLE001  a set that no economy lives with is left out, whatever breaks first
        return None
    return Whole(measures_of(run), {key: shortened(one) for key, one in read_off([run.past]).items()})


def run_whole(
    region: str, sets: Sequence[Values], first: int = 0, workers: int | None = None
) -> list[Whole | None]:
    """Runs sets at the size of the province, in parallel."""
    return in_parallel(partial(whole, region), list(enumerate(sets, first)), workers)


def as_columns(runs: Sequence[Whole]) -> dict[str, np.ndarray]:
    """Measures of runs by column [run]."""
    table = np.stack([run.measures for run in runs])
    return {name: table[:, k] for k, name in enumerate(columns())}


def all_values(region: str, emulator: Emulator, scores: np.ndarray, first: int) -> list[Values]:
    """The sets at scores [set, parameter]; candidates from `first` on say what the others are."""
    numbers = load_parameters(region=region)
    return [values_of(numbers, emulator, one, first + n) for n, one in enumerate(scores)]
