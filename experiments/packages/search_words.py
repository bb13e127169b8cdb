"""One paragraph made from what a search for the best packages found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.packages.said import read_estimate as estimate
from experiments.packages.said import with_interval
from experiments.packages.search_answer import unit_in_runs
from experiments.why.said import listed, number
from scenarios.values.errors import one_line

Answer = Mapping[str, Any]


def paragraph(answer: Answer) -> str:
    """How wide the front is, which package is best for what, and how sure that is."""
    parts = [width(answer), *(of_chosen(answer, one) for one in answer["chosen"]), robust(answer)]
    return one_line(" ".join(filter(None, parts)))


def called(answer: Answer, name: str) -> str:
    """An objective as it is called; `all_alike`."""
    labels = {one["name"]: one["label"]["en"] for one in answer["objectives"]}
    return labels.get(name, "all of them alike")


def width(answer: Answer) -> str:
    """From where to where the front goes."""
    about, front, usual = answer["conditions"], answer["front"], answer["in_force"]
    if len(front) < 2:
        return f"Of {about['tried']} packages tried none is better than {about['base']} in anything."
    told = []
    for one in answer["objectives"]:
        values = [each["values"][one["name"]] for each in front]
        from_what = "" if one["less"] else f" ({number(usual[one['name']], 2, '')} in {about['base']})"
        low, high = (number(end, 2, "") for end in (min(values), max(values)))
        told.append(f"{one['label']['en']} from {low} to {high} {one['unit']['en']}{from_what}")
    return (
        f"Of {about['tried']} packages tried {len(front)} are on the front: {listed(told)}, as the pairs "
        "of the search say."
    )


def of_chosen(answer: Answer, one: Answer) -> str:
    """A package that was compared, at full size."""
    worlds = [
        in_world(world, found, len(one["at_full_size"])) for world, found in one["at_full_size"].items()
    ]
    where = "" if not one["where"] else f", in {listed(one['where'])} alone"
    absorbs = "" if one["absorbs"] else " It cannot spend as much as the others, and is not ranked with them."
    return (
        f"{one['name']}, best for {called(answer, one['best_for'])}, sets {listed(list(one['lever']))} from "
        f"{one['begins']} on{where}: {'; '.join(worlds)}.{absorbs}"
    )


def in_world(world: str, found: Answer, worlds: int) -> str:
    """What it does at full size in a world."""
    parts = [f"it costs {with_interval(estimate(found['cost']), '亿')} more"]
    if found["value_added"] is not None:
        parts.append(f"value added {with_interval(estimate(found['value_added']), '亿元')}")
    moved = [
        f"{name} in {both['after']['hits']} of {both['after']['runs']} runs, before in "
        f"{both['before']['hits']}"
        for name, both in found["chances"].items()
        if both["after"]["hits"] != both["before"]["hits"]
    ]
    parts.append(f"met are {listed(moved)}" if moved else "no target is met in more or fewer runs")
    said = ", ".join(parts)
    return f"in world {world} {said}" if worlds > 1 else f"at full size {said}"


def robust(answer: Answer) -> str:
    """Which package has the least regret for each thing."""
    least, chosen = answer["least_regret"], {one["name"]: one for one in answer["chosen"]}
    about = answer["conditions"]
    told = []
    for name, package in least.items():
        regret = chosen[package]["regret"][name]
        told.append(
            f"{called(answer, name)}: {package} ({number(regret['worst_regret'], 2, '')} "
            f"{unit_in_runs(name, about['region'])} in the worst decile of runs)"
        )
    if not told:
        return ""
    return (
        f"At equal spending of {answer['amount']:,.1f} 亿, over {about['unseen_pairs']} pairs of each world "
        f"that the search has not seen, the least regret has, for {'; '.join(told)}."
    )
