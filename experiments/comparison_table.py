"""A comparison of two scenarios as it is printed: the differing values first, then the paired differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.target_table import difference_row
from experiments.text_table import aligned
from scenarios.errors import one_line


def render_comparison(found: Mapping[str, Any]) -> str:
    """The result of compare() as text."""
    from scenarios.targets import load_targets

    targets = load_targets()
    a, b = (one_line(found[side]) for side in ("a", "b"))
    settings = [["differs", a, b], *([row["key"], _said(row["a"]), _said(row["b"])] for row in found["settings"])]
    heads = [f"{a} minus {b}", "mean [95 % interval]", "P(higher)", "only it meets", "only the other"]
    rows = [heads, *(difference_row(row, targets.get(row["target"])) for row in found["differences"])]
    pairs = found["differences"][0]["pairs"]
    first = aligned(settings, (0, 1, 2)) if len(settings) > 1 else ["no lever, parameter, world or closure differs"]
    return "\n".join([*first, "", *aligned(rows), "",
                      f"{pairs} pairs of equal luck; Student's interval of the mean; P(higher) counts ties half"])


def _said(value: Any) -> str:
    """A setting as text; dated values as `0.1 from 2016, 0.2 from 2021`."""
    if isinstance(value, list):
        return ", ".join(f"{number:g} from {year}" for year, number in value)
    return "-" if value is None else one_line(f"{value:g}" if isinstance(value, float) else str(value))
