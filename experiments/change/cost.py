"""Public cost of 2021-25 as its series tell it: by year, tier, programme and recipient; and the fiscal cap.

Public cost is what programmes spend, what prefectures pay to firms that move in, less what is clawed back.
"""

from __future__ import annotations

import re
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
SPENT, PAID = "programme_", "flow_"
"""How the series of a programme begin."""
OF_A_PROGRAMME = re.compile(rf"{SPENT}([a-z][a-z0-9_]{{0,59}})")
TO_MOVERS = "incentives"
"""What prefectures pay to firms that move in stands beside the programmes, under this name."""


class Costs(NamedTuple):
    """Columns of series, each with its sign, by what they add up to."""

    tier: dict[str, list[tuple[str, int]]]
    programme: dict[str, list[tuple[str, int]]]
    recipient: dict[str, list[tuple[str, int]]]


def programmes(held: Iterable[object] = ()) -> dict[str, Named]:
    """The levers that have a programme, as they are called.

    held: names of series, whose programmes of levers from outside are told by their names.
    """
    found = {name: lever.about for name, lever in load_levers().items()}
    known = {n: Named(one.label.en, one.label.zh) for n, one in found.items() if one.programme is not None}
    names = sorted(told[1] for name in held if (told := OF_A_PROGRAMME.fullmatch(str(name))))
    return known | {name: Named(*[name.replace("_", " ")] * 2) for name in names if name not in known}


def called(programme: str) -> Named:
    """How a programme is called, of a lever that ships or of one from outside.

    Raises: KeyError for what is no name of a lever.
    """
    return programmes([f"{SPENT}{programme}"])[programme]


def is_of_programme(series: str) -> bool:
    """Whether a series tells what a programme spent, or whom it paid."""
    return series.startswith((SPENT, PAID))


def cost_columns(held: Iterable[object]) -> Costs | None:
    """The series that public cost is read from; None where a table does not hold them all."""
    names = set(map(str, held))
    known = programmes(names)
    tier = {
        "province": [("programmes_by_province", 1)],
        "prefectures": [("programmes_by_prefectures", 1)],
        "incentives": [(INCENTIVES, 1)],
        "clawed_back": [(CLAWED_BACK, -1)],
    }
    programme = {name: [(f"{SPENT}{name}", 1)] for name in known}
    programme |= {TO_MOVERS: [(INCENTIVES, 1)], CLAWED_BACK: [(CLAWED_BACK, -1)]}
    recipient = {to: [(f"{PAID}{name}_{to}", 1) for name in known] for to in RECIPIENTS}
    recipient["firms"] += [(INCENTIVES, 1), (CLAWED_BACK, -1)]
    found = Costs(tier, programme, recipient)
    wanted = {column for group in found for parts in group.values() for column, _ in parts}
    return found if wanted <= names else None


def columns_read() -> list[str]:
    """Every series that public cost is read from; those of levers from outside come beside them."""
    known = programmes()
    return [
        "programmes_by_province",
        "programmes_by_prefectures",
        INCENTIVES,
        CLAWED_BACK,
        *(f"{SPENT}{name}" for name in known),
        *(f"{PAID}{name}_{to}" for name in known for to in RECIPIENTS),
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
