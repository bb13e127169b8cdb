"""What a scenario differs from another in, as the players of a game: levers, or thrusts of the plan.

Each player brings all values of its levers, money and rates together, and those of their blocks. Where the
two also differ in what gives when programmes cost more, that is a player of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from experiments.change.named import Named
from experiments.plan.contradictions import check_shared_past
from scenarios.blocks import is_block, lever_of
from scenarios.dated import simplified
from scenarios.load import load_levers
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import Levers, Scenario
from scenarios.thrusts import NONE, THRUSTS
from scenarios.values.errors import InputError, quoted

LEVER, THRUST = "lever", "thrust"
BY = (LEVER, THRUST)
MOST_LEVERS = 8
"""More players are levers only where that is asked for; of more, orders are drawn."""
CLOSURE = "budget_closure"


class Player(NamedTuple):
    """What takes part or not. levers: those whose values it brings; none of the closure of the budget."""

    name: str
    levers: tuple[str, ...]

    def called(self, language: str = "en") -> str:
        """In words."""
        return self.named().name(language)

    def named(self) -> Named:
        """In the words of both languages; a lever by the name that commands take, in Chinese by its label."""
        if self.name == CLOSURE:
            return Named("budget closure", "预算平衡方式")
        if self.name == NONE:
            levers = ", ".join(self.levers)
            return Named(f"no thrust ({levers})", f"不属任何主攻方向（{levers}）")
        if self.name in THRUSTS:
            return Named(THRUSTS[self.name].en, THRUSTS[self.name].zh)
        lever = load_levers().get(self.name)
        return Named(self.name, self.name if lever is None else lever.about.label.zh)


def values_of(scenario: Scenario, lever: str) -> dict[str, dict[str, object]]:
    """What a scenario says of a lever and its blocks, in one form for equal values."""
    return {
        name: {key: simplified(dated) for key, dated in fields.items()}
        for name, fields in scenario.levers.items()
        if lever_of(name) == lever
    }


def differing_levers(one: Scenario, other: Scenario) -> list[str]:
    """The levers in which two scenarios differ, in the order in which they act."""
    names = dict.fromkeys(lever_of(name) for name in (*other.levers, *one.levers))
    return [name for name in names if values_of(one, name) != values_of(other, name)]


def players_of(
    scenario: Scenario, base: Scenario, by: str | None, region: str = DEFAULT_REGION
) -> tuple[str, tuple[Player, ...]]:
    """By what the two are told apart, and the players.

    by: lever or thrust; thrusts unless given, where more than eight levers differ.

    Raises:
        InputError: nothing differs, or something does before 2021.
    """
    check_shared_past([base, scenario])
    levers, closure = differing_levers(scenario, base), scenario.closure is not base.closure
    if not levers and not closure:
        raise InputError(
            f"scenarios {quoted(scenario.name)} and {quoted(base.name)} set the same: no effect to explain"
        )
    chosen = by or (THRUST if len(levers) > MOST_LEVERS else LEVER)
    outside = {one.name: one.thrust for one in scenario.own}
    own = [Player(one, (one,)) for one in levers] if chosen == LEVER else by_thrust(levers, region, outside)
    return chosen, (*own, *([Player(CLOSURE, ())] if closure else []))


def by_thrust(
    levers: Sequence[str], region: str = DEFAULT_REGION, outside: Mapping[str, str] | None = None
) -> list[Player]:
    """The levers by their home thrusts, in the order of the plan. outside: those of levers from outside."""
    homes: dict[str, str] = {name: one.about.thrust for name, one in load_levers(region=region).items()}
    homes |= outside or {}
    found = {thrust: tuple(one for one in levers if homes[one] == thrust) for thrust in (*THRUSTS, NONE)}
    return [Player(thrust, those) for thrust, those in found.items() if those]


def coalition(scenario: Scenario, base: Scenario, players: Sequence[Player], mask: int) -> Scenario:
    """The base with what the players in the mask bring of the scenario."""
    taking = [one for place, one in enumerate(players) if mask >> place & 1]
    taken = {lever for one in taking for lever in one.levers}
    closes = scenario if any(one.name == CLOSURE for one in taking) else base
    return Scenario(
        f"{scenario.name} {mask:b}",
        base.name,
        mixed(scenario.levers, base.levers, taken),
        closes.closure,
        base.own,
    )


def mixed(those: Levers, others: Levers, taken: set[str]) -> Levers:
    """The levers taken from those, with their blocks, and all else from the others; blocks stand last."""
    found: dict[str, Mapping] = {
        name: (those if name in taken else others)[name] for name in others if not is_block(name)
    }
    blocks = [(name, those[name]) for name in those if is_block(name) and lever_of(name) in taken]
    blocks += [(name, others[name]) for name in others if is_block(name) and lever_of(name) not in taken]
    return found | dict(blocks)
