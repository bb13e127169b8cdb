"""The rest of the province and households at the end of 2015."""

from typing import Any

from agents.economy import Economy
from agents.rest.research_of_rest import RestResearch, intensity_of, shares_by_place
from agents.rest.rest_of_economy import RestOfEconomy, RestParameters
from scenarios.spec import POLICY_YEAR
from scenarios.values.tables import YI
from scenarios.worlds.calendar import FIRST_YEAR
from sim.firms.begin import sales_by_place
from sim.part import Balance, Start
from sim.setting import Setting

YEARS = range(FIRST_YEAR, POLICY_YEAR)  # of which published research may be known


def begin(start: Start) -> dict[Any, Any]:
    """The rest of the province, which pays its taxes to the governments, and its research."""
    parameters = RestParameters(**start.spec.parameters["rest"])
    population = start.region.prefectures.population_2020
    return {
        "rest": RestOfEconomy(parameters, start.made["governments"], population, start.spec.scale),
        RestResearch: research_of_rest(start, parameters.research_share),
    }


def research_of_rest(start: Start, share: float) -> RestResearch:
    """Research of other enterprises: a share of what all did in the first year in which it is published.

    A region that publishes nothing of it to 2020 has none.
    """
    setting, scale = start.setting, start.spec.scale
    series = start.region.series.get("rd_enterprises")
    years = [year for year in YEARS if series and year in series.years]
    if series is None or not years:
        intensity = 0.0
    else:
        first = 4 * (years[0] - FIRST_YEAR)
        added = sum(setting.rest_value_added(first + quarter) for quarter in range(4))
        intensity = intensity_of(share, series[years[0]] * YI * scale, added)
    sales = sales_by_place(start.firms, start.region.geography)
    technology = setting.parameters.technology_value_added(2020) / sum(sales.tolist()) * sales
    places = start.region.prefectures
    by_place = shares_by_place(places.gdp_2020, technology, places.industry_research)
    return RestResearch(intensity, by_place)


def balances(economy: Economy, setting: Setting) -> list[Balance]:
    """Deposits of the rest of the province and of households."""
    rest, households = economy.rest.opening_balances(setting.rest_value_added(0))
    accounts = economy.ledger.accounts
    return [(accounts.rest, rest), (accounts.households, households)]
