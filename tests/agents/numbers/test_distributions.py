"""Distributions by inverse: quantiles as SciPy has them, and moments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from agents.numbers.distributions import (
    LARGEST_COUNT,
    LARGEST_COUNTED_MEAN,
    low_half,
    negative_binomial_quantile,
    poisson_quantile,
    spread_normal,
    stochastic_round,
)

EVEN_LUCK = (np.arange(4096) + 0.5) / 4096  # the midpoints of equal shares: moments without chance


@pytest.mark.parametrize("mean", [0.001, 0.3, 1.0, 4.5, 60.0, LARGEST_COUNTED_MEAN])
def test_poisson_counts_are_the_exact_quantiles(mean):
    assert [poisson_quantile(mean, u) for u in EVEN_LUCK.tolist()] == stats.poisson.ppf(
        EVEN_LUCK, mean
    ).tolist()


@pytest.mark.parametrize("mean", [100.1, 1_000.0, 1e6])
def test_large_poisson_counts_are_within_one_of_the_exact_quantiles(mean):
    counts = np.array([poisson_quantile(mean, u) for u in EVEN_LUCK.tolist()])
    assert np.abs(counts - stats.poisson.ppf(EVEN_LUCK, mean)).max() <= 1
    assert counts.mean() == pytest.approx(mean, rel=1e-3)


@pytest.mark.parametrize("mean", [0.01, 0.5, 3.0, 40.0])
@pytest.mark.parametrize("size", [0.4, 0.7, 5.0])
def test_negative_binomial_counts_are_the_exact_quantiles(mean, size):
    exact = stats.nbinom.ppf(EVEN_LUCK, size, size / (mean + size))
    assert [negative_binomial_quantile(mean, size, u) for u in EVEN_LUCK.tolist()] == exact.tolist()


def test_negative_binomial_counts_have_the_stated_variance():
    mean, size = 2.0, 0.7
    luck = (np.arange(200_000) + 0.5) / 200_000
    counts = np.array([negative_binomial_quantile(mean, size, u) for u in luck.tolist()])
    assert counts.mean() == pytest.approx(mean, rel=2e-3)
    assert counts.var() == pytest.approx(mean + mean**2 / size, rel=2e-2)


@given(st.floats(1e-6, 1e5), st.integers(0, 2**32 - 1))
def test_a_count_ends_whatever_the_luck(mean, word):
    luck = (word + 0.5) / 2**32
    assert poisson_quantile(mean, luck) >= 0
    assert 0 <= negative_binomial_quantile(mean, 0.7, luck) <= LARGEST_COUNT


@pytest.mark.parametrize("luck", [2.0**-33, 0.5, 1.0 - 2.0**-33])
def test_nothing_is_expected_of_a_mean_of_zero(luck):
    assert poisson_quantile(0.0, luck) == negative_binomial_quantile(0.0, 0.7, luck) == 0


@pytest.mark.parametrize("amount", [-1.25, 0.0, 0.3, 7.0, 12.75])
def test_stochastic_rounding_keeps_the_mean(amount):
    rounded = np.array([stochastic_round(amount, u) for u in EVEN_LUCK.tolist()])
    assert rounded.mean() == pytest.approx(amount, abs=1 / 4096)
    assert np.abs(rounded - amount).max() < 1


def test_middling_luck_gives_the_mean_of_a_normal_value():
    assert spread_normal(3.0, 2.0, 0.5) == pytest.approx(3.0)
    assert spread_normal(3.0, 2.0, 0.8413447460685429) == pytest.approx(5.0)


@pytest.mark.parametrize(("high", "low"), [(0, 0), (1, 65_535), (40_000, 12_345), (65_535, 65_535)])
def test_the_lower_half_of_a_draw_is_its_last_sixteen_bits(high, low):
    assert low_half((high * 65_536 + low + 0.5) / 2.0**32) == (low + 0.5) / 65_536


def test_the_lower_half_is_uniform_and_independent_of_what_the_draw_decides():
    """Chi-square over 16 x 16 cells of draw and lower half, of 2^18 fixed draws of 32 bits."""
    luck = (np.random.default_rng(8).integers(0, 2**32, 2**18) + 0.5) / 2.0**32
    halves = np.array([low_half(u) for u in luck.tolist()])
    assert ((halves > 0.0) & (halves < 1.0)).all()
    cells = np.bincount((luck * 16).astype(int) * 16 + (halves * 16).astype(int), minlength=256)
    assert ((cells - 1024.0) ** 2 / 1024.0).sum() < stats.chi2.ppf(0.999, 255)
    unlucky = np.bincount((halves[luck < 0.03] * 16).astype(int), minlength=16)
    assert ((unlucky - unlucky.mean()) ** 2 / unlucky.mean()).sum() < stats.chi2.ppf(0.999, 15)
