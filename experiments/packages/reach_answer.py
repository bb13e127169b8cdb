"""What a search for a target found, as plain values: what is printed, kept and drawn is made from them."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.packages.archive import Outcome
from experiments.packages.dials import Dial, left_out
from experiments.packages.instead import Instead
from experiments.packages.measured import PROGRAMME
from experiments.packages.reach import Found, Round
from experiments.packages.said import estimate, in_json
from experiments.why.unspent import Unspent, budgets_of_both, unspent
from scenarios.targets import ALL, Target, load_targets
from scenarios.values.tables import YI
from scenarios.worlds.given import world_name

BINDS = 0.97  # of a bound on money


def answer_of(found: Found, instead: list[Instead]) -> dict[str, Any]:
    """All of it."""
    final, question = found.final, found.question
    most = found.archive.known.get(question.asked.dials.room.most)
    return {
        "conditions": conditions(found),
        "reached": found.reached,
        "nothing_needed": final is None and found.base_reaches,
        "base": {
            "chance": in_json(found.base.chance(question.asked.base, question.target)),
            "reached_with": value_at(found, found.usual.margin),
        },
        "package": None if final is None else package_of(found, final),
        "rounds": [round_of(found, one) for one in found.rounds],
        "bounds": [] if final is None else bounds(found, final),
        "everything_at_most": None if most is None else at_most(found, most),
        "alone": alone(found),
        "instead": [instead_in_json(one) for one in instead],
    }


def target_of(found: Found) -> Target | None:
    """The target, or None where all together are meant."""
    return None if found.question.target == ALL else found.question.targets[found.question.target]


def value_at(found: Found, distance: float) -> float:
    """What is reached, from its distance to what is wanted [as the target is shown]."""
    target = target_of(found)
    return distance if target is None else target.threshold * target.about.shown.factor + distance


def conditions(found: Found) -> dict[str, Any]:
    """What was asked, and how it was tried."""
    asked, target = found.question.asked, target_of(found)
    (point,) = asked.plan.points
    cap = found.effects.fiscal_cap
    return {
        "target": found.question.target,
        "called": "all targets together" if target is None else target.about.label.en,
        "wanted": value_at(found, 0.0),
        "comparison": ">=" if target is None else target.about.comparison,
        "unit": "standard deviations" if target is None else target.about.shown.unit_en,
        "probability": asked.probability,
        "base": asked.base,
        "region": asked.region,
        "world": world_name(point.world),
        "parameters": asked.plan.sets.told,
        "approximate": asked.plan.sets.approximate,
        "seed": asked.plan.seed,
        "scale": asked.scale,
        "pairs": asked.pairs,
        "evaluations": asked.evaluations,
        "tried": len(found.archive.known),
        "replications": asked.replications,
        "judged_at": asked.judged_at,
        "cap": asked.cap,
        "fiscal_cap": None if cap is None else cap.yuan / YI,
        "begins": asked.begins,
        "levers": list(asked.dials.room.levers),
        "looked_at": found.course.levers,
        "not_searched": {} if asked.names or asked.thrusts else left_out(asked.region),
        "command": found.question.command,
    }


def package_of(found: Found, final: Round) -> dict[str, Any]:
    """The package: its values, and what it comes to at full size."""
    asked, runs = found.question.asked, final.runs
    values = asked.dials.package(final.point).values
    own = found.effects.values([final.point])[0]
    left = [one for one in money(found, final, own) if one.is_news]
    return {
        "name": final.name,
        "file": final.path,
        "settings": [
            setting(dial, values[dial.lever][dial.field])
            for dial in asked.dials.all
            if dial.field in values.get(dial.lever, {})
        ],
        "chance": in_json(runs.chance(final.name, found.question.target)),
        "reached_with": value_at(found, final.reached),
        "gap": final.reached,
        "cost": estimate(runs.added_cost(final.name)),
        "cost_of_base": float(np.nanmean(runs.cost[asked.base])),
        "cost_in_pairs": final.outcome.cost,
        "reached_with_in_pairs": value_at(found, final.outcome.margin),
        "effects": effects_of(found, final),
        "not_spent": [
            {"programme": one.programme, "appropriated_more": one.appropriated - one.base_appropriated,
             "left_over_more": one.more_left}
            for one in left
        ],
    }  # fmt: skip


def money(found: Found, final: Round, own: np.ndarray) -> list[Unspent]:
    """What each programme may spend and spends, with the package and without it, in the pairs."""
    scenario = found.effects.scenario(final.point)
    budgets = budgets_of_both(scenario, found.question.asked.scenario)
    tries, base = found.effects.tries, found.effects.base
    places = {name: tries.column(f"{PROGRAMME}{name}") for name in budgets}
    spent = {
        name: (float(np.nanmean(own[:, at])), float(np.nanmean(base[:, at]))) for name, at in places.items()
    }
    return unspent(budgets, spent)


def setting(dial: Dial, value: float) -> dict[str, Any]:
    """A value of a package, beside what is in force and the most that it may be."""
    return {
        "lever": dial.lever,
        "field": dial.field,
        "unit": dial.unit,
        "in_force": dial.usual,
        "value": value,
        "most": dial.high,
        "top_of_range": dial.top,
        "at_most": value >= dial.high,
        "bounded_by": "money" if dial.is_bounded_by_money else "range",
    }


def effects_of(found: Found, final: Round) -> list[dict[str, Any]]:
    """What the package does to every target at full size, paired, and to its chance."""
    found_here = []
    for name, target in load_targets(region=found.question.asked.region).items():
        effect = final.runs.effect(final.name, name).times(target.about.shown.factor)
        found_here.append(
            {
                "target": name,
                "unit": target.about.shown.unit_en,
                "effect": estimate(effect),
                "before": in_json(final.runs.chance(found.question.asked.base, name)),
                "after": in_json(final.runs.chance(final.name, name)),
            }
        )
    return found_here


def round_of(found: Found, one: Round) -> dict[str, Any]:
    """A package that was run at full size."""
    return {
        "name": one.name,
        "chance": in_json(one.runs.chance(one.name, found.question.target)),
        "reached_with": value_at(found, one.reached),
        "cost": one.cost,
    }


def bounds(found: Found, final: Round) -> list[dict[str, Any]]:
    """What binds: fields at the top of their range or at what money allows, the cap, the fiscal cap of a
    year."""
    asked = found.question.asked
    values = asked.dials.package(final.point).values
    held = [
        dial
        for dial in asked.dials.all
        if dial.field in values.get(dial.lever, {}) and values[dial.lever][dial.field] >= dial.high
    ]
    told: list[dict[str, Any]] = [
        {"bound": "money" if dial.is_bounded_by_money else "range", "of": dial.key, "at": dial.high,
         "unit": dial.unit}
        for dial in held
    ]  # fmt: skip
    if asked.cap is not None and final.cost >= BINDS * asked.cap:
        told.append({"bound": "cap", "of": "public cost", "at": asked.cap, "unit": "100 m yuan"})
    cap = found.effects.fiscal_cap
    spent = found.effects.most_in_a_year(final.point)
    if cap is not None and spent >= BINDS * cap.yuan / YI:
        told.append({"bound": "fiscal cap", "of": "public cost of a year", "at": cap.yuan / YI,
                     "unit": "100 m yuan a year"})  # fmt: skip
    return told


def at_most(found: Found, most: Outcome) -> dict[str, Any]:
    """Every lever at its most, whatever that costs, in the pairs."""
    return {
        "reached_with": value_at(found, most.margin),
        "reaches": most.margin >= 0.0,
        "cost": most.cost,
        "may_be_spent": most.may_be,
    }


def alone(found: Found) -> list[dict[str, Any]]:
    """What each lever gains and costs alone, at the plan's dose and at its most, in the pairs; best first."""
    room = found.question.asked.dials.room
    rows = [
        {
            "lever": one.lever,
            "at": "most" if one.point == room.lever_at(one.lever, room.most) else "dose",
            "gain": one.gain,
            "cost": one.cost,
            "sure": one.sure,
        }
        for those in found.course.options.values()
        for one in those
    ]
    return sorted(rows, key=lambda row: -row["gain"])


def instead_in_json(one: Instead) -> dict[str, Any]:
    """What the world would have to be like."""
    need, checked = one.need, one.checked
    return {
        "name": need.name,
        "called": one.label,
        "unit": one.unit,
        "expected": need.expected,
        "sd": need.sd,
        "slope": estimate(need.slope),
        "slope_unit": "% of the target's value" if one.logs else "unit of the target",
        "shift": estimate(need.shift),
        "shift_in_sds": estimate(need.in_sds),
        "run": None
        if checked is None
        else {
            "shift": checked.shift,
            "in_sds": checked.shift / need.sd,
            "reaches": checked.reaches,
            "beyond": checked.beyond,
            "chance": in_json(checked.chance),
            "world": checked.world,
        },
    }
