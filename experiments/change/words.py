"""An effect taken apart, as JSON has it and as text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from experiments.answer.text_table import fitted, terminal_width
from experiments.change import cost
from experiments.change.effect import DISPLACED, ELSEWHERE, HOME, Effect
from experiments.change.interval import DETERMINED, FREE, LOSS, OPEN
from experiments.change.parts import ALL, INDUSTRY, ORIGIN, ORIGINS, PARTS, PREFECTURE, PROVINCE, parts_of
from experiments.language.words import word
from scenarios.region.fiscal_cap import FiscalCap
from scenarios.region.region import Region
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.values.errors import one_line
from scenarios.values.tables import YI

YEARS = f"{POLICY_YEAR}–{LAST_YEAR % 100}"
PLACED = {
    ELSEWHERE: "displaced elsewhere: made by firms that came from outside since 2021",
    HOME: "displaced at home if below zero: made by all other firms",
    f"other {PREFECTURE}": "in prefectures that no block means",
    f"other {INDUSTRY}": "in industries that no block means",
}
SAID = {OPEN: "ratio_open", LOSS: "ratio_loss", FREE: "ratio_free"}
RETURNED = "less what is clawed back"
LEAST = 5e-3  # 亿: less is printed as nothing and left out where others are told


def in_json(effect: Effect) -> dict[str, Any]:
    """The effect in plain types: yuan, and null where an interval is open."""
    return {
        "parts": effect.rows.to_dict("records"),
        "costs": effect.costs.to_dict("records"),
        "cost_per_percentage_point": effect.per_point and effect.per_point._asdict(),
        "cost_per_value_added": effect.per_value and effect.per_value._asdict(),
        "pairs": effect.pairs,
        "remainder": effect.remainder,
    }


def against_cap(cap: FiscalCap, yearly: Mapping[str, pd.Series]) -> dict[str, Any]:
    """{share, spending, yuan, cases: {case: {years: {year: yuan}, highest, within}}}.

    yearly: public cost by year, by case [yuan].
    """
    cases = {
        case: {
            "years": {str(year): float(value) for year, value in known.items()},
            "highest": float(known.max()),
            "within": bool(known.max() <= cap.yuan),
        }
        for case, one in yearly.items()
        if len(known := one[one.index >= POLICY_YEAR])
    }
    return {"share": cap.share, "spending": cap.spending, "yuan": cap.yuan, "cases": cases}


def effect_lines(told: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """The effect as lines of text.

    told: see in_json. names: of prefectures and industries, as they are called.
    """
    rows = pd.DataFrame(told["parts"])
    heads = ["Emerging value added in 2025, 亿元: what the difference is made of", "mean [95 % interval]"]
    of_all = rows[(rows.group == PROVINCE) & (rows.part != ALL)]
    labels = {name: label.en for name, label in PARTS.items()}
    first = [heads, *([labels[one.part], spread(one)] for one in _rows(of_all))]
    first.append(["all of it, scaled to the 2020 base", spread(_rows(rows)[0])])
    who = {name: label.en for name, label in ORIGINS.items()}
    second = [["the same by firm", ""]]
    second += [[who[one.name], spread(one)] for one in _named(rows, ORIGIN) if not is_nothing(one)]
    second += [[PLACED[one.name], spread(one)] for one in _named(rows, DISPLACED)]
    return [
        *fitted([*first, *second], limit=terminal_width()),
        "",
        *by_member(rows, PREFECTURE, names),
        "",
        *by_member(rows, INDUSTRY, names),
        *cost_lines(told),
    ]


def names_in(region: Region) -> dict[str, str]:
    """Prefectures and industries as they are called."""
    places, industries = region.prefectures, region.industries
    known = [*zip(places.names, places.label_en, strict=True)]
    return dict([*known, *zip(industries.names, industries.short_en, strict=True)])


def by_member(rows: pd.DataFrame, group: str, names: Mapping[str, str]) -> list[str]:
    """A line for each prefecture or industry: its parts, and their sum with its interval."""
    own = rows[rows.group == group]
    drawn = [part for part in parts_of(group) if (own[own.part == part]["mean"].abs() >= LEAST * YI).any()]
    heads = [f"by {group}", *(PARTS[part].en for part in drawn), "all [95 % interval]"]
    lines = []
    for name in own.name.drop_duplicates():
        mine = {one.part: one for one in _rows(own[own.name == name])}
        parts = (number(mine[part].mean / YI) for part in drawn)
        lines.append([names.get(name, name), *parts, spread(mine[ALL])])
    return fitted([heads, *lines], limit=terminal_width())


def cost_lines(told: Mapping[str, Any]) -> list[str]:
    """Public cost by tier, programme and recipient, and what a percentage point and a yuan cost."""
    if not told["costs"]:
        return []
    costs = pd.DataFrame(told["costs"])
    called = called_costs(costs[costs.group == "programme"].name)
    table = [[f"Public cost {YEARS}, 亿元: difference", "mean [95 % interval]"]]
    for one in _rows(costs):
        if one.group == "total" or not is_nothing(one):
            table.append([called[one.group][one.name], spread(one)])
    point, value = told["cost_per_percentage_point"], told["cost_per_value_added"]
    return [
        "",
        *fitted(table, limit=terminal_width()),
        f"cost {YEARS} per percentage point of the emerging share in 2025: {ratio(point, YI, '亿')}",
        f"cost {YEARS} per 亿 of emerging value added in 2025: {ratio(value, 1.0, '亿')}",
    ]


def called_costs(paying: Iterable[str]) -> dict[str, dict[str, str]]:
    """How the rows of public cost are called, by group. paying: names of the programmes that are told."""
    tiers = {name: f"paid by: {label.en}" for name, label in cost.TIERS.items()}
    tiers[cost.CLAWED_BACK] = RETURNED
    known = {name: f"programme: {cost.called(name).en}" for name in paying}
    beside = {
        cost.TO_MOVERS: "beside programmes: firms that move in",
        cost.CLAWED_BACK: RETURNED,
    }
    recipients = {name: f"paid to: {label.en}" for name, label in cost.RECIPIENTS.items()}
    total = {ALL: "all"}
    return {"total": total, "tier": tiers, "programme": known | beside, "recipient": recipients}


def cap_lines(found: Mapping[str, Any], called: Callable[[str], str] = str) -> list[str]:
    """Public cost a year of each case against the cap. called: how a case is called."""
    cap, spending = (f"{found[key] / YI:,.1f}" for key in ("yuan", "spending"))
    lines = [word("change.cap", cap=cap, share=f"{100 * found['share']:.3g}", spending=spending)]
    for case, one in found["cases"].items():
        year = max(one["years"], key=one["years"].__getitem__)
        how = "within" if one["within"] else "above"
        amount = f"{one['highest'] / YI:,.1f}"
        lines.append(one_line(word(f"change.cap_{how}", case=called(case), year=year, amount=amount)))
    return lines


def ratio(found: Mapping[str, Any] | None, unit: float, called: str) -> str:
    """Cost over effect, with its interval, or why there is none."""
    if found is None:
        return word("change.ratio_unknown")
    if found["status"] != DETERMINED:
        return word(f"change.{SAID[found['status']]}")
    value, low, high = (number(found[key] / unit, "") for key in ("value", "low", "high"))
    return f"{value} {called} [{low} – {high}]"


def spread(one: Any) -> str:
    """A mean in 亿 with its interval."""
    mean, low, high = (float(getattr(one, key)) / YI for key in ("mean", "low", "high"))
    if not math.isfinite(low):
        return word("change.no_interval", mean=number(mean))
    return f"{number(mean)} [{number(low)} – {number(high)}]"


def number(value: float, sign: str = "+") -> str:
    """Three digits of a value, a sign before it."""
    shown = float(f"{value:.3g}")
    digits = 0 if abs(shown) >= 100 else 1 if abs(shown) >= 10 else 2
    return f"{shown if abs(shown) >= LEAST else 0.0:{sign},.{digits}f}"


def is_nothing(one: Any) -> bool:
    """Whether a row tells of nothing."""
    ends = [abs(float(getattr(one, key))) for key in ("mean", "low", "high")]
    return not any(math.isfinite(end) and end >= LEAST * YI for end in ends)


def _named(rows: pd.DataFrame, group: str) -> list[Any]:
    return _rows(rows[rows.group == group])


def _rows(table: pd.DataFrame) -> list[Any]:
    """The rows, their columns as attributes."""
    return list(table.itertuples(index=False))
