"""The plan as text: measures with their levers, or a lever with its measures, at most 80 places wide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from experiments.answer.text_table import aligned, wrapped
from experiments.effects.table import decimals, rounded
from experiments.language.words import word
from experiments.measures.links import Linked, Plan
from experiments.measures.stored import REMEDY
from experiments.measures.strength import Known
from experiments.why.measured import lead
from scenarios.thrusts import THRUSTS, thrust_of

WIDTH = 80
INDENT = "  "
NO_FUNCTION = "no step of the quarter names this family"


def overview(plan: Plan) -> list[str]:
    """Every measure with its levers, by thrust; then what is missing and how the effects were made."""
    lines: list[str] = []
    last = None
    for number in plan.measures:
        thrust = thrust_of(number)
        if thrust != last and thrust is not None:
            lines += ["", f"{thrust}: {THRUSTS[thrust].zh}"]
        last = thrust
        lines += short_measure(plan, number)
    return [*lines, *closing(plan)]


def short_measure(plan: Plan, number: str) -> list[str]:
    """A measure, and a line for each of its levers: strength of evidence, effect on value added."""
    measure = plan.measures[number]
    rows = [[f"{INDENT}{name}", grade_of(plan, name), short_effect(plan, name)] for name in measure.levers]
    return [*folded(f"{number} {measure.section} {measure.quote}"), *tidy(rows)]


def tidy(rows: list[list[str]]) -> list[str]:
    """Rows whose columns line up, folded where they are too wide."""
    return [line for row in aligned(rows, left=(0, 1, 2), gap="  ") for line in folded(row)]


def by_lever(plan: Plan) -> list[str]:
    """Every lever with its measures."""
    lines: list[str] = []
    for name, one in plan.levers.items():
        about = one.file.about
        thrusts = ", also ".join(filter(None, [about.thrust, ", ".join(one.thrusts[1:])]))
        numbers = " ".join(one.measures) or f"none: {about.reason}"
        lines += folded(f"{about.id} {name} {about.label.zh} ({thrusts})")
        lines += folded(f"{grade_of(plan, name)}  {short_effect(plan, name)}", INDENT)
        lines += folded(f"measures {numbers}", INDENT)
    return [*lines, *closing(plan)]


def measure_page(plan: Plan, number: str) -> list[str]:
    """One measure, and each of its levers in full."""
    measure, thrust = plan.measures[number], thrust_of(number)
    head = [f"{number}, section {measure.section}" + (f", {thrust} {THRUSTS[thrust].zh}" if thrust else "")]
    lines = [*head, *folded(measure.quote, INDENT)]
    lines += folded(f"its mechanism as first judged: {measure.evidence}", INDENT)
    for name in measure.levers:
        lines += ["", *(lever_lines(plan, name) if name in plan.levers else unbuilt(plan, name))]
    return [*lines, *closing(plan)]


def lever_page(plan: Plan, name: str) -> list[str]:
    """One lever in full, and the measures that it carries."""
    if name not in plan.levers:
        return [*unbuilt(plan, name), *measures_of(plan, plan.missing[name]), *closing(plan)]
    one = plan.levers[name]
    told = measures_of(plan, one.measures) or folded(f"measures: none, {one.file.about.reason}", INDENT)
    return [*lever_lines(plan, name), *told, *closing(plan)]


def thrust_page(plan: Plan, thrust: str, numbers: Iterable[str]) -> list[str]:
    """A thrust: the levers at home in it, then its measures."""
    home = [name for name, one in plan.levers.items() if one.file.about.thrust == thrust]
    at_home = f"levers at home: {', '.join(home) or 'none'}"
    lines = [f"{thrust}: {THRUSTS[thrust].zh}", *folded(at_home, INDENT)]
    for number in numbers:
        lines += short_measure(plan, number)
    return [*lines, *closing(plan)]


def measures_of(plan: Plan, numbers: Iterable[str]) -> list[str]:
    """Measures in the plan's words."""
    return [
        line
        for number in numbers
        for line in folded(f"{number} {plan.measures[number].section} {plan.measures[number].quote}", INDENT)
    ]


def unbuilt(plan: Plan, name: str) -> list[str]:
    """What can be said of a lever without a mechanism."""
    return folded(f"{name}: {plan.why_no_effect(name)}; no scenario can show what it would do")


