"""What a run is: one scenario, one world, one parameter draw and one luck, identified by content."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Self

from scenarios.values.number import Dated, value_at

FIRST_YEAR = 2016
POLICY_YEAR = 2021  # scenarios are equal before this year
LAST_YEAR = 2025
BASELINE = "as_in_2020"
FORMAT = 1  # of the canonical text below

Levers = Mapping[str, Mapping[str, Dated]]
Changes = Mapping[tuple[str, str], Dated]
Parameters = Mapping[str, Mapping[str, float]]


class Closure(StrEnum):
    """What gives when programmes cost more from 2021 on than in the baseline."""

    REPRIORITISE = "reprioritise"
    BORROW = "borrow"
    HIGHER_TAXES = "higher_taxes"


@dataclass(frozen=True)
class Scenario:
    """A named set of dated lever values, and the closure of the budget."""

    name: str
    base: str | None
    levers: Levers
    closure: Closure = Closure.REPRIORITISE
    label: Mapping[str, str] = field(default_factory=dict, compare=False)
    description: str = field(default="", compare=False)

    def lever_values(self, name: str, year: int) -> dict[str, float]:
        """The values of a lever's fields in a year; before the first year those of the first year."""
        held = max(year, FIRST_YEAR)
        return {key: value_at(dated, held) for key, dated in self.levers[name].items()}

    def changed(self, changes: Changes) -> Self:
        """This scenario with other values for some fields, from the first date of each change on."""
        levers = {name: dict(fields) for name, fields in self.levers.items()}
        for (name, key), dated in changes.items():
            levers[name][key] = replaced_from(levers[name][key], dated)
        return replace(self, levers=levers)

    def public_cost(self, first: int = POLICY_YEAR, last: int = LAST_YEAR) -> float:
        """Nominal appropriations over all programmes, first to last year [yuan]; a lever's field `budget`."""
        budgets = [fields["budget"] for fields in self.levers.values() if "budget" in fields]
        return sum(value_at(dated, year) for dated in budgets for year in range(first, last + 1))

    def until(self, year: int) -> dict[str, dict[str, Dated]]:
        """The lever values before a year; equal pasts compare equal."""
        return {
            name: {key: simplified(step for step in dated if step[0] < year) for key, dated in fields.items()}
            for name, fields in self.levers.items()
        }


@dataclass(frozen=True)
class RunSpec:
    """The frozen description of a run."""

    scenario: Scenario
    world: str
    parameters: Parameters
    scale: float = 1.0
    draw: int = 0
    replication: int = 0
    seed: int = 0
    first_year: int = FIRST_YEAR
    last_year: int = LAST_YEAR
    point: str = field(default="", compare=False)  # the point of a sweep, for tables; no part of the identity

    def canonical(self) -> str:
        """The run as JSON text of values, without names: equal runs give equal text."""
        content = {
            "format": FORMAT,
            "levers": {
                name: {key: simplified(dated) for key, dated in fields.items()}
                for name, fields in self.scenario.levers.items()
            },
            "closure": self.scenario.closure.value,
            "world": self.world,
            "parameters": _floats(self.parameters),
            "years": [int(self.first_year), int(self.last_year)],
            "scale": float(self.scale),
            "draw": int(self.draw),
            "replication": int(self.replication),
            "seed": int(self.seed),
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


def run_id(spec: RunSpec, digests: Mapping[str, str]) -> str:
    """The identity of a run by content [64 hexadecimal digits]: its values, the data and the program.

    `digests` is {"data": ..., "sources": ...} of scenarios/digests.py.
    """
    text = "\n".join([spec.canonical(), digests["data"], digests["sources"]])
    return sha256(text.encode()).hexdigest()


def replaced_from(dated: Dated, change: Dated) -> Dated:
    """The path with everything from the change's first year on replaced by the change."""
    first = change[0][0]
    return simplified((*(step for step in dated if step[0] < first), *change))


def simplified(dated: Iterable[tuple[int, float]]) -> Dated:
    """The same path without steps that change nothing, with floats only."""
    steps: list[tuple[int, float]] = []
    for year, value in dated:
        if not steps or steps[-1][1] != value:
            steps.append((int(year), float(value) + 0.0))
    return tuple(steps)


def _floats(parameters: Parameters) -> dict[str, dict[str, float]]:
    return {
        group: {name: float(value) + 0.0 for name, value in values.items()}
        for group, values in parameters.items()
    }
