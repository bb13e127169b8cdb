"""Dated values and their changes: from each year on a number, or so many times what is in force.

replaced_from(((2016, 1.0), (2024, 1.5)), ((2023, Times(2.0)),))   # ((2016, 1), (2023, 2), (2024, 3))
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.values.number import Dated, value_at

TIMES = re.compile(r"x([0-9]{1,4}(\.[0-9]{1,9})?)")


@dataclass(frozen=True)
class Times:
    """So many times what is in force without it; written `x2`."""

    factor: float


Change = tuple[tuple[int, float | Times], ...]
"""(year, value) in order of years, each from then on."""


def times(text: object) -> Times | None:
    """What `x2` or `x0.5` says; None of anything else."""
    found = TIMES.fullmatch(text) if isinstance(text, str) else None
    return None if found is None else Times(float(found[1]))


def replaced_from(dated: Dated, change: Change, of: Dated | None = None) -> Dated:
    """The path with everything from the change's first year on replaced by the change.

    A multiple is one of the path `of`, the same unless given, and follows each of its later steps.
    """
    first, of = change[0][0], dated if of is None else of
    ends = [year for year, _ in change[1:]]
    steps: list[tuple[int, float]] = [step for step in dated if step[0] < first]
    for (begin, value), end in zip(change, [*ends, None], strict=True):
        if isinstance(value, Times):
            own = [year for year, _ in of if year > begin and (end is None or year < end)]
            steps += [(year, value.factor * value_at(of, year)) for year in (begin, *own)]
        else:
            steps.append((begin, value))
    return simplified(steps)


def simplified(dated: Iterable[tuple[int, float]]) -> Dated:
    """The same path without steps that change nothing, with floats only."""
    steps: list[tuple[int, float]] = []
    for year, value in dated:
        if not steps or steps[-1][1] != value:
            steps.append((int(year), float(value) + 0.0))
    return tuple(steps)
