"""What is won of the centre's money: investment by field, national projects and their match."""

from agents.central.investment import CentralInvestment
from agents.central.national_projects import NationalProjects
from agents.economy import Economy
from scenarios.region.region import Region
from sim.indicator import F, Group, Indicator, R, S
from sim.setting import Setting

CENTRAL = {
    "central_money_won": Indicator(
        "yuan", F, "central investment won beyond the usual", "额外争取的中央预算内投资",
    ),
    "central_money_asked": Indicator(
        "yuan", F, "central investment that firms' projects ask for", "企业项目申请的中央预算内投资",
    ),
    "central_projects_asked": Indicator(
        "projects", F, "projects put forward to the centre", "申报中央预算内投资项目",
    ),
    "central_projects_won": Indicator(
        "projects", F, "projects that win central investment", "获中央预算内投资项目",
    ),
    "central_money_institutions": Indicator(
        "yuan", F, "central investment in research facilities", "科技基础设施中央投资",
    ),
    "central_plant": Indicator(
        "yuan", F, "plant that central investment added", "中央投资带动的新增投资"
    ),
    "national_projects_matched": Indicator(
        "projects", F, "national projects that the province matches", "配套的国家科技项目",
    ),
    "national_projects_added": Indicator(
        "projects", F, "national projects won in addition", "新增国家科技项目"
    ),
    "national_money_added": Indicator(
        "yuan", F, "central money of national projects won in addition", "新增国家科技项目经费",
    ),
    "national_money_to_come": Indicator(
        "yuan", S, "central money of national projects still to come", "待拨国家科技项目经费",
    ),
    "national_match": Indicator(
        "yuan per yuan", R, "match of national projects", "国家科技项目配套比例"
    ),
}  # fmt: skip


def read(economy: Economy, setting: Setting) -> list[float]:
    """The values of CENTRAL."""
    own, projects = economy.of(CentralInvestment), economy.of(NationalProjects)
    return [
        own.to_firms + own.to_institutions, sum(own.asked.tolist()), own.projects, own.winners,
        own.to_institutions, own.plant, projects.matched, projects.won, projects.paid,
        projects.promised if projects.under_way else 0, projects.match,
    ]  # fmt: skip


SERIES = {"central money": Group(CENTRAL, read)}


def series_of(region: Region) -> dict[str, Group]:
    """central_money_won_INDUSTRY: what its firms won of the pool of their field."""
    about, found = region.industries, {}
    for name, en, zh in zip(about.names, about.label_en, about.label_zh, strict=True):
        found[f"central_money_won_{name}"] = Indicator(
            "yuan", F, f"central investment won by {en}", f"{zh}争取的中央预算内投资"
        )
    return {"central money by field": Group(found, lambda e, s: e.of(CentralInvestment).won.tolist())}
