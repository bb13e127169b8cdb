"""The plan as plain values, for another program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from experiments.measures.links import Plan
from scenarios.thrusts import thrust_of


def in_json(plan: Plan, numbers: Iterable[str], levers: Iterable[str]) -> dict[str, Any]:
    """Some measures, some levers, and how the effects were made."""
    stored = plan.stored
    return {
        "measures": [measure_in_json(plan, number) for number in numbers],
        "levers": [lever_in_json(plan, name) for name in levers],
        "missing": plan.missing,
        "effects": None if stored is None else {**stored.made, "stale": stored.stale()},
    }


def measure_in_json(plan: Plan, number: str) -> dict[str, Any]:
    """One measure; a lever without a mechanism stands among its levers too."""
    one = plan.measures[number]
    return {
        "id": number,
        "section": one.section,
        "words": one.quote,
        "thrust": thrust_of(number),
        "judged": one.evidence,
        "levers": one.levers,
    }


def lever_in_json(plan: Plan, name: str) -> dict[str, Any]:
    """One lever with what stands behind it."""
    if name not in plan.levers:
        return {"lever": name, "measures": plan.missing[name], "why_no_effect": plan.why_no_effect(name)}
    one = plan.levers[name]
    return {
        "lever": name,
        "id": one.file.about.id,
        "label": one.file.about.label.model_dump(),
        "thrust": one.file.about.thrust,
        "also": one.thrusts[1:],
        "measures": list(one.measures),
        "mechanisms": [each._asdict() for each in one.mechanisms],
        "indicators": dict(one.indicators),
        "evidence": {
            "grade": one.strength.grade,
            "missing": one.strength.missing,
            "effects": [each._asdict() for each in one.strength.effects],
        },
        "effects": plan.effects(name),
        "dose_changed": plan.dose_changed(name),
        "why_no_effect": plan.why_no_effect(name) or None,
    }
