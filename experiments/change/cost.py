"""Public cost of 2021-25 as its series tell it: by year, tier, programme and recipient; and the fiscal cap.

Public cost is what programmes spend, what prefectures pay to firms that move in, less what is clawed back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from experiments.change.named import Named
from experiments.compute.run_values import CLAWED_BACK, INCENTIVES
from scenarios.load import load_levers

TIERS = {
    "province": Named("the province", "省级"),
    "prefectures": Named("prefectures, their share of programmes", "市州配套"),
    "incentives": Named("prefectures, to firms that move in", "市州招商优惠"),
    "clawed_back": Named("clawed back", "追回"),
}
RECIPIENTS = {
    "firms": Named("firms", "企业"),
    "universities": Named("universities and institutes", "高校院所"),
    "households": Named("households", "居民"),
    "rest": Named("rest of the province", "省内其他部门"),
    "outside": Named("outside", "省外"),
    "funds": Named("funds", "基金"),
    "guarantee": Named("guarantee corporation", "担保公司"),
}
"""Whom programmes pay, as in the series flow_PROGRAMME_RECIPIENT."""
TO_MOVERS = "incentives"
"""What prefectures pay to firms that move in stands beside the programmes, under this name."""


class Costs(NamedTuple):
    """Columns of series, each with its sign, by what they add up to."""

    tier: dict[str, list[tuple[str, int]]]
    programme: dict[str, list[tuple[str, int]]]
    recipient: dict[str, list[tuple[str, int]]]


def programmes() -> dict[str, Named]:
    """The levers that have a programme, as they are called."""
    found = {name: lever.about for name, lever in load_levers().items()}
    return {n: Named(one.label.en, one.label.zh) for n, one in found.items() if one.programme is not None}


def cost_columns(held: Iterable[object]) -> Costs | None:
    """The series that public cost is read from; None where a table does not hold them all."""
    names, known = set(map(str, held)), programmes()
    tier = {
        "province": [("programmes_by_province", 1)],
        "prefectures": [("programmes_by_prefectures", 1)],
        "incentives": [(INCENTIVES, 1)],
        "clawed_back": [(CLAWED_BACK, -1)],
    }
    programme = {name: [(f"programme_{name}", 1)] for name in known}
    programme |= {TO_MOVERS: [(INCENTIVES, 1)], CLAWED_BACK: [(CLAWED_BACK, -1)]}
    recipient = {to: [(f"flow_{name}_{to}", 1) for name in known] for to in RECIPIENTS}
    recipient["firms"] += [(INCENTIVES, 1), (CLAWED_BACK, -1)]
    found = Costs(tier, programme, recipient)
    wanted = {column for group in found for parts in group.values() for column, _ in parts}
    return found if wanted <= names else None


def columns_read() -> list[str]:
    """Every series that public cost may be read from."""
    known = programmes()
    return [
        "programmes_by_province",
        "programmes_by_prefectures",
        INCENTIVES,
        CLAWED_BACK,
        *(f"programme_{name}" for name in known),
        *(f"flow_{name}_{to}" for name in known for to in RECIPIENTS),
    ]


def summed(table: pd.DataFrame, parts: dict[str, list[tuple[str, int]]]) -> pd.DataFrame:
    """One column per entry of `parts`, each the sum of its series with their signs [yuan]."""
    return pd.DataFrame(
        {name: sum(sign * table[column] for column, sign in those) for name, those in parts.items()},
        index=table.index,
    )


def by_year(annual: pd.DataFrame, scale: float) -> pd.Series:
    """Median over runs of the public cost of each year, at the size of the real province [yuan/year].

    annual: rows {run_id, year, series...} of the runs of one case. Empty where cost is not recorded.
    """
    columns = cost_columns(annual.columns)
    if columns is None or annual.empty:
        return pd.Series(dtype=float)
    cost = summed(annual, columns.tier).sum(axis=1) / scale
    found: pd.Series = cost.groupby(annual.year).median()
    return found
