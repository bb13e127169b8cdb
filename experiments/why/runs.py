"""The runs behind an explanation: a past for each set of parameters and luck, and every coalition from there.

A unit of work is one such past. What it leaves is kept as soon as it ends, so that a computation that was
stopped goes on, and a larger number of replications extends a smaller one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.compute.parallel import one_by_one
from experiments.why.finished import Classes, run_to_the_end
from experiments.why.measured import read_measures
from experiments.why.members import read_members
from experiments.why.players import Player, coalition
from experiments.why.shapley import Orders, drawn_orders, on_the_way
from scenarios.region.region import Region, load_region
from scenarios.spec import Parameters, RunSpec, Scenario
from sim.model import IndustrialPolicyModel
from sim.run import past_of

MILLION = 1e6


class Unit(NamedTuple):
    """A replication, and the place of its set of parameters among those drawn."""

    replication: int
    draw: int
    parameters: Parameters


@dataclass(frozen=True)
class Game:
    """What the coalitions are made of. spec: of the base, with world, scale and seed.

    orders: how many are drawn for each unit; 0 where all coalitions are run.
    """

    scenario: Scenario
    base: Scenario
    players: tuple[Player, ...]
    spec: RunSpec
    orders: int = 0

    def orders_of(self, unit: Unit) -> Orders:
        """The orders of a unit, drawn anew for each so that their luck is in the interval."""
        luck = (self.spec.seed, unit.replication, unit.draw)
        return drawn_orders(len(self.players), self.orders, luck) if self.orders else []

    def masks_of(self, unit: Unit) -> list[int]:
        """The coalitions of a unit."""
        orders = self.orders_of(unit)
        return on_the_way(orders) if orders else list(range(1 << len(self.players)))

    def spec_of(self, unit: Unit, mask: int) -> RunSpec:
        """The run of a coalition."""
        return replace(
            self.spec,
            scenario=coalition(self.scenario, self.base, self.players, mask),
            parameters=unit.parameters,
            draw=unit.draw,
            replication=unit.replication,
        )

    def runs(self, units: Sequence[Unit]) -> int:
        """How many runs some units are."""
        return sum(len(self.masks_of(unit)) for unit in units)


class UnitValues(NamedTuple):
    """What a unit leaves.

    measures, members: their names. values: [coalition, measure]; ends: of the base and of the whole scenario
    [2, member].
    """

    replication: int
    draw: int
    masks: list[int]
    orders: Orders
    measures: list[str]
    values: np.ndarray
    members: list[str]
    ends: np.ndarray


class Coalition(NamedTuple):
    """What a run of a coalition is measured by. members: of the base and of the whole scenario alone."""

    measures: dict[str, float]
    members: dict[str, float]


def computed(game: Game, units: Sequence[Unit], workers: int | None = None) -> Iterator[UnitValues]:
    """What each unit leaves, one after the other, in their order.

    Raises:
        AccountingError: an identity failed in a run.
    """
    yield from one_by_one(partial(of_unit, game), units, workers)


def of_unit(game: Game, unit: Unit) -> UnitValues:
    """All coalitions of a unit, run from one past and measured."""
    past = past_of(game.spec_of(unit, 0))
    return unit_of(game, unit, [of_coalition(game, unit, mask, past) for mask in game.masks_of(unit)])


def of_coalition(game: Game, unit: Unit, mask: int, past: IndustrialPolicyModel) -> Coalition:
    """A coalition of a unit, run from the unit's past, which stays as it is for others, and measured."""
    region = load_region(game.spec.region)
    run = run_to_the_end(past.branch(game.spec_of(unit, mask)), classes_of(past, region))
    is_end = mask in (0, (1 << len(game.players)) - 1)
    return Coalition(read_measures(run, game.spec.region), read_members(run, region) if is_end else {})


def unit_of(game: Game, unit: Unit, found: Sequence[Coalition]) -> UnitValues:
    """What a unit leaves, of all its coalitions in the order of their masks."""
    both = [found[0].members, found[-1].members]
    return UnitValues(
        unit.replication,
        unit.draw,
        game.masks_of(unit),
        game.orders_of(unit),
        list(found[0].measures),
        np.array([list(one.measures.values()) for one in found]),
        list(both[0]),
        np.array([list(one.values()) for one in both]),
    )


def classes_of(past: IndustrialPolicyModel, region: Region) -> Classes:
    """The firms of a past by their annual sales, in the classes of the region's marginals."""
    marginals = region.marginals
    return Classes.at_the_end_of(past, marginals.size_classes, marginals.size_lower_bound * MILLION)
