"""Research and patents of all who perform it, inventions, licences, registered contracts."""

from agents.economy import Economy
from agents.firms import totals as column
from agents.rest.research_of_rest import RestResearch
from agents.science.basic_research import BasicResearch
from agents.science.brokers import Brokers
from agents.science.filing import Filing
from agents.science.other_owners import OtherOwners
from scenarios.region.region import Prefectures, Region
from sim.indicator import F, Group, Indicator, Kind, R, S, Single, one_by_one
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


def share_granted(economy: Economy, setting: Setting) -> float:
    """Of inventions granted to firms those that are of high value at once; 0 where none is granted."""
    granted = economy.counts.patents_granted
    return 1.0 - economy.of(Filing).plain / granted if granted else 0.0


def patents(economy: Economy, setting: Setting) -> list[float]:
    """The values of PATENTS: of firms, universities, institutes and other owners; of these alone."""
    province, institutions, others = economy.province, economy.universities, economy.of(OtherOwners)
    return [
        float(province[column.PATENTS] + institutions.valid.sum() + others.valid),
        float(province[column.HIGH_VALUE] + institutions.high_value.sum() + others.high_value),
        others.valid,
    ]


def basic_research(economy: Economy, setting: Setting) -> list[float]:
    """The values of BASIC: performed is the usual share of institutions' research, and what the fund adds."""
    own, institutions = economy.of(BasicResearch), economy.universities
    funded = 0.0 if institutions.basic is None else float(institutions.basic.sum())
    usual = own.parameters.usual_share * float(institutions.applied_research.sum())
    return [usual + funded, funded, len(own.under_way.id), own.inventions, own.patents]


def transfer(economy: Economy, setting: Setting) -> list[float]:
    """The values of TRANSFER, and then those by region group: licences, contracts, brokers."""
    market, inventions, brokers = economy.technology, economy.inventions, economy.of(Brokers)
    deals, registered, heads = market.deals.tolist(), market.registered.tolist(), brokers.heads.tolist()
    of_income = (market.licence_income, market.income, market.of_inventors)
    return [
        inventions.moved["disclosed"], len(inventions), inventions.new_quality,
        sum(deals), market.deals_outside, *[sum(income.tolist()) for income in of_income],
        sum(heads), brokers.mean_lift, economy.counts.spin_offs,
        sum(registered), sum(market.registered_universities.tolist()), *deals, *registered, *heads,
    ]  # fmt: skip


def by_group(
    places: Prefectures, name: str, unit: str, en: str, zh: str, kind: Kind = F
) -> dict[str, Indicator]:
    """One series per region group, named after it."""
    return {
        f"{name}_{group}": Indicator(
            unit, kind, f"{en}, {places.group_en[k]}", f"{zh}（{places.group_zh[k]}）"
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
    "patents_valid": Indicator("inventions", S, "inventions in force", "有效发明专利"),
    "high_value_patents": Indicator("inventions", S, "high-value inventions in force", "高价值发明专利"),
    "patents_other_owners": Indicator(
        "inventions",
        S,
        "inventions in force of persons, agencies and other bodies",
        "个人、机关等有效发明专利",
    ),
}

BASIC = {
    "basic_research": Indicator("yuan", F, "basic research performed", "基础研究经费"),
    "basic_research_funded": Indicator(
        "yuan", F, "basic research that the fund pays", "基础研究专项经费"
    ),
    "basic_results_under_way": Indicator(
        "results", S, "results of funded basic research under way", "在研基础研究成果",
    ),
    "basic_inventions": Indicator(
        "inventions", F, "inventions from funded basic research", "基础研究产生的成果",
    ),
    "basic_patents": Indicator(
        "applications", F, "patents of firms that build on funded basic research",
        "企业承接基础研究的专利申请",
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
    "disclosures": Indicator(
        "inventions", F, "inventions disclosed", "披露的科技成果",
    ),
    "inventions_on_offer": Indicator(
        "inventions", S, "inventions on offer", "待转化科技成果"
    ),
    "invention_quality": Indicator(
        "1 = mean at the reference share", R, "quality of the inventions disclosed", "披露成果的平均质量",
    ),
    "licences": Indicator(
        "licences", F, "licences to firms of the province", "省内技术许可",
    ),
    "licences_outside": Indicator(
        "licences", F, "licences to buyers outside", "省外技术许可",
    ),
    "licence_income": Indicator(
        "yuan", F, "licence income of universities and institutes", "高校院所成果转化收入",
    ),
    "licence_income_in_province": Indicator(
        "yuan", F, "licence income from firms of the province", "来自省内企业的成果转化收入",
    ),
    "inventor_income": Indicator(
        "yuan", F, "licence income of inventors", "科研人员成果转化收益",
    ),
    "brokers": Indicator(
        "persons", S, "technology brokers whom a lever keeps", "专项支持的技术经理人",
    ),
    "brokers_lift": Indicator(
        "ratio", R, "rate of matching over that without brokers", "技术经理人带来的匹配率之比",
    ),
    "spin_offs": Indicator(
        "firms", F, "firms founded on inventions", "成果转化创办企业"
    ),
    "contracts_registered": Indicator(
        "yuan", F, "registered technology contracts", "技术合同成交额"
    ),
    "contracts_registered_universities": Indicator(
        "yuan", F, "registered technology contracts of universities", "高校技术合同成交额",
    ),
}  # fmt: skip

LICENCES = ("licences", "licences", "licences to firms", "省内技术许可")
BROKERS = ("brokers", "persons", "technology brokers", "技术经理人", S)
REGISTERED = (
    "contracts_registered",
    "yuan",
    "registered technology contracts",
    "技术合同成交额",
)

SERIES = {
    "research": Group(RESEARCH, research),
    "patents": Group(PATENTS, patents),
    "basic research": Group(BASIC, basic_research),
    "filing": one_by_one(FILING),
}


def series_of(region: Region) -> dict[str, Group]:
    """What is disclosed and traded, in all and by group of prefectures."""
    groups = by_group(region.prefectures, *LICENCES) | by_group(region.prefectures, *REGISTERED)
    groups |= by_group(region.prefectures, *BROKERS)
    return {"transfer": Group(TRANSFER | groups, transfer)}
