"""Conditions as plain values, for another program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.discovery.discovery import Discovery, Side
from experiments.discovery.tested import Found
from experiments.discovery.words import paragraph


def in_json(found: Sequence[Discovery]) -> dict[str, Any]:
    """All targets."""
    material = found[0].material
    return {
        "conditions": {
            "folder": material.folder,
            "scenario": material.scenario,
            "runs": material.runs,
            "asked": material.asked,
            "scale": material.scale,
            "parameters_drawn": material.parameters_drawn,
            "approximate": "; ".join(material.marks),
            "things": [one.name for one in material.things],
        },
        "targets": [of_target(one) for one in found],
    }


def of_target(found: Discovery) -> dict[str, Any]:
    """A target with the boxes of each side."""
    p = found.probability
    return {
        "target": found.target.name,
        "hits": p.hits,
        "runs": p.runs,
        "probability": p.value,
        "low": p.low,
        "high": p.high,
        "sides": [of_side(found, one) for one in found.sides],
        "refused": found.refused,
        "words": paragraph(found),
    }


def of_side(found: Discovery, side: Side) -> dict[str, Any]:
    """Success or failure, by method."""
    return {
        "side": side.name,
        "outer_tenth_instead": side.instead,
        "bound": side.bound,
        "cases": int(side.cases.sum()),
        "methods": [of_method(found, side, name, one) for name, one in side.found.items()],
    }


def of_method(found: Discovery, side: Side, name: str, one: Found) -> dict[str, Any]:
    """The box of a method."""
    density, coverage = one.outside or (None, None)
    return {
        "method": name,
        "runs": one.score.runs,
        "cases": one.score.cases,
        "density": one.score.density,
        "coverage": one.score.coverage,
        "density_in_other_half": density,
        "coverage_in_other_half": coverage,
        "conditions": found.conditions(side, name),
    }
