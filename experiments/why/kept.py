"""Explanations in a results folder: what each unit of work left, from which all else is made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from experiments.plan.patience import Say, silent
from experiments.store.store import Store
from experiments.why.players import Player
from experiments.why.question import Question
from experiments.why.runs import UnitValues, computed
from experiments.why.unspent import budgets_of_both

KIND = "explanation"
FORM = 1
"""Counts up with what a measure, member or step means: records of another form are no longer read."""


def record_of(question: Question, units: list[UnitValues]) -> dict[str, Any]:
    """A question with what its units left, in plain types."""
    spec = question.game.spec
    return {
        "form": FORM,
        "key": question.key,
        "scenario": question.scenario,
        "base": question.base,
        "by": question.by,
        "region": spec.region,
        "world": spec.world,
        "described": question.described,
        "scale": float(spec.scale),
        "seed": spec.seed,
        "notes": question.notes,
        "budgets": budgets_of_both(question.game.scenario, question.game.base),
        "players": [{"name": one.name, "levers": list(one.levers)} for one in question.game.players],
        "measures": units[0].measures,
        "members": units[0].members,
        "units": [_plain(unit) for unit in sorted(units, key=lambda one: one.replication)],
    }


def _plain(unit: UnitValues) -> dict[str, Any]:
    return {
        "replication": unit.replication,
        "draw": unit.draw,
        "masks": unit.masks,
        "orders": [list(order) for order in unit.orders],
        "values": unit.values.tolist(),
        "ends": unit.ends.tolist(),
    }


def units_in(record: Mapping[str, Any]) -> list[UnitValues]:
    """What the units of a record left."""
    return [
        UnitValues(
            one["replication"],
            one["draw"],
            one["masks"],
            one["orders"],
            record["measures"],
            np.array(one["values"], float),
            record["members"],
            np.array(one["ends"], float),
        )
        for one in record["units"]
    ]


def players_in(record: Mapping[str, Any]) -> list[Player]:
    """The players of a record."""
    return [Player(one["name"], tuple(one["levers"])) for one in record["players"]]


def answered(
    store: Store, question: Question, workers: int | None = None, say: Say = silent
) -> Iterator[dict[str, Any]]:
    """The record of a question, as far as it is, after each unit; the last one is whole.

    What the folder keeps is not run again; each unit is kept as soon as it ends. The folder has to be held.

    Raises:
        CannotWrite, InTheWay; as runs.computed.
    """
    held = store.kept[KIND].about(question.key)
    units = [] if held is None else units_in(held)
    known = {unit.replication for unit in units}
    left = [unit for unit in question.units if unit.replication not in known]
    if left:
        kept = f"{len(question.units) - len(left)} of {len(question.units)} pairs are kept; "
        say(f"{kept if units else ''}{question.game.runs(left):,} runs, kept pair by pair")
    for found in computed(question.game, left, workers):
        units.append(found)
        store.kept[KIND].keep(record_of(question, units))
        yield record_of(question, units)
    if not left:
        yield record_of(question, units)


def kept_explanations(folder: Path | str) -> list[dict[str, Any]]:
    """The records that a folder keeps, by scenario; none where it keeps none.

    Raises:
        CorruptData at a damaged one; InputError where the folder's header is lost.
    """
    return sorted(Store(folder).kept[KIND].held(), key=lambda one: (one["scenario"], one["base"], one["by"]))
