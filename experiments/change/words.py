"""An effect taken apart, as JSON has it and as text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from experiments.answer.text_table import fitted, terminal_width
from experiments.change import cost
from experiments.change.effect import DISPLACED, Effect
from experiments.change.interval import DETERMINED, FREE, LOSS, OPEN
from experiments.change.parts import ALL, INDUSTRY, ORIGIN, ORIGINS, PARTS, PREFECTURE, PROVINCE, parts_of
from experiments.language.chosen import ZH, current
from experiments.language.words import word
from scenarios.region.fiscal_cap import FiscalCap
from scenarios.region.region import Region
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.values.errors import one_line
from scenarios.values.tables import YI

YEARS = f"{POLICY_YEAR}–{LAST_YEAR % 100}"
SAID = {OPEN: "ratio_open", LOSS: "ratio_loss", FREE: "ratio_free"}
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
    heads = [word("change.text_made_of"), word("change.text_interval")]
    of_all = rows[(rows.group == PROVINCE) & (rows.part != ALL)]
    labels = {name: label.name(current()) for name, label in PARTS.items()}
    first = [heads, *([labels[one.part], spread(one)] for one in _rows(of_all))]
    first.append([word("change.text_scaled"), spread(_rows(rows)[0])])
    who = {name: label.name(current()) for name, label in ORIGINS.items()}
    second = [[word("change.text_by_firm"), ""]]
    second += [[who[one.name], spread(one)] for one in _named(rows, ORIGIN) if not is_nothing(one)]
    second += [[word(f"change.{one.name.replace(' ', '_')}"), spread(one)] for one in _named(rows, DISPLACED)]
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
    chinese = current() == ZH
    of_places = places.short_zh if chinese else places.label_en
    of_industries = industries.short_zh if chinese else industries.short_en
    known = [*zip(places.names, of_places, strict=True)]
    return dict([*known, *zip(industries.names, of_industries, strict=True)])


def by_member(rows: pd.DataFrame, group: str, names: Mapping[str, str]) -> list[str]:
    """A line for each prefecture or industry: its parts, and their sum with its interval."""
    own = rows[rows.group == group]
    drawn = [part for part in parts_of(group) if (own[own.part == part]["mean"].abs() >= LEAST * YI).any()]
    heads = [
        word(f"change.text_by_{group}"),
        *(PARTS[part].name(current()) for part in drawn),
        word("change.text_all"),
    ]
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
    table = [[word("change.cost_caption", years=YEARS), word("change.text_interval")]]
    for one in _rows(costs):
        if one.group == "total" or not is_nothing(one):
            table.append([called[one.group][one.name], spread(one)])
    point, value = told["cost_per_percentage_point"], told["cost_per_value_added"]
    return [
        "",
        *fitted(table, limit=terminal_width()),
        word("change.text_per_point", years=YEARS, ratio=ratio(point, YI, word("change.yi"))),
        word("change.text_per_value", years=YEARS, ratio=ratio(value, 1.0, word("change.yi"))),
    ]


def called_costs(paying: Iterable[str]) -> dict[str, dict[str, str]]:
    """How the rows of public cost are called, by group. paying: names of the programmes that are told."""
    tiers = {name: word("change.paid_by", name=label.name(current())) for name, label in cost.TIERS.items()}
    tiers[cost.CLAWED_BACK] = word("change.returned")
    known = {name: word("change.programme", name=cost.called(name).name(current())) for name in paying}
    beside = {
        cost.TO_MOVERS: word("change.movers"),
        cost.CLAWED_BACK: word("change.returned"),
    }
    recipients = {
        name: word("change.paid_to", name=label.name(current())) for name, label in cost.RECIPIENTS.items()
    }
    total = {ALL: word("change.cost_all")}
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
    return word("change.ratio", value=value, unit=called, low=low, high=high)


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
