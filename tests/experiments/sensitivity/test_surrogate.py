"""Surrogates of known functions: they foretell runs left out, and admit what they cannot."""

import numpy as np
import pytest
from toy_functions import ishigami

from experiments.sensitivity.surrogate import basis, fit, fitted_again, terms, terms_to


def even(rows, inputs, seed=0):
    return np.random.default_rng(seed).uniform(size=(rows, inputs))


def test_terms_are_of_single_inputs_and_pairs_of_low_degree():
    assert terms_to(2, 1).tolist() == [[1, 0], [0, 1]]
    assert terms_to(2, 3).tolist() == [[1, 0], [2, 0], [3, 0], [0, 1], [0, 2], [0, 3], [1, 1]]
    assert (terms_to(4, 3) > 0).sum(axis=1).max() == 2


def test_there_are_no_more_terms_than_asked_for_unless_each_input_needs_one():
    assert len(terms(3, 60)) <= 60
    assert len(terms(3, 600)) > 60
    assert terms(50, 10).tolist() == np.eye(50, dtype=int).tolist()


def test_terms_are_orthonormal_over_even_places():
    steps = (np.arange(2_000) + 0.5) / 2_000
    design = basis(steps[:, None], np.array([[1], [2], [3]]))
    assert design.mean(axis=0) == pytest.approx(0.0, abs=1e-5)
    assert design.T @ design / 2_000 == pytest.approx(np.eye(3), abs=1e-4)


def test_ishigamis_function_is_foretold_from_a_few_hundred_runs():
    places = even(300, 3)
    found = fit(places, ishigami(places))
    fresh = even(1_000, 3, seed=1)
    missed = ishigami(fresh) - found.mean(fresh)
    assert found.explained > 0.97
    assert 1.0 - missed.var() / ishigami(fresh).var() == pytest.approx(found.explained, abs=0.03)


def test_of_luck_nothing_is_foretold():
    places = even(200, 6)
    luck = np.random.default_rng(3).normal(size=200)
    assert fit(places, luck).explained < 0.1


def test_what_is_foretold_stops_where_luck_begins():
    places = even(300, 8)
    values = 3.0 * places[:, 0] + 2.0 * places[:, 1] * places[:, 2]
    noisy = values + values.std() * np.random.default_rng(4).normal(size=300)
    found = fit(places, noisy)
    assert 0.35 < found.explained < 0.55
    assert found.noise == pytest.approx(values.std(), rel=0.2)


def test_learnt_again_it_keeps_its_penalty_and_its_error():
    places = even(150, 3)
    found = fit(places, ishigami(places))
    again = fitted_again(found, places[:100], ishigami(places[:100]))
    assert (again.penalty, again.explained, again.noise) == (found.penalty, found.explained, found.noise)
    assert not np.array_equal(again.coefficients, found.coefficients)


def test_a_value_that_does_not_vary_is_not_foretold():
    found = fit(even(60, 2), np.full(60, 3.0))
    assert (found.explained, found.noise) == (0.0, 0.0)
    assert found.mean(even(5, 2)).tolist() == [3.0] * 5
