"""An explanation as plain values, for another program."""

from __future__ import annotations

from typing import Any

from experiments.language.chosen import EN, speaking
from experiments.why import chain, gains, per_yuan
from experiments.why.bootstrap import Estimate
from experiments.why.explanation import Explanation
from experiments.why.words import paragraph


def in_json(found: Explanation) -> dict[str, Any]:
    """All of it, in English; an interval that is open, and a cost that is not determined, are null."""
    about = found.about
    with speaking(EN):
        words = paragraph(found)
    told = ("scenario", "base", "by", "region", "world", "described", "scale", "seed", "notes")
    return {
        "conditions": {name: about[name] for name in told}
        | {
            "pairs": found.pairs,
            "observations": found.observations,
            "exact": found.alone is not None,
            "coalitions": found.coalitions,
            "counted_by_activity": found.recounted,
        },
        "players": [
            {"player": one.name, "called": one.called(), "levers": list(one.levers)} for one in found.players
        ],
        "attribution": [of_measure(found, name) for name in found.measures],
        "ways": [chain.in_json(one, found) for one in chain.ways(found)],
        "gains": gains.in_json(found),
        "per_yuan": per_yuan.in_json(found),
        "money": [
            one._asdict() | {"left": one.left, "more_left": one.more_left, "is_news": one.is_news}
            for one in gains.money_left(found)
        ],
        "words": words,
    }


def of_measure(found: Explanation, name: str) -> dict[str, Any]:
    """The whole effect on a measure, and the part of each player with its cost per unit."""
    measure = found.measures[name]
    return {
        "measure": name,
        "called": measure.label.en,
        "unit": measure.unit.en,
        "base": found.level(name),
        "whole": found.effect(name)._asdict(),
        "cost_per_unit": found.cost_of(name)._asdict(),
        "remainder": found.remainder(name),
        "parts": [
            {
                "player": one.name,
                **found.part(name, one.name)._asdict(),
                "alone": _plain(found.alone_adds(name, one.name)),
                "last": _plain(found.without_loses(name, one.name)),
                "cost_per_unit": found.cost_of(name, one.name)._asdict(),
            }
            for one in found.players
        ],
    }


def _plain(one: Estimate | None) -> dict[str, float] | None:
    return None if one is None else one._asdict()
