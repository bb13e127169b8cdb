"""The sweeps that a results folder remembers: which one is meant, how far each is, and when it began.

chosen(Store("results/shipped"), None)        # the last sweep
chosen(Store("results/shipped"), "3f1c")      # the one whose id begins so
chosen(Store("results/shipped"), ALL)         # all of them, the newest first
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.plan.words import rebuild_command
from scenarios.region.folder import DEFAULT_REGION
from scenarios.values.errors import InputError, one_line, quoted

if TYPE_CHECKING:
    import pandas as pd

    from experiments.store.store import Store

ALL = "all"
"""Every sweep of the folder, in place of the id of one."""
SHOWN = 12
"""Characters of a sweep's id that are printed and name its folder of outputs."""
NO_RESULT_YET = ("pending", "running")


class SweepRecord(NamedTuple):
    """A sweep as its folder keeps it: its id, its description, and the runs it asks for as a table."""

    id: str
    about: dict[str, Any]
    runs: Any

    @property
    def short(self) -> str:
        """The id as it is printed."""
        return self.id[:SHOWN]


class Counts(NamedTuple):
    """How many runs were asked for, have a result, ended without one, and are left to compute."""

    asked: int
    done: int
    failed: int
    left: int

    def __str__(self) -> str:
        return f"{self.asked} asked, {self.done} done, {self.failed} failed, {self.left} left"


def counts(runs: pd.DataFrame) -> Counts:
    """The counts of rows of load_runs."""
    done = int((runs.status == "ok").sum())
    left = int(runs.status.isin(NO_RESULT_YET).sum())
    return Counts(len(runs), done, len(runs) - done - left, left)


def recorded(runs: pd.DataFrame) -> pd.DataFrame:
    """The rows of runs that have ended, with a result or without."""
    return runs[~runs.status.isin(NO_RESULT_YET)]


def remembered(store: Store) -> list[SweepRecord]:
    """Every sweep of the folder, the last one first, then from the newest to the oldest.

    Raises: InputError when the folder holds no sweep, CorruptData at a damaged record.
    """
    last = _record(store.last_sweep())
    others = [_record(store.sweep(name)) for name in store.sweep_names() if name != last.id]
    return [last, *sorted(others, key=lambda one: began(one.about), reverse=True)]


def chosen(store: Store, which: str | None) -> list[SweepRecord]:
    """The last sweep (None), the one whose id begins with `which`, or all of them (ALL).

    Raises: InputError when there is none or there are several, CorruptData at a damaged record.
    """
    if which is None:
        return [_record(store.last_sweep())]
    held = remembered(store)
    if which == ALL:
        return held
    found = [one for one in held if which and one.id.startswith(which)]
    if len(found) != 1:
        raise InputError(f"{store.path} holds {_which(which, found)}; it holds {listed(held, store.path)}")
    return found


def listed(sweeps: Sequence[SweepRecord], folder: Path) -> str:
    """The sweeps with their commands, in one line."""
    return "; ".join(f"{one.short} ({one_line(rebuild_command(one.about, folder))})" for one in sweeps)


def _which(which: str, found: Sequence[SweepRecord]) -> str:
    return f"{len(found)} sweeps {quoted(which)}" if found else f"no sweep {quoted(which)}"


def _record(found: dict[str, Any]) -> SweepRecord:
    about = {name: part for name, part in found.items() if name != "runs"}
    return SweepRecord(str(found["file"]).removesuffix(".parquet"), about, found["runs"])


def region_of_sweep(sweep: Mapping[str, Any]) -> str:
    """The region of a sweep's record; what was recorded without one was the default region's."""
    return str(sweep.get("region", DEFAULT_REGION))


def began(about: Mapping[str, Any]) -> datetime:
    """When a recorded sweep began; long ago where its record does not say."""
    try:
        found = datetime.fromisoformat(str(about.get("started")))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def started(about: Mapping[str, Any]) -> str:
    """When a recorded sweep began, to the second; empty where its record does not say."""
    found = began(about)
    return found.isoformat(timespec="seconds") if found.year > 1 else ""
