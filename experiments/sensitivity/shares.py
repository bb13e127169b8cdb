"""Shares of the variance of values and of hits, from a sample of runs, with intervals.

A surrogate says what runs come to on average over luck. Its shares of a value are times the part of the
variance that it foretells of runs left out. A hit is a value at or above its target: the surrogate gives its
probability, with what it misses taken as Normal, and shares are of the variance of hits, which is what a coin
of the mean probability has.

Intervals: 95 %, surrogates learnt again from resampled runs, each with a design of its own, and judged by the
runs that were not drawn. Among the inputs are probes, even places that decide nothing: what has no larger
share than the largest of these is not told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.answer.probability import CONFIDENCE
from experiments.answer.variance_split import Share
from experiments.plan.patience import Patience
from experiments.sensitivity import surrogate
from experiments.sensitivity.indices import Inputs, indices, of_tied
from experiments.sensitivity.surrogate import Surrogate, basis

SIZE, RESAMPLED_SIZE = 2_048, 512
RESAMPLES, SEED = 100, 20_211
FEWEST_OF_EITHER = 10
"""Hits, and misses, without which no share of hits is told."""
PROBES = 5
PROBE = "probe"
"""Inputs that decide nothing, and what their kind and names begin with."""
THIRDS = 3


@dataclass(frozen=True)
class Judged:
    """A value that surrogates are learnt of. values: [run], nan where a run failed. threshold: to be reached,
    not a number where it is no target."""

    values: np.ndarray
    threshold: float

    @property
    def known(self) -> np.ndarray:
        """The values there are."""
        return np.asarray(self.values[np.isfinite(self.values)])

    @property
    def hits(self) -> int:
        """Runs that reach the threshold."""
        return int((self.known >= self.threshold).sum())

    @property
    def has_both(self) -> bool:
        """Whether enough runs reach it, and enough do not."""
        return FEWEST_OF_EITHER <= self.hits <= len(self.known) - FEWEST_OF_EITHER


class Ends(NamedTuple):
    """What is expected where a thing lies in its lowest and in its highest third."""

    low: float
    high: float


class Shares(NamedTuple):
    """What a thing decides. alone, in_all: of the value; hit_alone, hit_in_all: of hits, None without enough
    of either. value, chance: means in its outer thirds; None of a group."""

    alone: Share
    in_all: Share
    hit_alone: Share | None
    hit_in_all: Share | None
    value: Ends | None = None
    chance: Ends | None = None


@dataclass(frozen=True)
class Told:
    """The shares of one value. surrogate: how well it foretells, with its interval in explained. groups: of
    each group of inputs; tied: of each input of those that depend on each other; kinds: of parameters, world
    and bases. lead: whether the group with the largest share in all has it in nearly all resamples. floor:
    the share in all that an input which decides nothing may seem to have."""

    surrogate: Surrogate
    explained: Share
    groups: dict[str, Shares]
    tied: dict[str, Shares]
    kinds: dict[str, Shares]
    lead: bool
    floor: float


class Together:
    """Surrogates of several values of the same inputs, and the chances that they reach their thresholds."""

    def __init__(self, fits: Sequence[Surrogate], thresholds: Sequence[float], inputs: Inputs) -> None:
        self.fits, self.thresholds, self.inputs = fits, np.array(thresholds), inputs
        coefficients = np.array([one.coefficients for one in fits]).T
        self.used = np.flatnonzero(np.any(coefficients != 0.0, axis=1))
        self.coefficients = coefficients[self.used]
        self.offsets = np.array([one.offset for one in fits])
        self.noise = np.maximum(np.array([one.noise for one in fits]), 1e-300)

    def __call__(self, places: np.ndarray) -> np.ndarray:
        """Values, then chances [row, 2 x what]; a chance without a threshold is 0."""
        from scipy.special import ndtr

        degrees = self.fits[0].degrees[self.used]
        values = basis(places, degrees) @ self.coefficients + self.offsets
        known = np.isfinite(self.thresholds)
        chances = np.where(known, ndtr((values - np.where(known, self.thresholds, 0.0)) / self.noise), 0.0)
        return np.concatenate([values, chances], axis=1)

    def factors(self, says: np.ndarray) -> np.ndarray:
        """What shares of the surrogate's variance are multiplied by to be of the whole one [2 x what]."""
        count = len(self.fits)
        chances = says[:, count:]
        mean = chances.mean(axis=0)
        coin = mean * (1.0 - mean)
        with np.errstate(invalid="ignore", divide="ignore"):
            of_hits = np.where(coin > 0.0, chances.var(axis=0) / coin, 0.0)
        return np.concatenate([[one.explained for one in self.fits], np.minimum(of_hits, 1.0)])


