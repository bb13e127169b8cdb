"""Everything that an economy holds, by name, to the last bit: to compare two models or two processes.

    assert differences(one, other) == []

As a script it prints one JSON table {what is held: digest} a quarter, to be run compiled, in plain Python
or under another hash seed; the lines must be equal.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from hashlib import sha256
from typing import Any

import numpy as np

from agents.engine.population import Population
from scenarios.load import load_levers
from scenarios.spec import FIRST_YEAR
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

# Missions from 2018 on, so that a few years have awards, milestones, audits and second tranches.
MISSIONS = {("mission_projects", field): ((2018, value),)
            for field, value in (("budget", 3e9), ("stage_gate", 0.4), ("audit", 0.4))}  # fmt: skip

EVERY_LEVER = "every_lever"  # in place of a scenario


def leaves(held: Any, path: str) -> Iterator[tuple[str, bytes]]:
    """Every array and number within an object, with where it is found and its bits."""
    if isinstance(held, np.ndarray) and held.dtype != object:
        yield path, str((held.dtype, held.shape)).encode() + np.ascontiguousarray(held).tobytes()
    elif isinstance(held, bool | int | float | str | np.generic | Enum | None):
        yield path, repr(held.item() if isinstance(held, np.generic) else held).encode()
    else:
        for name, part in parts(held):
            yield from leaves(part, f"{path}.{name}")


def parts(held: Any) -> Iterator[tuple[Any, Any]]:
    """What an object consists of, by name; of a population its living rows."""
    if isinstance(held, Population):
        rows = held.rows()
        yield from ((name, column[..., rows]) for name, column in held.columns.items())
    elif isinstance(held, dict):
        yield from held.items()
    elif hasattr(held, "_asdict"):
        yield from held._asdict().items()
    elif is_dataclass(held) and not isinstance(held, type):
        yield from ((field.name, getattr(held, field.name)) for field in fields(held))
    elif isinstance(held, list | tuple):
        yield from enumerate(held)
    elif hasattr(held, "__dict__"):
        yield from vars(held).items()


def digests(model: IndustrialPolicyModel) -> dict[str, str]:
    """A digest of each thing the economy holds, and of each indicator of the quarter."""
    found = {path: sha256(bits).hexdigest()[:16] for path, bits in leaves(model.economy, "economy")}
    recorded = (
        dict(zip(series_of().indicators, model.series[-1].tolist(), strict=True)) if len(model.series) else {}
    )
    found |= {f"series.{name}": float(value).hex() for name, value in recorded.items()}
    found["cells"] = sha256(np.array(model._cells).tobytes()).hexdigest()[:16]
    return found


def differences(one: IndustrialPolicyModel, other: IndustrialPolicyModel) -> list[str]:
    """What two models hold differently."""
    ours, theirs = digests(one), digests(other)
    return [name for name in ours | theirs if ours.get(name) != theirs.get(name)]


def every_lever() -> dict[tuple[str, str], tuple[tuple[int, float], ...]]:
    """Every field of every lever in the middle of its range from the first year on."""
    found = {}
    for name, lever in load_levers().items():
        for field, number in lever.fields.items():
            middle = 0.5 * (number.range[0] + number.range[1])
            found[name, field] = ((FIRST_YEAR, float(round(middle)) if field in lever.whole else middle),)
    return found


def main(scenario: str, seed: int, scale: float, quarters: int) -> None:
    """Prints one table for the start and one for each quarter."""
    every = scenario == EVERY_LEVER
    spec = choose("plan" if every else scenario, seed=seed, scale=scale)
    changes = every_lever() if every else MISSIONS
    model = IndustrialPolicyModel(replace(spec, scenario=spec.scenario.changed(changes)))
    print(json.dumps(digests(model)))
    for _ in range(quarters):
        model.step()
        print(json.dumps(digests(model)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
