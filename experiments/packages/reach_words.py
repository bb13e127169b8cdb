"""One paragraph made from what a search for a target found; nothing in it is surer than its interval.

It is in the language that is spoken; names of scenarios, levers and programmes are those that commands take.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.language.chosen import current
from experiments.language.words import apart, translated, word
from experiments.packages.said import amount, with_interval
from experiments.packages.said import read_estimate as estimate
from experiments.why.bootstrap import Estimate
from experiments.why.said import number, together
from scenarios.values.errors import one_line

Answer = Mapping[str, Any]
FACTORS = "factors"
MOST_NAMED = 8


def paragraph(answer: Answer) -> str:
    """What it takes, or what is missing and what binds.

    answer: may hold how the target and its unit are called in each language, as `label` and `unit`.
    """
    parts = [wanted(answer), before(answer)]
    if answer["nothing_needed"]:
        parts.append(word("packages.nothing_needed"))
    elif answer["package"] is None:
        parts.append(word("packages.no_lever"))
    else:
        parts += [package(answer), at_full_size(answer), missing(answer), bounds(answer), not_spent(answer)]
    return one_line(apart(*parts, instead(answer)))


def named(answer: Answer, key: str, usual: str) -> str:
    """A name that the answer holds in each language, or else its English one as it is called elsewhere."""
    return str(answer.get(key, {}).get(current()) or translated(FACTORS, usual))


def value(answer: Answer, reached: float) -> str:
    """What is reached, with its unit."""
    about = answer["conditions"]
    unit = named(answer, "unit", about["unit"])
    return word("packages.value", value=f"{reached:,.{about['digits']}f}", unit=unit)


def short(answer: Answer, gap: float) -> str:
    """How far what is reached is from what is wanted."""
    about = answer["conditions"]
    points = about["unit"].replace("%", "points", 1)
    unit = translated(FACTORS, points) if "%" in about["unit"] else named(answer, "unit", points)
    return word("packages.value", value=f"{abs(gap):,.{about['digits']}f}", unit=unit)


def wanted(answer: Answer) -> str:
    """The target and the probability."""
    about = answer["conditions"]
    called = named(answer, "label", about["called"])
    key = {">=": "packages.at_least", ">": "packages.more_than"}[about["comparison"]]
    is_one = about["target"] != "all"
    what = word(key, called=called, value=value(answer, about["wanted"])) if is_one else called
    return word("packages.wanted", what=what, probability=f"{about['probability']:g}")


def chance(one: Answer) -> str:
    """Hits of runs, with the interval of the probability."""
    low, high = (f"{100.0 * one[end]:.0f}" for end in ("low", "high"))
    return word("packages.chance", hits=one["hits"], runs=one["runs"], low=low, high=high)


def before(answer: Answer) -> str:
    """What is in force."""
    about, base = answer["conditions"], answer["base"]
    reached = value(answer, base["reached_with"])
    return word("packages.before", base=about["base"], chance=chance(base["chance"]), value=reached)


def package(answer: Answer) -> str:
    """What the package sets, and what it costs."""
    about, found = answer["conditions"], answer["package"]
    settings = [
        word(
            "packages.now",
            field=f"{one['lever']}.{one['field']}",
            value=amount(one["value"], one["unit"]),
            in_force=amount(one["in_force"], one["unit"]),
        )
        for one in found["settings"]
    ]
    more = len(settings) - MOST_NAMED
    listed = [*settings[:MOST_NAMED], *([word("packages.more_values", count=more)] if more > 0 else [])]
    return word(
        f"packages.{'cheapest' if answer['reached'] else 'nearest'}",
        tried=about["tried"],
        cost=with_interval(estimate(found["cost"]), "亿"),
        base=about["base"],
        begins=about["begins"],
        settings=together(listed),
    )


def at_full_size(answer: Answer) -> str:
    """What its runs say."""
    about, found = answer["conditions"], answer["package"]
    said = word("packages.full_size", chance=chance(found["chance"]))
    held = found["chance"]["low"] < about["probability"]
    return apart(said, word("packages.not_sure") if answer["reached"] and held else "")


def missing(answer: Answer) -> str:
    """How far the nearest package is away, and what all levers at their most would do."""
    if answer["reached"]:
        return ""
    about, found, most = answer["conditions"], answer["package"], answer["everything_at_most"]
    said = word(
        "packages.missed",
        probability=f"{about['probability']:g}",
        value=value(answer, found["reached_with"]),
        short=short(answer, found["gap"]),
    )
    if most is None:
        return said
    does, may = "reaches" if most["reaches"] else "misses", "" if most["may_be_spent"] else "_beyond"
    at_most = {"value": value(answer, most["reached_with"]), "cost": f"{most['cost']:+z,.0f}"}
    return apart(said, word(f"packages.most_{does}{may}", **at_most))


def bounds(answer: Answer) -> str:
    """What binds."""
    by_kind: dict[str, list[str]] = {}
    for one in answer["bounds"]:
        of = translated(FACTORS, one["of"])
        said = word("packages.bound", of=of, at=amount(one["at"], one["unit"]))
        by_kind.setdefault(one["bound"], []).append(said)
    told = [
        word(
            "packages.bounds_of", kind=word(f"packages.bound_{kind.replace(' ', '_')}"), those=together(those)
        )
        for kind, those in by_kind.items()
    ]
    if not told:
        return word("packages.no_bound")
    return word("packages.binds", told=word("why.separator").join(told))


def not_spent(answer: Answer) -> str:
    """Money that the package gives and programmes do not spend."""
    told = [
        word(
            "packages.left_over",
            programme=one["programme"],
            left=f"{one['left_over_more']:,.1f}",
            given=f"{one['appropriated_more']:,.1f}",
        )
        for one in answer["package"]["not_spent"]
    ]
    return word("packages.not_spent", told=together(told)) if told else ""


def instead(answer: Answer) -> str:
    """What the world would have to be like, each thing alone."""
    told = [sentence(one) for one in answer["instead"]]
    return word("packages.instead", told=word("why.separator").join(told)) if told else ""


def sentence(one: Answer) -> str:
    """One thing that would have to be otherwise."""
    called = translated(FACTORS, one["called"])
    if one["shift"] is None:
        said = word("packages.untold", called=called)
    else:
        shift, sds = estimate(one["shift"]), estimate(one["shift_in_sds"])
        unit = one["unit"].partition(",")[0].replace("% a year", "points a year")
        said = word(
            "packages.by_regression",
            called=called,
            shift=with_interval(shift, translated(FACTORS, unit)),
            expected=number(one["expected"], 2, ""),
            sds=sd(sds),
        )
    run = one["run"]
    return said if run is None else word("why.separator").join([said, with_run(run)])


def with_run(run: Answer) -> str:
    """What the run says."""
    key = f"packages.run_{'reaches' if run['reaches'] else 'misses'}"
    return word(key, shift=number(run["shift"], 2), chance=chance(run["chance"]))


def sd(one: Estimate) -> str:
    """A shift in standard deviations between runs."""
    mean, low, high = (number(value, 1) for value in one)
    return word("packages.sds", mean=mean, low=low, high=high)
