"""What technology firms produce, sell, employ, owe and pay."""

from agents.economy import Economy
from agents.firms import totals as column
from agents.money.flows import Flow
from sim.indicator import CellIndicator, F, S, Single, cells, firm_flow, one_by_one
from sim.setting import Setting


def real_emerging(economy: Economy, setting: Setting) -> float:
    """Emerging value added at the prices of 2020, by the price index of the industries' goods."""
    return float(economy.province[column.EMERGING]) / setting.price_relative_to_2020(economy.quarter)


def digital_core(economy: Economy, setting: Setting) -> float:
    """Digital core: a share of each industry's firms, and telecom, platforms and trade in the rest."""
    by_industry = economy.geography.by_industry(economy.totals.cells[:, column.VALUE_ADDED]).sum(axis=1)
    return sum((by_industry * setting.digital_core).tolist()) + setting.digital_rest(economy.quarter)


def with_research(economy: Economy, added: int, research: int) -> float:
    """Value added with research counted as output and not as a cost [yuan/quarter].

    Own-account research is output at its cost, bought research is investment: together what was spent on it.
    Source: System of National Accounts 2008, 6.207 and 10.103; China since July 2016.
    """
    return float(economy.province[added] + economy.province[research])


OUTPUT = {
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
    "technology_value_added_capitalised": Single(
        "yuan",
        F,
        "value added of technology firms, research capitalised",
        "科技企业增加值（研发资本化）",
        lambda e, s: with_research(e, column.VALUE_ADDED, column.RESEARCH),
    ),
    "sei_value_added_capitalised": Single(
        "yuan",
        F,
        "emerging-industry value added, research capitalised",
        "战略性新兴产业增加值（研发资本化）",
        lambda e, s: with_research(e, column.EMERGING, column.EMERGING_RESEARCH),
    ),
    "digital_core_value_added": Single(
        "yuan", F, "digital core value added", "数字经济核心产业增加值", digital_core
    ),
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
}

SALES = {
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

MONEY = {
    "firm_loans": Single(
        "yuan",
        S,
        "bank loans of firms",
        "企业贷款余额",
        lambda e, s: float(e.ledger.loans[e.ledger.accounts.firms]),
    ),
    "firm_deposits": Single(
        "yuan",
        S,
        "deposits of firms",
        "企业存款",
        lambda e, s: float(e.ledger.balance[e.ledger.accounts.firms]),
    ),
    "defaults": Single("yuan", F, "loans written off", "核销贷款", firm_flow(Flow.WRITE_OFF)),
    "vat_paid": Single("yuan", F, "value-added tax of firms", "企业增值税", firm_flow(Flow.VAT)),
    "corporate_tax_paid": Single(
        "yuan", F, "corporate income tax of firms", "企业所得税", firm_flow(Flow.CORPORATE_TAX)
    ),
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
    "output": one_by_one(OUTPUT),
    "firms": one_by_one(OF_FIRMS),
    "sales": one_by_one(SALES),
    "money of firms": one_by_one(MONEY),
}
