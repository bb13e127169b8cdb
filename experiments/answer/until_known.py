"""`replications=auto`: runs until every probability of a sweep is known well enough, and what that cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.answer.cases import cases
from experiments.answer.confidence_sequence import confidence_sequence
from experiments.answer.table import chance
from experiments.compute.sweep_run import carry_out, refuse_changed
from experiments.plan.patience import lasting
from experiments.plan.settings import AUTO
from experiments.read.reading import load_runs
from experiments.read.runs_region import targets_of
from experiments.store.sweeps import Counts, recorded

if TYPE_CHECKING:
    import pandas as pd

    from experiments.plan.points import SweepPlan

PRECISE = 4  # digits of a half width that is printed


class Widest(NamedTuple):
    """The probability of a sweep that is known least: half the width of its interval, and whose it is."""

    half_width: float
    target: str
    case: str


def widest(found: Mapping[str, pd.DataFrame]) -> Widest:
    """The least known probability; found: {case: its rows of load_runs}.

    A run that failed counts as a miss for the lower end and as a hit for the upper one.
    """
    known = []
    for case, rows in found.items():
        for target in [*targets_of(rows), "all"]:
            p = chance(rows, target)
            low, _ = confidence_sequence(p.hits, p.runs)
            _, high = confidence_sequence(p.hits + p.failed, p.runs)
            known.append(Widest((high - low) / 2, target, case))
    return max(known, key=lambda one: one.half_width)


def carry_out_until_known(
    plan: SweepPlan, words: Sequence[str], *, model: str, quiet: bool, same_runs: Mapping[str, Any] | None
) -> tuple[str, Counts]:
    """Carry out a plan in stages until it may stop; the sweep's id, and how its runs ended.

    Which runs a stage asks for follows from the results of the stages before, so that whoever stops it and
    goes on comes to the same end. same_runs: the record of the sweep that is gone on with.

    Raises: as carry_out.
    """
    assert plan.until is not None
    if same_runs is not None:
        refuse_changed(
            replace(plan, replications=int(same_runs.get("replications", 1))), str(same_runs["asked"])
        )
    before: str | None = None
    counted = Counts(0, 0, 0, 0)
    for replications in plan.until.stops():
        stage = replace(plan, replications=replications)
        before, counted = carry_out(stage, words, model=model, quiet=quiet, in_place_of=before)
        if counted.left or widest(cases(plan.results, before)).half_width <= plan.until.half_width:
            break
    return before or "", counted


def cost_lines(
    sweeps: Sequence[Mapping[str, Any]], found: Mapping[str, pd.DataFrame], seconds: Callable[[], float]
) -> list[str]:
    """A line that says how well a sweep of replications=auto knows its probabilities, and what that cost.

    seconds: of computing, asked for only where there is such a sweep.
    """
    until = sweeps[0].get("until") if len(sweeps) == 1 else None
    if not until:
        return []
    least, runs = widest(found), sum(len(recorded(rows)) for rows in found.values())
    most = max(len(recorded(rows)) for rows in found.values())
    wanted = f"± {until['half_width']:g}"
    reached = (
        f"every probability is known to {wanted}"
        if least.half_width <= until["half_width"]
        else f"{wanted} was not reached with at_most={until['at_most']:,}"
    )
    line = (
        f"replications={AUTO}: {reached} (widest: {least.target} in {least.case}, ± "
        f"{least.half_width:.{PRECISE}f}, Beta-binomial confidence sequence, valid at every stop); it took "
        f"{most:,} replications, {runs:,} runs, {lasting(seconds())} of computing"
    )
    return [line]


def seconds_of(folder: Path | str, which: str | None) -> float:
    """What the runs of a sweep took, each on one processor [s]."""
    rows = load_runs(folder, sweep=which, columns=["duration_s"]).drop_duplicates("run_id")
    return float(rows.duration_s.sum()) if "duration_s" in rows else 0.0
