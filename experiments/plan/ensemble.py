"""An ensemble: the runs a sweep asks for, and what of them is missing.

A unit of work is one replication: every scenario of it shares the years before 2021. One with very many
scenarios and points is computed in parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from math import ceil
from typing import Any

import pyarrow as pa

from scenarios.spec import RunSpec, run_id
from scenarios.worlds.given import world_name

Unit = tuple[tuple[str, RunSpec], ...]

MOST_TOGETHER = 32
"""Runs of a unit that are computed as one: half a minute at most, so that progress shows, every processor has
work, and a sweep that is stopped loses no more. Each part lives through the years before 2021 by itself,
which takes it as long as half a run."""


@dataclass(frozen=True)
class Ensemble:
    """The runs of a sweep: units of (run id, spec), and a row per run and point for its record."""

    units: tuple[Unit, ...]
    rows: tuple[dict[str, Any], ...]

    @property
    def runs(self) -> set[str]:
        """Ids of all runs; two points of equal content share theirs."""
        return {row["run_id"] for row in self.rows}

    def table(self) -> pa.Table:
        """The rows as the record of the sweep keeps them."""
        return pa.Table.from_pylist(list(self.rows))

    def missing(self, finished: set[str]) -> list[Unit]:
        """The units, without the runs that are finished; large ones in parts of at most MOST_TOGETHER."""
        left = [tuple(run for run in unit if run[0] not in finished) for unit in self.units]
        return [part for unit in left if unit for part in in_parts(unit)]


def in_parts(unit: Unit) -> list[Unit]:
    """A unit in as few parts as there may be, all of about one size."""
    size = ceil(len(unit) / ceil(len(unit) / MOST_TOGETHER))
    return list(batched(unit, size))


def ensemble(units: Iterable[Sequence[RunSpec]], digests: Mapping[str, str]) -> Ensemble:
    """The ensemble of a plan's units under today's sources and data."""
    named = [[(run_id(spec, digests), spec) for spec in unit] for unit in units]
    rows = [
        {
            "run_id": run,
            "point": spec.point or spec.scenario.name,
            "scenario": spec.scenario.name,
            "region": spec.region,
            "world": world_name(spec.world),
            "scale": float(spec.scale),
            "seed": spec.seed,
            "n": spec.replication,
            "draw": spec.draw,
        }
        for unit in named
        for run, spec in unit
    ]
    return Ensemble(tuple(tuple(dict(unit).items()) for unit in named), tuple(rows))