def lever_lines(plan: Plan, name: str) -> list[str]:
    """A lever: mechanism, indicators, evidence, effects."""
    one = plan.levers[name]
    about = one.file.about
    head = folded(f"{about.id} {name}: {about.label.en} {about.label.zh}")
    thrusts = about.thrust + (f"; also {', '.join(one.thrusts[1:])}" if one.thrusts[1:] else "")
    return [
        *head,
        *folded(f"thrust: {thrusts}", INDENT),
        *mechanism_lines(one),
        *folded(f"shows in: {shown_in(one)}", INDENT),
        *evidence_lines(one),
        *effect_lines(plan, name),
    ]


def mechanism_lines(one: Linked) -> list[str]:
    """Families, their steps of the quarter, the functions that act, and the columns that firms read."""
    lines: list[str] = []
    for each in one.mechanisms:
        paid = f", paid as {each.account}" if each.account else ", nobody is paid"
        lines += folded(f"mechanism: family {each.family}{paid}", INDENT)
        lines += folded(f"steps: {', '.join(each.steps) or NO_FUNCTION}", INDENT * 2)
        lines += folded(f"acted on in: {', '.join(each.functions) or 'no function'}", INDENT * 2)
        if each.columns:
            lines += folded(f"firms read: {', '.join(each.columns)}", INDENT * 2)
    return lines


def shown_in(one: Linked) -> str:
    """The indicators of a lever."""
    return ", ".join(f"{name} [{unit}]" for name, unit in one.indicators.items()) or word("plan.no_series")


def evidence_lines(one: Linked) -> list[str]:
    """The strength of evidence, what is missing, and each effect."""
    lines = folded(f"evidence: {one.strength.grade}, {word(f'plan.means_{one.strength.grade}')}", INDENT)
    if one.strength.missing:
        lines += folded(one.strength.missing, INDENT * 2)
    return lines + [line for each in one.strength.effects for line in folded(known_said(each), INDENT * 2)]


def known_said(one: Known) -> str:
    """A published effect in a line."""
    unit = f" [{one.unit}]" if one.unit else ""
    size = one.said or "no size"
    return f"{one.grade} {one.id} {one.what}: {size}{unit} ({one.citation})".replace("  ", " ")


def effect_lines(plan: Plan, name: str) -> list[str]:
    """Every stored effect of a lever, or why there is none."""
    effects = plan.effects(name)
    if not effects:
        return folded(f"effect: {plan.why_no_effect(name) or 'no value'}", INDENT)
    head = folded("effect at the plan's dose, in 2025 (money: 2021-25)", INDENT)
    head += folded("STALE: the dose is another now", INDENT * 2) if plan.dose_changed(name) else []
    rows = [[f"{INDENT * 2}{one['unit'] or key}", interval(one)] for key, one in effects.items()]
    return [*head, *tidy(rows)]


def grade_of(plan: Plan, name: str) -> str:
    """The strength of evidence on a lever; a dash where it has no mechanism yet."""
    return plan.levers[name].strength.grade if name in plan.levers else "–"


def short_effect(plan: Plan, name: str) -> str:
    """The stored effect on value added, or why there is none."""
    effect = plan.effects(name).get(lead(plan.region))
    if effect is None:
        return re.split("[:：]", plan.why_no_effect(name))[0] or word("plan.no_value")
    return word("plan.other_dose" if plan.dose_changed(name) else "plan.amount", interval=interval(effect))


def interval(effect: Mapping[str, Any]) -> str:
    """An effect with its interval; ~0 where the whole of it is nothing."""
    if effect["value"] == effect["low"] == effect["high"] == 0.0:
        return "0"
    digits = decimals(effect["base"])
    value, low, high = (rounded(effect[one], digits) for one in ("value", "low", "high"))
    return f"{value} [{low} – {high}]{' ~0' if effect.get('nothing') else ''}"


def closing(plan: Plan) -> list[str]:
    """What has no mechanism, and of which model the effects are."""
    reached = sum(bool(one.carried_by(plan.levers)) for one in plan.measures.values())
    said = [f"{len(plan.levers)} levers act on {reached} of the plan's {len(plan.measures)} measures"]
    if plan.missing:
        said.append(f"without a mechanism yet: {', '.join(plan.missing)}")
    if plan.unreached:
        said.append(f"carried by no measure: {', '.join(plan.unreached)}")
    said += plan.stored.said() if plan.stored else [f"effects: none is stored; {REMEDY} measures them"]
    return ["", *(line for one in said for line in folded(one))]


def folded(text: str, indent: str = "") -> list[str]:
    """The text in lines of at most 80 places; what goes on is set in by two more."""
    return [f"{indent}{line}" for line in wrapped(text, WIDTH - len(indent))]
