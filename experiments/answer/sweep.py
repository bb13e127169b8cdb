"""Runs what a results folder lacks of a sweep."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.answer.until_known import carry_out_until_known
from experiments.compute.sweep_run import carry_out
from experiments.plan.patience import aloud, silent
from experiments.plan.sweep_plan import plan_sweep
from experiments.plan.words import path_word

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


def into(folder: Path | str | None, words: Sequence[str]) -> list[str]:
    """The words with another results folder, if one is given."""
    kept = [word for word in words if folder is None or not word.startswith("results=")]
    return kept + ([path_word("results", [str(folder)])] if folder is not None else [])


def swept(words: list[str], *, quiet: bool = False, same_runs: Mapping[str, Any] | None = None) -> Sweep:
    """Run a sweep given in the words of the command line; runs that the folder has are not repeated.

    quiet: no progress. same_runs: the record of the sweep that is gone on with, whose runs it must ask for.

    Raises: InputError before the first run when a word is wrong; CannotWrite, FolderHeld, FolderDiffers;
    Interrupted when stopped by a signal, with everything done sealed.
    """
    plan = plan_sweep(words, say=silent if quiet else aloud)
    tell(plan.notices)
    if plan.until is not None:
        done = carry_out_until_known(plan, words, model=MODEL, quiet=quiet, same_runs=same_runs)
    else:
        asked = None if same_runs is None else str(same_runs["asked"])
        done = carry_out(plan, words, model=MODEL, quiet=quiet, same_runs=asked)
    sweep, (runs, _, failed, left) = done
    return Sweep(plan.results, runs, failed, left, sweep)


def tell(notices: Sequence[str]) -> None:
    """Say what of the command changes nothing, before it takes its time."""
    for line in notices:
        print(line, file=sys.stderr)
