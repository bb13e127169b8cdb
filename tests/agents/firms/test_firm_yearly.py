"""January: firms digitalise and shift towards emerging products."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.yearly import adopted_digital, novel_revenue, renew_firms, shifted_share


@pytest.fixture(scope="session")
def diffusion(p):
    return p._replace(digital_hazard=0.06, digital_peer_weight=1.0)


@pytest.mark.parametrize(
    ("digital", "peers", "after"), [(0.0, 0.0, 0.06), (0.5, 0.0, 0.53), (0.5, 1.0, 0.56)]
)
def test_six_per_cent_of_the_rest_is_digitalised_and_twice_that_when_all_peers_are(
    diffusion, digital, peers, after
):
    assert adopted_digital(digital, 0.5, peers, 1.0, diffusion) == pytest.approx(after)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(1.0, 9.0))
def test_the_digital_share_never_falls_and_stays_a_share(diffusion, digital, luck, peers, ease):
    assert digital <= adopted_digital(digital, luck, peers, ease, diffusion) <= 1.0


def test_where_it_is_twice_as_easy_twice_as_much_is_digitalised(diffusion):
    assert adopted_digital(0.0, 0.5, 0.0, 2.0, diffusion) == pytest.approx(0.12)


def test_a_fifth_of_revenue_is_novel_at_research_of_two_and_a_half_per_cent():
    assert novel_revenue(2.5, 100.0, 8.0) == pytest.approx(0.2)
    assert novel_revenue(50.0, 100.0, 8.0) == 1.0
    assert novel_revenue(0.0, 0.0, 8.0) == 0.0


def test_the_emerging_share_moves_a_tenth_of_the_way_up_and_never_down(p):
    p = p._replace(emerging_drift=0.1)
    assert shifted_share(0.2, 0.7, p) == pytest.approx(0.25)
    assert shifted_share(0.7, 0.2, p) == 0.7


@pytest.fixture
def renew():
    """January of all firms with the same luck; returns digital shares by industry and vouchers claimed."""

    def run(firms, p, ease=1.0, refund=0.0):
        digital, claims = np.zeros(9), np.zeros(firms.capacity, np.int64)
        luck, easy = np.full(firms.capacity, 0.5), np.full(14, ease)
        renew_firms(firms.arrays(), luck, p, digital, easy, refund, claims, firms.start, firms.stop)
        return digital, claims[firms.rows()].tolist()

    return run


def test_full_digitalisation_is_worth_its_gain_in_productivity(p, make_firms, renew):
    firms = make_firms(2, digital=[0.0, 0.9], log_productivity=7.0)
    everybody = p._replace(digital_hazard=1.0, digital_peer_weight=0.0, digital_gain=0.02)
    digital, _ = renew(firms, everybody)
    assert firms.digital[firms.rows()].tolist() == [1.0, 1.0]
    assert firms.log_productivity[firms.rows()] == pytest.approx([7.02, 7.002])
    assert digital.tolist() == [1.0] + [0.0] * 8


def test_without_drift_incumbents_keep_their_mix_of_products(p, make_firms, renew):
    firms = make_firms(1, emerging_share=0.3, research=1e9, log_sales=math.log(1e6))
    renew(firms, p._replace(emerging_drift=0.0))
    assert firms.emerging_share[firms.rows()].tolist() == [0.3]


def test_a_voucher_refunds_its_share_of_the_cost_of_what_was_digitalised(diffusion, make_firms, renew):
    # 12 and 6 % of the processes at a cost of a hundredth of sales for all of them, of which half is refunded
    firms = make_firms(2, digital=[0.0, 0.5], trailing_sales=[1e7, 2e7])
    _, claims = renew(firms, diffusion, ease=2.0, refund=0.005)
    assert claims == [6000, 6000]
    assert renew(firms, diffusion)[1] == [0, 0]
