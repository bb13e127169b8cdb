"""Figures: functions of the evidence of one results folder that return (figure, axes, rows drawn)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from scenarios.values.errors import InputError, unknown

EXPLAINED = ("attribution", "chain", "gains")
"""Drawn from an explanation that the folder keeps: `sanxiang explain`."""

SEARCHED = ("reach", "front")
"""Drawn from a search that the folder keeps: `sanxiang reach`, `sanxiang search`."""

FIGURES = (
    "fan",
    "probability",
    "differences",
    "response",
    "prefectures",
    "industries",
    "links",
    "actors",
    "money",
    "change",
    "decomposition",
    *EXPLAINED,
    *SEARCHED,
)
"""Each is the function of its name in the module of its name, loaded when it is asked for."""


def figure_named(name: str) -> Callable[..., Any]:
    """The function that draws a figure.

    Raises: InputError with the nearest name.
    """
    if name not in FIGURES:
        raise InputError(unknown("figure", name, FIGURES))
    draw: Callable[..., Any] = getattr(import_module(f"experiments.figures.{name}"), name)
    return draw
