"""What targets vary with, in print: shares of the variance of values and of hits."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING

from experiments.answer.kept_splits import MEASURES, Varying
from experiments.answer.split_runs import BASES, LUCK, PARAMETERS, WORLD
from experiments.answer.target_words import name_alone
from experiments.language.words import word
from scenarios.targets import ALL
from scenarios.values.errors import one_line

if TYPE_CHECKING:
    from experiments.answer.variance_split import Share, Split
    from scenarios.targets import Target

NAMES = {PARAMETERS: "parameters", WORLD: "world", LUCK: "luck", BASES: "bases"}


def note() -> str:
    """What the shares are."""
    return word("table.split_note")


def heads(varying: Varying) -> list[str]:
    """The heads of the columns."""
    parts = [word(f"table.{NAMES[part]}") if part in NAMES else one_line(part) for part in varying.parts]
    return [word("table.varies"), word("table.of"), *parts, word("table.joint")]


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
    name = word("table.together") if target == ALL else name_alone(targets[target])
    found = varying.splits[key]
    return [name, word(f"table.{measure}"), *cells(found, varying)]


def cells(found: Split | None, varying: Varying) -> list[str]:
    """The shares of each part alone, and of what they decide together."""
    if found is None:
        return [word("table.still"), *[""] * len(varying.parts)]
    return [*(written(found.parts[part].alone) for part in varying.parts), written(found.together)]


def written(share: Share) -> str:
    """A share in per cent with its interval; what was not found with its bound alone."""
    if share.bound is not None:
        return f"<{max(1, ceil(100 * share.bound))} %"
    return f"{100 * share.value:.0f} % ({100 * share.low:.0f}–{100 * share.high:.0f})"
