"""Rates of the centre's taxes and deductions: by law as far as it is stated, then the deduction jumps."""

from collections.abc import Mapping

import numpy as np

from scenarios.values.tables import Vector
from scenarios.worlds.calendar import LAST_YEAR, QUARTERS, first_quarter, year_of
from scenarios.worlds.drawn import DrawnNumbers
from scenarios.worlds.fan import DRAWN_YEARS
from scenarios.worlds.world import World, held

Rule = Mapping[int, float]
"""A rate, by quarter from which it holds."""
RISE_OF = {
    "super_deduction_manufacturing": "deduction_rise_goods",
    "super_deduction_services": "deduction_rise_others",
    "super_deduction_small": "deduction_rise_others",
}


def tax_rules(world: World, uniforms: DrawnNumbers) -> dict[str, Vector]:
    """Rates by quarter, and by industry where they differ."""
    rules = dict(world.rules) | {name: jumping(world, name, uniforms) for name in RISE_OF}
    rate = {name: np.array([held(rule, quarter) for quarter in QUARTERS]) for name, rule in rules.items()}
    goods, services = rate["super_deduction_manufacturing"], rate["super_deduction_services"]
    deduction = np.where(world.industries.goods[None, :], goods[:, None], services[:, None])
    return {
        "super_deduction": deduction,
        "super_deduction_small": np.maximum(deduction, rate["super_deduction_small"][:, None]),
        "corporate_tax": rate["corporate_tax"],
        "corporate_tax_certified": rate["corporate_tax_certified"],
        "vat": np.stack([rate[f"vat_{kind}"] for kind in world.industries.vat_class], axis=1),
    }


def jumping(world: World, name: str, uniforms: DrawnNumbers) -> Rule:
    """A deduction as stated and, each January after its last stated date, raised or lapsed by a step.

    One uniform a year raises it, another lets it lapse, the same for all kinds of firms: what all firms get
    makers of goods get too. Nothing lapses below what the law holds for good, nor before its term.
    """
    c, rule = world.constants, dict(world.rules[name])
    level, last_stated = held(rule, LAST_OF_ALL), year_of(max(rule))
    stated = level
    for year in DRAWN_YEARS:
        if year <= last_stated:
            continue
        floor = stated if year <= c["deduction_term_ends"] else c["deduction_for_good"]
        if uniforms[f"deduction_rise_{year}"] < c[RISE_OF[name]]:
            level = max(level, min(c["deduction_most"], level + c["deduction_step"]))
        if uniforms[f"deduction_lapse_{year}"] < c["deduction_lapse"]:
            level = max(min(level, floor), level - c["deduction_step"])
        rule[first_quarter(year)] = level
    return rule


LAST_OF_ALL = first_quarter(LAST_YEAR + 1)
