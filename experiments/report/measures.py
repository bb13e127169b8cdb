"""The report's page on the plan: each measure with its levers, and each lever with its measures."""

from __future__ import annotations

from experiments.figures.material.evidence import Evidence
from experiments.measures.links import Linked, Plan, load_plan
from experiments.measures.strength import MEANING
from experiments.measures.text import grade_of, short_effect, shown_in
from experiments.report.markup import Markup, element, joined, listed, table

OF_MEASURES = "Each measure with its levers: strength of evidence, effect on emerging value added in 2025"
OF_LEVERS = "Each lever with its measures; effect on emerging value added in 2025 at the plan's dose"


def in_both_directions(evidence: Evidence) -> Markup:
    """What the levers carry of the plan, measure by measure and lever by lever."""
    plan = load_plan(evidence.region.folder)
    return joined(element("p", opening(plan)), listed(conditions(plan)), by_measure(plan), by_lever(plan))


def opening(plan: Plan) -> str:
    """How much of the plan has a mechanism."""
    carried = sum(bool(one.carried_by(plan.levers)) for one in plan.measures.values())
    levers, measures = len(plan.levers), len(plan.measures)
    said = f"{levers} levers carry {carried} of the plan's {measures} measures, in part or whole"
    if carried == len(plan.measures):
        return f"{said}."
    return f"{said}; the others have no mechanism in the model, so no scenario can show what they would do."


def conditions(plan: Plan) -> list[str]:
    """What the letters mean, and of which model the effects are."""
    letters = "; ".join(f"{letter}: {words}" for letter, words in MEANING.items())
    stored = plan.stored.said() if plan.stored else ["effects of levers: none is stored"]
    return [f"Strength of evidence. {letters}", *stored]


def by_measure(plan: Plan) -> Markup:
    """A row for each measure."""
    rows = [
        [number, one.section, one.quote, listed(link(plan, name) for name in one.levers)]
        for number, one in plan.measures.items()
    ]
    return table(OF_MEASURES, ["Measure", "Section", "Words of the plan", "Levers"], rows, kind="text")


def link(plan: Plan, lever: str) -> str:
    """A lever of a measure in a line."""
    return f"{lever} {grade_of(plan, lever)}: {short_effect(plan, lever)}"


def by_lever(plan: Plan) -> Markup:
    """A row for each lever."""
    rows = [
        [
            f"{one.file.about.id} {name}",
            ", also ".join(filter(None, [one.file.about.thrust, ", ".join(one.thrusts[1:])])),
            " ".join(one.measures) or "–",
            listed(mechanisms(one)),
            shown_in(one),
            f"{one.strength.grade} {one.strength.missing}".strip(),
            short_effect(plan, name),
        ]
        for name, one in plan.levers.items()
    ]
    heads = ["Lever", "Thrust", "Measures", "Mechanism: family, steps", "Shows in", "Evidence", "Effect"]
    return table(OF_LEVERS, heads, rows, kind="text")


def mechanisms(one: Linked) -> list[str]:
    """Families of a lever with the steps that act on them."""
    return [f"{each.family}: {', '.join(each.steps or each.functions)}" for each in one.mechanisms]
