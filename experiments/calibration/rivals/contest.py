"""Every method on every problem, truth by truth: how well each draw of a posterior knew what was true."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from scipy import stats

from experiments.calibration.rivals.abc import Abc
from experiments.calibration.rivals.flow import Flow
from experiments.calibration.rivals.history import History
from experiments.calibration.rivals.ours import Exact, Ours, Prior
from experiments.calibration.rivals.trial import Method, Trial

LEVELS = (0.5, 0.8, 0.9)

METHODS: tuple[Method, ...] = (
    Prior(), Exact(), Ours(), Ours(smoothing=True), Abc(), Flow(), History()
)  # fmt: skip


@dataclass(frozen=True)
class Scored:
    """How one method did on one problem.

    crps, log_score: of each truth's parameters [truth, parameter], in standard deviations of the prior and
    nats, small is good and large is good. inside: whether the truth lay in the central interval of each level
    [level, truth, parameter]. simulations: for a truth, beyond the table's rows. ahead, each: seconds before
    the first truth, and for each.
    """

    method: str
    crps: np.ndarray
    log_score: np.ndarray
    inside: np.ndarray
    simulations: float
    ahead: float
    each: float

    def coverage(self) -> tuple[float, ...]:
        """Share of truths inside the intervals of each level."""
        return tuple(self.inside.mean(axis=(1, 2)).tolist())


@dataclass(frozen=True)
class Contest:
    """One problem with the scores of the methods that were tried on it; left_out: those not installed."""

    trial: Trial
    scores: tuple[Scored, ...]
    left_out: tuple[str, ...]

    def of(self, method: str) -> Scored:
        """The scores of a method."""
        return next(one for one in self.scores if one.method == method)

    @property
    def rivals(self) -> list[Scored]:
        """The methods that learn, the best by mean CRPS first; neither the prior nor the exact posterior."""
        learnt = [one for one in self.scores if one.method not in (Prior.name, Exact.name)]
        return sorted(learnt, key=lambda one: float(one.crps.mean()))


def held(trial: Trial, methods: Sequence[Method] = METHODS, say: Callable[[str], None] = print) -> Contest:
    """Every method that is installed and fits the problem, on all its truths."""
    missing = [one.name for one in methods if any(find_spec(name) is None for name in one.needs)]
    found = []
    for method in methods:
        if method.name not in missing and method.takes(trial):
            found.append(scored(method, trial))
            say(f"{trial.name}: {method.name}, CRPS {found[-1].crps.mean():.3f}")
    return Contest(trial, tuple(found), tuple(missing))


def scored(method: Method, trial: Trial) -> Scored:
    """One method on one problem."""
    began = time.monotonic()
    given = method.prepared(trial)
    prepared = time.monotonic()
    learnt = [given(figures, seed) for seed, figures in enumerate(trial.figures)]
    ended = time.monotonic()
    marks = [
        marks_of(one.draws, truth[trial.scored]) for one, truth in zip(learnt, trial.truths, strict=True)
    ]
    crps, log_score, inside = (np.stack(part) for part in zip(*marks, strict=True))
    return Scored(
        method.name, crps, log_score, np.moveaxis(inside, 1, 0),
        float(np.mean([one.simulations for one in learnt])), prepared - began,
        (ended - prepared) / len(learnt),
    )  # fmt: skip


def marks_of(draws: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """CRPS and log score of each parameter [parameter], and whether it is inside [level, parameter]."""
    import scoringrules

    crps = np.asarray(scoringrules.crps_ensemble(truth, draws.T))
    log_score = np.array([density(column, at) for column, at in zip(draws.T, truth, strict=True)])
    place = (draws < truth).mean(axis=0)
    return crps, log_score, np.stack([np.abs(place - 0.5) <= level / 2.0 for level in LEVELS])


def density(draws: np.ndarray, at: float) -> float:
    """Logarithm of a kernel estimate of the density of draws, mixed with one part in a hundred of the prior.

    The prior's part keeps a truth that no draw comes near from costing all there is.
    """
    own = 0.0 if draws.std() == 0.0 else float(stats.gaussian_kde(draws)(at)[0])
    return float(np.log(0.99 * own + 0.01 * stats.norm.pdf(at)))


def ahead(best: Scored, other: Scored) -> tuple[float, float]:
    """By how much another's CRPS is larger, as a share of the best's, and two standard errors of that."""
    apart = (other.crps - best.crps).mean(axis=1)
    usual = best.crps.mean()
    error = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else np.nan
    return float(apart.mean() / usual), float(2.0 * error / usual)


def verdicts(contest: Contest) -> Iterator[str]:
    """Which method won, and by how much the others lost."""
    first, *others = contest.rivals
    knew = 1.0 - first.crps.mean() / contest.of(Prior.name).crps.mean()
    yield (
        f"{contest.trial.name}: lowest CRPS {first.crps.mean():.3f} by {first.method}, which takes "
        f"{knew:.0%} off that of the prior"
    )
    for one in others:
        more, error = ahead(first, one)
        told = "no worse than by luck" if more <= error else "worse"
        yield f"{contest.trial.name}: {one.method} {more:+z.0%} (± {error:.0%}), {told}"
