"""The province as a whole: GDP and population."""

from agents.economy import Economy
from agents.firms import totals as column
from sim.indicator import F, S, Single, one_by_one
from sim.setting import Setting


def gdp(economy: Economy, setting: Setting) -> float:
    """Value added of technology firms and of the rest of the province."""
    return float(economy.province[column.VALUE_ADDED]) + float(economy.rest_value_added)


GDP = {
    "gdp": Single("yuan", F, "GDP", "地区生产总值", gdp),
}

POPULATION = {
    "population": Single("persons", S, "population", "常住人口", lambda e, s: s.population(e.quarter)),
}

SERIES = {"gdp": one_by_one(GDP), "population": one_by_one(POPULATION)}
