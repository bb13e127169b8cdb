"""Naive forecasts on figures whose forecast is known, and what they may not learn from."""

from math import exp, log, sqrt

import numpy as np
import pytest

from experiments.hindcast.naive import (
    NAIVE,
    Bell,
    forecasts,
    growth_comes_back,
    history,
    straight_path,
    trend,
    walk,
    walk_in_logs,
)


def known(figures, breaks=(), to=2020, rate=False):
    return history(figures, breaks, to, rate)


def test_a_walk_goes_on_by_the_mean_change_and_as_wide_as_changes_were():
    bell = walk(known({2015: 10, 2016: 12, 2017: 16}), 2019)
    assert bell is not None
    assert bell.mean == pytest.approx(16 + 2 * 3)
    assert bell.sd == pytest.approx(sqrt(2 * (2 + 4 / 2)))  # variance of changes 2, two years ahead of two


def test_a_gap_counts_as_so_many_years_of_drift():
    with_gap = walk(known({2012: 0, 2016: 8, 2017: 10}), 2018)
    assert with_gap is not None and with_gap.mean == pytest.approx(12) and with_gap.sd == 0


def test_a_walk_in_logs_grows_evenly():
    bell = walk_in_logs(known({2015: 100, 2016: 110, 2017: 121}), 2019)
    assert bell is not None
    assert bell.median == pytest.approx(121 * 1.21) and bell.sd == pytest.approx(0, abs=1e-9)


def test_growth_that_halves_every_year_goes_on_halving():
    level, rate, figures = 0.0, 0.32, {2012: 1.0}
    for year in range(2013, 2018):
        level += rate
        rate /= 2
        figures[year] = exp(level)
    bell = growth_comes_back(known(figures), 2019)
    assert bell is not None
    assert log(bell.median) == pytest.approx(level + 0.01 + 0.005) and bell.sd == pytest.approx(0, abs=1e-6)


def test_an_explosive_growth_is_held_below_one():
    figures = {2012 + n: exp(0.01 * 3**n) for n in range(6)}
    bell = growth_comes_back(known(figures), 2018)
    assert bell is not None and log(bell.median) < log(figures[2017]) * 2.5


def test_a_line_goes_on_and_is_wider_further_out():
    figures = {2012 + n: value for n, value in enumerate([1.0, 3.1, 4.9, 7.0])}
    near, far = (trend(known(figures), year) for year in (2016, 2026))
    assert near is not None and far is not None
    assert near.mean == pytest.approx(np.polyval(np.polyfit(*zip(*figures.items(), strict=True), 1), 2016))
    assert 0 < near.sd < far.sd


def test_the_straight_path_leads_to_the_goal_and_ends_there():
    before = known({2017: 8, 2018: 10})
    half = straight_path(before, 2019, (2020, 20))
    assert half == Bell(15, 0.0)
    assert straight_path(before, 2021, (2020, 20)) is None
    assert straight_path(before, 2019, None) is None


def test_nothing_after_the_year_of_training_changes_a_forecast():
    figures = {2012: 287.7, 2015: 412.6, 2016: 468.7, 2017: 568.53, 2018: 658.27}
    later = figures | {2019: 1e6, 2020: -5.0}
    asked = (2020, (2025, 1583.8))
    assert forecasts(known(later, to=2018), *asked) == forecasts(known(figures, to=2018), *asked)
    assert forecasts(known(later), 2021, None) != forecasts(known(figures), 2021, None)


def test_no_change_is_taken_across_a_break():
    parted = known({2013: 2622, 2015: 3335, 2016: 3499, 2020: 4191}, [2020])
    assert parted.changes() == [(2, 713), (1, 164)]
    bell = walk(parted, 2021)
    assert bell is not None and bell.mean == pytest.approx(4191 + 877 / 3)
    assert parted.usual_change == pytest.approx(877 / 3)
    line = trend(parted, 2021)  # one slope, a level for each part
    slope = np.polyfit([2013, 2015, 2016], [2622, 3335, 3499], 1)[0]
    assert line is not None and line.mean == pytest.approx(4191 + slope)


@pytest.mark.parametrize("figures", [{}, {2018: 5}, {2017: 4, 2018: 5}])
def test_too_few_figures_give_no_forecast(figures):
    found = forecasts(known(figures), 2021, None)
    assert all(found[name] is None for name in NAIVE)


def test_a_growth_rate_has_neither_logarithm_nor_growth():
    rate = known({2013: 13.2, 2016: 9.4, 2018: 8.0, 2020: -1.0}, rate=True)
    assert walk_in_logs(rate, 2021) is None and growth_comes_back(rate, 2021) is None
    assert walk(rate, 2021) is not None


@pytest.mark.parametrize("bell", [Bell(3.0, 2.0), Bell(1.0, 0.4, on_log=True), Bell(3.0, 0.0)])
def test_the_score_of_a_bell_is_that_of_many_draws_from_it(bell):
    shares = (np.arange(4000) + 0.5) / 4000
    draws = np.array([bell.quantile(share) for share in shares])
    spread = np.abs(draws[:, None] - draws[None, ::20]).mean() / 2
    assert bell.crps(4.0) == pytest.approx(np.abs(draws - 4.0).mean() - spread, abs=0.01)
