"""What a sweep is going to run: scenarios x points x replications, complete before its first run."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.plan.settings import ExecutorSettings
from scenarios.spec import Changes, Parameters, RunSpec, Scenario
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
    notices: tuple[str, ...] = ()
    """What of the command changes nothing, a line each."""

    @property
    def runs(self) -> int:
        """How many runs the plan has in all."""
        return len(self.scenarios) * len(self.points) * self.replications

    def units(self) -> Iterator[list[RunSpec]]:
        """Units of work: the runs of one replication that share everything before 2021.

        Run n takes parameter draw n mod draws; as only the central values ship, there is one draw.
        """
        groups = self._groups()
        for n in range(self.replications):
            for specs in groups:
                yield [replace(spec, replication=n) for spec in specs]

    def _groups(self) -> list[list[RunSpec]]:
        groups: dict[str, list[RunSpec]] = {}
        for point in self.points:
            past = json.dumps([point.world, point.scale, point.parameters], sort_keys=True)
            groups.setdefault(past, []).extend(self._spec(scenario, point) for scenario in self.scenarios)
        return list(groups.values())

    def _spec(self, scenario: Scenario, point: Point) -> RunSpec:
        return RunSpec(
            scenario=scenario.changed(point.changes),
            world=point.world,
            parameters=point.parameters,
            scale=point.scale,
            draw=0,
            seed=self.seed,
            region=self.region,
            point=f"{scenario.name} {point.label}".rstrip(),
        )


def shown(value: Any) -> str:
    """A value as on the command line; unequal values have unequal texts."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{year}:{shown(item)}" for year, item in value.items()) + "}"
    if isinstance(value, bool) or value is None:
        return {None: "null", True: "true", False: "false"}[value]
    return exact_text(value) if isinstance(value, (int, float)) else str(value)
