"""What moves a target most for each yuan, and what does not: of an explanation, or of stored effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from experiments.change.named import Named
from experiments.figures.material.evidence import Evidence
from experiments.measures.stored import Stored, load_stored
from experiments.why.explanation import Explanation, explanation_of
from experiments.why.measured import COST
from scenarios.load import load_levers

LEAST_COST = 1.0  # 亿元 over five years: what costs less is a rule, and nothing is divided by next to nothing
MOST_TOLD = 2


class Mover(NamedTuple):
    """A lever or thrust: its effect on a target [drawn units] and its public cost over the plan [亿元].

    sure: whether the interval of the effect is without zero.
    """

    called: Named
    effect: float
    cost: float
    sure: bool

    @property
    def per_yuan(self) -> float:
        """The effect per 亿元."""
        return self.effect / self.cost


class Moved(NamedTuple):
    """What moves a target: per yuan, the most first; at almost no cost; what costs and moves nothing that
    can be measured, the dearest first; how many there are in all.
    """

    movers: tuple[Mover, ...]
    free: tuple[Mover, ...]
    idle: tuple[Mover, ...]
    total: int


class Source(NamedTuple):
    """Where effects per yuan come from: a kept explanation, or else what is stored of single levers."""

    explained: Explanation | None
    stored: Stored | None

    def of(self, target: str) -> Moved | None:
        """What moves a target; None where nothing is known of it."""
        if self.explained is not None:
            return _moved(_of_players(self.explained, target))
        return _moved(_of_levers(self.stored, target)) if self.stored is not None else None


def source(evidence: Evidence, kept: Sequence[Mapping[str, Any]]) -> Source:
    """The explanation of one of these cases with the most parts, or else this region's stored effects."""
    found = [explanation_of(one) for one in kept if evidence.holds([one["scenario"]])]
    if found:
        return Source(max(found, key=lambda one: (len(one.players), one.pairs)), None)
    stored = _stored()
    mine = stored is not None and stored.made["of"] == evidence.region.name
    return Source(None, stored if mine else None)


@lru_cache(maxsize=1)
def _stored() -> Stored | None:
    return load_stored()


def _of_players(found: Explanation, target: str) -> list[Mover]:
    if target not in found.measures:
        return []
    movers = []
    for one in found.players:
        effect, cost = found.part(target, one.name), found.part(COST, one.name)
        movers.append(Mover(one.named(), effect.mean, cost.mean, effect.sure))
    return movers


def _of_levers(stored: Stored | None, target: str) -> list[Mover]:
    if stored is None:
        return []
    names = load_levers(region=stored.made["of"])
    movers = []
    for name, one in stored.levers.items():
        effect, cost = one["effects"].get(target), one["effects"].get(COST)
        if not effect or not cost or name not in names:
            continue
        label = names[name].about.label
        movers.append(Mover(Named(label.en, label.zh), effect["value"], cost["value"], _sure(effect)))
    return movers


def _sure(effect: Mapping[str, Any]) -> bool:
    return not effect["nothing"] and (effect["low"] > 0.0 or effect["high"] < 0.0)


def _moved(found: Sequence[Mover]) -> Moved | None:
    if not found:
        return None
    paid = [one for one in found if one.cost >= LEAST_COST]
    movers = sorted((one for one in paid if one.sure and one.effect > 0.0), key=lambda one: -one.per_yuan)
    free = [one for one in found if one.sure and one.effect > 0.0 and one.cost < LEAST_COST]
    idle = sorted((one for one in paid if not one.sure), key=lambda one: -one.cost)
    return Moved(tuple(movers), tuple(sorted(free, key=lambda one: -one.effect)), tuple(idle), len(found))
