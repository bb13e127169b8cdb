"""The runs behind a search: pairs of equal luck, in each of which every package is tried from one past.

What a package came to with the luck of a pair is kept in the results folder as soon as it is known, by
content, so that a search that was stopped goes on, and another one that tries the same package does not run
it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from experiments.compute.parallel import one_by_one
from experiments.packages.measured import measures
from experiments.packages.progress import Progress
from experiments.plan.patience import Say, aloud, silent
from experiments.plan.points import SweepPlan
from experiments.store import sealed
from experiments.store.store import Store
from experiments.why.question import plain
from scenarios.spec import RunSpec, Scenario
from scenarios.worlds.given import world_name
from sim.model import IndustrialPolicyModel
from sim.run import past_of, simulate_from

KIND, FORM = "try", 1
LUCK = 100_000
"""Pairs are replications from here on: no sweep that judges a package has their luck."""
HELD = 16  # pasts that a process holds


@dataclass(frozen=True)
class Pair:
    """A luck, with the path of the world and the parameters that go with it.

    key: what tells it from others, by content. files: the region and the world as its runs name them. Copies
    of a file have one key, but no run goes on from a past that names the other copy.
    """

    key: str
    files: tuple[str, str]
    spec: RunSpec = field(compare=False)

    @property
    def world(self) -> str:
        """What its world is called."""
        return world_name(self.spec.world)


def pairs_of(plan: SweepPlan, number: int, first: int = LUCK) -> list[Pair]:
    """So many pairs of each world of a plan: run n has set n of parameters modulo their number, as in
    sweeps."""
    return [pair_of(unit[0]) for n in range(first, first + number) for unit in plan.units_of(n)]


def pair_of(spec: RunSpec) -> Pair:
    """The pair that a run of the base stands for."""
    return Pair(sealed.checksum(spec.canonical().encode()), (spec.region, spec.world), spec)


def key_of(scenario: Scenario) -> str:
    """What tells a package from others, whatever it is called [64 hexadecimal digits]."""
    return sealed.checksum(sealed.canonical(plain(scenario)).encode())


@lru_cache(maxsize=HELD)
def past_with(pair: Pair) -> IndustrialPolicyModel:
    """The province at the end of 2020 with the luck of a pair."""
    return past_of(pair.spec)


def of_pair(work: tuple[Pair, Sequence[Scenario]]) -> list[dict[str, float]]:
    """What is measured of each scenario with the luck of a pair."""
    pair, scenarios = work
    specs = [replace(pair.spec, scenario=one) for one in scenarios]
    return [measures(run, pair.spec.scale) for run in simulate_from(past_with(pair), specs)]


class Tries:
    """What packages come to in some pairs, known or run. names: of what is measured, once something is known.

    store: a folder that is held. most: how many packages are meant to be tried, to tell how far a search is.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        store: Store,
        workers: int | None = None,
        most: int | None = None,
        say: Say = aloud,
    ) -> None:
        self.pairs, self.store, self.workers = list(pairs), store, workers
        self.names: list[str] = []
        self.runs = 0
        self._known: dict[str, dict[str, list[float | None]]] = {}
        self.progress = Progress(most, say)
        for pair in self.pairs:
            held = store.kept[KIND].about(pair.key) or {"measures": [], "packages": {}}
            self.names = held["measures"] or self.names
            self._known[pair.key] = dict(held["packages"])

    def values(self, scenarios: Sequence[Scenario]) -> np.ndarray:
        """Every measure of each scenario in each pair [scenario, pair, measure].

        Raises:
            AccountingError: an identity failed in a run. CannotWrite.
        """
        keys = [key_of(one) for one in scenarios]
        by_key = dict(zip(keys, scenarios, strict=True))
        lacking = [(pair, [key for key in by_key if key not in self._known[pair.key]]) for pair in self.pairs]
        work = [(pair, those) for pair, those in lacking if those]
        found = one_by_one(of_pair, [(pair, [by_key[key] for key in those]) for pair, those in work],
                           self.workers, silent)  # fmt: skip
        for done, ((pair, those), values) in enumerate(zip(work, found, strict=True), start=1):
            self.names = list(values[0])
            rows = (finite([one[name] for name in self.names]) for one in values)
            self._known[pair.key] |= dict(zip(those, rows, strict=True))
            self._keep(pair)
            self.runs += len(those)
            self.progress.tick(len(by_key) * done / len(work))
        self.progress.passed(len(by_key), new=bool(work))
        table = [[self._known[pair.key][key] for pair in self.pairs] for key in keys]
        return np.array(table, dtype=np.float64)

    def _keep(self, pair: Pair) -> None:
        content: dict[str, Any] = {
            "key": pair.key,
            "form": FORM,
            "measures": self.names,
            "packages": self._known[pair.key],
        }
        self.store.kept[KIND].keep(content)

    def column(self, name: str) -> int:
        """The place of a measure."""
        return self.names.index(name)


def finite(values: Sequence[float]) -> list[float | None]:
    """Numbers as they are kept; None for what a run has no value of."""
    return [float(value) if np.isfinite(value) else None for value in values]
