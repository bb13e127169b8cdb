"""A multiplier without an opportunity cost is refused."""

from dataclasses import replace

import pytest

from scenarios.free_money import refuse_free_money
from scenarios.load import central_values, load_parameters, load_scenarios
from scenarios.spec import Closure
from scenarios.values.errors import InputError


def asked(closure, multiplier, interest):
    parameters = central_values(load_parameters())
    parameters["rest"] |= {"demand_multiplier": multiplier}
    parameters["government"] |= {"bond_interest": interest}
    refuse_free_money(replace(load_scenarios()["plan"], closure=closure), parameters)


def test_borrowing_without_interest_is_refused_where_demand_multiplies():
    with pytest.raises(
        InputError, match=r"plan borrows at .*bond_interest 0 while .*demand_multiplier is 0.6"
    ):
        asked(Closure.BORROW, 0.6, 0.0)


@pytest.mark.parametrize(
    ("closure", "multiplier", "interest"),
    [("borrow", 0.6, 0.035), ("borrow", 0.0, 0.0), ("reprioritise", 0.6, 0.0), ("higher_taxes", 0.6, 0.0)],
)
def test_what_costs_somebody_something_is_accepted(closure, multiplier, interest):
    asked(Closure(closure), multiplier, interest)
