"""Carries out a checked plan: takes the folder, computes what it lacks, seals it, says how to go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.compute.ahead import compiled_ahead
from experiments.compute.compiling import compiles_first
from experiments.compute.compute import Sealing, compute
from experiments.compute.engines.choice import engine_for, refuse_unusable
from experiments.compute.engines.local import cores
from experiments.compute.interruption import noticed
from experiments.compute.progress import Progress
from experiments.compute.room import refuse_too_little
from experiments.compute.task import Task, columns_of, imported
from experiments.compute.work import Work
from experiments.exits import CorruptData, FolderDiffers, Interrupted
from experiments.plan.ensemble import ensemble
from experiments.plan.overrides import parse_override
from experiments.plan.patience import Patience, aloud, silent
from experiments.plan.words import is_recorded, path_word, recorded_words, resume_command
from experiments.store import header, inputs
from experiments.store.heartbeat import Heartbeat
from experiments.store.store import Store, claimed
from experiments.store.sweeps import Counts, region_of_sweep
from scenarios.digests import digests
from scenarios.region.bases import names_of_drawn
from scenarios.region.region import load_region
from scenarios.targets import check_targets, load_targets
from scenarios.values.errors import InputError, one_line, quoted
from scenarios.worlds.given import lasting_world

if TYPE_CHECKING:
    from experiments.compute.engines.engine import Stopping
    from experiments.compute.interruption import Interruption
    from experiments.compute.progress import Progress
    from experiments.plan.ensemble import Ensemble, Unit
    from experiments.plan.points import SweepPlan
    from scenarios.spec import RunSpec

COMPILED = "experiments.model"
WORLD, LEVERS = "world", "levers"


def carry_out(
    plan: SweepPlan,
    words: Sequence[str],
    *,
    model: str,
    quiet: bool = False,
    same_runs: str | None = None,
    in_place_of: str | None = None,
) -> tuple[str, Counts]:
    """Compute what the plan's folder lacks of it; the sweep's id in the folder, and how its runs ended.

    words: the command line, kept in the folder. same_runs: the fingerprint that the asked runs must have.
    in_place_of: the id of the sweep of fewer runs that this one goes on with, which the folder forgets.

    Raises: InputError before anything is written; CannotWrite, FolderHeld, FolderDiffers, EngineFailed;
    Interrupted with everything done sealed.
    """
    refuse_unknown_targets(model, plan.region)
    refuse_unusable(plan.executor)
    refuse_unrepeatable(lasting(words, plan.files, plan.region))
    with claimed(plan.results, header.with_own(header.header(plan.region), plan.own)) as store:
        for line in store.quarantine_damaged():
            aside = store.path / "quarantine"
            print(one_line(f"{line}; moved to {aside}; what asks for it computes it again"), file=sys.stderr)
        refuse_other_region(store, plan.region)
        asked = ensemble(_counted(plan, quiet), digests(region=plan.region))
        refuse_other_runs(store.path, asked, same_runs)
        with noticed() as interruption:
            about = describe(plan, words) | {"asked": fingerprint(asked.runs)}
            about["inputs"] = inputs.keep(store.root, plan.files)
            kept = store.keep_sweep(about, asked.table())
            if in_place_of not in (None, kept):
                store.forget_sweep(str(in_place_of))
            missing = asked.missing(store.finished())
            if missing:
                _compute(plan, store, missing, interruption, quiet, model)
                _raise_if_interrupted(interruption, store, missing, plan.composed.get(LEVERS))
        statuses = store.statuses()
    ended = [statuses[run] for run in asked.runs if run in statuses]
    done = ended.count("ok")
    return kept, Counts(len(asked.runs), done, len(ended) - done, len(asked.runs) - len(ended))


def _counted(plan: SweepPlan, quiet: bool) -> Iterator[list[RunSpec]]:
    """The plan's units, with a line a minute, since naming a million runs takes minutes."""
    patience, named = Patience(silent if quiet else aloud), 0
    for unit in plan.units():
        patience.tick(partial("planning: {:,} of {:,} runs".format, named, plan.runs))
        named += len(unit)
        yield unit


def refuse_unrepeatable(words: Sequence[str]) -> None:
    """Refuses a sweep whose words could not be read again from its folder: nobody could resume it.

    Raises: InputError.
    """
    try:
        recorded_words(words, "what would be kept of this sweep")
    except CorruptData as error:
        raise InputError(str(error)) from None


def refuse_other_region(store: Store, region: str) -> None:
    """One folder, one region: two with the same data may differ in their targets.

    Raises: FolderDiffers.
    """
    others = {region_of_sweep(store.sweep(name)) for name in store.sweep_names()} - {region}
    if others:
        raise FolderDiffers(
            f"{store.path} holds runs of region {quoted(min(others))}, not {quoted(region)}; "
            "continue in a new folder with --fork NEWDIR"
        )


def refuse_unknown_targets(model: str, region: str) -> None:
    """Refuses a target of the region on what the model does not record, before anything is run or written."""
    drawn = names_of_drawn(load_region(region).bases)
    check_targets(load_targets(region=region), imported(model).indicators(region), drawn, region)


