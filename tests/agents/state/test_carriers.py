"""Carriers are won by knowledge, patents, money and luck, and may be lost at a review."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.engine.population import Column, Member, Population
from agents.money.flows import Flow
from agents.money.ledger import Accounts, Ledger
from agents.money.programme import Programme
from agents.state.carrier_round import fund_advantage, standing, threshold, wave
from agents.state.carriers import CarrierFamilies, CarrierParameters, Carriers, anchors, ask_for_support
from scenarios.load import central_values, load_parameters

PARAMETERS = CarrierParameters(**central_values(load_parameters())["carriers"])
FAMILIES = CarrierFamilies(
    names=("laboratory", "centre", "other"),
    listed=np.array([True, True, False]),
    hosted_by_universities=np.array([True, False, False]),
    count_2015=np.array([4, 6, 2]),
    yearly=np.array([1.0, 2.0, 0.5]),
    provincial=np.array([300, 3, 0]),
    spread=0.4,
    review_years=4,
    demotion_probability=0.05,
)
KNOWLEDGE = np.array([8e8, 2e8, 5e8, 4e8, 1e8])  # two institutions, three cells
PATENTS = np.array([200.0, 50.0, 100.0, 80.0, 10.0])
NO_GRANTS = np.zeros(30)
USUAL_YEAR = np.full(3, 0.5)


class Anchor(Member):
    prefecture = Column("index", np.int64)
    deposits = Column("yuan", np.int64)


def carriers(**changes):
    return Carriers(PARAMETERS, replace(FAMILIES, **changes), universities=2, knowledge=KNOWLEDGE)


def titles(one, luck, year=2016, knowledge=KNOWLEDGE, grants=NO_GRANTS, patents=PATENTS, size=1.0):
    one.nominate(knowledge, np.linspace(0.01, 0.99, 30))
    one.national_round(year, knowledge, patents, grants, luck, USUAL_YEAR, size)
    return one.promoted


def even_luck(seed):
    """Uniforms that fill (0, 1) evenly, in an order that depends on the seed."""
    return ((np.arange(30) * 7 + seed * 0.37) % 30 + 0.5) / 30.5


def test_it_begins_with_the_counts_of_2015():
    one = carriers()
    assert one.by_family().tolist() == [4, 6, 2]
    assert (one.count(), one.count(listed_only=True)) == (12, 10)


def test_universities_host_laboratories_and_cells_the_rest():
    one = carriers()
    assert set(one.host[one.family == 0].tolist()) <= {0, 1}
    assert set(one.host[one.family > 0].tolist()) <= {2, 3, 4}


def test_a_host_with_more_knowledge_and_patents_stands_higher():
    assert standing(2e8, 10.0, 0.5) > standing(1e8, 10.0, 0.5)
    assert standing(1e8, 20.0, 0.5) > standing(1e8, 10.0, 0.5)


def test_the_first_yuan_of_matching_money_helps_most_and_none_helps_nothing():
    first, second = fund_advantage(1e7, 0.5, 1e7), fund_advantage(2e7, 0.5, 1e7)
    assert fund_advantage(0.0, 0.5, 1e7) == 0.0
    assert 0.0 < second - first < first


def test_a_candidate_as_good_as_others_gets_its_share_of_places():
    odds = threshold(2.0, 10.0)
    assert 1.0 / (1.0 + np.exp(-odds)) == pytest.approx(0.2)


def test_waves_have_a_mean_of_one():
    uniforms = (np.arange(20_000) + 0.5) / 20_000
    assert np.mean([wave(u, 0.4) for u in uniforms.tolist()]) == pytest.approx(1.0, abs=1e-3)


def test_in_the_first_year_titles_are_as_many_as_expected_on_average():
    rounds = [titles(carriers(provincial=np.zeros(3, int)), even_luck(seed)) for seed in range(200)]
    assert np.mean(rounds, axis=0) == pytest.approx(FAMILIES.yearly, rel=0.35)


def test_a_year_of_larger_national_rounds_gives_more_titles():
    usual, twice = (
        np.mean([titles(carriers(provincial=np.zeros(3, int)), even_luck(n), size=s) for n in range(50)])
        for s in (1.0, 2.0)
    )
    assert twice > 1.3 * usual


def test_bad_luck_gives_no_title_and_good_luck_no_more_than_the_quota():
    assert titles(carriers(), np.full(30, 1e-9)).tolist() == [0, 0, 0]
    assert titles(carriers(provincial=np.zeros(3, int)), np.full(30, 1 - 1e-9)).tolist() == [3, 6, 2]


def test_the_provincial_pool_limits_titles():
    one = carriers()
    assert titles(one, np.full(30, 1 - 1e-9)).tolist() == [3, 3, 2]
    assert one.pool[1] == 0


def test_more_knowledge_or_money_never_costs_a_title():
    for seed in range(20):
        base, richer, paid = carriers(), carriers(), carriers()
        for one in (base, richer, paid):
            titles(one, even_luck(seed))
        before = titles(base, even_luck(seed + 1), 2017)
        assert (titles(richer, even_luck(seed + 1), 2017, knowledge=3.0 * KNOWLEDGE) >= before).all()
        assert (titles(paid, even_luck(seed + 1), 2017, grants=np.full(30, 5e7)) >= before).all()


def test_standing_still_loses_ground_to_the_other_provinces():
    early, late = [], []
    for seed in range(40):
        one = carriers(provincial=np.zeros(3, int))
        early.append(int(titles(one, even_luck(seed)).sum()))
        late.append(int(titles(one, even_luck(seed), 2025).sum()))
    assert np.mean(late) < np.mean(early)


def test_reviews_come_every_four_years_and_take_titles_by_luck():
    one = carriers()
    due = (2016 - one.since) % 4 == 0
    one.review(2016, np.full(len(one.id), 0.04))
    assert int(one.demoted.sum()) == int(due.sum()) > 0
    assert one.count() == 12 - int(due.sum())


def test_good_luck_at_the_review_keeps_every_title():
    one = carriers()
    one.review(2016, np.full(len(one.id), 0.06))
    assert one.count() == 12


def test_a_lost_title_goes_back_to_the_provincial_pool():
    one = carriers()
    one.review(2016, np.zeros(len(one.id)))
    assert (one.pool - FAMILIES.provincial).tolist() == [*one.demoted[:2].tolist(), 0]


@given(st.lists(st.tuples(st.floats(0.001, 0.999), st.floats(0.001, 0.999)), min_size=5, max_size=5))
def test_counts_are_what_was_there_plus_won_less_lost(years):
    one = carriers()
    for n, (round_luck, review_luck) in enumerate(years):
        before = one.by_family()
        one.review(2016 + n, np.full(len(one.id), review_luck))
        titles(one, np.full(30, round_luck), 2016 + n)
        assert (one.by_family() == before + one.promoted - one.demoted).all()
        assert len(set(one.id.tolist())) == one.count()


def test_a_host_with_a_carrier_radiates_more():
    one = carriers()
    weight = one.host_weight()
    assert set(weight.tolist()) <= {1.0, PARAMETERS.host_effect}
    assert (weight[one.host] == PARAMETERS.host_effect).all()


def supported(budget, of_cells):
    """Matching money for a year's candidates: institutions 0 and 1, cells 2 to 4 with anchor firms."""
    firms = Population(Anchor)
    rows = firms.add(0, [1, 2, 3], prefecture=[0, 1, 2])
    programme = Programme("innovation_carriers", Flow.PLATFORM, (1.0, 0.0, 0.0, 0.0), 0.6, 14)
    programme.open_quarter(2021)
    programme.appropriate(budget, 2021)
    programme.release(0)
    accounts = Accounts(14, 2)
    ledger = Ledger(accounts, SimpleNamespace())
    ledger.set_opening([(accounts.province, 10**9), (accounts.prefectures, 10**9)], 0, 0, 0)
    ledger.open_quarter(20, 0, 0)
    one = carriers()
    one.nominate(KNOWLEDGE, np.linspace(0.01, 0.99, 30))
    anchor_rows = rows[of_cells] if of_cells is not None else np.full(3, -1)
    grants = ask_for_support(one, programme, ledger, firms, anchor_rows, np.array([0, 0, 0, 1, 2]))
    return SimpleNamespace(grants=grants, programme=programme, ledger=ledger, firms=firms, carriers=one)


