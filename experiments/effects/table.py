"""The table of `sanxiang levers --effects` as text and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import batched
from math import floor, log10
from typing import Any

from experiments.answer.budgets import MOVES
from experiments.answer.dose_runs import GDP, MONEY
from experiments.answer.text_table import fitted, readable, short, terminal_width
from experiments.effects.doses import WHENCE, Dosed
from experiments.effects.effects import (
    INTERACTION,
    JOBS,
    PACKAGE,
    RECLASSIFIED,
    TOLERANCE,
    LeverEffects,
    per_yi,
)
from experiments.effects.places import Place
from experiments.effects.places import in_json as place_in_json
from experiments.evidence.effects import Effect
from scenarios.load import load_levers
from scenarios.region.folder import DEFAULT_REGION
from scenarios.targets import load_targets
from scenarios.values.tables import YI

A_BLOCK = 4  # columns that fit on a terminal of 170 places
MISSING = "no reason is given: no_effect in the lever's file has to say why"
LABELS = {
    MONEY: "public cost 2021-25, 亿",
    GDP: "GDP, 亿",
    JOBS: "jobs in technology firms, 10,000",
    RECLASSIFIED: "reclassified (no activity), 亿",
}


def columns(region: str = DEFAULT_REGION) -> dict[str, str]:
    """What each indicator is called, with its unit."""
    targets = load_targets(region=region)
    units = {name: one.about.shown.unit_en.replace("%", "pp", 1) for name, one in targets.items()}
    return {**LABELS, **{name: f"{name}, {unit}" for name, unit in units.items()}}


def cell(found: LeverEffects, case: str, indicator: str) -> str:
    """An effect with its interval; 0 where it is the same number in every pair."""
    effect = found.effects[case].get(indicator)
    if effect is None:
        return "no value"
    if effect.value == effect.low == effect.high == 0.0:
        return "0"
    digits = decimals(found.base[indicator])
    value, low, high = (rounded(one, digits) for one in (effect.value, effect.low, effect.high))
    return f"{value} [{low} – {high}]{' ~0' if found.does_nothing(case, indicator) else ''}"


def rounded(value: float, digits: int) -> str:
    """A number with its sign; nothing has none but a plus."""
    return f"{value:+z,.{digits}f}"


def decimals(base: float) -> int:
    """Decimals that show a hundred-thousandth of an indicator's own value."""
    return min(6, max(0, 4 - floor(log10(abs(base))))) if base else 3


def reason(found: LeverEffects, lever: str) -> str:
    """Why a lever does nothing, where its effect on value added is nothing; else no words."""
    if not found.does_nothing(lever, "sei_va"):
        return ""
    return load_levers(region=found.asked.region)[lever].about.no_effect or MISSING


def cost_said(found: LeverEffects, case: str) -> str:
    """What a 亿 of value added costs, in words."""
    levers = load_levers(region=found.asked.region)
    if case in levers and levers[case].about.programme is None:
        return "no budget of its own"
    ratio, added = _ratio(found, case), found.effects[case].get("sei_va")
    if ratio is None:
        return "value added falls" if added is not None and added.high < 0.0 else "not determined"
    return f"{short(ratio)} 亿 spent 2021-25 per 亿 of value added in 2025"


def conditions(found: LeverEffects, described: str) -> list[str]:
    """How it was measured, a line each."""
    asked = found.asked
    compared = "what is in force in 2020" if asked.against == "2020" else "the lever at zero"
    pairs = f"{found.sets * asked.replications} pairs of runs of equal luck"
    if found.sets == 1:
        said = f"mean over {asked.replications} replications [95 % interval of that mean]"
    else:
        said = (
            f"median over {found.sets} sets of parameters, each the mean of {asked.replications} "
            "replications [5-95 % over the sets, with the luck left in each mean]"
        )
    return [
        f"effect: the lever at its dose less {compared}, read in 2025 (money: 2021-25)",
        f"N = {pairs}: {said}",
        f"{described}; the province at scale {asked.scale:g}, amounts at its full size",
        f"~0: the whole interval lies within {TOLERANCE:.2%} of the indicator's value; 0: in every pair",
        "targets are compared without statistical coverage: what it adds is reclassified, and no effect",
    ]


