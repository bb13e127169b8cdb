"""The rest of the province and households at the end of 2015."""

from typing import Any

from agents.economy import Economy
from agents.rest.rest_of_economy import RestOfEconomy, RestParameters
from sim.part import Balance, Start
from sim.setting import Setting


def begin(start: Start) -> dict[str, Any]:
    """The rest of the province, which pays its taxes to the governments."""
    parameters = RestParameters(**start.spec.parameters["rest"])
    population = start.region.prefectures.population_2020
    return {"rest": RestOfEconomy(parameters, start.made["governments"], population, start.spec.scale)}


def balances(economy: Economy, setting: Setting) -> list[Balance]:
    """Deposits of the rest of the province and of households."""
    rest, households = economy.rest.opening_balances(setting.rest_value_added(0))
    accounts = economy.ledger.accounts
    return [(accounts.rest, rest), (accounts.households, households)]
