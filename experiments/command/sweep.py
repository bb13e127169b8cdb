"""`sanxiang sweep`: runs what a results folder lacks, prints the table, writes figures and the report."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import yaml

from experiments.answer.failures import failure_lines
from experiments.answer.sweep import Sweep, into, swept, tell
from experiments.answer.target_table import render_targets
from experiments.exits import Exit, Interrupted
from experiments.language.chosen import speaking, without_language
from experiments.language.words import unfilled
from experiments.plan.patience import aloud
from experiments.plan.size import CONFIRMED
from experiments.plan.sweep_plan import plan_sweep
from experiments.plan.words import sweep_command
from experiments.report.up_to_date import up_to_date
from experiments.store.outputs import PAGE
from scenarios.values.errors import InputError


def help_text() -> str:
    """What it takes."""
    return unfilled("help.sweep")


def main(args: list[str]) -> int:
    """sanxiang sweep [OVERRIDES] [--approximate] [--fork NEWDIR] [--cfg job]"""
    others, language = without_language(args)
    words, fork, configuration = options(others)
    if configuration:
        return print_configuration(words)
    with speaking(language):
        return finish(into(fork, words))


def finish(words: list[str], same_runs: Mapping[str, Any] | None = None) -> int:
    """Run a sweep to its end on the command line: its runs, its failures, the table, the report.

    same_runs: see answer.sweep.swept.
    """
    try:
        done = swept(words, same_runs=same_runs)
    except KeyboardInterrupt:  # before or after the runs, when nothing notes it
        raise Interrupted(f"stopped; continue with: {sweep_command(words)}", Exit.INTERRUPTED) from None
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


def print_configuration(words: list[str]) -> int:
    """Print what the words compose, and run nothing."""
    plan = plan_sweep(words if CONFIRMED in words else [*words, CONFIRMED])
    tell(plan.notices)
    print(yaml.safe_dump(plan.composed, allow_unicode=True, sort_keys=False), end="")
    return Exit.OK


def _report(done: Sweep) -> None:
    """Write the figures and the report, unless they are of what the folder holds, and say where they are."""
    if up_to_date(done.folder, done.id):
        aloud("nothing was left to do: all runs have ended, and figures and report are of them")
    else:
        from experiments.report.report import write_all

        write_all(done.folder, done.id)
    print(f"\nreport: {done.folder / PAGE}")
