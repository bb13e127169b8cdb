"""The numbers of a view as rows of a table, for another program."""

from __future__ import annotations

from experiments.explorer.answer import by_cells
from experiments.explorer.shown import Shown
from experiments.explorer.views import found_of

Row = list[object]
AXES = {"map": "place", "industries": "industry"}
TARGETS = [
    "target",
    "unit",
    "threshold",
    "median",
    "p05",
    "p95",
    "attainment",
    "hits",
    "runs",
    "failed",
    "probability",
    "low",
    "high",
    "probability_against",
    "change",
    "change_low",
    "change_high",
    "gained",
    "lost",
]


def table(shown: Shown) -> list[Row]:
    """Head and rows: by prefecture or industry where the view shows these, of the targets else."""
    axis = AXES.get(shown.view.view)
    return _of_targets(shown) if axis is None else _of_cells(shown, axis)


def _of_targets(shown: Shown) -> list[Row]:
    found = found_of(shown.asked)
    rows: list[Row] = [list(TARGETS)]
    for row in found.targets if found is not None else ():
        change = row.change or (None, None, None)
        chance = row.mine
        rows.append(
            [
                row.name,
                row.label.unit("en"),
                row.threshold,
                row.median,
                row.low,
                row.high,
                row.attained,
                chance.hits,
                chance.runs,
                chance.failed,
                chance.value,
                chance.low,
                chance.high,
                row.other.value,
                *change,
                row.gained,
                row.lost,
            ]
        )
    return rows


def _of_cells(shown: Shown, axis: str) -> list[Row]:
    view, question = shown.view, shown.question
    pairs, rows = by_cells(shown.asked, view.indicator, view.year, axis)
    head: Row = [axis, "indicator", "year", "pairs", f"median_{question.against}", f"median_{question.name}"]
    found: list[Row] = [[*head, "difference", "difference_low", "difference_high"]]
    for row in rows:
        numbers = [row.other, row.mine, row.change, row.low, row.high]
        found.append([row.name, view.indicator, view.year, pairs, *numbers])
    return found
