"""Ages of inventions: older each quarter, of high value at ten years; at the start as filings grew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.science.patent_ages import TEN_YEARS, PatentAges, ages_below_ten, kept_of_older, share_past_ten


def ages(lag=8, growth=0.25, lapse=0.015):
    return PatentAges(growth, (lapse,) * 4, lag)


def test_of_even_filings_without_lapse_all_ages_are_as_many():
    assert kept_of_older(0.0, 0.0) == 1.0
    assert ages_below_ten(1.0, 8).tolist() == [0.0] * 8 + [1 / 32] * 32


def test_filings_that_double_each_year_leave_half_as_many_a_year_older():
    young = ages_below_ten(kept_of_older(1.0, 0.0), 8)
    assert young[12] / young[8] == pytest.approx(0.5)
    assert share_past_ten(kept_of_older(1.0, 0.0), 8) == pytest.approx(2.0**-8)


def test_the_share_past_ten_years_is_what_the_even_sums_give():
    ratio = kept_of_older(0.25, 0.015)
    weights = ratio ** np.arange(4000)
    assert share_past_ten(ratio, 8) == pytest.approx(weights[TEN_YEARS - 8 :].sum() / weights.sum())


def test_a_cohort_turns_ten_exactly_forty_quarters_after_filing():
    one = ages(lag=7)
    one.shares[:] = 0.0
    one.shares[:, 7] = 1.0  # all granted just now, at the age of the lag
    for _ in range(7, TEN_YEARS - 1):
        assert (one.maturing == 0.0).all()
        one.pass_quarter([100.0] * 4, [0.0] * 4)
    assert (one.maturing == 1.0).all()
    one.pass_quarter([3.0] * 4, [3.0] * 4)  # only what has just been granted is left
    assert (one.shares[:, 7] == 1.0).all() and (one.maturing == 0.0).all()


def test_what_is_granted_is_of_the_lags_age_and_the_rest_a_quarter_older():
    one = ages(lag=8)
    one.shares[:] = 0.0
    one.shares[:, 20], one.shares[:, -1] = 0.8, 0.2  # a fifth turns ten
    one.pass_quarter([120.0] * 4, [40.0] * 4)
    assert one.shares[0, 8] == pytest.approx(1 / 3)
    assert one.shares[0, 21] == pytest.approx(2 / 3)


def test_who_holds_nothing_keeps_its_ages():
    one = ages()
    before = one.shares.copy()
    one.pass_quarter([0.0] * 4, [0.0] * 4)
    assert (one.shares == before).all()


@given(
    st.integers(6, 10),
    st.lists(st.tuples(st.floats(0.0, 1e5), st.floats(-1e3, 1e5)), min_size=1, max_size=60),
)
def test_shares_of_ages_add_to_one_whatever_comes(lag, quarters):
    one = ages(lag=lag)
    for held, granted in quarters:
        one.pass_quarter([held] * 4, [granted] * 4)
    assert one.shares.sum(axis=1) == pytest.approx(np.ones(4))
    assert (one.shares >= 0.0).all() and (one.shares[:, :lag] == 0.0).all()
