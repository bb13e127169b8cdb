"""Budgets that do not bind: a programme that is given more or less than in the baseline and spends the same.

Said beside every table, since a scenario that only raises such a budget looks like a policy without effect.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.answer.cases import baselines
from experiments.answer.pairs import PAIR
from experiments.language.words import word
from experiments.store.store import Store
from scenarios.blocks import lever_of
from scenarios.spec import POLICY_YEAR, Scenario
from scenarios.values.tables import YI

if TYPE_CHECKING:
    import pandas as pd

    from experiments.store.store import Store

Folders = Sequence[Path | str]
PAIRS = 20
"""Pairs of equal luck that are looked at: enough, and few series to read in a folder of thousands of runs."""
MOVES = 0.01
"""A budget binds when spending moves by more than this share of its change."""
NOTHING = 1e-4
"""Less than this share of the change is printed as nothing."""


class Slack(NamedTuple):
    """A programme whose spending does not follow its budget: a case minus its baseline, 2021–25 [yuan]."""

    scenario: str
    baseline: str
    programme: str
    appropriated: float
    spent: float
    pairs: int

    def __str__(self) -> str:
        spent = self.spent if abs(self.spent) > NOTHING * abs(self.appropriated) else 0.0
        money = {"appropriated": _signed(self.appropriated), "spent": _signed(spent)}
        named = {name: getattr(self, name) for name in ("scenario", "programme", "baseline", "pairs")}
        return word("remarks.slack", **named, **money)


def _signed(yuan: float) -> str:
    """Three digits of it: small worlds have small budgets."""
    return word("remarks.yi", amount=f"{float(f'{yuan / YI:.3g}') + 0.0:+,.10g}")


def slack_budgets(folder: Path | str, found: Mapping[str, pd.DataFrame]) -> list[Slack]:
    """The slack budgets of every case against its baseline, from {case: its rows of load_runs}.

    Raises: CorruptData when a file is damaged.
    """
    pairs = [(found[case], found[base]) for case, base in baselines(found).items() if base is not None]
    return slack_between([folder], pairs)


def slack_between(folders: Folders, sides: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> list[Slack]:
    """The slack budgets among pairs of cases of some folders, each given by its rows of load_runs."""
    paired = [one for a, b in sides if (one := _paired(a, b)) is not None]
    stores = [Store(folder) for folder in dict.fromkeys(folders)]  # each reads its cards once
    budgets = _budgets(stores, {runs[0] for one in paired for runs in one.runs})
    compared = [(one, _differing(*(budgets[runs[0]] for runs in one.runs))) for one in paired]
    wanted = {run for one, differ in compared if differ for runs in one.runs for run in runs}
    spending = _spending(stores, wanted, {name for _, differ in compared for name in differ})
    return [slack for one, differ in compared for slack in _slack(one, differ, spending)]


class _Paired(NamedTuple):
    """Two cases: their names, and their finished runs in pairs of equal luck."""

    names: tuple[str, str]
    runs: tuple[list[str], list[str]]


def _paired(a: pd.DataFrame, b: pd.DataFrame) -> _Paired | None:
    sides = [rows[rows.status == "ok"].drop_duplicates(PAIR)[[*PAIR, "run_id", "point"]] for rows in (a, b)]
    both = sides[0].merge(sides[1], on=PAIR, suffixes=("_a", "_b")).sort_values("n").head(PAIRS)
    if both.empty:
        return None
    names = str(a.point.iloc[0]), str(b.point.iloc[0])
    return _Paired(names, (both.run_id_a.tolist(), both.run_id_b.tolist()))


def _budgets(stores: Sequence[Store], runs: set[str]) -> dict[str, dict[str, float]]:
    """What each programme may spend in 2021–25 in each of these runs [yuan]."""
    rows = _rows_of(stores, "runs", runs, {"levers", "scale"})
    return {row.run_id: appropriated(row.levers, row.scale) for row in rows}


def appropriated(levers: str, scale: float) -> dict[str, float]:
    """What each programme may spend in 2021–25 with the accounts of its blocks [yuan].

    levers: of a run, as stored.
    """
    found: dict[str, float] = defaultdict(float)
    for name, fields in json.loads(levers).items():
        if "budget" in fields:
            found[lever_of(name)] += scale * Scenario(name, None, {name: fields}).public_cost()
    return dict(found)


def _differing(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    changes = {name: a.get(name, 0.0) - b.get(name, 0.0) for name in {**a, **b}}
    return {name: change for name, change in changes.items() if change}


def _spending(stores: Sequence[Store], runs: set[str], programmes: set[str]) -> dict[tuple[str, str], float]:
    """{(run, programme): spent in 2021–25}, of programmes whose spending is recorded [yuan]."""
    names = {f"programme_{name}": name for name in programmes}
    found: dict[tuple[str, str], float] = defaultdict(float)
    for row in _rows_of(stores, "series", runs, {"year", *names}):
        if row.year >= POLICY_YEAR:
            for column in names.keys() & set(row._fields):
                found[row.run_id, names[column]] += getattr(row, column)
    return found


def _rows_of(stores: Sequence[Store], table: str, runs: set[str], columns: set[str]) -> Iterator[Any]:
    """The rows of some runs, read from no other chunk than theirs."""
    left = set(runs)
    for chunk in (chunk for store in stores for chunk in store.chunks()):
        here = left & {run for run, status in chunk.runs.items() if status == "ok"}
        rows = chunk.table(table, ({"run_id"} | columns).__contains__) if here else None
        if rows is not None:
            frame = rows.to_pandas()
            yield from frame[frame.run_id.isin(here)].itertuples(index=False)
        left -= here


def _slack(one: _Paired, differ: Mapping[str, float], spending: Mapping[Any, float]) -> list[Slack]:
    found = []
    for programme, change in differ.items():
        sides = [
            [spending[run, programme] for run in runs if (run, programme) in spending] for runs in one.runs
        ]
        pairs = len(one.runs[0])
        if {len(side) for side in sides} != {pairs}:  # not recorded by this model
            continue
        spent = (sum(sides[0]) - sum(sides[1])) / pairs
        if abs(spent) <= MOVES * abs(change):
            found.append(Slack(*one.names, programme, change, spent, pairs))
    return found
