"""Research and patents of all who perform it, inventions, licences, registered contracts."""

from collections.abc import Callable

from agents.economy import Economy
from agents.firms import totals as column
from agents.rest.research_of_rest import RestResearch
from agents.science.basic_research import BasicResearch
from agents.science.brokers import Brokers
from agents.science.filing import Filing
from agents.science.other_owners import OtherOwners
from scenarios.region.region import Prefectures, Region
from sim.indicator import F, Group, Indicator, Kind, R, Read, S, Single, one_by_one
from sim.science.identities import research_performed
from sim.setting import Setting


def research(economy: Economy, setting: Setting) -> list[float]:
    """Published research of all, of technology firms; of firms, relabelled; of universities, of institutes.

    Published: performed, and the part of relabelled spending that audits let pass. At last all enterprises'
    research, and that of those which are no technology firms.
    """
    of_firms, relabelled = economy.province[column.RESEARCH], float(economy.province[column.RELABELLED])
    by_kind = economy.universities.research_by_kind()
    of_institutions = sum(by_kind)
    performed = research_performed(economy.ledger, of_firms, of_institutions)
    published = performed + economy.parameters.relabelled_counted * relabelled
    of_rest = float(economy.of(RestResearch).performed)
    technology = published - of_institutions
    return [
        published + of_rest, technology, of_firms, relabelled, *by_kind, technology + of_rest, of_rest
    ]  # fmt: skip


def patents_in_force(economy: Economy, setting: Setting) -> float:
    """Inventions in force of firms, universities, institutes and other owners."""
    others = economy.of(OtherOwners).valid
    return float(economy.province[column.PATENTS] + economy.universities.valid.sum() + others)


def high_value_in_force(economy: Economy, setting: Setting) -> float:
    """High-value inventions in force of firms, universities, institutes and other owners."""
    others = economy.of(OtherOwners).high_value
    return float(economy.province[column.HIGH_VALUE] + economy.universities.high_value.sum() + others)


def funded_basic_research(economy: Economy, setting: Setting) -> float:
    """Basic research that the fund pays."""
    funded = economy.universities.basic
    return 0.0 if funded is None else float(funded.sum())


def basic_research(economy: Economy, setting: Setting) -> float:
    """Basic research performed: the usual share of what institutions do, and what the fund adds."""
    usual = economy.of(BasicResearch).parameters.usual_share
    return usual * float(economy.universities.applied_research.sum()) + funded_basic_research(
        economy, setting
    )


def share_granted(economy: Economy, setting: Setting) -> float:
    """Of inventions granted to firms those that are of high value at once; 0 where none is granted."""
    granted = economy.counts.patents_granted
    return 1.0 - economy.of(Filing).plain / granted if granted else 0.0


def registered_in(group: int) -> Read:
    """Registered technology contracts in a region group."""
    return lambda economy, setting: float(economy.technology.registered[group])


def licences_in(group: int) -> Read:
    """Licences to firms of a region group."""
    return lambda economy, setting: float(economy.technology.deals[group])


def brokers_in(group: int) -> Read:
    """Brokers who work for firms of a region group."""
    return lambda economy, setting: float(economy.of(Brokers).heads[group])


def all_of(name: str) -> Read:
    """The sum of an array of the technology market."""
    return lambda economy, setting: float(sum(getattr(economy.technology, name).tolist()))


def by_group(
    places: Prefectures, name: str, unit: str, en: str, zh: str, read: Callable[[int], Read], kind: Kind = F
) -> dict[str, Single]:
    """One series per region group, named after it."""
    return {
        f"{name}_{group}": Single(
            unit, kind, f"{en}, {places.group_en[k]}", f"{zh}（{places.group_zh[k]}）", read(k)
        )
        for k, group in enumerate(places.groups)
    }


RESEARCH = {
    "rd_total": Indicator("yuan", F, "R&D expenditure", "全社会研发经费"),
    "rd_firms": Indicator("yuan", F, "R&D of technology firms", "科技企业研发经费"),
    "rd_firms_real": Indicator("yuan", F, "R&D of firms without relabelling", "企业真实研发经费"),
    "rd_relabelled": Indicator("yuan", F, "spending relabelled as R&D", "重新归类为研发的支出"),
    "rd_universities": Indicator("yuan", F, "R&D of universities", "高校研发经费"),
    "rd_institutes": Indicator("yuan", F, "R&D of institutes", "研究机构研发经费"),
    "rd_enterprises": Indicator("yuan", F, "R&D of enterprises", "企业研发经费"),
    "rd_rest": Indicator("yuan", F, "R&D of enterprises that are no technology firms", "其他企业研发经费"),
}

