"""What a search for a target found, in print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.answer.text_table import fitted, readable, terminal_width
from experiments.language.chosen import EN, speaking
from experiments.packages import conditions
from experiments.packages.reach_words import paragraph, value
from experiments.packages.said import amount, with_interval
from experiments.packages.said import read_estimate as estimate
from experiments.why.said import number

Answer = Mapping[str, Any]
MOST_ALONE = 10


@speaking(EN)
def told(answer: Answer) -> str:
    """All of it as text, in English."""
    parts = ["\n".join(asked(answer)), "\n".join(at_full_size(answer))]
    if answer["package"] is not None:
        parts += ["\n".join(settings(answer)), "\n".join(effects(answer))]
    if answer["alone"]:
        parts.append("\n".join(alone(answer)))
    if answer["instead"]:
        parts.append("\n".join(instead(answer)))
    return "\n\n".join([*filter(None, parts), readable(paragraph(answer))])


def asked(answer: Answer) -> list[str]:
    """What was asked, and how it was tried."""
    about = answer["conditions"]
    return [
        f"{about['target']} with probability {about['probability']:g}: what it takes beyond {about['base']}",
        conditions.packages(about, "at scale"),
        f"world {about['world']} · {about['parameters']} · seed {about['seed']} · from {about['begins']} on",
        conditions.money(about),
        (
            "searched on what is reached with the probability: that of the runs at full size, plus the mean "
            "paired effect; probabilities are hits of runs at full size, with their 95 % interval"
        ),
        *conditions.left(about),
    ]


def at_full_size(answer: Answer) -> list[str]:
    """What is in force, and every package that was run at full size."""
    about, base = answer["conditions"], answer["base"]
    rows = [
        [
            "at full size",
            "hits/N",
            "P (95 % interval)",
            f"reached with {about['probability']:g}",
            "wanted",
            "public cost 2021–25 beyond it, 亿",
        ]
    ]
    rows.append(_row(answer, about["base"], base["chance"], base["reached_with"], ""))
    final = answer["package"]
    for one in answer["rounds"]:
        own = final is not None and one["name"] == final["name"]
        cost = with_interval(estimate(final["cost"])) if own else number(one["cost"], 2)
        rows.append(_row(answer, one["name"], one["chance"], one["reached_with"], cost))
    return fitted(rows, limit=terminal_width())


def _row(answer: Answer, name: str, chance: Answer, reached: float, cost: str) -> list[str]:
    low, high = (f"{100.0 * chance[end]:.1f}" for end in ("low", "high"))
    share = chance["probability"]
    said = f"{100.0 * share:.1f} % ({low}–{high})" if 0.0 < share < 1.0 else ends(share, low, high)
    wanted = value(answer, answer["conditions"]["wanted"])
    return [name, f"{chance['hits']}/{chance['runs']}", said, value(answer, reached), wanted, cost]


def ends(share: float, low: str, high: str) -> str:
    """A probability that no run tells from 0 or 1."""
    return f"<{high} %" if share == 0.0 else f">{low} %"


def settings(answer: Answer) -> list[str]:
    """What the package sets."""
    rows = [["the package sets", "value", "in force", "most", "unit", ""]]
    for one in answer["package"]["settings"]:
        unit = one["unit"]
        bound = f"at its most ({one['bounded_by']})" if one["at_most"] else ""
        cells = [amount(one[name], unit) for name in ("value", "in_force", "most")]
        rows.append([f"{one['lever']}.{one['field']}", *cells, unit.partition(",")[0], bound])
    return fitted(rows, (0, 4, 5), limit=terminal_width())


def effects(answer: Answer) -> list[str]:
    """What it does to every target."""
    rows = [["at full size, paired", "effect", "P before", "P after"]]
    for one in answer["package"]["effects"]:
        before, after = (f"{one[name]['hits']}/{one[name]['runs']}" for name in ("before", "after"))
        rows.append(
            [f"{one['target']}, {one['unit']}", with_interval(estimate(one["effect"])), before, after]
        )
    return fitted(rows, limit=terminal_width())


def alone(answer: Answer) -> list[str]:
    """The levers that gain most alone."""
    about = answer["conditions"]
    rows = [["a lever alone, in the pairs", "at", f"gain, {about['unit']}", "cost, 亿", ""]]
    for one in answer["alone"][:MOST_ALONE]:
        sure = "" if one["sure"] else "not measurable"
        rows.append([one["lever"], one["at"], f"{one['gain']:+z,.4g}", f"{one['cost']:+z,.2f}", sure])
    return fitted(rows, (0, 1, 4), limit=terminal_width())


def instead(answer: Answer) -> list[str]:
    """What the world would have to be like, each thing alone."""
    rows = [
        [
            "what the world would have to be like, each alone",
            "expected",
            "sd of runs",
            "shift by regression [95 %]",
            "in sds",
            "run with",
            "hits/N",
            "",
        ]
    ]
    for one in answer["instead"]:
        run, unit = one["run"], one["unit"].partition(",")[0]
        shift = "not told from nothing" if one["shift"] is None else with_interval(estimate(one["shift"]))
        sds = "" if one["shift_in_sds"] is None else with_interval(estimate(one["shift_in_sds"]))
        checked = (
            ["", "", ""]
            if run is None
            else [
                f"{run['shift']:+z.3g} ({run['in_sds']:+z.1f} sd)",
                f"{run['chance']['hits']}/{run['chance']['runs']}",
                "reached" if run["reaches"] else "not reached",
            ]
        )
        rows.append(
            [f"{one['called']}, {unit}", f"{one['expected']:.3g}", f"{one['sd']:.2g}", shift, sds, *checked]
        )
    return fitted(rows, (0, 7), limit=terminal_width())
