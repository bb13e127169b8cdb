"""One paragraph made from what a search for the best packages found, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.language.chosen import current
from experiments.language.words import apart, word
from experiments.packages.said import read_estimate as estimate
from experiments.packages.said import with_interval
from experiments.packages.search_answer import unit_in_runs
from experiments.why.said import number, together
from scenarios.values.errors import one_line

Answer = Mapping[str, Any]


def paragraph(answer: Answer) -> str:
    """How wide the front is, which package is best for what, and how sure that is."""
    parts = [width(answer), *(of_chosen(answer, one) for one in answer["chosen"]), robust(answer)]
    return one_line(apart(*parts))


def called(answer: Answer, name: str) -> str:
    """An objective as it is called; `all_alike`."""
    labels = {one["name"]: one["label"][current()] for one in answer["objectives"]}
    return str(labels.get(name) or word("packages.all_alike"))


def width(answer: Answer) -> str:
    """From where to where the front goes."""
    about, front = answer["conditions"], answer["front"]
    if len(front) < 2:
        return word("packages.none_better", tried=about["tried"], base=about["base"])
    told = together([ends(answer, one) for one in answer["objectives"]])
    return word("packages.front", tried=about["tried"], count=len(front), told=told)


def ends(answer: Answer, one: Answer) -> str:
    """From where to where the front goes in one thing."""
    values = [each["values"][one["name"]] for each in answer["front"]]
    low, high = (number(end, 2, "") for end in (min(values), max(values)))
    usual, unit = number(answer["in_force"][one["name"]], 2, ""), one["unit"][current()]
    from_what = word("packages.from_what", value=usual, base=answer["conditions"]["base"])
    return word(
        "packages.ends",
        label=one["label"][current()],
        low=low,
        high=high,
        unit=word("why.unit", unit=unit) if unit else "",
        from_what="" if one["less"] else from_what,
    )


def of_chosen(answer: Answer, one: Answer) -> str:
    """A package that was compared, at full size."""
    worlds = [
        in_world(world, found, len(one["at_full_size"])) for world, found in one["at_full_size"].items()
    ]
    said = word(
        "packages.chosen",
        name=one["name"],
        objective=called(answer, one["best_for"]),
        levers=together(list(one["lever"])),
        begins=one["begins"],
        where=word("packages.alone_in", places=together(one["where"])) if one["where"] else "",
        worlds=word("why.separator").join(worlds),
    )
    return apart(said, "" if one["absorbs"] else word("packages.absorbs_less"))


def in_world(world: str, found: Answer, worlds: int) -> str:
    """What it does at full size in a world."""
    parts = [word("packages.costs", cost=with_interval(estimate(found["cost"]), "亿"))]
    if found["value_added"] is not None:
        effect = with_interval(estimate(found["value_added"]), "亿元")
        parts.append(word("packages.value_added", effect=effect))
    moved = [
        word(
            "packages.moved",
            name=name,
            after=both["after"]["hits"],
            runs=both["after"]["runs"],
            before=both["before"]["hits"],
        )
        for name, both in found["chances"].items()
        if both["after"]["hits"] != both["before"]["hits"]
    ]
    parts.append(word("packages.met", moved=together(moved)) if moved else word("packages.none_moved"))
    said = word("packages.comma").join(parts)
    return word("packages.in_world" if worlds > 1 else "packages.at_full_size", world=world, said=said)


def robust(answer: Answer) -> str:
    """Which package has the least regret for each thing."""
    chosen, about = {one["name"]: one for one in answer["chosen"]}, answer["conditions"]
    told = [
        word(
            "packages.regret",
            objective=called(answer, name),
            package=package,
            worst=number(chosen[package]["regret"][name]["worst_regret"], 2, ""),
            unit=unit_in_runs(name, about["region"]),
        )
        for name, package in answer["least_regret"].items()
    ]
    if not told:
        return ""
    return word(
        "packages.least_regret",
        amount=f"{answer['amount']:,.1f}",
        pairs=about["unseen_pairs"],
        told=word("why.separator").join(told),
    )
