"""Conditions in words, with density, coverage, runs and stability."""

from __future__ import annotations

from experiments.answer.target_words import written
from experiments.answer.text_table import short
from experiments.discovery.box import BELOW
from experiments.discovery.discovery import SUCCESS, Discovery, Side
from experiments.discovery.tested import RETURNS, SIGNIFICANT, Found, Standing
from experiments.drawn.things import PARAMETER, Thing
from experiments.why.said import listed
from scenarios.values.errors import one_line

LONGEST_UNIT = 24
LEAST_P = 0.001


def paragraph(found: Discovery) -> str:
    """What is found of a target, in some sentences."""
    said = [opening(found), *(of_side(found, side) for side in found.sides)]
    said += [f"Of {side} nothing is told: {why}." for side, why in found.refused.items()]
    return one_line(" ".join(said))


def opening(found: Discovery) -> str:
    """How often the target is met."""
    p, name = found.probability, found.target.about.label.en
    return (
        f"{name}, {found.material.scenario}: {p.hits} of {p.runs} runs meet it (P {p}, {p.method}), at scale "
        f"{found.material.scale:g}."
    )


def of_side(found: Discovery, side: Side) -> str:
    """The conditions of success or failure: the better box in full, and in what the other method agrees."""
    name, one = best(side)
    what = name_of(found, side)
    if not one.kept:
        returns = [each.returns for other in side.found.values() for each in other.dropped]
        least = f"; what was found comes back in {max(returns):.0%} of halves at most" if returns else ""
        return f"No condition of {what} stands the tests{least}."
    others = [agreement(found, one, other, side.found[other]) for other in side.found if other != name]
    return f"Conditions of {what}. {' '.join([of_method(found, name, one), *others])}"


def agreement(found: Discovery, one: Found, name: str, other: Found) -> str:
    """What another method finds beside the first."""
    own, theirs = ({each.condition.what for each in those.kept} for those in (one, other))
    if not theirs:
        return f"{name} finds no condition that stands."
    if theirs == own:
        return f"{name} finds the same."
    if theirs < own:
        which = [found.material.things[variable].label.en for variable, _ in sorted(theirs)]
        return f"Of these {name} finds {listed(which)}."
    return of_method(found, name, other)


def best(side: Side) -> tuple[str, Found]:
    """The method whose box is least probable by chance; one whose conditions stand before any other."""

    def order(method: str) -> tuple[bool, bool, float]:
        one = side.found[method]
        return bool(one.kept), bool(one.dropped), -one.score.chance()

    name = max(side.found, key=order)
    return name, side.found[name]


def name_of(found: Discovery, side: Side) -> str:
    """Success or failure, or what stands in for it."""
    if not side.instead:
        return side.name
    bound = written(found.target, side.bound)
    few, which = ("meet", "highest") if side.name == SUCCESS else ("miss", "lowest")
    beyond = "from" if side.name == SUCCESS else "up to"
    return f"the {which} tenth of runs, {beyond} {bound} (too few {few} the target)"


def of_method(found: Discovery, name: str, one: Found) -> str:
    """What a method found, and how sure it is."""
    score, base = one.score, one.score.of / one.score.among
    conditions = listed(
        [condition(found.material.things[each.condition.variable], each) for each in one.kept]
    )
    outside = "" if one.outside is None else (
        f"; boxes found on one half of the runs hold in the other {100 * one.outside[0]:.0f} % and "
        f"{100 * one.outside[1]:.0f} %"
    )  # fmt: skip
    return (
        f"{name}: where {conditions}, {score.cases} of {score.runs} runs are such "
        f"({100 * score.density:.0f} %, of all runs {100 * base:.0f} %), which are "
        f"{100 * score.coverage:.0f} % of all such{outside}."
    )


def condition(thing: Thing, one: Standing) -> str:
    """A condition with how often it comes back, and how improbable it is by chance."""
    sign = "<" if one.condition.side == BELOW else ">"
    return (
        f"{thing.label.en} {sign} {bounded(thing, one.condition.bound)} "
        f"(comes back in {100 * one.returns:.0f} % of halves, {chance(one.p)})"
    )


def chance(p: float) -> str:
    """A quasi-p-value."""
    return f"p < {LEAST_P:g}" if p < LEAST_P else f"p = {p:.2g}"


def bounded(thing: Thing, bound: float) -> str:
    """A bound in the unit of its thing, where that is short."""
    unit = thing.unit.en if thing.kind != PARAMETER or len(thing.unit.en) <= LONGEST_UNIT else ""
    return f"{short(bound)} {unit}".rstrip()


def tests() -> str:
    """What a condition has to stand."""
    return (
        "density: share of runs in the box that are such; coverage: share of all such in the box; p: "
        f"quasi-p-value times both sides of all things of a kind and the kinds, at most {SIGNIFICANT:g}; "
        "comes back: share of halves of the runs in which the condition is found again, at least "
        f"{RETURNS:.0%}"
    )
