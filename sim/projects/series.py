"""Series of projects: how many are in each stage, what becomes of them, what is invested, who pays."""

import numpy as np

from agents.economy import Economy
from agents.projects.project import BUILDING, OFFERED, SIGNED, STAGES
from agents.projects.projects import Projects
from scenarios.region.region import Prefectures, Region
from sim.indicator import F, Group, Indicator, S
from sim.setting import Setting

COUNTS = {
    "projects_offered": Indicator("projects", F, "projects offered from outside", "省外洽谈项目"),
    "projects_elsewhere": Indicator("firms", F, "candidates that chose another province", "选择外省的企业"),
    "projects_tipped": Indicator("projects", F, "projects offered because of incentives", "因优惠而来的项目"),
    "projects_tipped_by_lever": Indicator(
        "projects", F, "projects offered because of the programme", "因专项资金而来的项目"
    ),
    "projects_drawn_within": Indicator(
        "projects", F, "projects that incentives drew to another prefecture", "因优惠改投省内他地的项目"
    ),
    "projects_signed": Indicator("projects", F, "projects signed", "签约项目"),
    "projects_started": Indicator("projects", F, "projects begun to be built", "开工项目"),
    "projects_refused": Indicator("projects", F, "projects not signed", "未签约项目"),
    "projects_withdrawn": Indicator("projects", F, "signed projects never begun", "签约未开工项目"),
    "projects_abandoned": Indicator("projects", F, "projects abandoned while built", "中途停建项目"),
    "projects_closing_elsewhere": Indicator(
        "projects", F, "new plants for which one outside closes", "省外关停迁入的项目"
    ),
    "projects_offered_stock": Indicator("projects", S, "projects under negotiation", "在谈项目"),
    "projects_signed_stock": Indicator("projects", S, "signed projects not begun", "已签约待开工项目"),
    "projects_building": Indicator("projects", S, "projects being built", "在建项目"),
    "projects_planned": Indicator("yuan", F, "announced investment of projects signed", "签约项目计划投资"),
    "projects_invested": Indicator("yuan", F, "investment in projects", "项目到位资金"),
    "projects_finished": Indicator("yuan", F, "investment in plants that begin to produce", "投产项目投资"),
    "projects_lost": Indicator("yuan", F, "investment in plants that were abandoned", "停建项目损失投资"),
    "projects_aid": Indicator("yuan", F, "programmes' money for projects", "招商专项资金支出"),
    "moves_within_begun": Indicator(
        "firms", F, "firms that mean to move within the province", "拟在省内迁移企业"
    ),
    "moves_within": Indicator("firms", F, "firms that moved within the province", "省内迁移企业"),
}  # fmt: skip


def read(economy: Economy, setting: Setting) -> list[float]:
    """The values of COUNTS: of projects from outside, but for the last two."""
    projects, inside = economy.of(Projects), economy.of(Projects).moved_inside
    came = {what: number - inside[what] for what, number in projects.moved.items()}
    table, span = projects.table, projects.span
    stages = np.bincount(table.stage[span][table.origin[span] >= 0], minlength=len(STAGES)).tolist()
    waiting = [stages[stage] for stage in (OFFERED, SIGNED, BUILDING)]
    values = [
        came["offered"], projects.elsewhere, projects.tipped, projects.tipped_by_lever, projects.drawn_within,
        came["signed"], came["started"], came["refused"], came["withdrawn"], came["abandoned"],
        projects.closing_elsewhere, *waiting, projects.yuan["signed"], projects.works,
        projects.yuan["produced"], projects.yuan["abandoned"], projects.aided,
        inside["offered"], inside["moved"],
    ]  # fmt: skip
    return [float(value) for value in values]


def of_prefectures(about: Prefectures) -> Group:
    """attraction_PREFECTURE: what it paid to projects and firms that came, out of its own treasury."""
    found = {}
    for name, en, zh in zip(about.names, about.label_en, about.label_zh, strict=True):
        found[f"attraction_{name}"] = Indicator(
            "yuan",
            F,
            f"incentives paid by {en}, not spent on other ends",
            f"{zh}招商优惠支出（挤占其他支出）",
        )
    return Group(found, lambda e, s: [float(one) for one in e.prefectures.incentives_paid.tolist()])


SERIES = {"projects": Group(COUNTS, read)}


def series_of(region: Region) -> dict[str, Group]:
    """What is told by prefecture of the region."""
    return {"attraction by prefecture": of_prefectures(region.prefectures)}
