"""A traced member under two scenarios, side by side: the quarters that differ, and in what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.answer.text_table import fitted, terminal_width
from experiments.command.trace_text import number
from scenarios.values.errors import one_line

if TYPE_CHECKING:
    from experiments.read.rerun import Beside
    from sim.trace.member import TracedQuarter

When = tuple[int, int]
NOT_THERE = "not there"


def beside_lines(one: tuple[str, Sequence[TracedQuarter]], other: Beside) -> list[str]:
    """A block for each quarter that is not the same under both, a line for each row of equal quarters.

    one: how a run is called, and its member's quarters.
    """
    names, sides = (
        (one_line(one[0]), one_line(other.scenario)),
        (by_quarter(one[1]), by_quarter(other.quarters)),
    )
    whens = sorted(sides[0].keys() | sides[1].keys())
    lines, same = [f"the same member with the same luck: {names[0]}, and {names[1]}"], list[When]()
    for when in whens:
        rows = differing(sides[0].get(when), sides[1].get(when))
        if not rows:
            same.append(when)
            continue
        lines += [*alike(same), "", f"{when[0]} Q{when[1]}"]
        same = []
        table = [["", *names, "difference"], *rows]
        lines += [f"  {line}" for line in fitted(table, limit=terminal_width())]
    return [*lines, *alike(same)]


def by_quarter(quarters: Sequence[TracedQuarter]) -> dict[When, TracedQuarter]:
    """The quarters by year and quarter."""
    return {(one.year, one.quarter): one for one in quarters}


def alike(whens: Sequence[When]) -> list[str]:
    """A line that tells of quarters without a difference."""
    if not whens:
        return []
    (first, begins), (last, ends) = whens[0], whens[-1]
    told = f"{first} Q{begins}" + (f" to {last} Q{ends}" if len(whens) > 1 else "")
    return ["", f"{told}: the same under both"]


def differing(one: TracedQuarter | None, other: TracedQuarter | None) -> list[list[str]]:
    """What differs in a quarter: its name, both amounts and the difference."""
    if one is None or other is None:
        return [["the member", *(NOT_THERE if side is None else "there" for side in (one, other)), ""]]
    both = [amounts(one), amounts(other)]
    names = [name for name in {**both[0], **both[1]} if both[0].get(name, 0) != both[1].get(name, 0)]
    return [[name, *_cells(both[0].get(name, 0), both[1].get(name, 0))] for name in names]


def amounts(quarter: TracedQuarter) -> dict[str, float]:
    """Values, then payments summed by flow, programme and who stands on the other side."""
    found: dict[str, float] = dict(quarter.values)
    for payment in quarter.payments:
        about = ", ".join(filter(None, (payment.programme, payment.other)))
        name = f"{'receives' if payment.amount > 0 else 'pays'} {payment.flow.lower()}"
        name += f" ({about})" if about else ""
        found[name] = found.get(name, 0) + abs(payment.amount)
    return found


def _cells(one: float, other: float) -> list[str]:
    gap = one - other
    return [number(one), number(other), f"{'+' if gap > 0 else ''}{number(gap)}"]
