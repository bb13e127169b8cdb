"""Conditions in print."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.answer.target_words import written
from experiments.answer.text_table import fitted, readable, terminal_width
from experiments.discovery.box import BELOW
from experiments.discovery.discovery import Discovery, Side
from experiments.discovery.tested import Found, Standing
from experiments.discovery.words import bounded, chance, name_of, paragraph, tests
from experiments.drawn.things import KINDS
from scenarios.values.errors import one_line

HEADS = ["conditions of", "method", "what", "", "comes back", "p", "stands"]


def rendered(found: Sequence[Discovery]) -> str:
    """All of it as text."""
    material = found[0].material
    about = [
        f"conditions of success and failure: {one_line(material.scenario)} of {material.folder}",
        (
            f"N = {material.runs} finished runs of {material.asked} asked for · scale {material.scale:g} · "
            f"{len(material.things)} things that they drew"
        ),
    ]
    if not material.parameters_drawn:
        about.append(
            "all runs share one set of parameters: conditions are of the world and unknown bases alone"
        )
    about += material.marks
    return "\n\n".join(["\n".join(about), *map(of_target, found), readable(tests())])


def of_target(found: Discovery) -> str:
    """A target: each condition in a line, how well the boxes hold, and a paragraph."""
    goal = found.target
    sign = goal.about.comparison.replace(">=", "≥")
    head = f"{goal.about.label.en} {sign}{written(goal, goal.threshold)}: P {found.probability}"
    rows = [
        row
        for side in found.sides
        for name, one in side.found.items()
        for row in rows_of(found, side, name, one)
    ]
    lines = fitted([HEADS, *rows], left=(0, 1, 2, 6), limit=terminal_width()) if rows else []
    boxes = [row for side in found.sides for row in boxes_of(found, side)]
    held = fitted([BOXES, *boxes], left=(0, 1), limit=terminal_width()) if boxes else []
    return "\n".join([head, *lines, *held, readable(paragraph(found))])


BOXES = [
    "box of",
    "method",
    "runs",
    "density",
    "of all runs",
    "coverage",
    "density in other half",
    "coverage there",
]


def boxes_of(found: Discovery, side: Side) -> list[list[str]]:
    """A line per method whose conditions stand."""
    rows = []
    for name, one in side.found.items():
        if not one.kept:
            continue
        score, outside = one.score, one.outside or (float("nan"), float("nan"))
        shares = (score.density, score.of / score.among, score.coverage, *outside)
        cells = [f"{100 * share:.0f} %" for share in shares]
        rows.append([name_of(found, side), name, f"{score.cases}/{score.runs}", *cells])
    return rows


def rows_of(found: Discovery, side: Side, method: str, one: Found) -> list[list[str]]:
    """A line per condition, those that stand first."""
    first = [(each, "yes") for each in one.kept]
    return [
        row(found, side, method, each, stands)
        for each, stands in [*first, *((each, "no") for each in one.dropped)]
    ]


def row(found: Discovery, side: Side, method: str, one: Standing, stands: str) -> list[str]:
    """A condition."""
    thing = found.material.things[one.condition.variable]
    sign = "<" if one.condition.side == BELOW else ">"
    return [
        side.name if not side.instead else f"{side.name} (outer tenth)",
        method,
        f"{thing.label.en} {sign} {bounded(thing, one.condition.bound)}",
        KINDS[thing.kind].en,
        f"{100 * one.returns:.0f} %",
        chance(one.p).removeprefix("p ").removeprefix("= "),
        stands,
    ]
