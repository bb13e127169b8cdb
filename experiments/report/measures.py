"""The report's page on the plan: each measure with its levers, and each lever with its measures."""

from __future__ import annotations

from experiments.figures.material.evidence import Evidence
from experiments.language.chosen import ZH, current
from experiments.language.words import word
from experiments.measures.links import Linked, Plan, load_plan
from experiments.measures.strength import GRADES
from experiments.measures.text import grade_of, short_effect, shown_in
from experiments.report.markup import Markup, element, escaped, joined, listed, table
from scenarios.thrusts import THRUSTS

OF_MEASURE = ("measure", "section", "quote", "levers")
OF_LEVER = ("lever", "thrust", "measures", "mechanism", "shows_in", "evidence", "effect")


def in_both_directions(evidence: Evidence) -> Markup:
    """What the levers carry of the plan, measure by measure and lever by lever."""
    plan = load_plan(evidence.region.folder)
    return joined(element("p", opening(plan)), listed(conditions(plan)), by_measure(plan), by_lever(plan))


def opening(plan: Plan) -> str:
    """How much of the plan has a mechanism."""
    carried = sum(bool(one.carried_by(plan.levers)) for one in plan.measures.values())
    levers, measures = len(plan.levers), len(plan.measures)
    said = word("plan.carried", levers=levers, carried=carried, measures=measures)
    return word("plan.all" if carried == len(plan.measures) else "plan.not_all", said=said)


def conditions(plan: Plan) -> list[str | Markup]:
    """What the letters mean, and of which model the effects are."""
    means = [word("plan.letter", letter=letter, means=word(f"plan.means_{letter}")) for letter in GRADES]
    stored = plan.stored.said() if plan.stored else [word("plan.none_stored")]
    return [word("plan.strength", letters=word("plan.separator").join(means)), *map(_with_code, stored)]


def _with_code(line: str) -> Markup:
    """A line whose parts between backticks are commands."""
    parts = line.split("`")
    return joined(
        *(element("code", part) if place % 2 else Markup(escaped(part)) for place, part in enumerate(parts))
    )


def by_measure(plan: Plan) -> Markup:
    """A row for each measure."""
    rows = [
        [number, one.section, one.quote, listed(link(plan, name) for name in one.levers)]
        for number, one in plan.measures.items()
    ]
    return table(word("plan.of_measures"), [word(f"plan.{name}") for name in OF_MEASURE], rows, kind="text")


def link(plan: Plan, lever: str) -> str:
    """A lever of a measure in a line."""
    return word(
        "plan.link", lever=_name(plan, lever), grade=grade_of(plan, lever), effect=short_effect(plan, lever)
    )


def by_lever(plan: Plan) -> Markup:
    """A row for each lever."""
    rows = [
        [
            _called(one),
            _thrusts(one),
            " ".join(one.measures) or "–",
            listed(mechanisms(one)),
            element("code", shown_in(one)) if one.indicators else shown_in(one),
            f"{one.strength.grade} {one.strength.missing}".strip(),
            short_effect(plan, name),
        ]
        for name, one in plan.levers.items()
    ]
    heads = [word(f"plan.{name}") for name in OF_LEVER]
    return table(word("plan.of_levers"), heads, rows, kind="text")


def _name(plan: Plan, lever: str) -> str:
    """A lever by the name that commands take, in Chinese by its label."""
    known = plan.levers.get(lever)
    return lever if known is None or current() != ZH else known.file.about.label.zh


def _called(one: Linked) -> Markup:
    """The lever's number and name; in Chinese its label below."""
    about = one.file.about
    name = element("span", f"{about.id} {one.name}")
    if current() != ZH:
        return name
    return joined(name, element("span", about.label.zh, class_="soft-line"))


def _thrusts(one: Linked) -> str:
    """The home thrust and the others; in English by the names that commands take."""
    home, *others = [
        THRUSTS[name].zh if current() == ZH and name in THRUSTS else name
        for name in (one.file.about.thrust, *one.thrusts[1:])
    ]
    return word("plan.also", thrust=home, others=word("plan.comma").join(others)) if others else home


def mechanisms(one: Linked) -> list[Markup]:
    """Families of a lever with the steps that act on them."""
    told = [(each.family, ", ".join(each.steps or each.functions)) for each in one.mechanisms]
    return [element("code", f"{family}: {steps}") for family, steps in told]