PATENTS = {
    "patents_valid": Single("inventions", S, "inventions in force", "有效发明专利", patents_in_force),
    "high_value_patents": Single(
        "inventions", S, "high-value inventions in force", "高价值发明专利", high_value_in_force
    ),
    "patents_other_owners": Single(
        "inventions",
        S,
        "inventions in force of persons, agencies and other bodies",
        "个人、机关等有效发明专利",
        lambda e, s: float(e.of(OtherOwners).valid),
    ),
}

BASIC = {
    "basic_research": Single("yuan", F, "basic research performed", "基础研究经费", basic_research),
    "basic_research_funded": Single(
        "yuan", F, "basic research that the fund pays", "基础研究专项经费", funded_basic_research
    ),
    "basic_results_under_way": Single(
        "results", S, "results of funded basic research under way", "在研基础研究成果",
        lambda e, s: float(len(e.of(BasicResearch).under_way.id)),
    ),
    "basic_inventions": Single(
        "inventions", F, "inventions from funded basic research", "基础研究产生的成果",
        lambda e, s: float(e.of(BasicResearch).inventions),
    ),
    "basic_patents": Single(
        "applications", F, "patents of firms that build on funded basic research",
        "企业承接基础研究的专利申请",
        lambda e, s: float(e.of(BasicResearch).patents),
    ),
}  # fmt: skip

FILING = {
    "filing_quality": Single(
        "index", R, "support of filing by value", "专利资助质量导向指数", lambda e, s: e.of(Filing).now
    ),
    "high_value_share_granted": Single(
        "share", R, "high-value share of inventions granted to firms", "企业授权发明中高价值占比",
        share_granted,
    ),
}  # fmt: skip

TRANSFER = {
    "disclosures": Single(
        "inventions", F, "inventions disclosed", "披露的科技成果",
        lambda e, s: float(e.inventions.moved["disclosed"]),
    ),
    "inventions_on_offer": Single(
        "inventions", S, "inventions on offer", "待转化科技成果", lambda e, s: float(len(e.inventions))
    ),
    "invention_quality": Single(
        "1 = mean at the reference share", R, "quality of the inventions disclosed", "披露成果的平均质量",
        lambda e, s: e.inventions.new_quality,
    ),
    "licences": Single(
        "licences", F, "licences to firms of the province", "省内技术许可",
        all_of("deals"),
    ),
    "licences_outside": Single(
        "licences", F, "licences to buyers outside", "省外技术许可",
        lambda e, s: float(e.technology.deals_outside),
    ),
    "licence_income": Single(
        "yuan", F, "licence income of universities and institutes", "高校院所成果转化收入",
        all_of("licence_income"),
    ),
    "licence_income_in_province": Single(
        "yuan", F, "licence income from firms of the province", "来自省内企业的成果转化收入",
        all_of("income"),
    ),
    "inventor_income": Single(
        "yuan", F, "licence income of inventors", "科研人员成果转化收益",
        all_of("of_inventors"),
    ),
    "brokers": Single(
        "persons", S, "technology brokers whom a lever keeps", "专项支持的技术经理人",
        lambda e, s: float(sum(e.of(Brokers).heads.tolist())),
    ),
    "brokers_lift": Single(
        "ratio", R, "rate of matching over that without brokers", "技术经理人带来的匹配率之比",
        lambda e, s: e.of(Brokers).mean_lift,
    ),
    "spin_offs": Single(
        "firms", F, "firms founded on inventions", "成果转化创办企业", lambda e, s: float(e.counts.spin_offs)
    ),
    "contracts_registered": Single(
        "yuan", F, "registered technology contracts", "技术合同成交额", all_of("registered")
    ),
    "contracts_registered_universities": Single(
        "yuan", F, "registered technology contracts of universities", "高校技术合同成交额",
        all_of("registered_universities"),
    ),
}  # fmt: skip

LICENCES = ("licences", "licences", "licences to firms", "省内技术许可", licences_in)
BROKERS = ("brokers", "persons", "technology brokers", "技术经理人", brokers_in, S)
REGISTERED = (
    "contracts_registered",
    "yuan",
    "registered technology contracts",
    "技术合同成交额",
    registered_in,
)

SERIES = {
    "research": Group(RESEARCH, research),
    "patents": one_by_one(PATENTS),
    "basic research": one_by_one(BASIC),
    "filing": one_by_one(FILING),
}


def series_of(region: Region) -> dict[str, Group]:
    """What is disclosed and traded, in all and by group of prefectures."""
    groups = by_group(region.prefectures, *LICENCES) | by_group(region.prefectures, *REGISTERED)
    groups |= by_group(region.prefectures, *BROKERS)
    return {"transfer": one_by_one(TRANSFER | groups)}
