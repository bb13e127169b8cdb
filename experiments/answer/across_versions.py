"""Two folders that other sources, data or programs computed: what differs, and whether their luck is one.

Luck is keyed by seed, replication and purpose. While the code that draws it is the same, runs of two versions
have the same luck and are compared in pairs; otherwise, or where other sets of parameters are drawn, the two
are compared as independent runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.answer.pairs import RECLASSIFIED, ROUNDING
from experiments.exits import FolderDiffers
from experiments.read.runs_region import targets_of
from experiments.store.header import differences_of, other_versions
from experiments.store.outcome_columns import COVERAGE, OutcomeColumns
from experiments.store.store import Store
from scenarios.values.errors import InputError, one_line

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

MARK = "across versions"
DRAWS_LUCK = ("sim/luck/", "agents/numbers/")
A_PART_DRAWS = "/luck.py"
DRAWN_SETS = "region/prior.yaml"
SHOWN = 12
SIDES = ("in the first", "in the second")
WELCH = "unpaired, Welch's interval of the difference of means"


def versions_between(a: Path, b: Path) -> dict[str, Any]:
    """{files: [line for each file of sources or data that differs], programs: versions of what computes that
    differ, luck: files among those that draw luck or sets of parameters}.

    Raises: FolderDiffers where the folders have other formats, which no reading bridges.
    """
    heads = [Store(folder).header() for folder in (a, b)]
    if heads[0]["format"] != heads[1]["format"]:
        raise FolderDiffers(f"{a} and {b} have results of other formats, which cannot be read side by side")
    files = differences_of(*heads)
    luck = [line for line in files if _draws_luck(line)]
    return {"files": files, "programs": other_versions(heads[0], heads[1], SIDES), "luck": luck}


def _draws_luck(line: str) -> bool:
    name = line.partition(": ")[2].rpartition(" ")[0].removesuffix(" is")
    return name.startswith(DRAWS_LUCK) or name.endswith(A_PART_DRAWS) or name == DRAWN_SETS


def equal_luck(versions: Mapping[str, Any], drawn: bool) -> bool:
    """Whether runs of the two folders with one seed and replication share their luck.

    drawn: whether their parameters are drawn, so that the sets of them have to be the same.
    """
    return not [line for line in versions["luck"] if drawn or DRAWN_SETS not in line]


def version_lines(found: Mapping[str, Any]) -> list[str]:
    """What is told first of a comparison across versions, or of one between other programs; else nothing."""
    versions = found["versions"]
    lines = [f"{MARK.upper()}: {_summary(versions['files'])}"] if versions["files"] else []
    lines += [f"  {one_line(line)}" for line in versions["files"][:SHOWN]]
    more = len(versions["files"]) - SHOWN
    lines += [f"  and {more} more: --format json has them all"] if more > 0 else []
    if versions["files"]:
        lines += ["  luck: the same code drew it" if found["paired"] else "  luck: other code drew it"]
    if versions["programs"]:
        lines += [f"versions: {one_line(versions['programs'])}: last digits may differ"]
    return [*lines, ""] if lines else []


def _summary(files: Sequence[str]) -> str:
    counts = [(sum(line.startswith(f"{part}: ") for line in files), part) for part in ("sources", "data")]
    told = (f"{count} file{'s' if count > 1 else ''} of {part}" for count, part in counts if count)
    return " and ".join(told) + " not the same"


def unpaired_differences(a: pd.DataFrame, b: pd.DataFrame, names: tuple[str, str]) -> list[dict[str, Any]]:
    """Rows as pairs.differences gives them, of runs whose luck has nothing in common.

    low and high: Welch's 95 % interval; greater: the share of all combinations in which a is higher; pairs:
    runs of the side that has fewer; gained and lost are unknown. As in pairs, a target that reads what
    statistics publish is compared on activity, and what coverage adds to the difference is reclassified.

    Raises: InputError where world or scale are not the same.
    """
    for key in ("world", "scale"):
        if set(a[key]) != set(b[key]):
            raise InputError(f"{names[0]} and {names[1]} have another {key}")
    ended = [rows[rows.status == "ok"] for rows in (a, b)]
    rows = [{"target": name, **_of_target(ended, name)} for name in targets_of(a)]
    rows.append({"target": "all", "pairs": min(map(len, ended)), **dict.fromkeys(VALUES)})
    unknown = {"scenario": names[0], "baseline": names[1], "gained": None, "lost": None}
    return [unknown | row for row in rows]


VALUES = ("mean", "low", "high", "greater")


def _of_target(sides: Sequence[pd.DataFrame], name: str) -> dict[str, Any]:
    activity, modelled = OutcomeColumns.of(name).activity, OutcomeColumns.of(name).modelled
    if not all(activity in side for side in sides):
        return _difference(sides, name) | dict.fromkeys(RECLASSIFIED)
    if targets_of(sides[0])[name].about.activity is None:
        return _difference(sides, activity) | dict.fromkeys(RECLASSIFIED)
    covered = modelled if all(modelled in side for side in sides) else name
    beyond = _difference([side.assign(**{name: side[covered] - side[activity]}) for side in sides], name)
    other = np.ptp([side[COVERAGE].astype(float).mean() for side in sides]) > ROUNDING
    moved = (beyond[key] if other else 0.0 for key in ("mean", "low", "high"))
    return _difference(sides, activity) | dict(zip(RECLASSIFIED, moved, strict=True))


def _difference(sides: Sequence[pd.DataFrame], column: str) -> dict[str, Any]:
    return _of_means(*(_values(side, column) for side in sides))


def _values(rows: pd.DataFrame, name: str) -> np.ndarray:
    """Values that are independent: of runs, or means of those that share a drawn set of parameters."""
    known = rows[np.isfinite(rows[name].astype(float))]
    several = known["draw"].nunique() not in (1, len(known))
    found = known.groupby("draw")[name].mean() if several else known[name]
    return found.to_numpy(dtype=float)


def _of_means(a: np.ndarray, b: np.ndarray) -> dict[str, Any]:
    from scipy.stats import ttest_ind

    if not len(a) or not len(b):
        return {"pairs": 0, **dict.fromkeys(VALUES)}
    gaps = a[:, None] - b[None, :]
    low = high = None
    if min(len(a), len(b)) > 1:
        ends = ttest_ind(a, b, equal_var=False).confidence_interval()
        low, high = (float(end) if np.isfinite(end) else None for end in ends)
    greater = float((gaps > 0).mean() + (gaps == 0).mean() / 2)
    mean = float(a.mean() - b.mean())
    return {"pairs": min(len(a), len(b)), "mean": mean, "low": low, "high": high, "greater": greater}
