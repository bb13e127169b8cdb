"""The main command: runs what a results folder lacks of a sweep, then prints the table and writes the report.

sanxiang sweep scenario=as_in_2020,plan replications=100
experiments.sweep("scenario=as_in_2020,plan", "replications=100")
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Any

from experiments.exits import Exit, Interrupted
from scenarios.errors import InputError

if TYPE_CHECKING:
    from experiments.ensemble import Ensemble
    from experiments.store import Store
    from experiments.sweep_plan import SweepPlan

COMPILED = "experiments.model"
MODEL = COMPILED


@dataclass(frozen=True)
class Sweep:
    """A finished sweep: its folder, and how many runs it has and how many of them failed."""

    folder: Path
    runs: int
    failed: int

    def targets(self) -> list[dict[str, Any]]:
        """The table of targets; see experiments.targets."""
        from experiments.table import targets

        return targets(self.folder)


def sweep(*overrides: str, fork: Path | str | None = None, quiet: bool = False) -> Sweep:
    """Run a sweep given in the words of the command line; runs that the folder has are not repeated.

    fork: run into this new folder instead. quiet: no progress.

    Raises: InputError before the first run when a word is wrong; CannotWrite, FolderHeld, FolderDiffers;
    Interrupted when stopped by a signal, with everything done sealed.
    """
    from experiments.sweep_plan import plan_sweep

    words = [*overrides, *([f"results={fork}"] if fork else [])]
    return run_plan(plan_sweep(words), words, quiet=quiet, model=MODEL)


def run_plan(plan: SweepPlan, words: list[str], *, model: str, quiet: bool = False) -> Sweep:
    """Run a checked plan; see sweep."""
    from experiments.ensemble import ensemble
    from experiments.header import header
    from experiments.store import claimed
    from scenarios.digests import digests

    if plan.executor.kind != "local":
        raise InputError(f"executor={plan.executor.kind} is not part of this version yet; executor=local is")
    today = header()
    with claimed(plan.results, today) as store:
        for line in store.quarantine_damaged():
            print(
                f"{line}; moved to {store.path / 'quarantine'}, its runs are computed again", file=sys.stderr
            )
        asked = ensemble(plan.units(), digests())
        store.keep_sweep(describe(plan, words), asked.table())
        _compute(plan, words, store, asked, quiet, model)
        statuses = store.statuses()
    return Sweep(plan.results, len(asked.runs), sum(statuses.get(run) != "ok" for run in asked.runs))


def _compute(
    plan: SweepPlan, words: list[str], store: Store, asked: Ensemble, quiet: bool, model: str
) -> None:
    from experiments.compute import Sealing, compute
    from experiments.ensemble import Task, columns_of
    from experiments.executor import Local
    from experiments.interruption import noticed
    from experiments.progress import Progress

    missing = asked.missing(store.finished())
    total, keep_going = sum(map(len, missing)), plan.on_error == "keep_going"
    if not total:
        return
    sealing = Sealing(store, lambda: columns_of(model))
    with noticed() as interruption, Progress(total, quiet) as progress:
        local = Local(plan.executor.workers or cores(), stopping=interruption)
        apart = int(model == COMPILED and not_compiled())
        if apart:
            print("compiling the model, once for these sources: about a minute", file=sys.stderr, flush=True)
        first = Local(1, stopping=interruption)
        if compute(missing[:apart], Task(model), first, sealing, progress, keep_going=keep_going):
            compute(missing[apart:], Task(model), local, sealing, progress, keep_going=keep_going)
    if interruption.code is not None:
        done = len(asked.runs & store.finished())
        raise Interrupted(
            f"stopped with {done} of {len(asked.runs)} runs in {plan.results}; "
            f"continue with: {command(words)}",
            interruption.code,
        )


def not_compiled() -> bool:
    """Whether Numba's folder for today's sources is still empty; one worker then compiles for all."""
    import agents  # names the folder

    assert agents
    return not any(Path(os.environ["NUMBA_CACHE_DIR"]).rglob("*.nbc"))


def cores() -> int:
    """Processors that this process may use."""
    from joblib import cpu_count

    return int(cpu_count())


def command(words: list[str]) -> str:
    """The command line that says the same."""
    return join(["sanxiang", "sweep", *words])


def describe(plan: SweepPlan, words: list[str]) -> dict[str, Any]:
    """What is kept of a sweep beside its runs: the command, and its cases with the values they were given."""
    cases = [
        {
            "point": f"{scenario.name} {point.label}".rstrip(),
            "scenario": scenario.name,
            "label": dict(scenario.label),
            "given": [[key, _plain(value)] for key, value in point.given],
        }
        for point in plan.points
        for scenario in plan.scenarios
    ]
    return {
        "command": command(words),
        "experiment": plan.experiment,
        "question": plan.question,
        "cases": cases,
        "replications": plan.replications,
        "seed": plan.seed,
        "parameters": "central",
        "started": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    }


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates become text."""
    return {str(key): one for key, one in value.items()} if isinstance(value, dict) else value


def main_sweep(args: list[str]) -> int:
    """sanxiang sweep [OVERRIDES] [--fork NEWDIR] [--cfg job]"""
    words, fork, configuration = _options(args)
    if configuration:
        return _print_configuration(words)
    try:
        done = sweep(*words, fork=fork)
    except KeyboardInterrupt:  # before or after the runs, when nothing notes it
        raise Interrupted(f"stopped; continue with: {command(words)}", Exit.INTERRUPTED) from None
    from experiments.target_table import render_targets

    print(render_targets(done.folder))
    if done.failed < done.runs:
        _report(done.folder)
    return Exit.SOME_FAILED if done.failed else Exit.OK


def _options(args: list[str]) -> tuple[list[str], str | None, bool]:
    """The words, the folder after --fork, and whether --cfg job was given."""
    words, rest = [], iter(args)
    fork, configuration = None, False
    for word in rest:
        name, has_value, value = word.partition("=")
        if name not in ("--fork", "--cfg"):
            words.append(word)
            continue
        value = value if has_value else next(rest, "")
        if not value or (name == "--cfg" and value != "job"):
            raise InputError(
                f"{name} needs {'a new folder' if name == '--fork' else 'the word job'}, not {value!r}"
            )
        fork, configuration = (value, configuration) if name == "--fork" else (fork, True)
    return words, fork, configuration


def _print_configuration(words: list[str]) -> int:
    import yaml

    from experiments.sweep_plan import plan_sweep

    print(yaml.safe_dump(plan_sweep(words).composed, allow_unicode=True, sort_keys=False), end="")
    return Exit.OK


def _report(folder: Path) -> None:
    """Write the figures and the report, and say where the report is."""
    from experiments.report import write_all

    print(f"\nreport: {write_all(folder)}")
