"""What a command asks for and does not change: said before the first run, since it looks like a policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from experiments.plan.points import Point, shown
from scenarios.dated import simplified
from scenarios.spec import Changes, Parameters, Scenario


def notices(
    scenarios: Sequence[Scenario],
    points: Sequence[Point],
    known: Mapping[str, Scenario],
    reforms: Sequence[str],
    central: Parameters | None,
) -> list[str]:
    """A line for each reform and each value of the command that changes nothing.

    known: all scenarios by name, of which `reforms` are the user's own; central: parameters
    unless given; None where they are drawn.
    """
    found = [line for name in reforms if (line := _of_reform(known[name], known, points))]
    return [*found, *_of_values(scenarios, points, central)]


def _of_reform(reform: Scenario, known: Mapping[str, Scenario], points: Sequence[Point]) -> str:
    base = known[reform.base or reform.name]
    if content(reform) == content(base):
        return f"reform {reform.name} changes nothing against its base {base.name}"
    if all(content(reform, point.changes) == content(base, point.changes) for point in points):
        set_by_command = sorted({f"lever.{name}.{key}" for point in points for name, key in point.changes})
        return (
            f"reform {reform.name} runs as its base {base.name}: the command itself sets all that it changes "
            f"({', '.join(set_by_command)})"
        )
    return ""


def _of_values(
    scenarios: Sequence[Scenario], points: Sequence[Point], central: Parameters | None
) -> Iterator[str]:
    """The values, the same in every point, that are in force without them."""
    first = points[0]
    for key, value in first.given:
        kind, *parts = key.split(".")
        if any(dict(point.given)[key] != value for point in points):
            continue
        if (
            kind == "parameters"
            and central
            and first.parameters[parts[0]][parts[1]] == central[parts[0]][parts[1]]
        ):
            yield f"{key}={shown(value)} changes nothing: it is the value without it"
        if kind == "lever":
            only: Changes = {(parts[0], parts[1]): first.changes[parts[0], parts[1]]}
            if all(content(one, only) == content(one) for one in scenarios):
                names = ", ".join(one.name for one in scenarios)
                yield f"{key}={shown(value)} changes nothing: {names} had it without it"


def content(scenario: Scenario, changes: Changes | None = None) -> Any:
    """What a scenario is, whatever it is called: its closure and its dated values."""
    levers = scenario.changed(changes or {}).levers
    return scenario.closure, {
        name: {key: simplified(dated) for key, dated in fields.items()} for name, fields in levers.items()
    }
