"""What a reader must be told beside a table: how far the sweep is, what is the same, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose
from pathlib import Path

import pandas as pd

from experiments.answer.budgets import slack_budgets
from experiments.answer.table import costs
from experiments.language.words import word
from experiments.plan.words import resume_command
from experiments.store.store import Store
from experiments.store.sweeps import ALL, chosen, counts, listed, remembered
from scenarios.values.errors import one_line
from scenarios.values.tables import YI

EQUAL = 0.02
"""Spending of two cases is equal within this share of the larger."""


def remarks(folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None = None) -> list[str]:
    """One line each; found: {case: its rows of load_runs}, which: the sweep that they are of.

    Raises: as load_runs.
    """
    of_money = [*unabsorbed(found), *map(str, slack_budgets(folder, found))]
    lines = [progress(folder, found, which), *alike(found), *of_money, *elsewhere(folder, which)]
    return [one_line(line) for line in lines]


def progress(folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None = None) -> str:
    """How many runs were asked for, are done, failed and left, and how to go on."""
    told = counts(pd.concat(found.values()).drop_duplicates("run_id"))
    how = resume_command(Path(folder)) if which is None else word("remarks.own_command")
    counted = word("report.counts", **told._asdict())
    return (
        word("remarks.runs_left", told=counted, how=how) if told.left else word("remarks.runs", told=counted)
    )


def alike(found: Mapping[str, pd.DataFrame]) -> list[str]:
    """Cases that ask for the very same runs: what one changes against the other changes nothing."""
    same: dict[frozenset[str], list[str]] = {}
    for case, rows in found.items():
        same.setdefault(frozenset(rows.run_id.to_numpy(object)), []).append(case)
    return [
        word("remarks.alike", names=word("answer.and").join(names))
        for names in same.values()
        if len(names) > 1
    ]


def unabsorbed(found: Mapping[str, pd.DataFrame]) -> list[str]:
    """Cases that might spend as much as another and do not: they are not compared at equal cost."""
    sums = {case: known for case, rows in found.items() if (known := costs(rows)) is not None}
    lines = []
    for case, (spent, might) in sums.items():
        equals = {other: one.spent for other, one in sums.items() if isclose(one.appropriated, might)}
        most = max(equals, key=equals.__getitem__)
        if might and spent < (1.0 - EQUAL) * equals[most]:
            money = {"spent": f"{spent / YI:,.1f}", "all": f"{equals[most] / YI:,.1f}"}
            lines.append(word("remarks.unabsorbed", case=case, most=most, **money))
    return lines


def elsewhere(folder: Path | str, which: str | None = None) -> list[str]:
    """What else the folder holds that these numbers leave out."""
    store = Store(folder)
    held = remembered(store)
    meant = {one.id for one in chosen(store, which)}
    others = [one for one in held if one.id not in meant]
    if which == ALL or not others:
        return (
            [word("remarks.sweep", named=listed(held, store.path))]
            if len(held) == 1
            else [word("remarks.sweeps", count=len(held), named=listed(held, store.path))]
        )
    this = next(one for one in held if one.id in meant).short
    return [word("remarks.sweep_of", sweep=this, others=listed(others, store.path))]
