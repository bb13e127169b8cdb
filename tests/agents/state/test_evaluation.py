"""Evaluation: deterrence, estimates from reports, and budgets that move without changing their total."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.state.evaluation import (
    Estimate,
    Evaluation,
    EvaluationParameters,
    Reports,
    chance_of_either,
    estimated,
    gains,
    gathered,
    learned,
    misuse_left,
    moved,
    pull,
    usual_growth,
    weights_by_gap,
    with_error,
)

E = EvaluationParameters(
    audit_deterrence=0.4, audit_detection=0.6, audit_cost=100.0, judging_cost=0.01, report_error=0.1,
    sales_weight=0.1, certificate_worth=50.0, memory=0.5, least_recipients=2.0, needed_research=0.12,
    needed_sales=0.19, needed_certificates=0.08,
)  # fmt: skip
W = np.array([1.0, 0.1, 50.0])


def reports(research, sales, certified, industry=None):
    """What firms with ids 0, 1, 2 and so on report."""
    number = len(research)
    found = np.array([research, sales, certified], float)
    return Reports(np.arange(number), np.array(industry or [0] * number), found)


def test_where_every_firm_has_closed_nobody_reports_anything():
    nobody = Reports(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((3, 0)))
    found, known = nobody.of(np.array([3, 8]))
    assert found.tolist() == [[0.0, 0.0]] * 3 and known.tolist() == [False, False]
    assert nobody.of(np.zeros(0, np.int64))[0].shape == (3, 0)


# --- audits ----------------------------------------------------------------------------------------------


def test_misuse_falls_with_the_chance_of_an_audit_and_not_below_nothing():
    assert [misuse_left(audit, E) for audit in (0.0, 0.5, 1.0)] == [1.0, 0.8, 0.6]
    assert misuse_left(1.0, E._replace(audit_deterrence=2.0)) == 0.0


def test_two_audits_find_no_more_than_everybody():
    assert chance_of_either(0.5, 0.5) == 0.75
    assert chance_of_either(0.3, 1.0) == chance_of_either(2.0, 0.0) == 1.0


# --- reports and estimates -------------------------------------------------------------------------------


def test_reports_err_evenly_with_the_stated_spread():
    luck = (np.arange(10_000) + 0.5) / 10_000
    found = np.array([with_error(100.0, one, 0.1) for one in luck])
    assert found.mean() == pytest.approx(100.0) and found.std() == pytest.approx(10.0, rel=1e-3)
    assert with_error(100.0, 0.2, 0.0) == 100.0


def test_payments_of_a_year_are_added_up_firm_by_firm():
    paid = [(np.array([7, 3]), np.array([10, 20])), (np.array([7, 9]), np.array([5, 0]))]
    got = gathered(paid, 70)
    assert (got.ids.tolist(), got.amounts.tolist(), got.covered) == ([3, 7], [20, 15], 0.5)
    assert gathered([], 70).ids.tolist() == []


def test_what_is_usual_is_how_those_grew_whom_nobody_paid():
    before, paid = reports([100, 100, 50], [10, 10, 10], [0, 1, 0]), np.array([True, False, False])
    after = np.array([[300.0, 130, 65], [10, 15, 25], [1, 1, 1]])
    growth = usual_growth(before, after, paid, 2)
    assert growth[:, 0].tolist() == [195 / 150, 2.0, 0.5]
    assert growth[:, 1].tolist() == [1.0, 1.0, 0.0]  # nobody is there
    worth = gains(before, after, growth, W)
    assert worth[0] == pytest.approx((300 - 130) + 0.1 * (10 - 20) + 50 * (1 - 0.5))


def test_a_firm_that_closed_reports_nothing():
    after, known = reports([5, 6], [1, 1], [0, 0]).of(np.array([1, 4]))
    assert after[0].tolist() == [6.0, 0.0] and known.tolist() == [True, False]


def test_an_estimate_is_the_gain_over_the_money_with_the_error_of_a_ratio():
    effect, error = estimated(np.array([10.0, 30.0]), np.array([10.0, 10.0]), 1.0)
    assert effect == 2.0 and error == pytest.approx(np.sqrt(2 * (100 + 100)) / 20)
    half = estimated(np.array([10.0, 30.0]), np.array([10.0, 10.0]), 0.5)
    assert half == (1.0, pytest.approx(error / 2))


def test_what_is_learned_lies_between_and_is_surer():
    one = learned(Estimate(1.0, 1.0), Estimate(3.0, 1.0), 1.0)
    assert one.effect == 2.0 and one.error == pytest.approx(np.sqrt(0.5))
    assert learned(Estimate(1.0, 1.0), Estimate(3.0, 1.0), 0.0) == Estimate(3.0, 1.0)
    assert learned(None, Estimate(3.0, 1.0), 1.0) == Estimate(3.0, 1.0)


def test_with_targets_in_mind_what_lags_counts_more():
    growth = np.array([0.12, 0.09, 0.10])  # sales alone lag
    assert weights_by_gap(W, growth, E.needed, 1.0).tolist() == pytest.approx([0.0, 0.3, 0.0])
    assert weights_by_gap(W, growth, E.needed, 0.0) is W
    assert weights_by_gap(W, E.needed, E.needed, 1.0) is W


# --- budgets ---------------------------------------------------------------------------------------------


def test_a_budget_is_pulled_by_how_many_errors_its_effect_is_off():
    budgets = np.array([100, 100])
    sure = pull([Estimate(3.0, 0.0), Estimate(1.0, 1e-9)], budgets)
    assert sure.tolist() == [1.0, -1.0]
    doubtful = pull([Estimate(3.0, 1.0), Estimate(1.0, 1.0)], budgets)
    assert doubtful.tolist() == pytest.approx([1 / (2 * np.sqrt(1.5)), -1 / (2 * np.sqrt(1.5))])
    assert pull([Estimate(2.0, 0.0), Estimate(2.0, 0.0)], budgets).tolist() == [0.0, 0.0]


def test_the_larger_side_is_cut_so_that_the_total_stays():
    # the first may gain 20, the other two may lose 40 and 20: they lose a third of it
    after = moved(np.array([100, 200, 100]), np.array([1.0, -1.0, -1.0]), 0.2)
    assert after.tolist() == [120, 187, 93] or after.tolist() == [120, 186, 94]
    assert after.sum() == 400


@given(
    st.lists(st.tuples(st.integers(1, 10**10), st.floats(-1, 1)), min_size=1, max_size=30),
    st.floats(0, 0.2),
)
def test_no_budget_moves_beyond_the_limit_and_the_total_is_kept_to_the_yuan(given_budgets, limit):
    budgets = np.array([amount for amount, _ in given_budgets])
    after = moved(budgets, np.array([strength for _, strength in given_budgets]), limit)
    assert int(after.sum()) == int(budgets.sum()) and (after >= 0).all()
    assert (np.abs(after - budgets) <= limit * budgets).all()


def judged(**estimates):
    one = Evaluation(E)
    one.limit = 0.2
    one.estimates = {name: Estimate(effect, 1e-9) for name, effect in estimates.items()}
    return one


def test_what_is_not_judged_and_what_asks_for_nothing_stays():
    one = judged(a=1.0, b=3.0, c=5.0)
    one.plan({"a": 100, "b": 100, "c": 0, "d": 500})
    assert one.budgets == {"a": 80, "b": 120} and one.planned == {"a": 100, "b": 100}
    assert (one.moved_now, one.share_moved) == (20, 0.1)


def test_moves_add_up_over_years_each_within_the_limit():
    one = judged(a=1.0, b=3.0)
    for expected in ((80, 120), (64, 136), (51, 149)):
        one.plan({"a": 100, "b": 100})
        assert tuple(one.budgets.values()) == pytest.approx(expected, abs=1)


def test_budgets_follow_what_is_asked_for_and_keep_how_far_they_were_moved():
    one = judged(a=1.0, b=3.0)
    one.plan({"a": 100, "b": 100})
    one.limit = 0.0
    one.plan({"a": 200, "b": 100})
    assert sum(one.budgets.values()) == 300
    assert one.budgets["a"] == round(300 * 160 / 280)


def test_one_programme_alone_does_not_move():
    one = judged(a=1.0)
    one.plan({"a": 100, "b": 50})
    assert one.budgets == {"a": 100} and one.moved_now == 0


def test_too_few_recipients_say_nothing():
    one = Evaluation(E)
    one.learn("a", np.array([1.0]), np.array([1.0]), 1.0)
    assert one.estimates == {} and one.judged == 0
    one.learn("a", np.array([1.0, 2.0]), np.array([1.0, 1.0]), 1.0)
    assert one.estimates["a"].effect == 1.5 and one.judged == 1
