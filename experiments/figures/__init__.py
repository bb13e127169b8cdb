"""Figures: functions of the evidence of one results folder that return (figure, axes, rows drawn)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experiments.figures.actors import actors
from experiments.figures.differences import differences
from experiments.figures.fan import fan
from experiments.figures.industries import industries
from experiments.figures.money import money
from experiments.figures.prefectures import prefectures
from experiments.figures.probability import probability
from experiments.figures.response import response
from scenarios.values.errors import InputError, unknown

FIGURES: dict[str, Callable[..., Any]] = {
    "fan": fan,
    "probability": probability,
    "differences": differences,
    "response": response,
    "prefectures": prefectures,
    "industries": industries,
    "actors": actors,
    "money": money,
}


def figure_named(name: str) -> Callable[..., Any]:
    """The function that draws a figure.

    Raises: InputError with the nearest name.
    """
    if name not in FIGURES:
        raise InputError(unknown("figure", name, FIGURES))
    return FIGURES[name]


__all__ = [
    "FIGURES",
    "actors",
    "differences",
    "fan",
    "figure_named",
    "industries",
    "money",
    "prefectures",
    "probability",
    "response",
]