def blocks(found: LeverEffects) -> list[str]:
    """Lever by indicator, some indicators at a time."""
    names, cases = columns(found.asked.region), list(found.effects)
    return [
        "\n".join(
            fitted(
                [
                    ["lever", *(names[one] for one in some)],
                    *([case, *(cell(found, case, one) for one in some)] for case in cases),
                ],
                limit=terminal_width(),
            )
        )
        for some in batched(found.indicators, A_BLOCK)
    ]


def money_said(found: LeverEffects, one: Dosed) -> str:
    """What more may be spent and what is, where the lever has a budget; no words where it has none."""
    effect = found.effects[one.lever].get(MONEY)
    if effect is None or load_levers(region=found.asked.region)[one.lever].about.programme is None:
        return ""
    might = found.appropriated[one.lever] / YI
    slack = "" if abs(effect.value) > MOVES * abs(might) else ": the budget does not bind"
    return f"; appropriated {might:+z,.1f} 亿, spent {effect.value:+z,.1f} 亿{slack}"


def remarks(found: LeverEffects, places: Mapping[str, Place]) -> list[str]:
    """Of each lever: its dose, its cost, its place in what is published, and why it does nothing."""
    said = []
    for one in found.doses:
        dose = f"{one.lever}: dose {WHENCE[one.whence]}{money_said(found, one)}"
        lines = [dose, f"  cost: {cost_said(found, one.lever)}"]
        if one.lever in places:
            lines.append(f"  published: {places[one.lever].said}")
        why = reason(found, one.lever)
        said.append("\n".join([*lines, *([f"  does nothing: {why}"] if why else [])]))
    if PACKAGE in found.effects:
        said.append(f"{PACKAGE}: all of them together\n  cost: {cost_said(found, PACKAGE)}")
        said.append(f"{INTERACTION}: the package less the sum of single effects")
    return said


def lines(found: LeverEffects, places: Mapping[str, Place], described: str) -> str:
    """The table as text."""
    parts = [*blocks(found), "\n".join(remarks(found, places)), "\n".join(conditions(found, described))]
    return readable("\n\n".join(parts))


def in_json(found: LeverEffects, places: Mapping[str, Place], described: str) -> dict[str, Any]:
    """The same as plain values."""
    asked = found.asked
    return {
        "conditions": {
            "replications": asked.replications,
            "parameter_sets": found.sets,
            "pairs": found.sets * asked.replications,
            "scale": asked.scale,
            "region": asked.region,
            "against": asked.against,
            "parameters": described,
            "tolerance": TOLERANCE,
        },
        "base": dict(found.base),
        "units": columns(asked.region),
        "levers": [
            {
                "lever": one.lever,
                "dose": {"whence": one.whence, "source": one.source, "values": plain(one.levers)},
                "effects": effects_in_json(found, one.lever),
                "appropriated": found.appropriated[one.lever] / YI,
                "cost_per_yi": _ratio(found, one.lever),
                "published": place_in_json(places[one.lever]) if one.lever in places else None,
                "no_effect": reason(found, one.lever) or None,
            }
            for one in found.doses
        ],
        **{
            case: {"effects": effects_in_json(found, case), "cost_per_yi": _ratio(found, case)}
            for case in (PACKAGE, INTERACTION)
            if case in found.effects
        },
    }


def plain(levers: Mapping[str, Mapping[str, Sequence[tuple[int, float]]]]) -> dict[str, Any]:
    """Dated values as {name: {field: {year: value}}}."""
    return {
        name: {key: {str(year): value for year, value in dated} for key, dated in fields.items()}
        for name, fields in levers.items()
    }


def effects_in_json(found: LeverEffects, case: str) -> dict[str, Any]:
    """The effects of a case by indicator."""
    return {name: _effect(found, case, name, one) for name, one in found.effects[case].items()}


def _effect(found: LeverEffects, case: str, name: str, one: Effect | None) -> dict[str, Any] | None:
    if one is None:
        return None
    nothing = found.does_nothing(case, name)
    return {"value": one.value, "low": one.low, "high": one.high, "nothing": nothing}


def _ratio(found: LeverEffects, case: str) -> float | None:
    return per_yi(found.effects[case].get(MONEY), found.effects[case].get("sei_va"))
