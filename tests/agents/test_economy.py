"""The economy between two quarters: values by year, budgets of its size, money of its firms."""

from dataclasses import fields
from types import SimpleNamespace

import pytest

from agents.economy import Counts, Economy, EconomyParameters
from agents.engine.column import stored_columns
from agents.firms import Firm
from agents.geography import Geography
from agents.money.families import FAMILIES, MISSION_CALL
from agents.money.offers import Offers
from scenarios.load import central_values, load_parameters


def test_the_state_of_a_firm_takes_538_bytes():
    columns = stored_columns(Firm).values()
    assert sum(column.dtype.itemsize * (column.width or 1) for column in columns) == 538


@pytest.fixture
def values():
    return EconomyParameters(**central_values(load_parameters())["economy"])


@pytest.fixture
def economy(make_firms):
    """An economy of three firms and one programme, with nothing else in it."""
    asked = {}
    programme = SimpleNamespace(appropriate=lambda amount, year: asked.update({year: amount}))
    needed = dict.fromkeys(field.name for field in fields(Economy) if field.init)
    needed |= {
        "geography": Geography(14, 9),
        "firms": make_firms(3, deposits=[5, 6, 7], loans=[1, 2, 3]),
        "scale": 0.05,
        "quarter": 22,
        "offers": Offers(),
        "governments": SimpleNamespace(programmes={"rd_subsidy": programme}, asked=asked),
    }
    return Economy(**needed)


def test_technology_value_added_of_a_year_is_its_own_and_the_nearest_beyond(values):
    values = values._replace(
        technology_value_added_2015=15.0, technology_value_added_2018=18.0, technology_value_added_2020=20.0
    )
    found = [values.technology_value_added(year) for year in (2010, 2015, 2018, 2020, 2025)]
    assert found == [15.0, 15.0, 18.0, 20.0, 20.0]


def test_four_quarters_are_a_year(economy):
    assert economy.year == 2021
    economy.quarter = -1
    assert economy.year == 2015


def test_a_lever_asks_for_the_budget_of_the_real_province_and_gets_that_of_the_models_size(economy):
    economy.appropriate("rd_subsidy", 1e9)
    assert economy.governments.asked == {2021: 50_000_000}


def test_offers_lapse(economy):
    columns = [column for family in FAMILIES.values() for column in family.columns]
    economy.offer("research_support", "rd_subsidy", rate=0.3, cap=1e6)
    economy.offer("mission_call", "rd_subsidy", entrants=3, stage_gate=0.4, audit=0.2)
    economy.offers.post(economy.firms)
    assert sum(economy.firms.columns[name].any() for name in columns) == 2
    assert economy.offers.of(MISSION_CALL) == (3, 0.4, 0.2)
    economy.offers.withdraw(economy.firms)
    assert not any(economy.firms.columns[name].any() for name in columns)
    assert [economy.offers.of(family) for family in FAMILIES.values()] == [
        f.terms() for f in FAMILIES.values()
    ]


def test_money_of_firms_is_the_sum_of_their_balances(economy):
    assert economy.money_of_firms() == (18, 6)


def test_exits_are_the_insolvent_and_the_closed():
    assert Counts(insolvent=2, closed=3).exits == 5


def test_what_a_part_brought_without_a_field_is_known_by_its_class(economy):
    economy.others = {int: 7, str: "seven"}
    assert economy.of(int) == 7 and economy.of(str) == "seven"
    with pytest.raises(KeyError):
        economy.of(float)