@dataclass(frozen=True)
class Sample:
    """Runs that surrogates are learnt from. places: [run, input]. inputs: how they hang together; kinds: of
    each input. clusters: what is resampled together [run]."""

    places: np.ndarray
    inputs: Inputs
    kinds: tuple[str, ...]
    clusters: np.ndarray


type Drawn = dict[str, dict[str, np.ndarray]]
"""By part (groups, tied, kinds) and name: shares [alone or in all, 2 x what]."""


def shares_of(sample: Sample, judged: Sequence[Judged], patience: Patience | None = None) -> list[Told]:
    """The shares of each value."""
    fits = [surrogate.fit(*_known(sample, one)) for one in judged]
    thresholds, patience = [one.threshold for one in judged], patience or Patience()
    says = Together(fits, thresholds, sample.inputs)
    seen = drawn(sample, says, SIZE, SEED)
    learnt = [resampled(sample, one, fit, patience) for one, fit in zip(judged, fits, strict=True)]
    again = list[Drawn]()
    for number in range(RESAMPLES):
        patience.tick(partial("intervals: {} of {} resamples".format, number, RESAMPLES))
        says_again = Together([one[number] for one in learnt], thresholds, sample.inputs)
        again.append(drawn(sample, says_again, RESAMPLED_SIZE, number + 1))
    ends = thirds_of(sample, says)
    return [
        _told(place, one, fits[place], (seen, again), learnt[place], ends) for place, one in enumerate(judged)
    ]


def _known(sample: Sample, one: Judged) -> tuple[np.ndarray, np.ndarray]:
    there = np.isfinite(one.values)
    return sample.places[there], one.values[there]


def resampled(sample: Sample, one: Judged, fit: Surrogate, patience: Patience) -> list[Surrogate]:
    """Surrogates learnt from resampled clusters of runs. What each foretells is the whole one's, moved by how
    far it foretells the runs that were not drawn better or worse than others do."""
    names, there = np.unique(sample.clusters), np.isfinite(one.values)
    found, outside = [], []
    for number in range(RESAMPLES):
        patience.tick(partial("surrogates: {} of {} resamples".format, number, RESAMPLES))
        chosen = np.random.default_rng([SEED, number]).choice(names, len(names))
        rows = np.concatenate([np.flatnonzero((sample.clusters == each) & there) for each in chosen])
        left = np.flatnonzero(~np.isin(sample.clusters, chosen) & there)
        again = surrogate.fitted_again(fit, sample.places[rows], one.values[rows])
        missed = one.values[left] - again.mean(sample.places[left])
        found.append(again)
        outside.append(1.0 - float((missed**2).mean()) / float(one.known.var()))
    moved = np.clip(fit.explained + np.array(outside) - np.mean(outside), 0.0, 1.0).tolist()
    spread = float(one.known.std())
    return [
        replace(again, explained=explained, noise=spread * float(np.sqrt(1.0 - explained)))
        for again, explained in zip(found, moved, strict=True)
    ]


def drawn(sample: Sample, says: Together, size: int, seed: int) -> Drawn:
    """The shares of the whole variance that surrogates give."""
    inputs = sample.inputs
    factors = says.factors(says(inputs.of(even_places(len(inputs.groups), size, seed))))
    whole = replace(inputs, groups=sample.kinds)
    named = {place: inputs.names[place] for place in inputs.tied}
    return {
        "groups": {name: np.array(one) * factors for name, one in indices(says, inputs, size, seed).items()},
        "tied": {named[at]: np.array(one) * factors for at, one in of_tied(says, inputs, size, seed).items()},
        "kinds": {name: np.array(one) * factors for name, one in indices(says, whole, size, seed).items()},
    }


def even_places(inputs: int, size: int, seed: int) -> np.ndarray:
    """Independent even places [row, input]."""
    return np.random.default_rng([SEED, seed]).uniform(size=(size, inputs))


