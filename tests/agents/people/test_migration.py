"""Where skilled people go: choices add up, persons stay whole, and pay moves them as published."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.people.migration import (
    Seen,
    Terms,
    count_leavers,
    field_totals,
    found_share,
    invite,
    leaving_rate,
    pay_index,
    place_graduates,
    read_market,
    skill_of,
    talent_excess,
    utility,
    weigh_jobs,
    whole_persons,
)
from agents.people.talent_market import TalentParameters
from scenarios.load import central_values, load_parameters

CELLS, FIELDS = 28, 2  # two fields in fourteen prefectures


@pytest.fixture(scope="module")
def t():
    return TalentParameters(**central_values(load_parameters())["talent"])


def weights_of(t, pay=1.0, top_up=0.0, jobs=1.0):
    """Weights of 28 cells that differ in nothing."""
    found, alike = np.zeros(CELLS), np.ones(CELLS)
    weigh_jobs(jobs * alike, pay * alike, top_up * alike, np.zeros(14), np.ones(14), 0 * alike, t, found)
    return found


def test_utility_adds_up_pay_surroundings_cluster_and_cost(t):
    t = t._replace(
        pay_elasticity=1.5, amenity_weight=0.4, cluster_elasticity=0.06, living_cost_elasticity=0.3
    )
    found = utility(1.1, 0.2, 0.5, math.e, math.e - 1.0, t)
    assert found == pytest.approx(1.5 * math.log(1.32) + 0.2 + 0.06 - 0.3)


def test_twice_the_jobs_are_twice_the_alternatives_within_a_field(t):
    jobs = np.ones(CELLS)
    jobs[3] = 2.0
    weights = weights_of(t, jobs=jobs)
    assert weights[3] == pytest.approx(2.0 * weights[0])
    assert weights[14:] == pytest.approx(1 / 14)
    assert weights_of(t, jobs=np.where(np.arange(CELLS) < 14, 0.0, 1.0))[:14].tolist() == [0.0] * 14


def test_totals_of_fields_are_sums_over_prefectures():
    totals = np.full(FIELDS, 9.0)
    field_totals(np.arange(CELLS, dtype=float), totals)
    assert totals.tolist() == [sum(range(14)), sum(range(14, 28))]


@given(st.floats(0.0, 5.0), st.floats(1.0, 10.0))
def test_graduates_find_a_job_in_a_cell_or_leave(t, outside, home):
    seeking, expected = np.full((14, FIELDS), 10.0), np.zeros(CELLS)
    place_graduates(seeking, weights_of(t), np.full(FIELDS, outside), home, expected)
    assert expected.min() >= 0.0
    stay = 140.0 if outside == 0.0 else 140.0 * (1 + (home - 1) / 14) / (1 + (home - 1) / 14 + outside)
    assert expected.reshape(FIELDS, 14).sum(axis=1) == pytest.approx([stay, stay])


def test_a_graduate_prefers_the_place_of_study(t):
    seeking, expected = np.zeros((14, FIELDS)), np.zeros(CELLS)
    seeking[5, 0] = 160.0
    place_graduates(seeking, weights_of(t), np.zeros(FIELDS), 3.0, expected)
    assert expected[5] == pytest.approx(30.0)
    assert expected[:14].sum() == pytest.approx(160.0) and expected[14:].sum() == 0.0


@pytest.mark.parametrize(
    ("elasticity", "low", "high"), [(0.8, 0.07, 0.08), (1.3, 0.12, 0.14), (1.9, 0.18, 0.20)]
)
def test_a_tenth_more_net_pay_brings_the_published_share_more_of_the_mobile(t, elasticity, low, high):
    """Elasticities of 0.8 to 1.9: +10 % of net pay is +8 to 19 % of the mobile inflow, as pay or top-up."""
    t, pool = t._replace(pay_elasticity=elasticity), np.full(FIELDS, 1e5)
    outside = np.full(FIELDS, (1.0 - t.arrivals / t.pool_ratio) / (t.arrivals / t.pool_ratio))
    came = {}
    for name, change in {"no": {}, "pay": {"pay": 1.1}, "top_up": {"top_up": 0.1}}.items():
        came[name] = np.zeros(CELLS)
        invite(pool, weights_of(t, **change), outside, came[name])
    assert came["no"].sum() == pytest.approx(FIELDS * 1e5 * t.arrivals / t.pool_ratio)
    assert came["top_up"] == pytest.approx(came["pay"])
    assert low < came["pay"].sum() / came["no"].sum() - 1.0 < high


def test_a_tenth_more_pay_keeps_at_most_three_thousandths_of_the_residents(t):
    kept = leaving_rate(1.0, t.talent_leaving, t.resident_elasticity) - leaving_rate(
        1.1, t.talent_leaving, t.resident_elasticity
    )
    assert 0.0 < kept <= 0.003
    assert leaving_rate(1e9, 0.05, 0.3) == 0.0 and leaving_rate(1e-9, 0.05, 0.3) == 0.5


@given(st.lists(st.floats(0.0, 50.0), min_size=1, max_size=60), st.floats(0.0, 1.0, exclude_max=True))
def test_persons_are_whole_and_their_sum_is_within_one_of_the_expected(expected, luck):
    persons = np.zeros(len(expected), np.int64)
    whole_persons(np.array(expected), luck, persons)
    assert (persons >= np.floor(expected)).all() and (persons <= np.ceil(expected) + 1).all()
    assert abs(persons.sum() - sum(expected)) <= 1.0


def test_whole_persons_are_right_on_average_over_luck(even_luck):
    expected, total = np.array([0.3, 0.0, 1.25, 0.05]), np.zeros(4)
    for luck in even_luck:
        persons = np.zeros(4, np.int64)
        whole_persons(expected, luck, persons)
        total += persons
    assert total / len(even_luck) == pytest.approx(expected, abs=1e-3)


def test_nobody_leaves_a_cell_without_people_and_a_twentieth_of_hundred_do(t):
    gone = np.zeros(2, np.int64)
    count_leavers(np.array([0, 100]), np.ones(2), 0.05, 0.03, np.array([0.99, 0.5]), gone)
    assert gone.tolist() == [0, 5]


def test_pay_follows_scarcity_within_bounds(t):
    t = t._replace(pay_response=0.1, pay_lowest=0.95, pay_highest=1.1)
    assert pay_index(math.e**0.5, t) == pytest.approx(1.05)
    assert [pay_index(x, t) for x in (1e-9, 1.0, 1e9)] == [0.95, 1.0, 1.1]


@pytest.mark.parametrize(
    ("stock", "employed", "wanted", "found"),
    [(100, 90, 95, 1.0), (100, 90, 110, 0.5), (100, 90, 190, 0.2), (100, 120, 150, 0.2), (100, 120, 90, 1.0),
     (0, 0, 0, 1.0)],
)  # fmt: skip
def test_hiring_is_rationed_by_who_is_not_yet_employed(t, stock, employed, wanted, found):
    assert found_share(stock, employed, wanted, t._replace(lowest_hiring=0.2)) == pytest.approx(found)


def test_talent_of_as_many_researchers_as_at_the_start_is_no_excess(t):
    t = t._replace(talent_share=0.15, excess_lowest=-0.5, excess_highest=1.0)
    assert talent_excess(150.0, 1000.0, t) == 0.0
    assert talent_excess(226.5, 1000.0, t) == pytest.approx(76.5 / 151.0)
    assert [talent_excess(n, 1000.0, t) for n in (0.0, 1e6)] == [-0.5, 1.0]


def test_a_cell_is_read_as_its_rules_say(t):
    found = Terms(*(np.zeros(1) for _ in Terms._fields))
    t = t._replace(reserve=0.25, skilled_share=0.4, talent_share=0.1, talent_effect=0.2, lowest_hiring=0.1)
    t = t._replace(learning_loss=0.5)
    seen = Seen(np.array([500]), np.array([460.0]), np.array([540.0]), np.array([21]), np.array([100.0]))
    read_market(seen, t, found)
    tightness, pay, wage, hiring, yields, skill = (values[0] for values in found)
    assert tightness == pytest.approx(541 / 401)
    assert pay == pytest.approx(1.0 + t.pay_response * math.log(541 / 401))
    assert wage == pytest.approx(1.0 + 0.4 * (pay - 1.0))
    assert hiring == pytest.approx(0.5)
    assert yields == pytest.approx(1.2)
    assert skill == 1.0  # all of the work is done by people who have learned it


def test_where_a_quarter_of_skilled_work_is_unlearned_workers_make_a_twentieth_less(t):
    t = t._replace(skilled_share=0.4, learning_loss=0.5)
    assert skill_of(300, 400.0, t) == pytest.approx(0.95)
    assert skill_of(400, 300.0, t) == skill_of(0, 0.0, t) == 1.0
