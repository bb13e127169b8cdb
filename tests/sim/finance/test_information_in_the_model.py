"""Levers of brokers and of credit information: nothing at zero, paid to the yuan, what they move."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.finance.information import Information
from agents.science.brokers import Brokers
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.indicators import series_of
from sim.model import choose
from sim.run import past_of

SCALE = 0.02
COLUMN = series_of().column
LEVERS = load_levers()
SHOWN = {("credit_information", "information"): 1.0, ("credit_information", "budget"): 1e8}
BROKERS = {("transfer_professionals", "brokers"): 400.0, ("transfer_professionals", "budget"): 1e8}


@pytest.fixture(scope="module")
def end_of_2020():
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes, **parameters):
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    for one in (model.economy.of(Information), model.economy.of(Brokers)):
        own = {name: value for name, value in parameters.items() if name in one.parameters._fields}
        one.parameters = one.parameters._replace(**own)
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 12, {})


@pytest.fixture(scope="module")
def shown(end_of_2020):
    return branch(end_of_2020, 12, SHOWN)


@pytest.fixture(scope="module")
def brokered(end_of_2020):
    return branch(end_of_2020, 12, BROKERS)


def course(model, name):
    return model.series[20:, COLUMN[name]]


@pytest.mark.parametrize(
    ("lever", "term"), [("credit_information", "information"), ("transfer_professionals", "brokers")]
)
def test_terms_without_money_and_money_without_terms_do_nothing(usual, end_of_2020, lever, term):
    other = branch(end_of_2020, 12, {(lever, term): 1.0})
    told = ("offers", "tagged", "claimed_now", "cut_now")  # it is asked for and refused
    wrong = [one for one in differences(usual, other) if not any(word in one for word in told)]
    assert wrong == []
    assert not course(branch(end_of_2020, 12, {(lever, "budget"): 1e8}), f"programme_{lever}").any()


def test_information_that_shows_nothing_changes_no_firm(usual, end_of_2020):
    other = branch(end_of_2020, 12, SHOWN, noise_cut=0.0, spread_cut=0.0, misuse_found=0.0)
    for name in ("default_risk", "loan_rate", "loans"):
        ours, theirs = (getattr(one.economy.firms, name)[one.economy.firms.rows()] for one in (other, usual))
        assert ours == pytest.approx(theirs, rel=0.02), name


def test_the_platform_is_joined_and_paid_for(shown):
    levels = course(shown, "credit_information")
    assert (np.diff(levels) > 0).all() and 0 < levels[0] < levels[-1] < 1
    programme = shown.economy.governments.programmes["credit_information"]
    assert programme.disbursed == round(course(shown, "programme_credit_information")[-4:].sum())
    assert programme.disbursed == round(shown.economy.of(Information).parameters.information_cost * SCALE)


def test_ratings_part_good_risks_from_bad_ones_and_the_spread_falls(shown, usual):
    assert course(shown, "rating_noise")[-1] < course(usual, "rating_noise")[-1] == 1.0
    assert course(shown, "loan_spread")[-1] < course(usual, "loan_spread")[-1]
    spread, mean = {}, {}
    for name, model in (("shown", shown), ("usual", usual)):
        risk = model.economy.firms.default_risk[model.economy.firms.rows()]
        spread[name], mean[name] = np.log(risk).std(), risk.mean()
    assert spread["shown"] > 1.1 * spread["usual"]
    assert mean["shown"] == pytest.approx(mean["usual"], rel=0.1)


def test_when_the_platform_ends_the_bank_rates_as_before(end_of_2020):
    model = branch(end_of_2020, 9, {**SHOWN, ("credit_information", "information"): {2021: 1.0, 2022: 0.0}})
    usual = branch(end_of_2020, 0, {}).economy.credit
    assert model.economy.credit == usual and model.economy.of(Information).level == 0.0


def test_brokers_are_hired_paid_and_raise_the_rate_of_matching(brokered, usual):
    heads, lift = course(brokered, "brokers"), course(brokered, "brokers_lift")
    assert (np.diff(heads[:5]) > 0).all() and heads[-1] == pytest.approx(400 * SCALE, rel=0.2)
    assert (lift[1::2] > 1.0).all() and (course(usual, "brokers_lift") == 1.0).all()
    by_group = [name for name in COLUMN if name.startswith("brokers_") and name != "brokers_lift"]
    assert len(by_group) == 4
    assert sum(course(brokered, name)[-1] for name in by_group) == pytest.approx(heads[-1])
    programme = brokered.economy.governments.programmes["transfer_professionals"]
    assert 0 < programme.disbursed == round(course(brokered, "programme_transfer_professionals")[-4:].sum())


def test_too_little_money_keeps_fewer_brokers(end_of_2020, brokered):
    few = branch(end_of_2020, 12, {**BROKERS, ("transfer_professionals", "budget"): 1e7})
    assert course(few, "brokers")[-1] < course(brokered, "brokers")[-1]
