"""The response to a lever in print: a line a dose, paired differences to what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import batched
from typing import Any

from experiments.answer.dose_response import Response, mean_and_interval, remarks
from experiments.answer.dose_runs import units_of_measures
from experiments.answer.pairs import too_small, within
from experiments.answer.text_table import fitted, readable, short, terminal_width
from experiments.language.chosen import EN, speaking
from scenarios.targets import load_targets

A_BLOCK = 5  # columns that fit on a terminal of 170 places
UNDER = (
    "paired differences to what is in force, mean [95 % interval of Student over {} pairs]; read in 2025, "
    "money over 2021-25; scale {:g}; `within` and `none`: too small to matter"
)


def response_table(found: Response) -> str:
    """Blocks of measures, then what stands out."""
    units = {name: unit for name, unit in units_of_measures().items() if name in found.values}
    blocks = [
        "\n".join(fitted(_block(found, dict(some)), (), limit=terminal_width()))
        for some in batched(units.items(), A_BLOCK)
    ]
    head = f"{found.key} [{found.unit}], in force {found.dose_in_force:,.10g}"
    under = UNDER.format(found.pairs, found.scale)
    with speaking(EN):  # as the table is
        told = remarks(found)
    return readable("\n\n".join([head, *blocks, "\n".join([under, *told])]))


def _block(found: Response, units: Mapping[str, str]) -> list[list[str]]:
    rows = [["dose", *(f"{name}, {unit}" for name, unit in units.items())]]
    for place, dose in enumerate(found.doses):
        cells = [_cell(mean_and_interval(found.effect(name)[place]), last_digit(name)) for name in units]
        rows.append([f"{dose:,.10g}", *cells])
    return rows


def last_digit(measure: str) -> float:
    """The smallest step of a measure as tables show it; of money a tenth of an 亿."""
    targets = load_targets()
    return 10.0 ** -targets[measure].about.shown.digits if measure in targets else 0.1


def _cell(one: Mapping[str, Any], step: float) -> str:
    mean, low, high = one["mean"], one["low"], one["high"]
    bound = too_small(low, high, step)
    if bound is not None:
        return within(bound) if bound else "none"
    if low is None or high is None:
        return f"{short(mean, '+')} [no interval]"
    return f"{short(mean, '+')} [{short(low, '+')} – {short(high, '+')}]"
