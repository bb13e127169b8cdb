"""What is won of the centre's money: investment by field, national projects and their match."""

from collections.abc import Callable

from agents.central.investment import CentralInvestment
from agents.central.national_projects import NationalProjects
from agents.economy import Economy
from scenarios.region.region import Region
from sim.indicator import F, Group, Indicator, R, Read, S, Single, one_by_one
from sim.setting import Setting


def of_investment(name: str) -> Read:
    """A number of the year's round of central investment."""
    return lambda economy, setting: float(getattr(economy.of(CentralInvestment), name))


def of_projects(name: str) -> Read:
    """A number of the national projects."""
    return lambda economy, setting: float(getattr(economy.of(NationalProjects), name))


CENTRAL = {
    "central_money_won": Single(
        "yuan", F, "central investment won beyond the usual", "额外争取的中央预算内投资",
        lambda e, s: float(e.of(CentralInvestment).to_firms + e.of(CentralInvestment).to_institutions),
    ),
    "central_money_asked": Single(
        "yuan", F, "central investment that firms' projects ask for", "企业项目申请的中央预算内投资",
        lambda e, s: float(e.of(CentralInvestment).asked.sum()),
    ),
    "central_projects_asked": Single(
        "projects", F, "projects put forward to the centre", "申报中央预算内投资项目",
        of_investment("projects"),
    ),
    "central_projects_won": Single(
        "projects", F, "projects that win central investment", "获中央预算内投资项目",
        of_investment("winners"),
    ),
    "central_money_institutions": Single(
        "yuan", F, "central investment in research facilities", "科技基础设施中央投资",
        of_investment("to_institutions"),
    ),
    "central_plant": Single(
        "yuan", F, "plant that central investment added", "中央投资带动的新增投资", of_investment("plant")
    ),
    "national_projects_matched": Single(
        "projects", F, "national projects that the province matches", "配套的国家科技项目",
        of_projects("matched"),
    ),
    "national_projects_added": Single(
        "projects", F, "national projects won in addition", "新增国家科技项目", of_projects("won")
    ),
    "national_money_added": Single(
        "yuan", F, "central money of national projects won in addition", "新增国家科技项目经费",
        of_projects("paid"),
    ),
    "national_money_to_come": Single(
        "yuan", S, "central money of national projects still to come", "待拨国家科技项目经费",
        of_projects("promised"),
    ),
    "national_match": Single(
        "yuan per yuan", R, "match of national projects", "国家科技项目配套比例", of_projects("match")
    ),
}  # fmt: skip

SERIES = {"central money": one_by_one(CENTRAL)}


def series_of(region: Region) -> dict[str, Group]:
    """central_money_won_INDUSTRY: what its firms won of the pool of their field."""
    about, found = region.industries, {}
    for name, en, zh in zip(about.names, about.label_en, about.label_zh, strict=True):
        found[f"central_money_won_{name}"] = Indicator(
            "yuan", F, f"central investment won by {en}", f"{zh}争取的中央预算内投资"
        )
    return {"central money by field": Group(found, won_by_field())}


def won_by_field() -> Callable[[Economy, Setting], list[float]]:
    """Reads what each industry has won."""
    return lambda economy, setting: [float(one) for one in economy.of(CentralInvestment).won.tolist()]
