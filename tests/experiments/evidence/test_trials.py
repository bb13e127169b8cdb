"""Experiments on small worlds: what the mechanism guarantees, and nothing about sizes."""

import math

import numpy as np
import pytest

from experiments.evidence.trials import TRIALS
from experiments.evidence.trials.grants import of_grant
from experiments.evidence.trials.replication import (
    Given,
    Replication,
    followed,
    log_percent,
    random_part,
    ratio,
    those_with_research,
)
from scenarios.load import central_values, load_parameters


@pytest.fixture(scope="module")
def one():
    return Replication(central_values(load_parameters()), number=0, scale=0.05)


@pytest.fixture(scope="module")
def measured(one):
    """Measurements of a trial by name, each trial made once."""
    kept = {}

    def of(name):
        if name not in kept:
            kept[name] = TRIALS[name].of(one)
        return kept[name]

    return of


@pytest.mark.parametrize("name", TRIALS)
def test_a_trial_takes_the_measurements_that_it_names(name, measured):
    assert set(measured(name)) == set(TRIALS[name].measures)


def test_a_branch_with_the_values_in_force_is_the_baseline_to_the_last_bit(one):
    same = one.course({("rd_subsidy", "rate"): one.in_force("rd_subsidy")["rate"]})
    assert (same.series == one.usual.series).all()


def test_a_branch_leaves_the_past_as_it_was(one):
    before = one.past.economy.firms.log_productivity.copy()
    one.course({}, [lambda economy: economy.firms.log_productivity.fill(1.0)])
    assert (one.past.economy.firms.log_productivity == before).all()


def test_without_money_a_grant_does_nothing(one):
    ids = those_with_research(one.past.economy)
    (none, _), (again, _) = (of_grant(one, ids, np.zeros(len(ids), np.int64)) for _ in range(2))
    usual = followed(one.branch(), ids, 8, ("research",))
    assert (none.flows["research"] == usual.flows["research"]).all()
    assert (none.flows["research"] == again.flows["research"]).all()


def test_money_that_is_given_reaches_the_firms_and_no_programme(one):
    ids = random_part(those_with_research(one.past.economy), 0.1, 0)
    money = np.full(len(ids), 1_000_000)
    model = one.branch()
    with_it = followed(model, ids, 1, (), ("deposits",), [Given(ids, money, None)])
    without = followed(one.branch(), ids, 1, (), ("deposits",))
    assert np.nansum(with_it.held["deposits"]) > np.nansum(without.held["deposits"])


def test_productivity_innovation_and_customers_raise_value_added_and_jobs_follow_demand(measured):
    found = measured("returns")
    assert found["value_real"] > 0.0 and found["value_to_innovation"] > 0.0
    assert found["value_real"] > found["value_nominal"]
    assert found["jobs_to_demand"] > 0.0


def test_a_tenth_more_research_is_more_research_and_more_output_where_it_is_an_asset(measured):
    found = measured("returns")
    assert found["research"] > 0.0
    assert found["value_capitalised"] > found["value_expensed"]


def test_firms_that_research_more_learn_more_and_others_learn_from_them(measured):
    found = measured("research_lottery")
    assert found["productivity_to_research"] > 0.0
    assert found["others"] > 0.0


def test_who_charges_less_sells_more_and_cost_is_passed_on_by_the_parameter(measured, one):
    found = measured("demand")
    assert found["elasticity_of_all"] > 0.0 and found["elasticity_of_few"] > 0.0
    part = one.spec.parameters["firms"]["cost_pass_through"]
    assert found["pass_through"] == pytest.approx(part, rel=1e-6)
    assert found["rivals"] == 0.0


def test_a_grant_raises_research_and_own_research_is_what_is_left_without_it(measured):
    found = measured("grants")
    assert found["total"] > 0.0
    assert found["own"] == pytest.approx(found["total"] - 1.0)


def test_less_credit_means_no_more_research(measured):
    assert measured("cash")["rationed_research"] <= 0.0


def test_a_cheaper_user_cost_means_more_research(measured):
    found = measured("deduction")
    assert found["real"] > 0.0 and found["reported"] > 0.0


def test_the_certificate_raises_reported_research_and_a_part_of_it_is_relabelled(measured):
    found = measured("certificate")
    assert found["reported"] > 0.0
    assert 0.0 < found["relabelled_of_response"] < 1.0


def test_a_larger_award_never_lowers_the_number_of_certificates(measured):
    found = measured("award")
    assert found["certificates"] > 0.0
    assert 1 / 6 <= found["largest_step"] <= 1.0


def test_stage_gate_and_audits_lower_misuse(measured):
    assert measured("missions")["misused"] > 0.0 > measured("missions")["misused_by_audits"]


def test_a_larger_share_for_inventors_makes_better_inventions(measured):
    assert measured("inventors")["quality"] > 0.0


def test_a_top_up_brings_people(measured):
    found = measured("talent")
    assert found["inflow"] > 0.0
    assert 0.0 < found["additional"] < 1.0


def test_networks_and_vouchers_digitalise(measured):
    assert measured("networks")["digitalised"] > 0.0


def test_an_incentive_everywhere_brings_firms(measured):
    assert 0.0 < measured("movers")["tipped"] < 1.0


def test_more_coverage_takes_true_growth_below_what_is_published(measured):
    assert measured("coverage")["true_less_published"] == pytest.approx(-1.8, abs=0.1)


def test_changes_are_log_points_and_nothing_where_they_cannot_be_taken():
    assert log_percent(math.e, 1.0) == pytest.approx(100.0)
    assert math.isnan(log_percent(0.0, 1.0)) and math.isnan(ratio(1.0, 0.0))
