"""What a reader must be told beside a table: how far the sweep is, what is the same, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from experiments.answer.budgets import slack_budgets
from experiments.plan.words import resume_command
from experiments.store.store import Store
from experiments.store.sweeps import ALL, chosen, counts, listed, remembered
from scenarios.values.errors import one_line

if TYPE_CHECKING:
    import pandas as pd


def remarks(folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None = None) -> list[str]:
    """One line each; found: {case: its rows of load_runs}, which: the sweep that they are of.

    Raises: as load_runs.
    """
    lines = [progress(folder, found, which), *alike(found), *map(str, slack_budgets(folder, found))]
    return [one_line(line) for line in [*lines, *elsewhere(folder, which)]]


def progress(folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None = None) -> str:
    """How many runs were asked for, are done, failed and left, and how to go on."""
    told = counts(pd.concat(found.values()).drop_duplicates("run_id"))
    how = resume_command(Path(folder)) if which is None else "the sweep's own command"
    return f"runs: {told}" + (f"; {how} computes what is left" if told.left else "")


def alike(found: Mapping[str, pd.DataFrame]) -> list[str]:
    """Cases that ask for the very same runs: what one changes against the other changes nothing."""
    same: dict[frozenset[str], list[str]] = {}
    for case, rows in found.items():
        same.setdefault(frozenset(rows.run_id), []).append(case)
    return [f"{' and '.join(names)} are the same runs" for names in same.values() if len(names) > 1]


def elsewhere(folder: Path | str, which: str | None = None) -> list[str]:
    """What else the folder holds that these numbers leave out."""
    store = Store(folder)
    held = remembered(store)
    meant = {one.id for one in chosen(store, which)}
    others = [one for one in held if one.id not in meant]
    if which == ALL or not others:
        return (
            [f"sweep {listed(held, store.path)}"]
            if len(held) == 1
            else [f"all {len(held)} sweeps: {listed(held, store.path)}"]
        )
    this = next(one for one in held if one.id in meant).short
    return [
        f"sweep {this}; left out here: {listed(others, store.path)}; --sweep ID shows one, --all everything"
    ]
