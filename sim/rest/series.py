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

POPULATION = {
    "population": Single("persons", S, "population", "常住人口", lambda e, s: s.population(e.quarter)),
}

SERIES = {"gdp": one_by_one(GDP), "population": one_by_one(POPULATION)}
