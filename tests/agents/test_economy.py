"""The economy between two quarters: values by year, offers that lapse, sums that begin anew."""

from dataclasses import fields
from types import SimpleNamespace

import numpy as np
import pytest

from agents.economy import (
    POLICY_COLUMNS,
    Counts,
    Economy,
    EconomyParameters,
    FinanceOffer,
    empty_totals,
)
from agents.engine.column import stored_columns
from agents.firms import Firm
from agents.state.missions import MissionOffer
from scenarios.load import central_values, load_parameters


def test_the_state_of_a_firm_takes_440_bytes():
    columns = stored_columns(Firm).values()
    assert sum(column.dtype.itemsize * (column.width or 1) for column in columns) == 440


@pytest.fixture
def values():
    return EconomyParameters(**central_values(load_parameters())["economy"])


@pytest.fixture
def economy(make_firms):
    """An economy of three firms and one programme, with nothing else in it."""
    asked = {}
    programme = SimpleNamespace(appropriate=lambda amount, year: asked.update({year: amount}))
    needed = dict.fromkeys(field.name for field in fields(Economy))
    needed |= {
        "firms": make_firms(3, deposits=[5, 6, 7], loans=[1, 2, 3]),
        "scale": 0.05,
        "quarter": 22,
        "totals": empty_totals(),
        "mission_offer": MissionOffer(),
        "counts": Counts(entrants=9),
        "talent": SimpleNamespace(award=1e5),
        "network": SimpleNamespace(voucher=0.2),
        "guarantee": SimpleNamespace(open_quarter=lambda: None),
        "funds": SimpleNamespace(open_quarter=lambda: None),
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
    firms = economy.firms
    for name in POLICY_COLUMNS:
        firms.columns[name][:] = 0.3
    economy.mission_offer.add(3, 0.4, 0.2)
    economy.withdraw_offers()
    assert not any(firms.columns[name].any() for name in POLICY_COLUMNS)
    assert vars(economy.mission_offer) == {"entrants": 0, "stage_gate": 0.0, "audit": 0.0}
    assert economy.talent.award == economy.network.voucher == 0.0


def test_offers_to_those_who_need_money_lapse(economy):
    economy.finance_offer = FinanceOffer(0.8, 0.01, 1e9, 0.3, 0.2)
    economy.withdraw_offers()
    assert economy.finance_offer == FinanceOffer()


def test_sums_of_flows_and_counts_begin_anew(economy):
    for sums in economy.totals:
        sums[...] = 5
    economy.forget_quarter()
    assert not any(np.any(sums) for sums in economy.totals)
    assert economy.counts == Counts()


def test_money_of_firms_is_the_sum_of_their_balances(economy):
    assert economy.money_of_firms() == (18, 6)


def test_exits_are_the_insolvent_and_the_closed():
    assert Counts(insolvent=2, closed=3).exits == 5
