"""One paragraph made from what a search for a target found; nothing in it is surer than its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.packages.said import amount, with_interval
from experiments.packages.said import read_estimate as estimate
from experiments.why.bootstrap import Estimate
from experiments.why.said import listed, number
from scenarios.values.errors import one_line

Answer = Mapping[str, Any]
MOST_NAMED = 8


def paragraph(answer: Answer) -> str:
    """What it takes, or what is missing and what binds."""
    parts = [wanted(answer), before(answer)]
    if answer["nothing_needed"]:
        parts.append("Nothing more is needed.")
    elif answer["package"] is None:
        parts.append("No lever that may be set brings it nearer.")
    else:
        parts += [package(answer), at_full_size(answer), missing(answer), bounds(answer), not_spent(answer)]
    return one_line(" ".join(filter(None, [*parts, instead(answer)])))


def value(answer: Answer, reached: float) -> str:
    """What is reached, with its unit."""
    about = answer["conditions"]
    return f"{reached:,.{about['digits']}f} {about['unit']}"


def short(answer: Answer, gap: float) -> str:
    """How far what is reached is from what is wanted."""
    about = answer["conditions"]
    return f"{abs(gap):,.{about['digits']}f} {about['unit'].replace('%', 'points', 1)}"


def wanted(answer: Answer) -> str:
    """The target and the probability."""
    about = answer["conditions"]
    sign = {">=": "at least", ">": "more than"}[about["comparison"]]
    what = (
        about["called"]
        if about["target"] == "all"
        else f"{about['called']}, {sign} {value(answer, about['wanted'])}"
    )
    return f"Wanted: {what}, with probability {about['probability']:g}."


def chance(one: Answer) -> str:
    """Hits of runs, with the interval of the probability."""
    low, high = 100.0 * one["low"], 100.0 * one["high"]
    return f"{one['hits']} of {one['runs']} runs (95 % interval {low:.0f} to {high:.0f} %)"


def before(answer: Answer) -> str:
    """What is in force."""
    about, base = answer["conditions"], answer["base"]
    return (
        f"{about['base']} reaches it in {chance(base['chance'])}; with that probability it reaches "
        f"{value(answer, base['reached_with'])}."
    )


def package(answer: Answer) -> str:
    """What the package sets, and what it costs."""
    about, found = answer["conditions"], answer["package"]
    settings = [
        f"{one['lever']}.{one['field']} {amount(one['value'], one['unit'])} (now "
        f"{amount(one['in_force'], one['unit'])})"
        for one in found["settings"]
    ]
    more = [] if len(settings) <= MOST_NAMED else [f"{len(settings) - MOST_NAMED} more values"]
    found_as = "cheapest found" if answer["reached"] else "one that comes nearest"
    return (
        f"Of {about['tried']} packages tried the {found_as} costs "
        f"{with_interval(estimate(found['cost']), '亿')} more than {about['base']} in 2021–25 and sets, from "
        f"{about['begins']} on: {listed([*settings[:MOST_NAMED], *more])}."
    )


def at_full_size(answer: Answer) -> str:
    """What its runs say."""
    about, found = answer["conditions"], answer["package"]
    said = f"At full size {chance(found['chance'])} reach the target."
    held = found["chance"]["low"] < about["probability"]
    if answer["reached"] and held:
        said += (
            " That is enough for the share asked for; the interval reaches below it, so that it is not sure."
        )
    return said


def missing(answer: Answer) -> str:
    """How far the nearest package is away, and what all levers at their most would do."""
    if answer["reached"]:
        return ""
    about, found, most = answer["conditions"], answer["package"], answer["everything_at_most"]
    said = (
        f"No package reaches it: with probability {about['probability']:g} this one reaches "
        f"{value(answer, found['reached_with'])}, {short(answer, found['gap'])} short."
    )
    if most is not None:
        does = "would reach it" if most["reaches"] else "does not reach it either"
        may = "" if most["may_be_spent"] else ", which is beyond the money that may be spent"
        said += (
            f" Every lever at its most at once {does}: {value(answer, most['reached_with'])}, at "
            f"{most['cost']:+z,.0f} 亿{may}."
        )
    return said


def bounds(answer: Answer) -> str:
    """What binds."""
    held = answer["bounds"]
    by_kind: dict[str, list[str]] = {}
    for one in held:
        by_kind.setdefault(one["bound"], []).append(f"{one['of']} ({amount(one['at'], one['unit'])})")
    kinds = {
        "range": "at the top of their range",
        "money": "at all the money that may be spent in a year",
        "cap": "at the cap",
        "fiscal cap": "at the fiscal cap",
    }
    told = [f"{kinds[kind]}: {listed(those)}" for kind, those in by_kind.items()]
    return f"What binds: {'; '.join(told)}." if told else "No bound binds."


def not_spent(answer: Answer) -> str:
    """Money that the package gives and programmes do not spend."""
    left = answer["package"]["not_spent"]
    told = [
        f"{one['programme']} ({one['left_over_more']:,.1f} of {one['appropriated_more']:,.1f} 亿)"
        for one in left
    ]
    return (
        f"Of what it appropriates more is not spent, and not counted as cost: {listed(told)}." if told else ""
    )


def instead(answer: Answer) -> str:
    """What the world would have to be like, each thing alone."""
    told = [sentence(one) for one in answer["instead"]]
    return f"Instead, each alone: {'; '.join(told)}." if told else ""


def sentence(one: Answer) -> str:
    """One thing that would have to be otherwise."""
    run = one["run"]
    if one["shift"] is None:
        said = f"{one['called']}: what it does cannot be told from nothing"
        return said if run is None else f"{said}; {with_run(run)}"
    shift, sds = estimate(one["shift"]), estimate(one["shift_in_sds"])
    unit = one["unit"].partition(",")[0].replace("% a year", "points a year")
    said = (
        f"{one['called']}: by regression {with_interval(shift, unit)} against "
        f"{number(one['expected'], 2, '')} expected, which is {sd(sds)}"
    )
    return said if run is None else f"{said}; {with_run(run)}"


def with_run(run: Answer) -> str:
    """What the run says."""
    does = "reaches it" if run["reaches"] else "does not reach it"
    return f"run with {number(run['shift'], 2)} it {does}, in {chance(run['chance'])}"


def sd(one: Estimate) -> str:
    """A shift in standard deviations between runs."""
    return f"{number(one.mean, 1)} standard deviations [{number(one.low, 1)} – {number(one.high, 1)}]"
