"""The market for data: what firms make of it follows what is digital and what is on offer."""

import numpy as np
import pytest

from agents.data_market.data_market import DataMarket, DataMarketParameters, data_gain_after

S = DataMarketParameters(platform_cost=1e8, build_up=0.5, uptake=0.1, gain=0.02)


def test_a_firm_that_is_half_digital_learns_a_tenth_of_half_the_gain_in_a_year():
    assert data_gain_after(0.0, 0.5, 1.0, 0.5, S) == pytest.approx(0.1 * 0.5 * 0.02)


def test_a_firm_that_is_not_digital_gains_nothing():
    assert data_gain_after(0.0, 0.0, 1.0, 0.9, S) == 0.0


def test_no_firm_learns_more_than_there_is_and_all_is_lost_in_time():
    quick = S._replace(uptake=0.5)
    assert data_gain_after(0.0, 1.0, 1.0, 1.0, quick) == pytest.approx(0.02)
    assert data_gain_after(0.02, 1.0, 0.0, 1.0, quick) == 0.0


def test_data_follow_the_platform_that_is_paid_for_and_go_when_nobody_pays():
    market = DataMarket(S)
    offered = []
    for paid in [1.0] * 8 + [0.0] * 4:
        market.collect(paid)
        offered.append(market.on_offer)
    assert offered[0] == pytest.approx(0.125)
    assert offered[:8] == sorted(offered[:8]) and offered[8:] == sorted(offered[8:], reverse=True)
    for _ in range(400):
        market.collect(0.0)
    assert market.on_offer == 0.0


def test_productivity_moves_by_what_data_give_and_by_nothing_else(make_firms):
    firms, market = make_firms(2, digital=[0.0, 1.0], log_productivity=7.0), DataMarket(S)
    market.on_offer = 1.0
    luck = np.full(firms.capacity, 0.5)
    for years in (1, 2):
        market.be_used(firms.arrays(), luck, firms.start, firms.stop)
        gain = 0.02 * (1.0 - 0.9**years)
        rows = firms.rows()
        assert firms.log_productivity[rows].tolist() == pytest.approx([7.0, 7.0 + gain], abs=1e-8)
        assert market.mean_gain == pytest.approx(gain / 2, rel=1e-6)


def test_a_gain_of_nothing_is_no_gain(make_firms):
    firms, market = make_firms(1, digital=1.0, log_productivity=7.0), DataMarket(S._replace(gain=0.0))
    market.on_offer = 1.0
    market.be_used(firms.arrays(), np.full(firms.capacity, 0.5), firms.start, firms.stop)
    assert firms.log_productivity[0] == 7.0 and market.mean_gain == 0.0
