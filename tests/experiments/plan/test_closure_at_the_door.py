"""A sweep in which borrowed money costs nothing is refused before its first run."""

import pytest

from experiments.plan.sweep_plan import plan_sweep
from scenarios.values.errors import InputError


@pytest.fixture
def borrowing(tmp_path):
    file = tmp_path / "borrowing.yaml"
    file.write_text("name: borrowing\nbase: as_in_2020\nclosure: borrow\n", "utf-8")
    return f"reform={file}"


def test_a_multiplier_without_an_opportunity_cost_is_one_line(borrowing):
    words = [
        borrowing,
        "parameters.government.bond_interest=0,0.03",
        "parameters.rest.demand_multiplier=0,0.5",
    ]
    with pytest.raises(InputError) as refused:
        plan_sweep(words)
    (line,) = refused.value.messages
    assert line.startswith("scenario borrowing borrows at parameters.government.bond_interest 0")


def test_interest_makes_it_a_plan(borrowing):
    assert plan_sweep([borrowing, "parameters.rest.demand_multiplier=0.5,1"]).points