def thirds_of(sample: Sample, says: Together) -> dict[str, np.ndarray]:
    """Mean of what surrogates say in the lowest and highest third of each input [end, 2 x what]."""
    even = even_places(len(sample.inputs.groups), SIZE * THIRDS, 0)
    places = sample.inputs.of(even)
    said, found = says(places), {}
    for place, name in enumerate(sample.inputs.names):
        order = np.argsort(places[:, place], kind="stable")
        found[name] = np.array(
            [said[part].mean(axis=0) for part in np.array_split(order, THIRDS)[:: THIRDS - 1]]
        )
    return found


def _told(
    place: int,
    judged: Judged,
    fit: Surrogate,
    both: tuple[Drawn, list[Drawn]],
    learnt: Sequence[Surrogate],
    ends: dict[str, np.ndarray],
) -> Told:
    (seen, again), count = both, next(iter(both[0]["groups"].values())).shape[1] // 2

    def shares(part: str, name: str) -> Shares:
        one, others = seen[part][name], np.array([each[part][name] for each in again])
        alone, in_all = (share(one[way, place], others[:, way, place]) for way in range(2))
        hit = [share(one[way, count + place], others[:, way, count + place]) for way in range(2)]
        hit_alone, hit_in_all = hit if judged.has_both else (None, None)
        own = ends.get(name) if part != "kinds" else None
        return Shares(
            alone,
            in_all,
            hit_alone,
            hit_in_all,
            None if own is None else Ends(*own[:, place].tolist()),
            None if own is None or not judged.has_both else Ends(*own[:, count + place].tolist()),
        )

    found = {
        part: {name: shares(part, name) for name in seen[part] if not name.startswith(PROBE)} for part in seen
    }
    explained = share(fit.explained, np.array([one.explained for one in learnt]))
    return Told(fit, explained, **found, lead=leads(seen, again, place), floor=floor_of(seen, again, place))


def floor_of(seen: Drawn, again: Sequence[Drawn], place: int) -> float:
    """The largest share in all of a probe, and the mean of the largest in resamples, whichever is more."""
    probes = [name for name in seen["groups"] if name.startswith(PROBE)]
    if not probes:
        return 0.0
    largest = [max(float(each["groups"][name][1, place]) for name in probes) for each in (seen, *again)]
    return max(largest[0], float(np.mean(largest[1:])))


def share(value: float, resampled: np.ndarray) -> Share:
    """A share with its interval, from 0 to 1."""
    ends = np.quantile(resampled, [0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2])
    inside = np.clip([value, min(value, ends[0]), max(value, ends[1])], 0.0, 1.0).tolist()
    return Share(*inside)


def leads(seen: Drawn, again: Sequence[Drawn], place: int) -> bool:
    """Whether the group with the largest share in all has the largest in 95 % of resamples too."""
    names = [name for name in seen["groups"] if not name.startswith(PROBE)]
    if len(names) < 2:
        return True
    order = sorted(names, key=lambda name: -seen["groups"][name][1, place])
    first = np.array([each["groups"][order[0]][1, place] for each in again])
    rest = np.array([[each["groups"][name][1, place] for name in order[1:]] for each in again]).max(axis=1)
    return bool((first > rest).mean() >= CONFIDENCE)


def luck_of(values: np.ndarray, twins: np.ndarray, variance: float) -> Share | None:
    """The share of luck alone: half the mean square difference of twins over the variance; None without any.

    Source: Jansen (1999), as in answer/variance_split.py.
    """
    gaps = (values - twins)[np.isfinite(values - twins)]
    if len(gaps) < 2 or not variance > 0.0:
        return None
    chosen = np.random.default_rng(SEED).integers(0, len(gaps), (1_000, len(gaps)))
    squares = gaps**2 / (2.0 * variance)
    return share(float(squares.mean()), squares[chosen].mean(axis=1))


def with_probes(sample: Sample) -> Sample:
    """The sample with inputs that decide nothing."""
    even, inputs = even_places(PROBES, len(sample.places), 0), sample.inputs
    names = tuple(f"{PROBE} {place + 1}" for place in range(PROBES))
    levels = None if inputs.levels is None else np.hstack([inputs.levels, np.sort(even, axis=0)])
    more = replace(inputs, names=(*inputs.names, *names), groups=(*inputs.groups, *names), levels=levels)
    return replace(
        sample,
        places=np.hstack([sample.places, even]),
        inputs=more,
        kinds=(*sample.kinds, *[PROBE] * PROBES),
    )


def resampled_clusters(runs: int, sets: int) -> np.ndarray:
    """What is resampled together: runs of one set of parameters [run]."""
    return np.arange(runs) % sets if sets else np.arange(runs)
