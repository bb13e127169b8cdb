"""Among whom gains and losses are told: industries, prefectures, firms by size and owner, sectors.

Only sums are read: the model has no households one by one, so nothing is told by income or place of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.change.cost import RECIPIENTS, programmes
from experiments.change.cost import called as programme_called
from experiments.change.named import Named
from experiments.compute.run_values import OF_THE_PLAN, public_cost
from experiments.why.finished import OWNERS, Finished
from scenarios.region.region import Region
from scenarios.values.tables import WAN, YI
from sim.indicators import CELL_INDICATORS

INDUSTRY, PREFECTURE, SIZE, OWNER, SECTOR = "industry", "prefecture", "size", "owner", "sector"
PROGRAMME, RECIPIENT = "programme", "recipient"
GROUPS = {
    INDUSTRY: Named("by industry", "分产业"),
    PREFECTURE: Named("by prefecture", "分市州"),
    SIZE: Named("technology firms by sales in 2020", "科技企业（按2020年销售规模）"),
    OWNER: Named("technology firms by owner", "科技企业（按所有制）"),
    SECTOR: Named("households, state and others", "居民、政府与其他"),
}
ADDED, JOBS, MONEY = "value_added", "jobs", "money"
UNITS = {ADDED: "亿元", JOBS: "10,000 persons", MONEY: "亿元"}
NEWCOMERS = Named("came since 2021", "2021年以来新增")
SECTORS = {
    "wages": Named("wages of technology firms", "科技企业工资"),
    "grants": Named("programmes to households", "居民所得专项资金"),
    "inventors": Named("inventors' licence income", "发明人许可收益"),
    "taxes": Named("local taxes", "地方税收"),
    "cost": Named("public cost, paid", "公共支出成本（支付）"),
    "rest": Named("value added of the rest", "省内其他部门增加值"),
    "profits": Named("profits of technology firms", "科技企业利润"),
}
OWNED = {
    "private": Named("private", "民营"),
    "state": Named("state-owned", "国有"),
    "foreign": Named("foreign", "外资"),
}


class Member(NamedTuple):
    """Somebody who may gain or lose, and what is measured of them."""

    group: str
    name: str
    measure: str

    @property
    def key(self) -> str:
        """As it is kept."""
        return "__".join(self)


def read_members(run: Finished, region: Region) -> dict[str, float]:
    """What each member has at the end, by its key: 亿, or 10,000 persons, at the size of the province."""
    found = {**of_cells(run, region), **of_firms(run), **of_sectors(run), **of_money(run)}
    return {member.key: value for member, value in found.items()}


def of_cells(run: Finished, region: Region) -> dict[Member, float]:
    """Emerging value added and jobs of 2025 by industry and prefecture."""
    cells = run.outcome.cells[OF_THE_PLAN][-1]  # [prefecture, industry, indicator]
    names, found = list(CELL_INDICATORS), dict[Member, float]()
    for measure, column, per in ((ADDED, "sei_value_added", YI), (JOBS, "employment", WAN)):
        table = cells[:, :, names.index(column)] / (per * run.scale)
        for group, those, sums in (
            (INDUSTRY, region.industries.names, table.sum(axis=0)),
            (PREFECTURE, region.prefectures.names, table.sum(axis=1)),
        ):
            found |= {Member(group, one, measure): float(x) for one, x in zip(those, sums, strict=True)}
    return found


def of_firms(run: Finished) -> dict[Member, float]:
    """The same of the firms that are there at the end, by their sales in 2020 and by owner."""
    place, _ = run.classes.find(run.firms["id"])
    owner = run.firms["ownership"].astype(np.int64)
    found: dict[Member, float] = {}
    for measure, trait, per in ((ADDED, "emerging_last_year", YI), (JOBS, "labour", WAN)):
        values = run.firms[trait] / (per * run.scale)
        for group, those, at in ((SIZE, sizes(run.classes.names), place), (OWNER, OWNERS, owner)):
            sums = np.bincount(at, values, len(those))
            found |= {Member(group, one, measure): float(x) for one, x in zip(those, sums, strict=True)}
    return found


def sizes(names: tuple[str, ...]) -> tuple[str, ...]:
    """The size classes, and whoever came later."""
    return (*names, "newcomers")


def of_sectors(run: Finished) -> dict[Member, float]:
    """Money of households, owners and the state, and value added of the rest of the province [亿]."""
    rest = run.at_the_end("gdp_expensed") - run.at_the_end("technology_value_added")
    values = {
        "wages": run.over_the_plan("wages_paid"),
        "grants": run.over_the_plan(*(f"flow_{one}_households" for one in programmes(run.yearly))),
        "inventors": run.over_the_plan("inventor_income"),
        "profits": run.over_the_plan("profits"),
        "taxes": run.over_the_plan("budget_revenue"),
        "cost": public_cost(run.yearly) / (YI * run.scale),
        "rest": rest / YI,
    }
    return {Member(SECTOR, name, MONEY): values[name] for name in SECTORS}


def of_money(run: Finished) -> dict[Member, float]:
    """What each programme spent, and whom all of them paid, in 2021-25 [亿]."""
    known = programmes(run.yearly)
    spent = {Member(PROGRAMME, one, MONEY): run.over_the_plan(f"programme_{one}") for one in known}
    return spent | {
        Member(RECIPIENT, to, MONEY): run.over_the_plan(*(f"flow_{one}_{to}" for one in known))
        for to in RECIPIENTS
    }


def called(member: Member, region: Region, language: str) -> str:
    """A member as it is called."""
    if member.group == SECTOR:
        return SECTORS[member.name].name(language)
    if member.group == RECIPIENT:
        return RECIPIENTS[member.name].name(language)
    if member.group == PROGRAMME:
        return programme_called(member.name).name(language)
    if member.group == OWNER:
        return OWNED[member.name].name(language)
    if member.group == SIZE:
        return size_called(member.name, region, language)
    about = region.industries if member.group == INDUSTRY else region.prefectures
    if member.group == INDUSTRY:
        words = region.industries.short_zh if language == "zh" else region.industries.short_en
    else:
        words = region.prefectures.short_zh if language == "zh" else region.prefectures.label_en
    return words[list(about.names).index(member.name)]


def size_called(name: str, region: Region, language: str) -> str:
    """A size class by its bounds [million yuan of annual sales]."""
    marginals = region.marginals
    if name not in marginals.size_classes:
        return NEWCOMERS.name(language)
    at = marginals.size_classes.index(name)
    bounds = marginals.size_lower_bound[at : at + 2]
    if language == "zh":
        return _sales_in_chinese(bounds.tolist(), at == 0)
    low, *high = (f"{bound:g}" for bound in bounds)
    if at == 0:
        return f"below {high[0]} m yuan" if high else "all"
    return f"{low}–{high[0]} m yuan" if high else f"above {low} m yuan"


def _sales_in_chinese(bounds: Sequence[float], smallest: bool) -> str:
    """Bounds of sales [million yuan] in ten thousand and hundred million yuan, as Chinese counts."""
    low, *high = (f"{one / 100:g}亿" if one >= 100 else f"{100 * one:g}万" for one in bounds)
    if smallest:
        return f"{high[0]}元以下" if high else "全部"
    return f"{low}–{high[0]}元" if high else f"{low}元以上"
