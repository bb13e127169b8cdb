"""What a run is: one scenario, one world, one parameter draw and one luck, identified by content."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Self

from scenarios.blocks import BLOCKS, Block, as_levers, is_block, lever_of
from scenarios.dated import Change, replaced_from, simplified
from scenarios.own.own_lever import OwnLever
from scenarios.region.folder import DEFAULT_REGION, region_digest
from scenarios.values.number import Dated, value_at
from scenarios.worlds.given import identity_of

FIRST_YEAR = 2016
POLICY_YEAR = 2021  # scenarios are equal before this year
LAST_YEAR = 2025  # of the plan, in which its targets are read
LATEST_YEAR = 2030  # to which a run may go on: an outlook, with the policy of the plan's last year
BASELINE = "as_in_2020"
FORMAT = 1  # of the canonical text below

Levers = Mapping[str, Mapping[str, Dated]]
Changes = Mapping[tuple[str, str], Change | tuple[Block, ...]]
"""By lever and field; under BLOCKS all blocks of a lever, in place of those it had."""
Parameters = Mapping[str, Mapping[str, float]]


class Closure(StrEnum):
    """What gives when programmes cost more from 2021 on than in the baseline."""

    REPRIORITISE = "reprioritise"
    BORROW = "borrow"
    HIGHER_TAXES = "higher_taxes"


@dataclass(frozen=True)
class Scenario:
    """A named set of dated lever values, and the closure of the budget.

    levers: by lever, then by block of one, under its name. blocks: as they were written; what they come to
    stands in `levers`. own: the levers among them that stand outside the package.
    """

    name: str
    base: str | None
    levers: Levers
    closure: Closure = Closure.REPRIORITISE
    own: tuple[OwnLever, ...] = ()
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict, compare=False)
    label: Mapping[str, str] = field(default_factory=dict, compare=False)
    description: str = field(default="", compare=False)

    def lever_values(self, name: str, year: int) -> dict[str, float]:
        """The values of a lever's fields in a year; before the first year those of the first year."""
        held = max(year, FIRST_YEAR)
        return {key: value_at(dated, held) for key, dated in self.levers[name].items()}

    def changed(self, changes: Changes) -> Self:
        """This scenario with other values for some fields, from the first date of each change on."""
        levers = {name: dict(fields) for name, fields in self.levers.items()}
        blocks = dict(self.blocks)
        for (name, key), change in changes.items():
            if key == BLOCKS:
                blocks[name] = change  # type: ignore[assignment]
            else:
                levers[name][key] = replaced_from(levers[name][key], change)  # type: ignore[arg-type]
        kept = {
            name: own for name, own in levers.items() if not (is_block(name) and lever_of(name) in blocks)
        }
        return replace(self, levers=kept | as_levers(blocks, levers), blocks=blocks)

    def public_cost(self, first: int = POLICY_YEAR, last: int = LAST_YEAR) -> float:
        """Nominal appropriations over all programmes, first to last year [yuan]; a lever's field `budget`."""
        budgets = [fields["budget"] for fields in self.levers.values() if "budget" in fields]
        return sum(value_at(dated, year) for dated in budgets for year in range(first, last + 1))

    def until(self, year: int) -> dict[str, dict[str, Dated]]:
        """The lever values before a year, in which there are no blocks; equal pasts compare equal."""
        return {
            name: {key: simplified(step for step in dated if step[0] < year) for key, dated in fields.items()}
            for name, fields in self.levers.items()
            if not is_block(name)
        }


@dataclass(frozen=True)
class RunSpec:
    """The frozen description of a run.

    region: the name of one that ships, or the path of a folder. world: the name of one in the region's
    folder, or the path of a file.
    last_year: 2025, or up to 2030 for an outlook, in which every lever holds its last value.
    world_of, bases_of: the replications whose path of the world and whose unknown bases it meets, its own
    unless given. places: where what the world or an unknown base draws lies in its distribution, above 0 and
    below 1, by name; all else as the replication draws it. Only what takes a variance apart gives these.
    """

    scenario: Scenario
    world: str
    parameters: Parameters
    scale: float = 1.0
    draw: int = 0
    replication: int = 0
    seed: int = 0
    first_year: int = FIRST_YEAR
    last_year: int = LAST_YEAR
    region: str = DEFAULT_REGION
    world_of: int | None = None
    bases_of: int | None = None
    places: Mapping[str, float] = field(default_factory=dict)
    point: str = field(default="", compare=False)  # the point of a sweep, for tables; no part of the identity

    def canonical(self) -> str:
        """The run as JSON text of values, without names: equal runs give equal text.

        Raises:
            InputError: there is no such region or file of a world; they are part of what is run.
        """
        content = {
            "format": FORMAT,
            "levers": {
                name: {key: simplified(dated) for key, dated in fields.items()}
                for name, fields in self.scenario.levers.items()
            },
            "closure": self.scenario.closure.value,
            "region": region_digest(self.region),
            "world": identity_of(self.world),
            "parameters": _floats(self.parameters),
            "years": [int(self.first_year), int(self.last_year)],
            "scale": float(self.scale),
            "draw": int(self.draw),
            "replication": int(self.replication),
            "seed": int(self.seed),
        }
        others = {"world_of": self.world_of, "bases_of": self.bases_of}
        content |= {name: int(n) for name, n in others.items() if n is not None}
        if self.scenario.own:
            content["own"] = {one.name: one.digest for one in self.scenario.own}
        content |= {"places": {name: float(u) for name, u in self.places.items()}} if self.places else {}
        return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


def run_id(spec: RunSpec, digests: Mapping[str, str]) -> str:
    """The identity of a run by content [64 hexadecimal digits]: its values, the data and the program.

    `digests` is {"data": ..., "sources": ...} of scenarios/digests.py.
    """
    text = "\n".join([spec.canonical(), digests["data"], digests["sources"]])
    return sha256(text.encode()).hexdigest()


def _floats(parameters: Parameters) -> dict[str, dict[str, float]]:
    return {
        group: {name: float(value) + 0.0 for name, value in values.items()}
        for group, values in parameters.items()
    }
