"""What targets vary with, in print: shares of the variance of values and of hits."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING

from experiments.answer.kept_splits import MEASURES, Varying
from experiments.answer.split_runs import BASES, HIT, LUCK, PARAMETERS, WORLD
from scenarios.targets import ALL
from scenarios.values.errors import one_line

if TYPE_CHECKING:
    from experiments.answer.variance_split import Share, Split
    from scenarios.targets import Target

NAMES = {PARAMETERS: "parameters", WORLD: "world", LUCK: "luck", BASES: "unknown bases"}
WHOSE = {HIT: "hits"}
NOTE = (
    "shares of the variance that each decides alone, with 95 % intervals; together: what none decides alone; "
    "<: nothing was found, at most so much"
)
STILL = "does not vary"


def heads(varying: Varying) -> list[str]:
    """The heads of the columns."""
    return ["varies with", "of", *(NAMES.get(part, one_line(part)) for part in varying.parts), "together"]


def block(varying: Varying, case: str, targets: Mapping[str, Target]) -> list[list[str]]:
    """The rows of a case; none where nothing is known of it."""
    rows = [
        row
        for target in (*targets, ALL)
        for measure in MEASURES
        if (row := _row(varying, (case, target, measure), targets)) is not None
    ]
    return [heads(varying), *rows] if rows else []


def _row(varying: Varying, key: tuple[str, str, str], targets: Mapping[str, Target]) -> list[str] | None:
    if key not in varying.splits:
        return None
    _, target, measure = key
    name = "all together" if target == ALL else targets[target].about.label.en
    found = varying.splits[key]
    return [name, WHOSE.get(measure, measure), *cells(found, varying)]


def cells(found: Split | None, varying: Varying) -> list[str]:
    """The shares of each part alone, and of what they decide together."""
    if found is None:
        return [STILL, *[""] * len(varying.parts)]
    return [*(written(found.parts[part].alone) for part in varying.parts), written(found.together)]


def written(share: Share) -> str:
    """A share in per cent with its interval; what was not found with its bound alone."""
    if share.bound is not None:
        return f"<{max(1, ceil(100 * share.bound))} %"
    return f"{100 * share.value:.0f} % ({100 * share.low:.0f}–{100 * share.high:.0f})"
