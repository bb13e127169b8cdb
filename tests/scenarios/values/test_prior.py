"""What nobody measured: quantiles, luck of its own for each number, and priors that contradict themselves."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.values.errors import InputError
from scenarios.values.number import read_number
from scenarios.values.prior import Prior, even_share

ANY = (-1e9, 1e9)
NUMBER = {"unit": "share", "range": [0, 1], "value": 0.5, "source": "s", "status": "assumption"}


def prior(**given) -> Prior:
    return Prior(reason="nobody measured it", **given)


@pytest.mark.parametrize(
    ("given", "quartiles"),
    [
        ({"uniform": (2.0, 6.0)}, (3.0, 4.0, 5.0)),
        ({"log_uniform": (1.0, 16.0)}, (2.0, 4.0, 8.0)),
        ({"normal": (1.0, 2.0)}, (1.0 - 2.0 * 0.67449, 1.0, 1.0 + 2.0 * 0.67449)),
        ({"log_normal": (3.8, np.e)}, (3.8 * np.exp(-0.67449), 3.8, 3.8 * np.exp(0.67449))),
    ],
)
def test_quantiles_are_those_of_the_distribution(given, quartiles):
    allowed = (0.0, 1e9) if "log" in next(iter(given)) else ANY
    found = [prior(**given).quantile(share, allowed) for share in (0.25, 0.5, 0.75)]
    assert found == pytest.approx(quartiles, rel=1e-4)


def test_a_distribution_is_cut_at_the_range_and_not_heaped_at_its_ends():
    shares = (np.arange(10_000) + 0.5) / 10_000
    values = np.array([prior(normal=(0.0, 1.0)).quantile(share, (0.0, 1.0)) for share in shares])
    bell = NormalDist()
    within = (bell.cdf(0.5) - 0.5) / (bell.cdf(1.0) - 0.5)
    assert values.min() > 0.0
    assert values.max() < 1.0
    assert np.mean(values < 0.5) == pytest.approx(within, abs=1e-3)


@given(share=st.floats(0.0, 1.0), median=st.floats(1e-3, 1e3), factor=st.floats(1.01, 100.0))
def test_no_draw_leaves_the_range(share, median, factor):
    assert 0.5 <= prior(log_normal=(median, factor)).quantile(share, (0.5, 2.0)) <= 2.0


def test_shares_are_even_and_each_name_has_its_own():
    shares = np.array([[even_share(n, name) for name in ("a.x", "a.y")] for n in range(4_000)])
    assert np.abs(shares.mean(axis=0) - 0.5).max() < 0.02
    assert np.abs(np.histogram(shares[:, 0], 10, (0, 1))[0] / 400 - 1).max() < 0.2
    assert abs(np.corrcoef(shares.T)[0, 1]) < 0.05
    assert even_share(7, "a.x") == shares[7, 0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"uniform": [0.2, 0.8], "normal": [0, 1]}, "gives uniform and normal; one distribution is expected"),
        ({"uniform": [0.8, 0.2]}, "is not from low to high"),
        ({"uniform": [0.2, 1.5]}, "leaves the range"),
        ({"log_uniform": [0, 0.5]}, "a logarithm needs more than 0"),
        ({"normal": [0.5, 0]}, "not above 0"),
        ({"log_normal": [0.5, 1]}, "not above 1"),
        ({"uniform": [0.6, 0.8]}, "the value 0.5 lies outside what its prior believes, 0.602 to 0.798"),
        ({"uniform": 0.6}, "prior.uniform"),
        ({"gamma": [1, 1]}, "unknown key 'prior.gamma'"),
        ({"uniform": [0.2, 0.8], "reason": ""}, "prior.reason"),
    ],
)
def test_a_contradictory_prior_is_refused_in_one_line(given, said):
    with pytest.raises(InputError) as refused:
        read_number(NUMBER | {"prior": {"reason": "r"} | given}, "f.yaml: x")
    assert len(refused.value.messages) == 1
    assert said in refused.value.messages[0]
    assert refused.value.messages[0].startswith("f.yaml: x")


def test_a_logarithm_of_a_range_that_begins_below_zero_is_refused():
    with pytest.raises(InputError, match="whose range begins below 0, at -1"):
        read_number(NUMBER | {"range": [-1, 1], "prior": {"log_normal": [0.5, 2], "reason": "r"}}, "x")


def test_values_by_year_have_no_prior():
    dated = {key: item for key, item in NUMBER.items() if key != "value"} | {"values": {"2016": 0.5}}
    with pytest.raises(InputError, match="only a constant is drawn"):
        read_number(dated | {"prior": {"uniform": [0, 1], "reason": "r"}}, "x")


def test_a_reason_alone_leaves_the_value():
    number = read_number(NUMBER | {"prior": {"reason": "a definition"}}, "x")
    assert number.prior is not None
    assert not number.prior.distribution
