"""What a search was asked and how packages were tried, for a target or for the best: kept, and in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.packages.asked import Asked
from experiments.packages.dials import left_out
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.values.tables import YI


def kept(asked: Asked, tried: int, looked_at: Sequence[str], command: str) -> dict[str, Any]:
    """As plain values. tried: how many packages. looked_at: the levers that were looked at further."""
    cap = load_fiscal_cap(asked.region)
    return {
        "base": asked.base,
        "region": asked.region,
        "parameters": asked.plan.sets.told,
        "approximate": asked.plan.sets.approximate,
        "seed": asked.plan.seed,
        "scale": asked.scale,
        "pairs": asked.pairs,
        "evaluations": asked.evaluations,
        "tried": tried,
        "replications": asked.replications,
        "judged_at": asked.judged_at,
        "cap": asked.cap,
        "fiscal_cap": None if cap is None else cap.yuan / YI,
        "levers": list(asked.dials.room.levers),
        "looked_at": looked_at,
        "not_searched": {} if asked.names or asked.thrusts else left_out(asked.region),
        "command": command,
    }


def packages(about: Mapping[str, Any], pairs: str) -> str:
    """How many packages were tried. pairs: in which pairs of equal luck each was."""
    return (
        f"{about['tried']} packages of {len(about['levers'])} levers tried, {len(about['looked_at'])} "
        f"looked at further; each in {about['pairs']} pairs of equal luck {pairs} {about['scale']:g}"
    )


def money(about: Mapping[str, Any]) -> str:
    """What packages may cost."""
    cap = "none but the fiscal cap" if about["cap"] is None else f"{about['cap']:g} 亿 beyond {about['base']}"
    fiscal = (
        "" if about["fiscal_cap"] is None else f", {about['fiscal_cap']:,.1f} 亿 a year with all in force"
    )
    return f"money: {cap}{fiscal}; cost is what is spent, not what is appropriated"


def left(about: Mapping[str, Any]) -> list[str]:
    """What is smaller than the province or was not searched, a line each; nothing where there is none."""
    said = []
    if about["judged_at"] != 1.0:
        said.append(f"full size stands for population.scale={about['judged_at']:g} here")
    if about["not_searched"]:
        names = ", ".join(f"{name} ({why})" for name, why in about["not_searched"].items())
        said.append(f"not searched unless named in levers=: {names}")
    return said
