"""The targets' series and what technology firms, universities and institutes produce, employ and invent."""

from agents.economy import INDUSTRIES, Economy
from agents.firms import totals as column
from agents.money.chart import PREFECTURES
from agents.money.flows import Flow
from sim.books.accounts import research_performed
from sim.indicators.indicator import F, Indicator, Part, S, Single, cells, one_by_one
from sim.setting import Setting


def gdp(economy: Economy, setting: Setting) -> float:
    """Value added of technology firms and of the rest of the province."""
    return float(economy.province[column.VALUE_ADDED]) + float(economy.rest_value_added)


def real_emerging(economy: Economy, setting: Setting) -> float:
    """Emerging value added at the prices of 2020, by the price index of the industries' goods."""
    return float(economy.province[column.EMERGING]) / setting.price_relative_to_2020(economy.quarter)


def digital_core(economy: Economy, setting: Setting) -> float:
    """Digital core: a share of each industry's firms, and telecom, platforms and trade in the rest."""
    by_industry = economy.totals.cells[:, column.VALUE_ADDED].reshape(INDUSTRIES, PREFECTURES).sum(axis=1)
    return sum((by_industry * setting.digital_core).tolist()) + setting.digital_rest(economy.quarter)


def research(economy: Economy, setting: Setting) -> list[float]:
    """Published research, in all and of enterprises; of firms, relabelled; of universities, of institutes.

    Published: performed, and the part of relabelled spending that audits let pass.
    """
    of_firms, relabelled = economy.province[column.RESEARCH], float(economy.province[column.RELABELLED])
    by_kind = economy.universities.research_by_kind()
    of_institutions = sum(by_kind)
    performed = research_performed(economy.ledger, of_firms, of_institutions)
    published = performed + economy.parameters.relabelled_counted * relabelled
    return [published, published - of_institutions, of_firms, relabelled, *by_kind]


def patents_in_force(economy: Economy, setting: Setting) -> float:
    """Inventions in force of firms, universities and institutes."""
    return float(economy.province[column.PATENTS] + economy.universities.valid.sum())


def high_value_in_force(economy: Economy, setting: Setting) -> float:
    """High-value inventions in force of firms, universities and institutes."""
    return float(economy.province[column.HIGH_VALUE] + economy.universities.high_value.sum())


VALUE_ADDED = {
    "gdp": Single("yuan", F, "GDP", "地区生产总值", gdp),
    "technology_value_added": Single(
        "yuan", F, "value added of technology firms", "科技企业增加值", cells(column.VALUE_ADDED)
    ),
    "sei_value_added": Single(
        "yuan", F, "emerging-industry value added", "战略性新兴产业增加值", cells(column.EMERGING)
    ),
    "sei_value_added_real": Single(
        "yuan at 2020 prices",
        F,
        "emerging-industry value added, real",
        "战略性新兴产业增加值（2020年价）",
        real_emerging,
    ),
    "digital_core_value_added": Single(
        "yuan", F, "digital core value added", "数字经济核心产业增加值", digital_core
    ),
}

RESEARCH = {
    "rd_total": Indicator("yuan", F, "R&D expenditure", "全社会研发经费"),
    "rd_firms": Indicator("yuan", F, "R&D of enterprises", "企业研发经费"),
    "rd_firms_real": Indicator("yuan", F, "R&D of firms without relabelling", "企业真实研发经费"),
    "rd_relabelled": Indicator("yuan", F, "spending relabelled as R&D", "重新归类为研发的支出"),
    "rd_universities": Indicator("yuan", F, "R&D of universities", "高校研发经费"),
    "rd_institutes": Indicator("yuan", F, "R&D of institutes", "研究机构研发经费"),
}

OF_FIRMS = {
    "firms": Single("firms", S, "technology firms", "科技企业数", cells(column.FIRMS)),
    "entrants": Single("firms", F, "entrants", "新设企业", lambda e, s: float(e.counts.entrants)),
    "exits": Single("firms", F, "exits", "退出企业", lambda e, s: float(e.counts.exits)),
    "research_firms": Single(
        "firms", S, "firms doing research", "有研发活动的企业", cells(column.RESEARCHERS)
    ),
    "hnte": Single("firms", S, "certified high-tech enterprises", "高新技术企业", cells(column.CERTIFIED)),
    "hnte_new": Single("firms", F, "new certificates", "新认定", lambda e, s: float(e.counts.certified_new)),
    "patents_valid": Single("inventions", S, "inventions in force", "有效发明专利", patents_in_force),
    "high_value_patents": Single(
        "inventions", S, "high-value inventions in force", "高价值发明专利", high_value_in_force
    ),
    "population": Single("persons", S, "population", "常住人口", lambda e, s: s.population(e.quarter)),
    "carriers_listed": Single(
        "carriers",
        S,
        "national carriers, listed families",
        "国家级创新载体（规划所列四类）",
        lambda e, s: float(e.carriers.count(listed_only=True)),
    ),
    "carriers_wide": Single(
        "carriers",
        S,
        "national carriers, wide definition",
        "国家级创新载体（宽口径）",
        lambda e, s: float(e.carriers.count()),
    ),
    "sales": Single("yuan", F, "sales of technology firms", "科技企业销售收入", cells(column.SALES)),
    "employment": Single(
        "workers", S, "employment of technology firms", "科技企业从业人员", cells(column.EMPLOYMENT)
    ),
    "profits": Single("yuan", F, "profits of technology firms", "科技企业利润", cells(column.PROFIT)),
    "wages_paid": Single(
        "yuan",
        F,
        "wages of technology firms",
        "科技企业工资",
        lambda e, s: float(e.firm_flows[Flow.WAGES] + e.firm_flows[Flow.RESEARCH_WAGES]),
    ),
}

PARTS = (one_by_one(VALUE_ADDED), Part(RESEARCH, research), one_by_one(OF_FIRMS))
