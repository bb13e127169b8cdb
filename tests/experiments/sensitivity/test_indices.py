"""Indices of functions whose indices are known, of independent inputs and of inputs that hang together."""

import numpy as np
import pytest
from toy_functions import ishigami, sobol_g

from experiments.sensitivity.indices import Inputs, correlation_of, indices, of_tied

NAMES = ("a", "b", "c")


def says(function):
    return lambda places: function(places)[:, None]


def test_ishigamis_indices_are_recovered():
    found = indices(says(ishigami), Inputs(NAMES, NAMES), 4_096, 1)
    assert [float(found[name].alone[0]) for name in NAMES] == pytest.approx([0.314, 0.442, 0.0], abs=0.02)
    assert [float(found[name].in_all[0]) for name in NAMES] == pytest.approx([0.558, 0.442, 0.244], abs=0.02)


def test_the_g_function_is_recovered():
    names = ("a", "b", "c", "d")
    found = indices(says(sobol_g), Inputs(names, names), 4_096, 1)
    parts = 1.0 / (3.0 * (1.0 + np.array([0.0, 1.0, 4.5, 9.0])) ** 2)
    whole = np.prod(1.0 + parts) - 1.0
    in_all = parts * (whole + 1.0) / (1.0 + parts) / whole
    assert [float(found[name].alone[0]) for name in names] == pytest.approx(parts / whole, abs=0.02)
    assert [float(found[name].in_all[0]) for name in names] == pytest.approx(in_all, abs=0.02)


def test_inputs_of_one_group_are_told_together():
    found = indices(says(ishigami), Inputs(NAMES, ("x", "y", "x")), 4_096, 1)
    assert list(found) == ["x", "y"]
    assert float(found["x"].alone[0]) == pytest.approx(0.558, abs=0.02)  # a, c and both
    assert float(found["x"].in_all[0]) == pytest.approx(0.558, abs=0.02)


def test_the_only_group_decides_all():
    found = indices(says(ishigami), Inputs(NAMES, ("x", "x", "x")), 64, 1)
    assert (found["x"].alone.tolist(), found["x"].in_all.tolist()) == ([1.0], [1.0])


def test_what_does_not_vary_has_no_share():
    found = indices(lambda places: np.ones((len(places), 1)), Inputs(NAMES, NAMES), 64, 1)
    assert found["a"].in_all.tolist() == [0.0]


def tied_pair(rho):
    """Three inputs of which the first two have Normal scores correlated by rho."""
    return Inputs(NAMES, ("t", "t", "c"), None, (0, 1), np.array([[1.0, rho], [rho, 1.0]]))


def scores(places):
    from scipy.special import ndtri

    return ndtri(np.clip(places, 1e-9, 1 - 1e-9))


@pytest.mark.parametrize("rho", [0.0, 0.6, -0.8])
def test_a_tied_input_tells_of_its_companion_alone_and_nothing_of_it_in_all(rho):
    # Y = x + y + z of Normal x, y with correlation rho: E[Y | x] = (1 + rho) x, and given y and z what is
    # left of x has the variance 1 - rho squared.
    found = of_tied(lambda places: scores(places).sum(axis=1)[:, None], tied_pair(rho), 4_096, 1)
    whole = 3.0 + 2.0 * rho
    for place in (0, 1):
        assert float(found[place].alone[0]) == pytest.approx((1.0 + rho) ** 2 / whole, abs=0.03)
        assert float(found[place].in_all[0]) == pytest.approx((1.0 - rho**2) / whole, abs=0.03)


def test_as_a_group_tied_inputs_add_up_with_the_others():
    found = indices(lambda places: scores(places).sum(axis=1)[:, None], tied_pair(0.6), 4_096, 1)
    assert float(found["t"].alone[0]) == pytest.approx(3.2 / 4.2, abs=0.02)
    assert float(found["t"].in_all[0] + found["c"].in_all[0]) == pytest.approx(1.0, abs=0.03)


def test_places_keep_their_correlation_and_take_only_levels_that_were_drawn():
    levels = np.column_stack([np.linspace(0.05, 0.95, 10)] * 2 + [np.array([0.4] * 8 + [0.85, 0.95])])
    inputs = Inputs(NAMES, NAMES, levels, (0, 1), np.array([[1.0, 0.7], [0.7, 1.0]]))
    places = inputs.of(np.random.default_rng(1).uniform(size=(5_000, 3)))
    assert set(np.unique(places[:, 2])) == {0.4, 0.85, 0.95}
    assert np.corrcoef(places[:, 0], places[:, 1])[0, 1] == pytest.approx(0.68, abs=0.04)
    assert np.corrcoef(places[:, 0], places[:, 2])[0, 1] == pytest.approx(0.0, abs=0.05)


def test_a_correlation_of_few_sets_is_shrunk():
    luck = np.random.default_rng(2).normal(size=(40, 3))
    own = correlation_of(luck)
    assert np.diag(own).tolist() == pytest.approx([1.0] * 3)
    assert np.abs(own - np.eye(3)).max() < np.abs(np.corrcoef(luck.T) - np.eye(3)).max()
