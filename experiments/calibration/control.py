"""Would runs of a part of the province make an answer cheaper? Correlations and costs of the same runs twice.

A run of a part of the province with the same parameters, world and luck may stand in for many whole ones, if
what it says of a target goes with what the whole says, and if it is cheap: as a control variate in a few
pairs, and alone in many more. What the same standard error then costs, over whole runs alone, follows from
the correlation r and the ratio of costs c: (sqrt(1 - r²) + sqrt(c r²))², at the best division of the work.
Source: Peherstorfer, Willcox and Gunzburger (2016), SIAM Journal on Scientific Computing 38, for two models.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from experiments.answer.split_runs import HIT, VALUE, Measured, of_run
from experiments.answer.text_table import fitted, terminal_width
from experiments.calibration.page import table
from experiments.compute.crew import Crew
from experiments.compute.parallel import in_parallel
from experiments.evidence.page_sections import listed, made_by
from experiments.plan.drawn_sets import usual
from scenarios.drawn import changed, drawn_values
from scenarios.load import load_parameters
from scenarios.region.folder import CONFIGS
from scenarios.spec import RunSpec
from scenarios.targets import ALL, load_targets
from sim.model import choose
from sim.run import simulate

SECTION = "control variate"
HEADS = (
    "target",
    "correlation",
    "cost",
    "P of part, %",
    "P of whole, %",
    "correlation of hits",
    "cost for P",
)


@dataclass(frozen=True)
class OfTarget:
    """One target in pairs of runs; cost: for the same standard error, over that of whole runs alone.

    nan where runs of one size all say the same.
    """

    name: str
    tied: float
    cost: float
    chances: tuple[float, float]
    tied_hits: float
    cost_of_hits: float


@dataclass(frozen=True)
class Control:
    """Pairs of runs; seconds: of processor time of a run of the part and of the whole, medians."""

    scale: float
    pairs: int
    sets: str
    seconds: tuple[float, float]
    targets: tuple[OfTarget, ...]

    @property
    def ratio(self) -> float:
        """What a run of the part costs over one of the whole."""
        return self.seconds[0] / self.seconds[1]


def control(region: str, pairs: int, scale: float, crew: Crew | None = None) -> Control:
    """Runs so many sets of parameters twice, at a scale and whole, and compares what they say of targets."""
    specs, told = specs_of(region, pairs)
    work: Callable[[RunSpec], list[tuple[Measured, float]]] = partial(twice, scale)
    found = crew.in_order(work, specs) if crew else in_parallel(work, specs)
    seconds = np.median([[cost for _, cost in both] for both in found], axis=0).tolist()
    ratio = seconds[0] / seconds[1]
    names = [*load_targets(region=region), ALL]
    targets = tuple(of_target(name, [[run for run, _ in both] for both in found], ratio) for name in names)
    return Control(scale, pairs, told, (seconds[0], seconds[1]), targets)


def specs_of(region: str, pairs: int) -> tuple[list[RunSpec], str]:
    """Whole runs of the baseline, and whose sets they have: the posterior's, or candidates of the priors."""
    base, known = choose(region=region), usual(region, CONFIGS)
    numbers = load_parameters(region=region)
    sets = known.values or [drawn_values(numbers, n, solved=True) for n in range(pairs)]
    told = known.told if known.values else f"parameters: {pairs} candidates of the priors"
    specs = [
        replace(base, parameters=changed(base.parameters, sets[n % len(sets)]), draw=n, replication=n)
        for n in range(pairs)
    ]
    return specs, told


def twice(scale: float, spec: RunSpec) -> list[tuple[Measured, float]]:
    """What a run says of each target at a scale and whole, each with its seconds of processor time."""
    found = []
    for one in (replace(spec, scale=scale), spec):
        began = time.process_time()
        (run,) = simulate([one])
        found.append((of_run(run), time.process_time() - began))
    return found


def of_target(name: str, pairs: list[list[Measured]], ratio: float) -> OfTarget:
    """What pairs of runs say of a target; of all targets together there are hits alone."""
    values, hits = (
        np.array([[as_number(run[name].get(measure)) for run in both] for both in pairs])
        for measure in (VALUE, HIT)
    )
    tied, tied_hits = correlation(values), correlation(hits)
    chances = np.nanmean(hits, axis=0).tolist() if (~np.isnan(hits)).any() else [np.nan] * 2
    return OfTarget(
        name, tied, cost(tied, ratio), (chances[0], chances[1]), tied_hits, cost(tied_hits, ratio)
    )


def as_number(value: float | None) -> float:
    """A value, nan where there is none."""
    return np.nan if value is None else value


def correlation(pairs: np.ndarray) -> float:
    """Of both columns; nan where one of them never varies."""
    known = pairs[~np.isnan(pairs).any(axis=1)]
    if len(known) < 3 or (known.std(axis=0) == 0.0).any():
        return float("nan")
    return float(np.corrcoef(known.T)[0, 1])


def cost(tied: float, ratio: float) -> float:
    """For the same standard error with pairs and further runs of the part, over whole runs alone."""
    return float((np.sqrt(1.0 - tied**2) + np.sqrt(ratio * tied**2)) ** 2)


def cells(one: OfTarget) -> list[str]:
    """One row: a target."""
    part, whole = one.chances
    return [
        one.name,
        shown(one.tied),
        shown(one.cost),
        shown(100.0 * part, 0),
        shown(100.0 * whole, 0),
        shown(one.tied_hits),
        shown(one.cost_of_hits),
    ]


def shown(value: float, digits: int = 2) -> str:
    """A number, or a dash where there is none."""
    return "-" if np.isnan(value) else f"{value:.{digits}f}"


def verdict(found: Control) -> str:
    """Whether it pays, in a line."""
    known = [one for one in found.targets if not np.isnan(one.cost_of_hits)]
    paying = [one.name for one in known if one.cost_of_hits < 1.0]
    if not known:
        return "no probability varies between these runs, so that nothing can be said"
    costs = [one.cost_of_hits for one in known]
    spread = f"a probability known equally well costs {min(costs):.2f} to {max(costs):.2f} times as much"
    if len(paying) == len(known):
        return f"{spread} with it: it pays for every target"
    rest = f"it pays for {', '.join(paying)} alone" if paying else "it pays for no target"
    return f"{spread} with it: {rest}"


def about(found: Control) -> list[str]:
    """What was run, and what came of it."""
    part, whole = found.seconds
    return [
        f"{found.pairs} sets of parameters run twice with the same luck, at scale {found.scale:g} and whole",
        found.sets,
        f"a run of the part takes {part:.2f} s of a processor, a whole one {whole:.2f} s: {found.ratio:.0%}",
        verdict(found),
    ]


def lines(found: Control) -> list[str]:
    """What the command prints."""
    rows = [cells(one) for one in found.targets]
    return [*about(found), "", *fitted([list(HEADS), *rows], left=(0,), limit=terminal_width())]


ABOUT = """Whole runs may be fewer if each has a cheap companion: a run of a part of the province with the
same parameters, world and luck. **Cost** is what the same standard error then takes over whole runs alone, of
a target's mean value and of its probability: below 1 it pays."""


def section(found: Control, command: str) -> str:
    """A section of docs/CALIBRATION.md."""
    return "\n\n".join(
        [
            f"## Does scale {found.scale:g} pay as a control variate?",
            made_by(command),
            ABOUT,
            listed(about(found)),
            table(HEADS, [cells(one) for one in found.targets]),
        ]
    )
