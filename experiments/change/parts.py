"""The parts of the change of emerging value added as they are recorded, named and drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from experiments.change.named import Named
from scenarios.region.region import Region

CHANGE = "change_"
TOTAL = "sei_value_added"
PARTS = {
    "growth": Named("growth of incumbents", "存续企业增长"),
    "entry": Named("entry", "新设企业"),
    "arrival": Named("arrival from outside", "省外迁入"),
    "transfer": Named("moves between prefectures", "省内迁移"),
    "exit": Named("exit", "企业退出"),
    "reclassification": Named("reclassification", "归类变化"),
    "coverage": Named("statistical coverage", "统计口径"),
}
ORIGINS = {
    "start": Named("firms of end-2015", "2015年末已有企业"),
    "founded": Named("founded to 2020", "2020年前新设企业"),
    "spin_off": Named("founded on inventions to 2020", "2020年前成果转化企业"),
    "arrived": Named("came from outside to 2020", "2020年前省外迁入企业"),
    "founded_lately": Named("founded since 2021", "2021年起新设企业"),
    "spin_off_lately": Named("founded on inventions since 2021", "2021年起成果转化企业"),
    "arrived_lately": Named("came from outside since 2021", "2021年起省外迁入企业"),
}
ALL = "all"
PROVINCE, ORIGIN, PREFECTURE, INDUSTRY = "province", "origin", "prefecture", "industry"
NO_ACTIVITY = ("reclassification", "coverage")
"""Parts that change what is counted and nothing that anybody does: never an effect of policy on activity."""


class Column(NamedTuple):
    """What one recorded series of the change tells: of which group, which of its members, which part."""

    group: str
    name: str
    part: str


def columns_of(region: Region) -> dict[str, Column]:
    """The series of the change that runs of a region record."""
    found = {f"{CHANGE}{part}": Column(PROVINCE, PROVINCE, part) for part in PARTS}
    found |= {f"{CHANGE}by_{origin}": Column(ORIGIN, origin, ALL) for origin in ORIGINS}
    for group, names in ((PREFECTURE, region.prefectures.names), (INDUSTRY, region.industries.names)):
        parts = parts_of(group)
        found |= {f"{CHANGE}{part}_{name}": Column(group, name, part) for part in parts for name in names}
    return found


def parts_of(group: str) -> list[str]:
    """The parts that are told of the members of a group: a firm that moves keeps its industry."""
    return [part for part in PARTS if group != INDUSTRY or part != "transfer"]


def held(columns: Iterable[object]) -> bool:
    """Whether a table holds the parts of the change."""
    wanted = {TOTAL, *(f"{CHANGE}{part}" for part in PARTS), *(f"{CHANGE}by_{one}" for one in ORIGINS)}
    return wanted <= set(columns)
