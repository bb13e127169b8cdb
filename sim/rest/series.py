"""The province as a whole: GDP and population."""

from agents.economy import Economy
from agents.firms import totals as column
from sim.indicator import F, S, Single, one_by_one
from sim.setting import Setting


def gdp(economy: Economy, setting: Setting) -> float:
    """Value added of technology firms, their research as far as the accounts capitalise it, and of the rest.

    Universities' research is output of the rest under either convention.
    """
    research = economy.parameters.research_capitalised * float(economy.province[column.RESEARCH])
    return gdp_expensed(economy, setting) + research


def gdp_expensed(economy: Economy, setting: Setting) -> float:
    """GDP as it was counted before July 2016: firms' research is a cost."""
    return float(economy.province[column.VALUE_ADDED]) + float(economy.rest_value_added)


GDP = {
    "gdp": Single("yuan", F, "GDP", "地区生产总值", gdp),
    "gdp_expensed": Single("yuan", F, "GDP, research expensed", "地区生产总值（研发不资本化）", gdp_expensed),
}

DEMAND = {
    "home_demand_firms": Single(
        "yuan", F, "bought at home with firms' money", "企业带来的省内需求", lambda e, s: e.rest.demand.firms
    ),
    "home_demand_firms_implied": Single(
        "yuan",
        F,
        "the same, as the world's markets imply",
        "全国市场所隐含的企业省内需求",
        lambda e, s: e.rest.demand.taken_for_granted,
    ),
    "home_demand_beyond": Single(
        "yuan",
        F,
        "demand at home beyond what the world takes for granted",
        "超出世界路径的省内需求",
        lambda e, s: float(e.rest.demand.beyond),
    ),
}

POPULATION = {
    "population": Single("persons", S, "population", "常住人口", lambda e, s: s.population(e.quarter)),
}

SERIES = {"gdp": one_by_one(GDP), "demand": one_by_one(DEMAND), "population": one_by_one(POPULATION)}
