"""The market for data in the model: paid for as far as it works, used by who is digital, and gone without."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.data_market.data_market import DataMarket
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.indicators import series_of
from sim.model import choose
from sim.run import past_of

SCALE = 0.03
COLUMN = series_of().column
LEVERS = load_levers()
PLATFORM, BUDGET = ("data_market", "platform"), ("data_market", "budget")


@pytest.fixture(scope="module")
def end_of_2020():
    """About 700 firms at the end of 2020."""
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes, **parameters):
    """Some quarters from the end of 2020 on with other values of levers, and of parameters."""
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    market = model.economy.of(DataMarket)
    market.parameters = market.parameters._replace(**parameters)
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 5, {})


@pytest.fixture(scope="module")
def opened(end_of_2020):
    return branch(end_of_2020, 5, {PLATFORM: 1.0, BUDGET: 1e8})


def test_no_platform_is_the_baseline_to_the_last_bit(usual, end_of_2020):
    other = branch(end_of_2020, 5, {PLATFORM: 0.0, BUDGET: 0.0})
    assert [one for one in differences(usual, other) if "offers" not in one] == []


def test_a_platform_that_nobody_pays_for_opens_nothing(end_of_2020):
    model = branch(end_of_2020, 5, {PLATFORM: 1.0})
    assert model.series[20:, COLUMN["data_on_offer"]].sum() == 0.0


def test_a_platform_costs_what_it_costs_in_a_year_and_no_more(end_of_2020, opened):
    cost = opened.economy.of(DataMarket).parameters.platform_cost * SCALE
    rich = branch(end_of_2020, 4, {PLATFORM: 1.0, BUDGET: 1e9})
    spent = rich.series[20:, COLUMN["programme_data_market"]].sum()
    assert spent == pytest.approx(cost, rel=1e-6)
    half = branch(end_of_2020, 4, {PLATFORM: 1.0, BUDGET: 5e7})
    assert half.series[20:, COLUMN["programme_data_market"]].sum() == pytest.approx(0.5 * cost, rel=1e-6)
    assert half.series[-1, COLUMN["data_on_offer"]] == pytest.approx(
        0.5 * rich.series[-1, COLUMN["data_on_offer"]], rel=1e-6
    )


def test_firms_gain_in_the_january_after_and_never_more_than_digital_ones_can(opened):
    gains = opened.series[20:, COLUMN["data_gain"]]
    assert (gains[:4] == 0.0).all() and gains[4] > 0.0
    firms, s = opened.economy.firms, opened.economy.of(DataMarket).parameters
    rows = firms.rows()
    assert (firms.data_gain[rows] <= s.gain * firms.digital[rows] + 1e-9).all()


def test_more_data_give_more(end_of_2020, opened):
    less = branch(end_of_2020, 5, {PLATFORM: 0.4, BUDGET: 1e8})
    assert 0.0 < less.series[-1, COLUMN["data_gain"]] < opened.series[-1, COLUMN["data_gain"]]


def test_a_gain_of_nothing_moves_no_firms_productivity(usual, end_of_2020):
    model = branch(end_of_2020, 5, {PLATFORM: 1.0, BUDGET: 1e8}, gain=0.0)
    ours, theirs = model.economy.firms, usual.economy.firms
    common = np.intersect1d(ours.id[ours.rows()], theirs.id[theirs.rows()])
    assert len(common) > 300 and model.series[-1, COLUMN["data_gain"]] == 0.0
    assert not ours.data_gain[ours.rows()].any()
