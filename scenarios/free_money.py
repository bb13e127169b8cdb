"""A multiplier needs an opportunity cost: money that costs nobody anything would make every programme pay.

What `reprioritise` takes from other public spending was demand at home, and what `higher_taxes` takes from
households too. Money that is borrowed costs interest until it is paid back, unless the interest is zero.
"""

from scenarios.spec import Closure, Parameters, Scenario
from scenarios.values.errors import InputError
from scenarios.values.exact_text import exact_text


def refuse_free_money(scenario: Scenario, parameters: Parameters) -> None:
    """Refuses a demand multiplier where programmes are paid for by bonds without interest.

    Raises:
        InputError: names the scenario and both parameters.
    """
    multiplier, interest = parameters["rest"]["demand_multiplier"], parameters["government"]["bond_interest"]
    if scenario.closure is Closure.BORROW and multiplier > 0.0 and interest <= 0.0:
        raise InputError(
            f"scenario {scenario.name} borrows at parameters.government.bond_interest 0 while"
            f" parameters.rest.demand_multiplier is {exact_text(multiplier)}: a multiplier needs an"
            " opportunity cost; expected interest above 0, a multiplier of 0, or another closure"
        )
