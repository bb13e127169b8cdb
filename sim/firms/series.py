"""What technology firms produce, sell, employ, owe and pay."""

from agents.economy import Economy
from agents.firms import totals as column
from agents.money.flows import Flow
from sim.indicator import CellIndicator, F, Group, Indicator, S
from sim.setting import Setting


def real_emerging(economy: Economy, setting: Setting) -> float:
    """Emerging value added at the prices of 2020, by the price index of the industries' goods."""
    return float(economy.province[column.EMERGING]) / setting.price_relative_to_2020(economy.quarter)


def digital_core(economy: Economy, setting: Setting) -> float:
    """Digital core: a share of each industry's firms, and telecom, platforms and trade in the rest."""
    by_industry = economy.geography.by_industry(economy.totals.cells[:, column.VALUE_ADDED]).sum(axis=1)
    return sum((by_industry * setting.digital_core).tolist()) + setting.digital_rest(economy.quarter)


def output(economy: Economy, setting: Setting) -> list[float]:
    """The values of OUTPUT."""
    added, emerging = economy.province[column.VALUE_ADDED], economy.province[column.EMERGING]
    return [
        added, emerging, real_emerging(economy, setting),
        with_research(economy, column.VALUE_ADDED, column.RESEARCH),
        with_research(economy, column.EMERGING, column.EMERGING_RESEARCH), digital_core(economy, setting),
    ]  # fmt: skip


def of_firms(economy: Economy, setting: Setting) -> list[float]:
    """The values of OF_FIRMS."""
    province, counts = economy.province, economy.counts
    return [
        province[column.FIRMS], counts.entrants, counts.exits,
        province[column.RESEARCHERS], province[column.CERTIFIED], counts.certified_new,
    ]  # fmt: skip


def sales(economy: Economy, setting: Setting) -> list[float]:
    """The values of SALES."""
    province, flows = economy.province, economy.firm_flows
    wages = flows[Flow.WAGES] + flows[Flow.RESEARCH_WAGES]
    return [province[column.SALES], province[column.EMPLOYMENT], province[column.PROFIT], wages]


def money(economy: Economy, setting: Setting) -> list[float]:
    """The values of MONEY."""
    ledger, flows = economy.ledger, economy.firm_flows
    firms = ledger.accounts.firms
    return [
        int(ledger.loans[firms]), int(ledger.balance[firms]),
        flows[Flow.WRITE_OFF], flows[Flow.VAT], flows[Flow.CORPORATE_TAX],
    ]  # fmt: skip


def with_research(economy: Economy, added: int, research: int) -> float:
    """Value added with research counted as output and not as a cost [yuan/quarter].

    Own-account research is output at its cost, bought research is investment: together what was spent on it.
    Source: System of National Accounts 2008, 6.207 and 10.103; China since July 2016.
    """
    return float(economy.province[added] + economy.province[research])


OUTPUT = {
    "technology_value_added": Indicator("yuan", F, "value added of technology firms", "科技企业增加值"),
    "sei_value_added": Indicator("yuan", F, "emerging-industry value added", "战略性新兴产业增加值"),
    "sei_value_added_real": Indicator(
        "yuan at 2020 prices",
        F,
        "emerging-industry value added, real",
        "战略性新兴产业增加值（2020年价）",
    ),
    "technology_value_added_capitalised": Indicator(
        "yuan",
        F,
        "value added of technology firms, research capitalised",
        "科技企业增加值（研发资本化）",
    ),
    "sei_value_added_capitalised": Indicator(
        "yuan",
        F,
        "emerging-industry value added, research capitalised",
        "战略性新兴产业增加值（研发资本化）",
    ),
    "digital_core_value_added": Indicator("yuan", F, "digital core value added", "数字经济核心产业增加值"),
}

OF_FIRMS = {
    "firms": Indicator("firms", S, "technology firms", "科技企业数"),
    "entrants": Indicator("firms", F, "entrants", "新设企业"),
    "exits": Indicator("firms", F, "exits", "退出企业"),
    "research_firms": Indicator("firms", S, "firms doing research", "有研发活动的企业"),
    "hnte": Indicator("firms", S, "certified high-tech enterprises", "高新技术企业"),
    "hnte_new": Indicator("firms", F, "new certificates", "新认定"),
}

SALES = {
    "sales": Indicator("yuan", F, "sales of technology firms", "科技企业销售收入"),
    "employment": Indicator("workers", S, "employment of technology firms", "科技企业从业人员"),
    "profits": Indicator("yuan", F, "profits of technology firms", "科技企业利润"),
    "wages_paid": Indicator(
        "yuan",
        F,
        "wages of technology firms",
        "科技企业工资",
    ),
}

MONEY = {
    "firm_loans": Indicator(
        "yuan",
        S,
        "bank loans of firms",
        "企业贷款余额",
    ),
    "firm_deposits": Indicator(
        "yuan",
        S,
        "deposits of firms",
        "企业存款",
    ),
    "defaults": Indicator("yuan", F, "loans written off", "核销贷款"),
    "vat_paid": Indicator("yuan", F, "value-added tax of firms", "企业增值税"),
    "corporate_tax_paid": Indicator("yuan", F, "corporate income tax of firms", "企业所得税"),
}

CELLS = {
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

SERIES = {
    "output": Group(OUTPUT, output),
    "firms": Group(OF_FIRMS, of_firms),
    "sales": Group(SALES, sales),
    "money of firms": Group(MONEY, money),
}
