"""What a search for the best packages found, as plain values: what is printed, kept and drawn is made of
them."""

from __future__ import annotations

from typing import Any

from experiments.change.named import Named
from experiments.language.chosen import current
from experiments.packages import conditions
from experiments.packages.archive import Point
from experiments.packages.front import Scored
from experiments.packages.measured import VALUE_ADDED
from experiments.packages.objectives import Objective
from experiments.packages.robust import Regret, least_regret
from experiments.packages.said import estimate, in_json
from experiments.packages.search import NUMBER, Chosen, Found
from experiments.why.measured import lead
from scenarios.load import load_levers
from scenarios.targets import ALL, load_targets


def answer_of(found: Found) -> dict[str, Any]:
    """All of it."""
    return {
        "conditions": asked_of(found),
        "objectives": [objective(one) for one in found.question.objectives],
        "front": [on_front(found, point) for point in found.front],
        "in_force": values_of(found, found.archive.known[room_usual(found)]),
        "amount": found.amount,
        "chosen": [chosen_in_json(found, one) for one in found.chosen],
        "least_regret": least_regrets(found),
    }


def room_usual(found: Found) -> Point:
    """The point of what is in force."""
    return (*found.question.asked.dials.room.usual, 0.0, 0.0)


def asked_of(found: Found) -> dict[str, Any]:
    """What was asked, and how it was tried."""
    known, looked_at = len(found.archive.known), found.course.levers
    return conditions.kept(found.question.asked, known, looked_at, found.question.command) | {
        "worlds": list(found.judged),
        "unseen_pairs": NUMBER,
        "begins": list(found.scores.begins),
        "places": [list(one) for one in found.scores.places],
        "objectives": [one.name for one in found.question.objectives],
    }


def objective(one: Objective) -> dict[str, Any]:
    """An objective as it is called."""
    return {"name": one.name, "label": one.label._asdict(), "unit": one.unit._asdict(), "less": one.less}


def values_of(found: Found, one: Scored) -> dict[str, float]:
    """What a package comes to, by objective; cost always."""
    wanted = dict(zip((each.name for each in found.question.wanted), one.wanted, strict=True))
    return wanted | {"cost": one.cost}


def on_front(found: Found, point: Point) -> dict[str, Any]:
    """A package of the front: what it comes to, and what it sets."""
    package = found.scores.package(point)
    return {
        "values": values_of(found, found.archive.known[point]),
        "levers": {name: dict(fields) for name, fields in package.values.items()},
        "begins": package.begins,
        "where": list(package.where),
    }


def chosen_in_json(found: Found, one: Chosen) -> dict[str, Any]:
    """A package at equal spending: in the unseen pairs, and at full size in each world."""
    asked = found.question.asked
    package = found.scores.package(one.equal.point)
    return {
        "name": one.name,
        "file": one.path,
        "best_for": one.why,
        "absorbs": one.equal.absorbs,
        "cost_in_pairs": one.equal.cost,
        "values": values_of(found, one.found),
        "lever": package.given(asked.scenario, load_levers(region=asked.region)),
        "begins": package.begins,
        "where": list(package.where),
        "regret": {
            each.name: regret_in_json(regret)
            for each, regret in zip(found.question.wanted, one.regret, strict=True)
        },
        "at_full_size": {world: at_full_size(found, one, world) for world in found.judged},
    }


def regret_in_json(one: Regret) -> dict[str, float]:
    """A regret as plain values."""
    return one._asdict()


def at_full_size(found: Found, one: Chosen, world: str) -> dict[str, Any]:
    """What a package's runs at full size say in a world: cost, effects, chances before and after."""
    asked, runs = found.question.asked, found.judged[world]
    targets = load_targets(region=asked.region)
    main = lead(asked.region)
    added = None
    if main != VALUE_ADDED:
        added = estimate(runs.effect(one.name, main).times(targets[main].about.shown.factor))
    return {
        "cost": estimate(runs.added_cost(one.name)),
        "value_added": added,
        "chances": {
            name: {
                "before": in_json(runs.chance(asked.base, name)),
                "after": in_json(runs.chance(one.name, name)),
            }
            for name in (*targets, ALL)
        },
    }


def least_regrets(found: Found) -> dict[str, str]:
    """By objective the package with the least regret in its worst decile, of those that spend as much."""
    compared = [one for one in found.chosen if one.equal.absorbs]
    if not compared:
        return {}
    return {
        each.name: compared[least_regret([one.regret[k] for one in compared])].name
        for k, each in enumerate(found.question.wanted)
    }


UNITS_OF_RUNS = {
    "targets_met": Named("targets", "项"),
    VALUE_ADDED: Named("亿元", "亿元"),
}


def unit_in_runs(name: str, region: str) -> str:
    """The unit in which an objective is compared run by run, in the language that is spoken."""
    if name in UNITS_OF_RUNS:
        return UNITS_OF_RUNS[name].name(current())
    if name == ALL:
        return UNITS_OF_RUNS["targets_met"].name(current())
    about = load_targets(region=region)[name].about.shown
    return Named(about.unit_en, about.unit_zh).name(current())
