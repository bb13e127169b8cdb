"""What searches found, kept in the results folder, a file for each question, to be drawn and reported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.language.chosen import EN, speaking
from experiments.language.words import word
from experiments.packages import search_answer as best
from experiments.packages.objectives import COST
from experiments.packages.objectives import objectives as objectives_of
from experiments.packages.reach import Found
from experiments.packages.reach_answer import target_of, value_at
from experiments.packages.reach_words import paragraph
from experiments.packages.search import Found as BestFound
from experiments.packages.search_words import paragraph as words_of_search
from experiments.store import header, sealed
from experiments.store.store import Store, claimed

REACH, SEARCH, FORM = "reach", "search", 1
ALL_LABEL = {"en": "all targets together", "zh": "全部目标同时实现"}
SDS = {"en": "standard deviations", "zh": "标准差"}
UNTOLD = ("command", "tried", "not_searched")
"""Conditions that do not tell one question from another."""


def keep_reach(found: Found, answer: Mapping[str, Any]) -> None:
    """Keeps what was found for a target in place of what the same question found before.

    Raises:
        FolderHeld, CannotWrite, InTheWay.
    """
    asked, target = found.question.asked, target_of(found)
    shown = None if target is None else target.about.shown
    with claimed(asked.results, header.header(asked.region)) as store, speaking(EN):
        store.kept[REACH].keep(
            {
                "key": key_of(answer["conditions"]),
                "form": FORM,
                "target": found.question.target,
                "label": ALL_LABEL if target is None else target.about.label.model_dump(),
                "unit": SDS if shown is None else {"en": shown.unit_en, "zh": shown.unit_zh},
                "region": asked.region,
                "base": asked.base,
                "probability": asked.probability,
                "wanted": value_at(found, 0.0),
                "tried": [[one.cost, value_at(found, one.margin)] for one in found.archive.known.values()],
                "allowed": [one.may_be for one in found.archive.known.values()],
                "confirmed": [
                    [0.0, answer["base"]["reached_with"]],
                    *([one["cost"], one["reached_with"]] for one in answer["rounds"]),
                ],
                "described": described(answer["conditions"]),
                "words": paragraph(answer),
                "answer": dict(answer),
            }
        )


def keep_search(found: BestFound, answer: Mapping[str, Any]) -> None:
    """Keeps the front and the chosen packages in place of what the same question found before.

    Raises:
        as keep_reach.
    """
    asked = found.question.asked
    points = list(found.archive.known)
    tried = [best.values_of(found, found.archive.known[point]) for point in points]
    names = [one.name for one in found.question.objectives]
    objectives = [*answer["objectives"]]
    if COST not in names:
        names.append(COST)
        objectives.append(best.objective(objectives_of(asked.region)[COST]))
    chosen = {one.name: [*best.values_of(found, one.found).values()] for one in found.chosen}
    table = [[one[name] for name in names] for one in tried]
    order = [one.name for one in found.question.wanted] + [COST]
    places = {}
    for name, values in chosen.items():
        row = dict(zip(order, values, strict=True))
        places[name] = len(table)
        table.append([row[each] for each in names])
    with claimed(asked.results, header.header(asked.region)) as store, speaking(EN):
        store.kept[SEARCH].keep(
            {
                "key": key_of(answer["conditions"]),
                "form": FORM,
                "region": asked.region,
                "base": asked.base,
                "objectives": objectives,
                "tried": table,
                "on_front": [points.index(point) for point in found.front],
                "chosen": places,
                "described": described(answer["conditions"]),
                "words": words_of_search(answer),
                "answer": dict(answer),
            }
        )


def key_of(conditions: Mapping[str, Any]) -> str:
    """What tells a question from others."""
    told = {name: value for name, value in conditions.items() if name not in UNTOLD}
    return sealed.checksum(sealed.canonical(told).encode())


def described(about: Mapping[str, Any]) -> str:
    """How it was tried, in one line."""
    return f"{tried(about)}; {about['parameters']}"


def tried(about: Mapping[str, Any]) -> str:
    """How many packages were tried and in how many runs, in the language that is spoken."""
    number = {name: about[name] for name in ("tried", "pairs", "replications")}
    return word("packages.described", **number, scale=f"{about['scale']:g}")


def kept_reaches(folder: Path | str) -> list[dict[str, Any]]:
    """What searches for targets found, by target; none where the folder keeps none.

    Raises:
        CorruptData at a damaged one; InputError where the folder's header is lost.
    """
    return sorted(
        Store(folder).kept[REACH].held(), key=lambda one: (one["target"], one["probability"], one["key"])
    )


def kept_searches(folder: Path | str) -> list[dict[str, Any]]:
    """What searches for the best packages found.

    Raises:
        as kept_reaches.
    """
    return Store(folder).kept[SEARCH].held()
