"""Facts beside runs: the median over luck, the spread over sets of parameters, and the verdict.

found = judged(load_facts("hunan"), values_of_runs(baseline(20)))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from experiments.compute.parallel import in_parallel
from experiments.evidence.facts.fact import FIT, HELD_OUT, Cell, Fact, load_facts
from experiments.evidence.facts.lived import lived
from scenarios.region.region import load_region
from scenarios.spec import RunSpec

HIT, MISS, REPORT, NOT_MEASURED = "hit", "miss", "report", "not measured"
VERDICTS = (HIT, MISS, REPORT, NOT_MEASURED)
TAILS = (5.0, 50.0, 95.0)

Values = Mapping[str, np.ndarray]
"""What one run gives for each fact: an array like the measurement's."""


@dataclass(frozen=True)
class Spread:
    """Median and 5-95 % interval, over luck or over sets of parameters; nan where nothing could be taken."""

    median: float
    p05: float
    p95: float


@dataclass(frozen=True)
class Found:
    """One number of a fact with the model's beside it.

    model: over luck at the central parameters. drawn: over sets of parameters. inside: share of the sets that
    lie in the range.
    """

    id: str
    fact: Fact
    label: str
    unit: str
    model: Spread
    drawn: Spread | None
    inside: float | None
    published: float | None
    low: float
    high: float
    verdict: str


def values_of_runs(specs: Sequence[RunSpec], workers: int | None = None) -> list[Values]:
    """What every run gives for the facts of its region, in parallel over processes."""
    return in_parallel(values_of_run, specs, workers)


def values_of_run(spec: RunSpec) -> Values:
    """Runs a model and takes every measurement."""
    run = lived(spec)
    return {
        name: fact.changes(fact.measurement.read(run, fact.reporting_error))
        for name, fact in load_facts(spec.region).items()
        if fact.measurement is not None
    }


def judged(region: str, central: Sequence[Values], drawn: Sequence[Sequence[Values]] = ()) -> list[Found]:
    """Every number of every fact of a region with its verdict, in the order of the file.

    central: of runs with the central parameters. drawn: of runs with each set of parameters.
    """
    known = load_region(region)
    return [
        one
        for name, fact in load_facts(region).items()
        for one in of_fact(name, fact, fact.cells(known), central, drawn)
    ]


def of_fact(
    name: str,
    fact: Fact,
    cells: Sequence[Cell],
    central: Sequence[Values],
    drawn: Sequence[Sequence[Values]],
) -> Iterable[Found]:
    """The numbers of one fact, and the error of its path where it has a limit."""
    if fact.measure is None:
        nothing = Spread(np.nan, np.nan, np.nan)
        yield Found(name, fact, "", fact.unit, nothing, None, None, None, -np.inf, np.inf, NOT_MEASURED)
        return
    for cell in cells:
        take = partial(one_value, name, cell)
        yield of_cell(name, fact, cell, [take(run) for run in central], [[*map(take, one)] for one in drawn])
    if fact.path_within is not None:
        yield of_path(name, fact, cells, central, drawn)


def one_value(name: str, cell: Cell, run: Values) -> float:
    """The value of a cell in one run."""
    return float(run[name][cell.place])


def of_cell(
    name: str, fact: Fact, cell: Cell, central: Sequence[float], drawn: Sequence[Sequence[float]]
) -> Found:
    """One number with its verdict: by the median over luck, whatever the spread."""
    model, medians = spread(central), [spread(one).median for one in drawn]
    low, high = cell.low, cell.high
    asked = bool(medians) and fact.judge == "range"
    inside = float(np.mean([low <= one <= high for one in medians])) if asked else None
    word = verdict(fact, model.median, low, high)
    return Found(
        name, fact, cell.label, fact.unit, model, spread(medians) if medians else None, inside,
        cell.published, low, high, word,
    )  # fmt: skip


def of_path(
    name: str,
    fact: Fact,
    cells: Sequence[Cell],
    central: Sequence[Values],
    drawn: Sequence[Sequence[Values]],
) -> Found:
    """Mean absolute error of the medians over the published years [% of published]."""

    def error(runs: Sequence[Values]) -> float:
        off = [
            abs(float(np.median([one_value(name, cell, run) for run in runs])) / cell.published - 1.0)
            for cell in cells
            if cell.published
        ]
        return 100.0 * float(np.mean(off))

    found, high = error(central), 100.0 * (fact.path_within or 0.0)
    errors = [error(runs) for runs in drawn]
    return Found(
        name, fact, "mean error", "% of published", Spread(found, np.nan, np.nan),
        spread(errors) if errors else None, float(np.mean(np.array(errors) <= high)) if errors else None,
        None, 0.0, high, verdict(fact, found, 0.0, high),
    )  # fmt: skip


def verdict(fact: Fact, median: float, low: float, high: float) -> str:
    """Hit or miss; report where nothing is judged; not measured where no run gave a value."""
    if not np.isfinite(median):
        return NOT_MEASURED
    if fact.judge == "report":
        return REPORT
    return HIT if low <= median <= high else MISS


def spread(values: Sequence[float]) -> Spread:
    """Median and 5-95 % interval of what is a number."""
    known = np.array(values)[np.isfinite(values)]
    if not known.size:
        return Spread(np.nan, np.nan, np.nan)
    p05, median, p95 = np.percentile(known, TAILS).tolist()
    return Spread(median, p05, p95)


def summary(found: Sequence[Found]) -> str:
    """What counts as validation, what was fitted, and what is shown without a verdict, in one line."""
    parts = []
    for used in (HELD_OUT, FIT):
        words = [one.verdict for one in found if one.fact.used_for == used]
        parts.append(f"{used}: {words.count(HIT)} of {words.count(HIT) + words.count(MISS)} hit")
    words = [one.verdict for one in found]
    return f"{'; '.join(parts)}; {words.count(REPORT)} reported, {words.count(NOT_MEASURED)} not measured"


def misses(found: Sequence[Found]) -> dict[str, list[Found]]:
    """The misses by fact, in their order."""
    by_fact: dict[str, list[Found]] = {}
    for one in found:
        if one.verdict == MISS:
            by_fact.setdefault(one.id, []).append(one)
    return by_fact
