"""What a search for the best packages found, in print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.answer.text_table import fitted, readable, terminal_width
from experiments.language.chosen import EN, speaking
from experiments.packages import conditions
from experiments.packages.said import read_estimate as estimate
from experiments.packages.said import with_interval
from experiments.packages.search_answer import unit_in_runs
from experiments.packages.search_words import called, paragraph
from experiments.why.said import number

Answer = Mapping[str, Any]
MOST_ON_FRONT = 15
MOST_LEVERS = 5


@speaking(EN)
def told(answer: Answer) -> str:
    """All of it as text, in English."""
    parts = ["\n".join(asked(answer)), "\n".join(front(answer))]
    if answer["chosen"]:
        parts += ["\n".join(compared(answer)), *("\n".join(judged(answer, one)) for one in answer["chosen"])]
    return "\n\n".join([*parts, readable(paragraph(answer))])


def asked(answer: Answer) -> list[str]:
    """What was asked, and how it was tried."""
    about = answer["conditions"]
    return [
        f"best packages for {', '.join(about['objectives'])}, beyond {about['base']}",
        conditions.packages(about, "of each world, scale"),
        f"world {', '.join(about['worlds'])} · {about['parameters']} · seed {about['seed']}",
        conditions.money(about),
        (
            "chances of the front: those of runs at full size, moved by the mean paired effect and smoothed; "
            "probabilities at full size: hits of runs, with their 95 % interval"
        ),
        *conditions.left(about),
    ]


def front(answer: Answer) -> list[str]:
    """Packages of the front, the cheapest first; some of many."""
    every = answer["front"]
    last = len(every) - 1
    places = {round(k * last / (MOST_ON_FRONT - 1)) for k in range(MOST_ON_FRONT)}
    shown = [every[place] for place in sorted(places)]
    heads = [f"{one['label']['en']}, {one['unit']['en']}".rstrip(", ") for one in answer["objectives"]]
    rows = [[f"front ({len(shown)} of {len(every)} packages)", *heads, "from", "where"]]
    for one in shown:
        values = [number(one["values"][each["name"]], 2, "") for each in answer["objectives"]]
        rows.append([levers(one), *values, str(one["begins"]), " ".join(one["where"]) or "everywhere"])
    return fitted(rows, (0, len(rows[0]) - 1), limit=terminal_width())


def levers(one: Answer) -> str:
    """The levers of a package."""
    names = list(one["levers"])
    more = f" +{len(names) - MOST_LEVERS}" if len(names) > MOST_LEVERS else ""
    return f"{', '.join(names[:MOST_LEVERS])}{more}" if names else "nothing"


def compared(answer: Answer) -> list[str]:
    """The chosen packages at equal spending: mean, worst decile, regret, for each thing that is wanted."""
    about = answer["conditions"]
    rows = [
        [f"at equal spending ({answer['amount']:,.1f} 亿)", "for", "mean", "worst decile", "regret",
         "regret, worst decile", "best in", ""]
    ]  # fmt: skip
    for one in answer["chosen"]:
        for name, regret in one["regret"].items():
            least = "least regret" if answer["least_regret"].get(name) == one["name"] else ""
            rows.append(
                [
                    one["name"],
                    f"{called(answer, name)}, {unit_in_runs(name, about['region'])}",
                    number(regret["mean"], 2),
                    number(regret["worst"], 2),
                    number(regret["regret"], 2, ""),
                    number(regret["worst_regret"], 2, ""),
                    f"{100.0 * regret['best_in']:.0f} %",
                    least if one["absorbs"] else f"spends {one['cost_in_pairs']:,.1f} 亿: not ranked",
                ]
            )
    return fitted(rows, (0, 1, 7), limit=terminal_width())


def judged(answer: Answer, one: Answer) -> list[str]:
    """A chosen package at full size, in every world."""
    rows = [[f"{one['name']} at full size", "world", "cost, 亿", "value added, 亿元", *_heads(one)]]
    for world, found in one["at_full_size"].items():
        added = "" if found["value_added"] is None else with_interval(estimate(found["value_added"]))
        chances = [
            f"{both['before']['hits']} → {both['after']['hits']}/{both['after']['runs']}"
            for both in found["chances"].values()
        ]
        rows.append([f"best for {called(answer, one['best_for'])}", world,
                     with_interval(estimate(found["cost"])), added, *chances])  # fmt: skip
    return fitted(rows, (0, 1), limit=terminal_width())


def _heads(one: Answer) -> list[str]:
    (first, *_) = one["at_full_size"].values()
    return [f"hits: {name}" for name in first["chances"]]
