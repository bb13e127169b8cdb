"""The targets' series and what technology firms, universities and institutes produce, employ and invent."""

from agents.chart import PREFECTURES
from agents.economy import INDUSTRIES, Economy
from agents.firms import totals as column
from agents.flows import Flow
from sim.accounts import research_performed
from sim.circumstances import Setting
from sim.indicators.indicator import F, Indicator, S, cells


def gdp(economy: Economy, setting: Setting) -> float:
    """Value added of technology firms and of the rest of the province."""
    return float(economy.province[column.VALUE_ADDED]) + float(economy.rest_value_added)


def real_emerging(economy: Economy, setting: Setting) -> float:
    """Emerging value added at the prices of 2020, by the price index of the industries' goods."""
    return float(economy.province[column.EMERGING]) / setting.price_relative_to_2020(economy.quarter)


def digital_core(economy: Economy, setting: Setting) -> float:
    """Digital core: a share of each industry's firms, and telecom, platforms and trade in the rest."""
    by_industry = economy.totals.cells[:, column.VALUE_ADDED].reshape(INDUSTRIES, PREFECTURES).sum(axis=1)
    of_firms = sum(float(v) * float(s) for v, s in zip(by_industry, setting.digital_core, strict=True))
    return of_firms + setting.digital_rest(economy.quarter)


def published_research(economy: Economy, setting: Setting) -> float:
    """Research as published: performed, and the part of relabelled spending that audits let pass."""
    of_firms = economy.province[column.RESEARCH]
    performed = research_performed(economy.ledger, of_firms, int(economy.universities.research.sum()))
    return performed + counted_relabelling(economy)


def counted_relabelling(economy: Economy) -> float:
    """Relabelled spending that enters published research."""
    return economy.parameters.relabelled_counted * float(economy.province[column.RELABELLED])


def published_firm_research(economy: Economy, setting: Setting) -> float:
    """Research of enterprises as published: total less universities and institutes."""
    return published_research(economy, setting) - float(economy.universities.research.sum())


def patents_in_force(economy: Economy, setting: Setting) -> float:
    """Inventions in force of firms, universities and institutes."""
    return float(economy.province[column.PATENTS] + economy.universities.valid.sum())


def high_value_in_force(economy: Economy, setting: Setting) -> float:
    """High-value inventions in force of firms, universities and institutes."""
    return float(economy.province[column.HIGH_VALUE] + economy.universities.high_value.sum())


INDICATORS = {
    "gdp": Indicator("yuan", F, "GDP", "地区生产总值", gdp),
    "technology_value_added": Indicator(
        "yuan", F, "value added of technology firms", "科技企业增加值", cells(column.VALUE_ADDED)
    ),
    "sei_value_added": Indicator(
        "yuan", F, "emerging-industry value added", "战略性新兴产业增加值", cells(column.EMERGING)
    ),
    "sei_value_added_real": Indicator(
        "yuan at 2020 prices",
        F,
        "emerging-industry value added, real",
        "战略性新兴产业增加值（2020年价）",
        real_emerging,
    ),
    "digital_core_value_added": Indicator(
        "yuan", F, "digital core value added", "数字经济核心产业增加值", digital_core
    ),
    "rd_total": Indicator("yuan", F, "R&D expenditure", "全社会研发经费", published_research),
    "rd_firms": Indicator("yuan", F, "R&D of enterprises", "企业研发经费", published_firm_research),
    "rd_firms_real": Indicator(
        "yuan", F, "R&D of firms without relabelling", "企业真实研发经费", cells(column.RESEARCH)
    ),
    "rd_relabelled": Indicator(
        "yuan", F, "spending relabelled as R&D", "重新归类为研发的支出", cells(column.RELABELLED)
    ),
    "rd_universities": Indicator(
        "yuan",
        F,
        "R&D of universities",
        "高校研发经费",
        lambda e, s: float(e.universities.research_of("university")),
    ),
    "rd_institutes": Indicator(
        "yuan",
        F,
        "R&D of institutes",
        "研究机构研发经费",
        lambda e, s: float(e.universities.research_of("institute")),
    ),
    "firms": Indicator("firms", S, "technology firms", "科技企业数", cells(column.FIRMS)),
    "entrants": Indicator("firms", F, "entrants", "新设企业", lambda e, s: float(e.counts.entrants)),
    "exits": Indicator("firms", F, "exits", "退出企业", lambda e, s: float(e.counts.exits)),
    "research_firms": Indicator(
        "firms", S, "firms doing research", "有研发活动的企业", cells(column.RESEARCHERS)
    ),
    "hnte": Indicator("firms", S, "certified high-tech enterprises", "高新技术企业", cells(column.CERTIFIED)),
    "hnte_new": Indicator(
        "firms", F, "new certificates", "新认定", lambda e, s: float(e.counts.certified_new)
    ),
    "patents_valid": Indicator("inventions", S, "inventions in force", "有效发明专利", patents_in_force),
    "high_value_patents": Indicator(
        "inventions", S, "high-value inventions in force", "高价值发明专利", high_value_in_force
    ),
    "population": Indicator("persons", S, "population", "常住人口", lambda e, s: s.population(e.quarter)),
    "carriers_listed": Indicator(
        "carriers",
        S,
        "national carriers, listed families",
        "国家级创新载体（规划所列四类）",
        lambda e, s: float(e.carriers.count(listed_only=True)),
    ),
    "carriers_wide": Indicator(
        "carriers",
        S,
        "national carriers, wide definition",
        "国家级创新载体（宽口径）",
        lambda e, s: float(e.carriers.count()),
    ),
    "sales": Indicator("yuan", F, "sales of technology firms", "科技企业销售收入", cells(column.SALES)),
    "employment": Indicator(
        "workers", S, "employment of technology firms", "科技企业从业人员", cells(column.EMPLOYMENT)
    ),
    "profits": Indicator("yuan", F, "profits of technology firms", "科技企业利润", cells(column.PROFIT)),
    "wages_paid": Indicator(
        "yuan",
        F,
        "wages of technology firms",
        "科技企业工资",
        lambda e, s: float(e.totals.flows[[Flow.WAGES, Flow.RESEARCH_WAGES]].sum()),
    ),
}
