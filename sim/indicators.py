"""What is recorded of each quarter: one entry per series, with unit and how to add it up over time."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from agents.chart import PREFECTURES
from agents.economy import INDUSTRIES, Economy
from agents.firms import totals as column
from agents.flows import Flow
from sim.accounts import research_performed
from sim.circumstances import Setting


class Kind(StrEnum):
    """How a series becomes yearly: the sum, the last or the mean of its quarters."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


@dataclass(frozen=True)
class Indicator:
    """One recorded series: what it is, and how it is read off the economy at the end of a quarter."""

    unit: str
    kind: Kind
    label_en: str
    label_zh: str
    read: Callable[[Economy, Setting], float]


def cells(name: int) -> Callable[[Economy, Setting], float]:
    """The sum over all cells of one column of the firms' totals."""
    return lambda economy, setting: float(economy.province[name])


def firm_flow(code: Flow) -> Callable[[Economy, Setting], float]:
    """The sum over prefectures of one flow of the firms."""
    return lambda economy, setting: float(economy.totals.flows[code].sum())


def paid_by(programme: str) -> Callable[[Economy, Setting], float]:
    """What a programme disbursed in the quarter."""
    return lambda economy, setting: float(economy.governments.programmes[programme].disbursed_now)


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


F, S, R = Kind.FLOW, Kind.STOCK, Kind.RATE

INDICATORS: dict[str, Indicator] = {
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
    "firm_loans": Indicator(
        "yuan",
        S,
        "bank loans of firms",
        "企业贷款余额",
        lambda e, s: float(e.ledger.loans[e.ledger.accounts.firms]),
    ),
    "firm_deposits": Indicator(
        "yuan",
        S,
        "deposits of firms",
        "企业存款",
        lambda e, s: float(e.ledger.balance[e.ledger.accounts.firms]),
    ),
    "defaults": Indicator("yuan", F, "loans written off", "核销贷款", firm_flow(Flow.WRITE_OFF)),
    "vat_paid": Indicator("yuan", F, "value-added tax of firms", "企业增值税", firm_flow(Flow.VAT)),
    "corporate_tax_paid": Indicator(
        "yuan", F, "corporate income tax of firms", "企业所得税", firm_flow(Flow.CORPORATE_TAX)
    ),
    "price_index": Indicator(
        "2020 = 1",
        R,
        "price index of emerging industries",
        "新兴产业价格指数",
        lambda e, s: s.price_relative_to_2020(e.quarter),
    ),
    "grants_misused": Indicator(
        "yuan", F, "grant money misused", "被挪用的补助", lambda e, s: float(e.counts.misused)
    ),
    "programme_rd_subsidy": Indicator(
        "yuan", F, "spent on R&D post-subsidy", "研发后补助支出", paid_by("rd_subsidy")
    ),
    "programme_high_tech_award": Indicator(
        "yuan", F, "spent on high-tech awards", "高企奖励支出", paid_by("high_tech_award")
    ),
    "programme_innovation_procurement": Indicator(
        "yuan", F, "spent on innovation procurement", "创新产品采购支出", paid_by("innovation_procurement")
    ),
    "programme_innovation_carriers": Indicator(
        "yuan", F, "spent on innovation carriers", "创新平台支出", paid_by("innovation_carriers")
    ),
    "budget_revenue": Indicator(
        "yuan", F, "local tax revenue", "地方税收收入", lambda e, s: float(e.governments.collected(e.ledger))
    ),
    "budget_spending": Indicator(
        "yuan",
        F,
        "spending of local governments",
        "地方财政支出",
        lambda e, s: float(e.governments.spent(e.ledger)),
    ),
}


@dataclass(frozen=True)
class CellIndicator:
    """One series by prefecture and industry, and its column in the firms' totals."""

    unit: str
    kind: Kind
    label_en: str
    label_zh: str
    column: int


CELL_INDICATORS: dict[str, CellIndicator] = {
    "firms": CellIndicator("firms", S, "technology firms", "科技企业数", column.FIRMS),
    "certified": CellIndicator(
        "firms", S, "certified high-tech enterprises", "高新技术企业", column.CERTIFIED
    ),
    "value_added": CellIndicator("yuan", F, "value added", "增加值", column.VALUE_ADDED),
    "sei_value_added": CellIndicator("yuan", F, "emerging value added", "新兴产业增加值", column.EMERGING),
    "research": CellIndicator("yuan", F, "R&D of firms", "企业研发经费", column.RESEARCH),
    "patents": CellIndicator("inventions", S, "inventions in force", "有效发明专利", column.PATENTS),
    "employment": CellIndicator("workers", S, "employment", "从业人员", column.EMPLOYMENT),
    "sales": CellIndicator("yuan", F, "sales", "销售收入", column.SALES),
}


def read_series(economy: Economy, setting: Setting) -> np.ndarray:
    """One value per indicator, in their order [float64]."""
    return np.array([indicator.read(economy, setting) for indicator in INDICATORS.values()])


def read_cells(economy: Economy) -> np.ndarray:
    """One value per cell indicator [prefecture, industry, indicator]: flows, and stocks at the end."""
    chosen = economy.totals.cells[:, [one.column for one in CELL_INDICATORS.values()]]
    shaped = chosen.reshape(INDUSTRIES, PREFECTURES, len(CELL_INDICATORS))
    return shaped.transpose(1, 0, 2).astype(np.float64)
