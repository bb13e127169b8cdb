"""Elementary functions: how far from the truth, what beyond their domain, and the same bits everywhere."""

import math
import os
import subprocess
import sys
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.engine.rules import rule
from agents.numbers.elementary import (
    LARGEST_EXPONENT,
    SMALLEST_EXPONENT,
    SMALLEST_NORMAL,
    bits_of_float,
    exp_,
    float_of_bits,
    log_,
    normal_quantile,
    pow_,
    yuan,
)

ROOT = Path(__file__).resolve().parents[3]
INPUTS = 4_000


@pytest.fixture(autouse=True)
def many_digits():
    with mpmath.workdps(40):
        yield


def relative_error(value: float, truth: mpmath.mpf) -> float:
    return float(abs((mpmath.mpf(value) - truth) / truth)) if truth else abs(value)


def reals(low: float, high: float) -> list[float]:
    return [float(x) for x in np.random.default_rng(1).uniform(low, high, INPUTS)]


@pytest.mark.parametrize("scale", [0.3, 10.0, 707.0])
def test_exp_errs_by_less_than_its_bound(scale):
    assert max(relative_error(exp_(x), mpmath.exp(x)) for x in reals(-scale, scale)) < 3e-16


@pytest.mark.parametrize("spread", [1e-6, 0.5, 700.0])
def test_log_errs_by_less_than_its_bound(spread):
    inputs = [math.exp(x) for x in reals(-spread, spread)]
    assert max(relative_error(log_(x), mpmath.log(x)) for x in inputs) < 5e-16


def test_pow_errs_by_less_than_its_bound():
    pairs = zip([math.exp(x) for x in reals(-20.0, 20.0)], reals(-5.0, 5.0)[::-1], strict=True)
    assert all(
        relative_error(pow_(x, y), mpmath.mpf(x) ** y) < 3e-16 * (1.0 + abs(y * math.log(x)))
        for x, y in pairs
    )


def test_the_normal_quantile_errs_by_less_than_its_bound():
    uniforms = [*reals(0.0, 1.0), *(2.0**-k for k in range(2, 34)), *(1.0 - 2.0**-k for k in range(2, 34))]
    truths = [mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(u) - 1) for u in uniforms]
    assert max(abs(normal_quantile(u) - float(z)) for u, z in zip(uniforms, truths, strict=True)) < 3e-8


@given(st.integers(0, 2**32 - 1))
def test_the_normal_quantile_is_symmetric(word):
    luck = (word + 0.5) / 2**32
    assert normal_quantile(1.0 - luck) == -normal_quantile(luck)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_more_luck_gives_no_smaller_normal_value(first, second):
    low, high = sorted((first, second))
    rounding = 1e-15 * 7.0
    assert normal_quantile((low + 0.5) / 2**32) <= normal_quantile((high + 0.5) / 2**32) + rounding


@given(st.floats(-(2.0**51) + 1, 2.0**51 - 1))
def test_yuan_rounds_as_python_does(amount):
    assert yuan(amount) == round(amount)


@pytest.mark.parametrize(("amount", "whole"), [(0.5, 0), (1.5, 2), (2.5, 2), (-0.5, 0), (-1.5, -2)])
def test_half_a_yuan_goes_to_the_even_one(amount, whole):
    assert yuan(amount) == whole


def test_exp_stops_at_its_bounds():
    assert exp_(1e6) == exp_(math.inf) == exp_(LARGEST_EXPONENT) < math.inf
    assert exp_(SMALLEST_EXPONENT) == exp_(-1e6) == exp_(-math.inf) == 0.0
    assert exp_(SMALLEST_EXPONENT + 1e-9) > SMALLEST_NORMAL


def test_log_stops_at_the_smallest_number():
    assert log_(0.0) == log_(-5.0) == log_(5e-324) == log_(SMALLEST_NORMAL) == pytest.approx(-708.396)
    assert exp_(log_(0.0)) == 0.0


def test_exp_and_log_of_the_neutral_element_are_exact():
    assert (exp_(0.0), log_(1.0), pow_(3.0, 0.0), pow_(1.0, 5.0)) == (1.0, 0.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("x", "y", "power"), [(0.0, 0.5, 0.0), (-2.0, 1.0, 0.0), (0.0, 0.0, 1.0), (-2.0, 0.0, 1.0)]
)
def test_a_power_of_nothing_is_nothing(x, y, power):
    assert pow_(x, y) == power


def test_an_undefined_exponent_stays_undefined():
    assert math.isnan(exp_(math.nan))


@rule
def there_and_back(x):
    return float_of_bits(bits_of_float(x))


@given(st.floats(allow_nan=False))
def test_the_bits_of_a_float_give_it_back(x):
    assert there_and_back(x) == x


PROCESSORS = {
    "plain Python": {"NUMBA_DISABLE_JIT": "1"},
    "a processor without extensions": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
    "unoptimised": {"NUMBA_OPT": "0"},
    "bounds checked": {"NUMBA_BOUNDSCHECK": "1"},
}


def digests(inputs: int, **environment: str) -> list[str]:
    """The lines of the script beside, one a function, in a process of its own."""
    script = ROOT / "tests" / "agents" / "numbers" / "same_bits_everywhere.py"
    settings = {**os.environ, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT), **environment}
    result = subprocess.run(
        [sys.executable, script, str(inputs)], env=settings, capture_output=True, text=True, check=True
    )
    return result.stdout.splitlines()


@pytest.fixture(scope="module")
def compiled_digests():
    return digests(100_000)


@pytest.mark.parametrize("environment", PROCESSORS.values(), ids=PROCESSORS.keys())
def test_every_function_has_the_same_bits(environment, compiled_digests, tmp_path):
    # A folder of its own: code kept from other settings would answer for these.
    assert digests(100_000, NUMBA_CACHE_DIR=str(tmp_path), **environment) == compiled_digests


def test_other_inputs_give_other_bits(compiled_digests):
    """The digests do tell results apart."""
    assert set(digests(99_999)).isdisjoint(compiled_digests)
