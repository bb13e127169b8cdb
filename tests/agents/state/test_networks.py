"""Digital networks: works wear, and works and vouchers make it easier to digitalise."""

import math

import numpy as np
import pytest

from agents.state.networks import DigitalNetwork, DigitalParameters, weigh_suppliers

PARAMETERS = DigitalParameters(
    network_2015=1.4e10, works_depreciation=0.2, network_elasticity=0.5, cost_elasticity=0.5,
    adoption_cost=0.01, works_from_firms=0.2, works_at_home=0.6,
)  # fmt: skip


@pytest.fixture
def network():
    return DigitalNetwork(PARAMETERS, np.full(14, 5e5), supplier=3, scale=0.1)


def test_without_works_and_vouchers_it_is_as_easy_as_ever(network):
    network.look(0.0)
    assert network.ease.tolist() == [1.0] * 14


def test_works_of_three_times_the_operators_networks_make_it_twice_as_easy_at_an_elasticity_of_half(network):
    network.works[2] = 3e8  # operators of a prefecture: 1.4e10 x 0.1 / 14
    network.look(0.0)
    assert network.ease.tolist() == pytest.approx([1, 1, 2] + [1] * 11)


def test_a_voucher_of_three_quarters_that_is_paid_makes_it_twice_as_easy_at_an_elasticity_of_half(network):
    network.look(0.75)
    assert network.ease == pytest.approx(np.full(14, 2.0))
    network.paid_share = 0.5
    network.look(0.75)
    assert network.ease == pytest.approx(np.full(14, 1 / math.sqrt(0.625)))


def test_works_wear_a_tenth_in_half_a_year_and_are_counted_at_the_prices_of_2016(network):
    network.build(np.full(14, 210), price=1.05)
    network.build(np.zeros(14), price=1.0)
    assert network.works == pytest.approx(np.full(14, 180.0))


def test_works_are_ordered_by_the_sales_of_suppliers(make_firms):
    firms = make_firms(3, trailing_sales=[1e6, 2e6, 3e6])
    weights = np.zeros(firms.capacity)
    assert weigh_suppliers(firms.arrays(), firms.start[:1], firms.stop[:1], weights) == 6e6
    assert weights[firms.rows()].tolist() == [1e6, 2e6, 3e6]
