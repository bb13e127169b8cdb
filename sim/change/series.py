"""The change of emerging value added of a year, told in its fourth quarter; before 2017 and between, nothing.

change_PART of the province, change_by_ORIGIN, which is the same sum another way round, and
change_PART_PREFECTURE and change_PART_INDUSTRY. All are whole yuan below 2^53: they add up exactly.
"""

from collections.abc import Sequence

import numpy as np

from agents.change.decomposition import (
    ARRIVED,
    COVERAGE,
    ENTRY,
    EXIT,
    GROWTH,
    LATELY,
    RECLASSIFICATION,
    TRANSFER,
    Change,
)
from agents.economy import Economy
from scenarios.region.region import Region
from sim.indicator import F, Group, Indicator
from sim.setting import Setting

FIRST = 4  # quarters of 2016, before which no year is simulated
PARTS_TOLD = {
    "growth": ("incumbents' growth", "存续企业增长"),
    "entry": ("entry", "新设企业"),
    "arrival": ("arrival from outside", "省外迁入"),
    "transfer": ("moves between prefectures", "省内迁移"),
    "exit": ("exit", "企业退出"),
    "reclassification": ("reclassification", "产品结构归类变化"),
    "coverage": ("statistical coverage", "统计口径"),
}
ORIGINS_TOLD = {
    "start": ("firms of 2015", "2015年末已有企业"),
    "founded": ("firms founded to 2020", "2020年前新设企业"),
    "spin_off": ("firms founded on inventions to 2020", "2020年前成果转化企业"),
    "arrived": ("firms that came from outside to 2020", "2020年前省外迁入企业"),
    "founded_lately": ("firms founded since 2021", "2021年起新设企业"),
    "spin_off_lately": ("firms founded on inventions since 2021", "2021年起成果转化企业"),
    "arrived_lately": ("firms that came from outside since 2021", "2021年起省外迁入企业"),
}  # in the order of the columns
CHANGE_EN, CHANGE_ZH = "change of emerging value added", "新兴产业增加值变化"


def parts_by_cell(change: Change) -> np.ndarray:
    """What is told of the year [part as in PARTS_TOLD, cell]."""
    by_part = change.by_part()
    entry, came = by_part[ENTRY], [ARRIVED, ARRIVED + LATELY]
    arrived = entry[came].sum(axis=0)
    return np.stack(
        (
            by_part[GROWTH].sum(axis=0),
            entry.sum(axis=0) - arrived,
            arrived,
            change.told[:, TRANSFER],
            by_part[EXIT].sum(axis=0),
            by_part[RECLASSIFICATION].sum(axis=0),
            change.told[:, COVERAGE],
        )
    )


def series_of(region: Region) -> dict[str, Group]:
    """The change of the province, of its prefectures and of its industries."""
    places, industries = region.prefectures, region.industries
    found = {
        f"change_{part}": Indicator("yuan", F, f"{CHANGE_EN}: {en}", f"{CHANGE_ZH}：{zh}")
        for part, (en, zh) in PARTS_TOLD.items()
    }
    for origin, (en, zh) in ORIGINS_TOLD.items():
        found[f"change_by_{origin}"] = Indicator("yuan", F, f"{CHANGE_EN}: {en}", f"{CHANGE_ZH}：{zh}")
    found["change_moved"] = Indicator(
        "yuan",
        F,
        "last year's emerging value added of firms that moved between prefectures",
        "省内迁移企业上年新兴产业增加值",
    )
    labels = [
        *zip(places.names, places.label_en, places.label_zh, strict=True),
        *zip(industries.names, industries.label_en, industries.label_zh, strict=True),
    ]
    for part, (en, zh) in PARTS_TOLD.items():
        for name, in_en, in_zh in labels[: len(places.names)] if part == "transfer" else labels:
            found[f"change_{part}_{name}"] = Indicator(
                "yuan", F, f"{CHANGE_EN}, {in_en}: {en}", f"{in_zh}{CHANGE_ZH}：{zh}"
            )
    nothing = [0.0] * len(found)
    return {"change": Group(found, lambda e, s: read(e, s) if told_now(e) else nothing)}


def told_now(economy: Economy) -> bool:
    """Whether a year ends that has one before it."""
    return economy.quarter >= FIRST and economy.quarter % 4 == 3


def read(economy: Economy, setting: Setting) -> Sequence[float]:
    """The values of a year's end in the order of the series."""
    change = economy.of(Change)
    parts = parts_by_cell(change)
    side_by_side = parts.reshape(len(parts), economy.geography.industries, economy.geography.places)
    by_name = np.concatenate((side_by_side.sum(axis=1), side_by_side.sum(axis=2)), axis=1)
    told = np.ones_like(by_name, dtype=bool)
    told[list(PARTS_TOLD).index("transfer"), economy.geography.places :] = False  # a firm keeps its industry
    origins = change.by_part().sum(axis=(0, 2))
    province = [*parts.sum(axis=1).tolist(), *origins.tolist(), change.moved]
    return [*province, *by_name[told].tolist()]
