"""What a sweep is going to run: scenarios x points x replications, complete before its first run."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from experiments.plan.drawn_sets import ALL_CENTRAL, ParameterSets
from experiments.plan.settings import ExecutorSettings
from experiments.plan.until_known import Until
from scenarios.drawn import Values, changed
from scenarios.files.changes import are_numbers, refuse_what_it_comes_to
from scenarios.free_money import refuse_free_money
from scenarios.lever import LeverFile
from scenarios.own.own_lever import OwnLever
from scenarios.spec import LAST_YEAR, Changes, Parameters, RunSpec, Scenario
from scenarios.values.errors import Mistakes
from scenarios.values.exact_text import exact_text


@dataclass(frozen=True)
class Point:
    """One combination of the values that a sweep tries."""

    given: tuple[tuple[str, Any], ...]
    world: str
    scale: float
    parameters: Parameters
    changes: Changes

    @property
    def own_parameters(self) -> Values:
        """The parameters that the point gives, whatever is drawn for the others."""
        keys = (key.split(".") for key, _ in self.given if key.startswith("parameters."))
        return {(group, name): self.parameters[group][name] for _, group, name in keys}

    @property
    def label(self) -> str:
        """The values that were given, as on the command line; empty when none was."""
        return ", ".join(f"{key}={shown(value)}" for key, value in self.given)


@dataclass(frozen=True)
class SweepPlan:
    """Scenarios x points x replications, and how they are to be run."""

    experiment: str
    question: str
    scenarios: tuple[Scenario, ...]
    points: tuple[Point, ...]
    replications: int
    seed: int
    executor: ExecutorSettings
    results: Path
    on_error: str
    composed: dict[str, Any]
    region: str
    horizon: int = LAST_YEAR
    """The last year of the runs."""
    until: Until | None = None
    """When it may stop before all its replications; None: never."""
    sets: ParameterSets = ALL_CENTRAL
    """Parameters of each draw, and where they come from."""
    notices: tuple[str, ...] = ()
    """What of the command changes nothing, a line each."""
    files: tuple[tuple[str, Path], ...] = ()
    """The user's files that it was read from, each with the key of the command that names it."""
    own: tuple[OwnLever, ...] = ()
    """The levers from outside that its runs have."""

    @property
    def runs(self) -> int:
        """How many runs the plan has in all."""
        return len(self.scenarios) * len(self.points) * self.replications

    def units(self) -> Iterator[list[RunSpec]]:
        """Units of work: the runs of one replication that share everything before 2021.

        Run n takes parameter draw n mod draws.
        """
        groups = self._groups
        for n in range(self.replications):
            yield from self._units_of(n, groups)

    def units_of(self, n: int) -> list[list[RunSpec]]:
        """The units of one replication, which may lie beyond those that the plan asks for."""
        return list(self._units_of(n, self._groups))

    def _units_of(self, n: int, groups: list[tuple[list[RunSpec], Values]]) -> Iterator[list[RunSpec]]:
        for specs, given in groups:
            drawn = self._drawn(n, specs[0].parameters, given)
            yield [replace(spec, replication=n, **drawn) for spec in specs]

    def _drawn(self, n: int, parameters: Parameters, given: Values) -> dict[str, Any]:
        """The parameters of run n, where they are drawn: what the command gives is not."""
        values = self.sets.values
        if not values:
            return {}
        draw = n % len(values)
        return {"draw": draw, "parameters": changed(parameters, values[draw] | given)}

    @cached_property
    def _groups(self) -> list[tuple[list[RunSpec], Values]]:
        groups: dict[str, tuple[list[RunSpec], Values]] = {}
        for point in self.points:
            past = json.dumps(
                [point.world, point.scale, point.parameters, sorted(map(".".join, point.own_parameters))],
                sort_keys=True,
            )
            specs, _ = groups.setdefault(past, ([], point.own_parameters))
            specs.extend(self._spec(scenario, point) for scenario in self.scenarios)
        return list(groups.values())

    def _spec(self, scenario: Scenario, point: Point) -> RunSpec:
        return RunSpec(
            scenario=scenario.changed(point.changes),
            world=point.world,
            parameters=point.parameters,
            scale=point.scale,
            draw=0,
            seed=self.seed,
            last_year=self.horizon,
            region=self.region,
            point=f"{scenario.name} {point.label}".rstrip(),
        )


def refuse_combinations(
    scenarios: Sequence[Scenario], points: Sequence[Point], levers: Mapping[str, LeverFile]
) -> None:
    """Refuses what values are allowed one by one and not together.

    Raises:
        InputError: one line per scenario and multiple that leaves its range, or money that costs nothing.
    """
    mistakes = Mistakes()
    for scenario, point in product(scenarios, points):
        mistakes.attempt(refuse_free_money, scenario, point.parameters)
        if scenario.blocks or not are_numbers(point.changes):
            changed, where = scenario.changed(point.changes), f"scenario {scenario.name}: "
            mistakes.attempt(refuse_what_it_comes_to, changed, levers, where)
    mistakes.stop_if_any()


def shown(value: Any) -> str:
    """A value as on the command line; unequal values have unequal texts."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{year}:{shown(item)}" for year, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(shown, value)) + "]"
    if isinstance(value, bool) or value is None:
        return {None: "null", True: "true", False: "false"}[value]
    return exact_text(value) if isinstance(value, (int, float)) else str(value)
