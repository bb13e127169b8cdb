"""The page docs/EFFECTS.md: what each lever does at the plan's dose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from experiments.effects.doses import WHENCE
from experiments.effects.effects import PACKAGE, LeverEffects
from experiments.effects.places import Place
from experiments.effects.table import cell, columns, conditions, cost_said, reason
from experiments.evidence.markdown import markdown
from scenarios.load import load_levers

ABOUT = """Each lever is set to the dose that the plan means, all its fields together, everything else as in
force, and compared with the same luck. Where the plan's scenario says nothing of a lever, its own file does,
or every field is at its upper bound; that is said. `interaction` is the package less the sum of the single
effects.

What changes only in what statistics count is reclassified: it has a column of its own and is no effect. A
cost per 亿 of value added is not determined where the interval of value added holds zero. Where a lever does
nothing, the reason stands beside; `sanxiang response` shows its other doses."""


def page(found: LeverEffects, places: Mapping[str, Place], described: str, command: str) -> str:
    """The page in Markdown."""
    today = datetime.now(UTC).date().isoformat()
    names = columns(found.asked.region)
    head = ["lever", *(names[one] for one in found.indicators)]
    rows = [[f"`{case}`", *(cell(found, case, one) for one in found.indicators)] for case in found.effects]
    parts = [
        "# What each lever does at the plan's dose",
        f"Made on {today} by `{command}`; nothing here is typed by hand.",
        ABOUT,
        "\n".join(f"{line}." for line in conditions(found, described)),
        "## Effects",
        "\n".join(markdown(head, rows)),
        "## Dose, cost, and place in what is published",
        "\n".join(markdown(("lever", "dose", "cost", "published", "does nothing"), told(found, places))),
    ]
    return "\n\n".join(parts) + "\n"


def told(found: LeverEffects, places: Mapping[str, Place]) -> list[tuple[str, ...]]:
    """Of each lever what stands beside its effects."""
    levers = load_levers(region=found.asked.region)
    rows: list[tuple[str, ...]] = [
        (
            f"{levers[one.lever].about.label.en} (`{one.lever}`)",
            WHENCE[one.whence] + (f": {one.source}" if one.whence == "file" else ""),
            cost_said(found, one.lever),
            places[one.lever].said if one.lever in places else "",
            reason(found, one.lever),
        )
        for one in found.doses
    ]
    if PACKAGE in found.effects:
        rows.append((PACKAGE, "all of them together", cost_said(found, PACKAGE), "", ""))
    return rows