def test_matching_money_is_divided_evenly_and_paid_in_full():
    given_out = supported(30_000, [0, 1, 2])
    assert given_out.grants.tolist() == [1000] * 30
    at_institutions = int(given_out.ledger.balance[given_out.ledger.accounts.universities].sum())
    assert at_institutions + int(given_out.firms.deposits.sum()) == 30_000
    assert given_out.programme.received_now == given_out.programme.disbursed_now == 30_000


def test_a_cell_without_firms_gets_no_matching_money():
    given_out = supported(30_000, None)
    at_cells = given_out.carriers.candidate_host >= 2
    assert given_out.grants[at_cells].sum() == 0
    assert given_out.grants.sum() == 30_000


def test_without_a_budget_nobody_is_supported():
    assert supported(0, [0, 1, 2]).grants.sum() == 0


def test_the_firm_with_the_most_knowledge_stands_for_its_cell(make_firms):
    firms = make_firms(4, [0, 0, 0, 2], prefecture=[1, 1, 3, 1], knowledge=[5.0, 7.0, 0.0, 2.0])
    found = anchors(firms, 126)
    rows = firms.rows()
    assert found[[1, 2 * 14 + 1]].tolist() == [rows[1], rows[3]]
    assert (np.delete(found, [1, 2 * 14 + 1]) == -1).all()
