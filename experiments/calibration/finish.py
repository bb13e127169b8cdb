"""Sets of the posterior run at the size of the province: what corrects the surrogate, and what is read off.

A set drawn on the surrogate of a tenth of the province is run whole. How the whole differs from the
surrogate, on average and from run to run, is then known near the posterior: the mean difference corrects
the surrogate, the spread is luck and its error, and the sets are drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy import special

from experiments.calibration.emulator import Emulator
from experiments.calibration.pasts_table import columns, measures_of, unless_it_breaks_off, usual
from experiments.compute.crew import Crew
from experiments.compute.parallel import in_parallel
from experiments.evidence.fit_base import read_off, shortened
from scenarios.drawn import Numbers, Values, changed, drawn_values, key_of
from scenarios.load import load_parameters


@dataclass(frozen=True)
class Whole:
    """Sets run at the size of the province; of those whose run broke off nothing is kept.

    place: of each kept set among those asked for. candidates: their numbers, which say what the parameters
    are about which nothing is learnt. scores: [set, parameter] of the surrogate's parameters. measures:
    [set, column]. read: constants read off each run [set, constant], by name.
    """

    names: tuple[str, ...]
    place: np.ndarray
    candidates: np.ndarray
    scores: np.ndarray
    measures: np.ndarray
    read: np.ndarray

    def columns(self) -> dict[str, np.ndarray]:
        """The measures by column [set]."""
        return {name: self.measures[:, k] for k, name in enumerate(columns())}


def values_of(numbers: Numbers, emulator: Emulator, scores: np.ndarray, candidate: int) -> Values:
    """All drawn parameters of a set: those learnt about at their scores, others as the candidate has them."""
    found = drawn_values(numbers, candidate, solved=True)
    for name, share in zip(emulator.keys, special.ndtr(scores).tolist(), strict=True):
        group, own = key_of(name)
        number = numbers[group][own]
        assert number.prior is not None
        found[group, own] = float(f"{number.prior.quantile(share, number.range):.6g}")
    return found


def run_whole(
    region: str, emulator: Emulator, scores: np.ndarray, candidates: np.ndarray, crew: Crew | None = None
) -> Whole:
    """Runs sets at scores [set, parameter] at the size of the province; their numbers decide luck."""
    numbers = load_parameters(region=region)
    sets = [
        (int(candidate), values_of(numbers, emulator, one, int(candidate)))
        for candidate, one in zip(candidates, scores, strict=True)
    ]
    work = partial(one_whole, region)
    found = crew.in_order(work, sets) if crew else in_parallel(work, sets)
    kept = [k for k, one in enumerate(found) if one is not None]
    measures, read = zip(*(found[k] for k in kept), strict=True)  # type: ignore[misc]
    names = tuple(".".join(key) for key in read[0])
    constants = np.array([list(one.values()) for one in read])
    return Whole(names, np.array(kept), candidates[kept], scores[kept], np.stack(measures), constants)


def one_whole(region: str, at: tuple[int, Values]) -> tuple[np.ndarray, Values] | None:
    """Measures of a set's run to 2020 and the constants read off it; nothing where it breaks off."""
    candidate, values = at
    base = usual(region, 1.0)
    run = unless_it_breaks_off(
        replace(base, replication=candidate, parameters=changed(base.parameters, values))
    )
    if run is None:
        return None
    return measures_of(run), {key: shortened(one) for key, one in read_off([run.past]).items()}
