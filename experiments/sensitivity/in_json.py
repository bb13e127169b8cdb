"""The answer as plain values, for another program."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.answer.variance_split import Share
from experiments.sensitivity.found import Sensitivity, Value
from experiments.sensitivity.screening import Effects
from experiments.sensitivity.words import paragraph


def in_json(found: Sensitivity) -> dict[str, Any]:
    """All of it; a share that was not told is null."""
    question = found.question
    return {
        "conditions": {
            "scenarios": list(question.scenarios),
            "region": question.plan.region,
            "world": question.plan.points[0].world,
            "described": question.described,
            "approximate": question.marked,
            "scale": question.scale,
            "seed": question.plan.seed,
            "runs": question.runs,
            "trajectories": question.trajectories,
            "inputs": [one.name for one in found.inputs],
            "left_out": found.left_out,
        },
        "screening": [
            *of_screening(found, found.first, "groups"),
            *([] if found.second is None else of_screening(found, found.second, "one by one")),
        ],
        "values": [of_value(found, one) for one in found.told],
        "words": paragraph(found),
    }


def of_screening(found: Sensitivity, effects: Effects, step: str) -> list[dict[str, Any]]:
    """A row per factor and value: mean absolute change, spread, shift of the probability, signs turned."""
    return [
        {
            "step": step,
            "factor": factor.name,
            "kind": factor.kind,
            "things": [one.name for one in factor.things],
            **found.about(value),
            "moved": plain(effects.star[at, place]),
            "spread": plain(effects.spread[at, place]),
            "relative": plain(effects.star[at, place] / found.spreads[at])
            if found.spreads[at] > 0.0
            else None,
            "shift_of_probability": plain(effects.points[at, place]),
            "signs_turned": plain(effects.turns[at, place]) if value.measure.effect else None,
        }
        for place, factor in enumerate(effects.factors)
        for at, value in enumerate(found.values)
        if value in found.told
    ]


def plain(value: float) -> float | None:
    """A number, or nothing where there is none."""
    return float(value) if np.isfinite(value) else None


def of_value(found: Sensitivity, one: Value) -> dict[str, Any]:
    """A value with what it hangs on."""
    middle, low, high = one.quantiles
    chance, told = one.probability, one.told
    return {
        **found.about(one),
        "unit": one.target.about.shown.unit_en,
        "median": middle,
        "p05": low,
        "p95": high,
        "hits": None if chance is None else chance.hits,
        "runs": len(one.values),
        "probability": None if chance is None else chance.value,
        "low": None if chance is None else chance.low,
        "high": None if chance is None else chance.high,
        "foretold": None if told is None else ends(told.explained),
        "floor": None if told is None else told.floor,
        "luck": ends(one.luck),
        "one_leads": None if told is None else told.lead,
        "shares": found.rows(one),
    }


def ends(share: Share | None) -> dict[str, float] | None:
    """A share with its interval."""
    return None if share is None else {"value": share.value, "low": share.low, "high": share.high}