def _compute(
    plan: SweepPlan,
    store: Store,
    missing: list[Unit],
    interruption: Interruption,
    quiet: bool,
    model: str,
) -> None:
    refuse_too_little(store, missing)
    with Progress(sum(map(len, missing)), quiet) as progress:
        work = Work(missing, timeout=plan.executor.timeout)
        heartbeat = Heartbeat(store.path, lambda: _state(progress, work.running()))

        def stopping() -> bool:
            heartbeat.beat()
            progress.tick()
            return interruption()

        work.first_alone = model == COMPILED and _first_compiles(plan, missing, stopping)
        with engine_for(plan.executor, stopping) as engine:
            work.capacity = engine.capacity
            sealing = Sealing(store, lambda: columns_of(model, plan.region, plan.own))
            task, keep_going = Task(model, sources=digests(region=plan.region)), plan.on_error == "keep_going"
            compute(work, task, engine, sealing, progress, keep_going=keep_going)
        heartbeat.end()


def _first_compiles(plan: SweepPlan, missing: list[Unit], stopping: Stopping) -> bool:
    """Whether the first unit has to compile the model for all others: this machine's processes did not."""
    if not compiles_first():
        return False
    if plan.executor.kind != "local":
        return True
    return not compiled_ahead([spec for _, spec in missing[0]], plan.executor.workers or cores(), stopping)


def _state(progress: Progress, running: list[str]) -> dict[str, Any]:
    """What a sign of life tells of the sweep."""
    return {"done": progress.done, "total": progress.total, "failed": progress.failed, "running": running}


def _raise_if_interrupted(
    interruption: Interruption, store: Store, missing: list[Unit], levers: str | None
) -> None:
    if interruption.code is None:
        return
    wanted = {run for unit in missing for run, _ in unit}
    left, how = len(wanted - store.finished()), resume_command(store.path, levers)
    raise Interrupted(
        f"stopped with {left} of {len(wanted)} runs left; continue with: {how}", interruption.code
    )


def refuse_changed(plan: SweepPlan, same_runs: str) -> None:
    """Let a plan go on only as what its folder holds; same_runs: the fingerprint of the runs.

    Raises: as refuse_other_runs; FolderDiffers when other sources or data computed the folder.
    """
    today = header.with_own(header.header(plan.region), plan.own)
    header.refuse_difference(plan.results, Store(plan.results).header(), today)
    refuse_other_runs(plan.results, ensemble(plan.units(), digests(region=plan.region)), same_runs)


def refuse_other_runs(folder: Path, asked: Ensemble, same_runs: str | None) -> None:
    """Let a sweep be resumed only as what it was.

    Raises: FolderDiffers when a scenario or reform that it names has other values now.
    """
    if same_runs is not None and fingerprint(asked.runs) != same_runs:
        raise FolderDiffers(
            f"the sweep in {folder} asked for other runs than its command asks for now: a scenario, an "
            "experiment or a reform file has changed; --fork NEWDIR computes them in a new folder"
        )


def fingerprint(runs: set[str]) -> str:
    """One checksum for a set of run ids."""
    return sha256("\n".join(sorted(runs)).encode()).hexdigest()


def describe(plan: SweepPlan, words: Sequence[str]) -> dict[str, Any]:
    """What is kept of a sweep beside its runs: its words, and its cases with the values they were given.

    words: the command's; kept without where results lie and where they were computed.
    """
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
        "words": lasting(words, plan.files, plan.region),
        "experiment": plan.experiment,
        "question": plan.question,
        "region": plan.region,
        "cases": cases,
        "replications": plan.replications,
        "seed": plan.seed,
        "until": None if plan.until is None else plan.until._asdict(),
        "parameters": plan.sets.source,
        "sets": plan.sets.told,
        "approximate": plan.sets.approximate,
        LEVERS: [one.name for one in plan.own],
        "started": datetime.now(UTC).isoformat(),
    }


def lasting(words: Sequence[str], files: Sequence[tuple[str, Path]], region: str) -> list[str]:
    """The words of a command that say which runs it asks for, files and folders where they are found from
    anywhere."""
    named = ("region", *(key for key, _ in files))
    keys = [word.partition("=")[0] for word in words]
    kept = [word for key, word in zip(keys, words, strict=True) if is_recorded(key) and key not in named]
    kept += [path_word("region", [region])] if "region" in keys else []
    others = [name for name in dict(files) if name != WORLD]
    kept += [path_word(name, [str(path) for key, path in files if key == name]) for name in others]
    asked = [word for key, word in zip(keys, words, strict=True) if key == WORLD and WORLD in dict(files)]
    worlds = [map(str, parse_override(word, {})[1]) for word in asked]  # names among the files are kept too
    return kept + [path_word(WORLD, map(lasting_world, given)) for given in worlds]


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates become text."""
    return {str(key): one for key, one in value.items()} if isinstance(value, dict) else value
