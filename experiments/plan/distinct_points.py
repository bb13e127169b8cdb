"""Each point of a sweep is one content under one label; what may mean two things is refused.

A comma list whose numbers could as well be one number with separators of thousands is asked about. The rule:
it is written in groups of three digits behind a first of one to three, which does not begin with a zero
(`1,200,300`; `1,200,2,400` would be two numbers), and every number so read lies in the key's range. A group
that begins with a zero (`1,000`) is no number that anybody lists, so it is asked about whatever the range.
`0,100,200`, `1,2,3`, `10,20,30` and `0.1,0.2` are lists, and so is `100,200` for a rate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.plan.points import shown
from scenarios.blocks import BLOCKS, Block
from scenarios.dated import Change, Times, replaced_from, simplified
from scenarios.spec import Scenario
from scenarios.values.errors import InputError, quoted
from scenarios.worlds.given import world_name

if TYPE_CHECKING:
    from experiments.plan.points import Point

GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3})+(,[1-9]\d?(,\d{3})+)*")
NUMBER = re.compile(r"(?:^|,)([1-9]\d{0,2}(?:,\d{3})+)")
ZEROS = re.compile(r",0\d\d(,|$)")


def refuse_repetition(key: str, values: Sequence[Any], checked: Sequence[Any]) -> None:
    """Refuses a list with one value twice, which would count its runs twice.

    Raises:
        InputError: naming key and value.
    """
    seen: dict[Any, Any] = {}
    for value, given in zip(values, checked, strict=True):
        meant = _meant(given) if isinstance(given, tuple) else given
        if meant in seen:
            raise InputError(_repeated(key, seen[meant], value))
        seen[meant] = value


def _meant(change: Change | tuple[Block, ...]) -> tuple:
    """A change without steps that change nothing, where that is known without what it changes."""
    numbers = [
        (step[0], step[1])
        for step in change
        if not isinstance(step, Block) and not isinstance(step[1], Times)
    ]
    return simplified(numbers) if len(numbers) == len(change) else change


def _repeated(key: str, first: Any, second: Any) -> str:
    if shown(first) == shown(second):
        return f"{key} has {shown(second)} twice"
    return f"{key} has {shown(second)} twice: it means the same as {shown(first)}"


def refuse_equal_points(scenarios: Sequence[Scenario], points: Sequence[Point]) -> None:
    """Refuses points that are one content for a scenario, such as dated values that its own make equal.

    Raises:
        InputError: naming scenario and points.
    """
    for scenario in scenarios:
        seen: dict[Any, str] = {}
        for point in points:
            content = _content(scenario, point)
            if content in seen:
                raise InputError(
                    f"{quoted(seen[content])} and {quoted(point.label)} are the same in scenario "
                    f"{quoted(scenario.name)}; give one of them"
                )
            seen[content] = point.label


def _content(scenario: Scenario, point: Point) -> tuple[Any, ...]:
    """What a point makes of a scenario, where points can differ."""
    levers: tuple = tuple(
        (name, key, replaced_from(scenario.levers[name][key], dated))  # type: ignore[arg-type]
        for (name, key), dated in sorted(point.changes.items())
        if key != BLOCKS
    )
    if scenario.blocks or any(key == BLOCKS for _, key in point.changes):
        changed = scenario.changed(point.changes).levers
        levers = tuple((name, *sorted(fields.items())) for name, fields in sorted(changed.items()))
    behaviour = tuple(value for key, value in point.given if key.startswith("parameters."))
    return world_name(point.world), point.scale, levers, behaviour


def refuse_thousands(key: str, text: str, allowed: tuple[float, float]) -> None:
    """Asks about a list that may be a number with separators of thousands; the rule stands above.

    Raises:
        InputError: saying how to write either meaning.
    """
    if not GROUPED.fullmatch(text):
        return
    numbers = [found.replace(",", "") for found in NUMBER.findall(text)]
    if not ZEROS.search(text) and not all(allowed[0] <= float(number) <= allowed[1] for number in numbers):
        return
    count = text.count(",") + 1
    raise InputError(
        f"{key}={text} may be {count} values or thousands; write {key}={','.join(numbers)} for "
        f"{'one number' if len(numbers) == 1 else f'{len(numbers)} numbers'}, "
        f"or {key}=choice({text}) for {count} values"
    )
