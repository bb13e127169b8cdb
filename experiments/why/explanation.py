"""Why a scenario differs from another, made from what the runs of each coalition left.

found = explanation_of(record)
found.part("sei_va", "industry")     # Estimate(mean, low, high)
found.cost_of("sei_va", "industry")  # cost per unit of effect, or why there is none

Each observation is a pair of equal luck, or the mean of the pairs of one set of parameters. Within each, the
parts of a measure add up to the whole difference; so do their means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from experiments.change.interval import Ratio
from experiments.store.outcome_columns import COVERAGE, OutcomeColumns
from experiments.why.bootstrap import Estimate, mean_of, ratio_of, share_of, without_rounding
from experiments.why.kept import players_in, units_in
from experiments.why.measured import COST, Measure, measures
from experiments.why.members import Member
from experiments.why.players import Player
from experiments.why.runs import UnitValues
from experiments.why.shapley import exact, sampled
from scenarios.region.folder import DEFAULT_REGION

HIT = OutcomeColumns.of("").hit
ACTIVITY_HIT = OutcomeColumns.of("").activity_hit
ANY_COVERAGE = 1e-9  # percent


@dataclass(frozen=True)
class Explanation:
    """An explanation, read.

    about: its record. players, columns, members: what parts, measures and ends are of. parts: [observation,
    player, measure]; base, whole: what a measure is in the base, and in the scenario more than there
    [observation, measure]. alone, last: what a player adds to the base alone, and to all others together;
    None where orders were drawn. ends: [observation, base and scenario, member]. pairs: of equal luck.
    """

    about: Mapping[str, Any]
    players: tuple[Player, ...]
    columns: Mapping[str, int]
    members: Mapping[Member, int]
    parts: np.ndarray
    base: np.ndarray
    whole: np.ndarray
    alone: np.ndarray | None
    last: np.ndarray | None
    ends: np.ndarray
    pairs: int
    coalitions: int

    @property
    def region(self) -> str:
        """The region of the runs."""
        return str(self.about.get("region", DEFAULT_REGION))

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """What an effect is told of: what targets of today and the runs both know."""
        return {name: one for name, one in measures(self.region).items() if name in self.columns}

    @property
    def observations(self) -> int:
        """Pairs, or sets of parameters where several pairs share one."""
        return len(self.whole)

    @cached_property
    def recounted(self) -> bool:
        """Whether statistical coverage differs, so that targets are counted by activity."""
        column = self.columns.get(COVERAGE)
        return column is not None and bool((np.abs(self.whole[:, column]) > ANY_COVERAGE).any())

    def column(self, measure: str) -> int:
        """Where a measure stands; chances are of activity where coverage differs."""
        if self.recounted and measure.endswith(HIT):
            by_activity = measure.removesuffix(HIT) + ACTIVITY_HIT
            return self.columns[by_activity]
        return self.columns[measure]

    def level(self, measure: str) -> float:
        """The mean of a measure in the base."""
        return float(self.base[:, self.column(measure)].mean())

    def effect(self, measure: str) -> Estimate:
        """What the whole scenario changes."""
        return self._estimate(measure, self.whole)

    def part(self, measure: str, player: str) -> Estimate:
        """What falls to a player of it."""
        return self._estimate(measure, self.parts[:, self._place(player)])

    def alone_adds(self, measure: str, player: str) -> Estimate | None:
        """What a player adds to the base alone; None where that was not run."""
        return None if self.alone is None else self._estimate(measure, self.alone[:, self._place(player)])

    def without_loses(self, measure: str, player: str) -> Estimate | None:
        """What the scenario loses without a player; None where that was not run."""
        return None if self.last is None else self._estimate(measure, self.last[:, self._place(player)])

    def lead_over(self, measure: str, one: str, other: str) -> Estimate:
        """How much larger the part of a player is than that of another."""
        gap = self.parts[:, self._place(one)] - self.parts[:, self._place(other)]
        return self._estimate(measure, gap)

    def cost_of(self, measure: str, player: str | None = None) -> Ratio:
        """Public cost per unit of effect of a player, or of the whole scenario."""
        values = self.whole if player is None else self.parts[:, self._place(player)]
        column = self.column(measure)
        clean = without_rounding(values, self.base)
        return ratio_of(clean[:, self.columns[COST]], clean[:, column])

    def remainder(self, measure: str) -> float:
        """The most that parts miss of the whole in an observation [unit of the measure]."""
        column = self.column(measure)
        missed = self.parts[:, :, column].sum(axis=1) - self.whole[:, column]
        return float(np.abs(missed).max())

    def change_of(self, member: Member) -> Estimate:
        """What a member has more in the scenario than in the base."""
        at = self.members[member]
        gap = self.ends[:, 1, at] - self.ends[:, 0, at]
        return mean_of(without_rounding(gap, self.ends[:, 0, at]))

    def of_member(self, member: Member) -> tuple[float, float]:
        """The mean of what a member has in the scenario and in the base."""
        base, scenario = self.ends[:, :, self.members[member]].mean(axis=0)
        return float(scenario), float(base)

    def table(self) -> pd.DataFrame:
        """One row per measure and part, `all` last: {measure, unit, part, mean, low, high, cost_per_unit}.

        cost_per_unit: public cost of 2021-25 [100 m yuan] per unit; not a number where not determined.
        """
        rows = [
            (name, one.unit.en, part, *effect, cost.value)
            for name, one in self.measures.items()
            for part, effect, cost in [
                *((who, self.part(name, who), self.cost_of(name, who)) for who, _ in self.players),
                ("all", self.effect(name), self.cost_of(name)),
            ]
        ]
        found = pd.DataFrame(
            rows, columns=["measure", "unit", "part", "mean", "low", "high", "cost_per_unit"]
        )
        return found.astype({"cost_per_unit": float})

    def _place(self, player: str) -> int:
        return [one.name for one in self.players].index(player)

    def _estimate(self, measure: str, values: np.ndarray) -> Estimate:
        column = self.column(measure)
        known = self.measures.get(measure)
        cleaned = without_rounding(values[:, column], self.base[:, column])
        return share_of(cleaned) if known is not None and known.chance else mean_of(cleaned)


def explanation_of(record: Mapping[str, Any], pairs: int | None = None) -> Explanation:
    """The explanation that a record holds, or that of its first so many pairs."""
    units, players = units_in(record), players_in(record)
    if pairs is not None:
        units = [one for one in units if one.replication < pairs]
    single = units[0].orders == []
    draws = [unit.draw for unit in units]
    return Explanation(
        about=record,
        players=tuple(players),
        columns={name: at for at, name in enumerate(record["measures"])},
        members={Member(*key.split("__")): at for at, key in enumerate(record["members"])},
        parts=by_draw([parts_of(unit) for unit in units], draws),
        base=by_draw([unit.values[0] for unit in units], draws),
        whole=by_draw([unit.values[-1] - unit.values[0] for unit in units], draws),
        alone=by_draw([added_alone(unit, len(players)) for unit in units], draws) if single else None,
        last=by_draw([added_last(unit, len(players)) for unit in units], draws) if single else None,
        ends=by_draw([unit.ends for unit in units], draws),
        pairs=len(units),
        coalitions=max(len(unit.masks) for unit in units),
    )


def parts_of(unit: UnitValues) -> np.ndarray:
    """What falls to each player in a unit [player, measure]."""
    return sampled(unit.masks, unit.values, unit.orders) if unit.orders else exact(unit.values)


def added_alone(unit: UnitValues, players: int) -> np.ndarray:
    """What each player adds to the base [player, measure]."""
    return np.array([unit.values[1 << one] - unit.values[0] for one in range(players)])


def added_last(unit: UnitValues, players: int) -> np.ndarray:
    """What each player adds to all others [player, measure]."""
    return np.array(
        [unit.values[-1] - unit.values[len(unit.values) - 1 - (1 << one)] for one in range(players)]
    )


def by_draw(values: Sequence[np.ndarray], draws: Sequence[int]) -> np.ndarray:
    """One entry per pair, or the mean of each set of parameters where some share one and others do not."""
    table = np.array(values)
    known = sorted(set(draws))
    if len(known) in (1, len(draws)):
        return table
    return np.array([table[np.array(draws) == draw].mean(axis=0) for draw in known])
