"""The main command: runs what a results folder lacks of a sweep, then prints the table and writes the report.

sanxiang sweep scenario=as_in_2020,plan replications=100
experiments.sweep("scenario=as_in_2020,plan", "replications=100")
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.command.exits import Exit, Interrupted
from scenarios.values.errors import InputError

MODEL = "experiments.model"


@dataclass(frozen=True)
class Sweep:
    """A sweep that came to its end: its folder, how many runs it asked for, and how many failed.

    left: those not begun, where the first failure ends the sweep. id: the folder knows it by that.
    """

    folder: Path
    runs: int
    failed: int
    left: int
    id: str

    def targets(self) -> list[dict[str, Any]]:
        """The table of targets of this sweep, whatever the folder holds since; see experiments.targets."""
        from experiments.answer.table import targets

        return targets(self.folder, sweep=self.id)


def sweep(*overrides: str, fork: Path | str | None = None, quiet: bool = False) -> Sweep:
    """Run a sweep given in the words of the command line; runs that the folder has are not repeated.

    fork: run into this new folder instead. quiet: no progress.

    Raises: InputError before the first run when a word is wrong; CannotWrite, FolderHeld, FolderDiffers;
    Interrupted when stopped by a signal, with everything done sealed.
    """
    return _swept(into(fork, overrides), quiet=quiet)


def into(folder: Path | str | None, words: Sequence[str]) -> list[str]:
    """The words with another results folder, if one is given."""
    kept = [word for word in words if folder is None or not word.startswith("results=")]
    return kept + ([f"results={folder}"] if folder is not None else [])


def _swept(words: list[str], *, quiet: bool = False, same_runs: str | None = None) -> Sweep:
    from experiments.compute.sweep_run import carry_out
    from experiments.plan.sweep_plan import plan_sweep

    plan = plan_sweep(words)
    _tell(plan.notices)
    sweep, (runs, _, failed, left) = carry_out(plan, words, model=MODEL, quiet=quiet, same_runs=same_runs)
    return Sweep(plan.results, runs, failed, left, sweep)


def main_sweep(args: list[str]) -> int:
    """sanxiang sweep [OVERRIDES] [--fork NEWDIR] [--cfg job]"""
    words, fork, configuration = options(args)
    if configuration:
        return _print_configuration(words)
    return finish(into(fork, words))


def finish(words: list[str], same_runs: str | None = None) -> int:
    """Run a sweep to its end on the command line: its runs, its failures, the table, the report.

    same_runs: see sweep_run.carry_out.
    """
    from experiments.command.words import sweep_command

    try:
        done = _swept(words, same_runs=same_runs)
    except KeyboardInterrupt:  # before or after the runs, when nothing notes it
        raise Interrupted(f"stopped; continue with: {sweep_command(words)}", Exit.INTERRUPTED) from None
    from experiments.answer.failures import failure_lines
    from experiments.answer.target_table import render_targets

    for line in failure_lines(done.folder, done.id):
        print(line, file=sys.stderr)
    print(render_targets(done.folder, done.id))
    _report(done)
    return Exit.SOME_FAILED if done.failed or done.left else Exit.OK


def options(args: list[str]) -> tuple[list[str], str | None, bool]:
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

    from experiments.plan.sweep_plan import plan_sweep

    plan = plan_sweep(words)
    _tell(plan.notices)
    print(yaml.safe_dump(plan.composed, allow_unicode=True, sort_keys=False), end="")
    return Exit.OK


def _tell(notices: Sequence[str]) -> None:
    """Say what of the command changes nothing, before it takes its time."""
    for line in notices:
        print(line, file=sys.stderr)


def _report(done: Sweep) -> None:
    """Write the figures and the report, and say where the report is."""
    from experiments.report.report import write_all

    print(f"\nreport: {write_all(done.folder, done.id)}")
