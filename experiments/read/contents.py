"""Runs are what they contain; names are labels: two contents under one label are told apart.

A reform that was edited and swept again under its old name has two contents in one folder. Each then carries
its fingerprint behind the scenario's name, `my_reform#1a2b3c4d rate=0.1`: no name of a scenario holds a `#`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.read.case import Case

if TYPE_CHECKING:
    import pandas as pd

CONTENT = ("closure", "levers", "world", "parameters_sha256", "scale", "first_year", "last_year")
"""What a run is, apart from its luck: replication, draw and seed."""
DIGITS = 8


def marks(rows: pd.DataFrame) -> dict[str, str]:
    """The fingerprint of what each recorded run is."""
    parts = [rows[name].astype(str) for name in CONTENT if name in rows]
    return dict(zip(rows.run_id, map(fingerprint, zip(*parts, strict=True)), strict=True))


def told_apart(parts: Sequence[tuple[str, pd.DataFrame]], known: Mapping[str, str]) -> pd.DataFrame:
    """The runs that several sweeps ask for, each once under each of its points; no point has two meanings.

    parts: the sweeps with their rows, the newest first; known: marks of the runs that are recorded. Within a
    sweep a point has one content, so a run that is left has that of its fellows. Where contents are the same
    and the runs are not (another seed), the newest sweep has the name; the other's is followed by its sweep.
    The rows come with the parts of their case (case.Case) as columns, `point` being its name.
    """
    own = [_marks_of_points(rows, known) for _, rows in parts]
    several: dict[str, set[str]] = {}
    for by_point in own:
        for point, mark in by_point.items():
            several.setdefault(point, set()).update({mark} if mark else ())
    taken: dict[str, dict[Any, str]] = {}
    named = []
    for (sweep, rows), by_point in zip(parts, own, strict=True):
        cases = {}
        for key, group in rows.groupby("point", sort=False):
            point = str(key)
            mark = by_point[point] if len(several[point]) > 1 else ""
            case = Case.recorded(str(group.scenario.iloc[0]), point)._replace(mark=mark)
            cases[point] = _free(
                case, dict(zip(group.n, group.run_id.to_numpy(object), strict=True)), taken, sweep
            )
        named.append(_with_cases(rows, cases))
    return pd.concat(named, ignore_index=True).drop_duplicates(["run_id", "point"], ignore_index=True)


def _with_cases(rows: pd.DataFrame, cases: Mapping[Any, Case]) -> pd.DataFrame:
    parts = {
        part: rows.point.map({point: getattr(case, part) for point, case in cases.items()})
        for part in ("given", "mark", "sweep", "name")
    }
    return rows.assign(point=parts.pop("name"), **parts)


def _marks_of_points(rows: pd.DataFrame, known: Mapping[str, str]) -> dict[str, str]:
    """The mark of each point of a sweep, from the first of its runs that is recorded; else none."""
    found: dict[str, str] = {}
    for point, run in zip(*(rows[name].to_numpy(object) for name in ("point", "run_id")), strict=True):
        found[str(point)] = found.get(str(point)) or known.get(run, "")
    return found


def _free(case: Case, runs: dict[Any, str], taken: dict[str, dict[Any, str]], sweep: str) -> Case:
    """The case under a name of its own: the plain one unless a newer sweep uses it for other runs."""
    held = taken.setdefault(case.name, {})
    if all(held.get(n, run) == run for n, run in runs.items()):
        held.update(runs)
        return case
    return _free(case._replace(sweep=f"{case.sweep} {sweep}".strip()), runs, taken, sweep)


def fingerprint(content: tuple[str, ...]) -> str:
    """A few digits that tell a content from others."""
    return sha256("\n".join(content).encode()).hexdigest()[:DIGITS]
