"""Mission projects: contest, tranches, misuse, milestones with a heavy tail, claw-back."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.research import own_target
from agents.numbers.distributions import beta_share, pareto
from agents.state.missions import (
    NOBODY,
    MissionParameters,
    Missions,
    application_key,
    award_of,
    best_partners,
    hold_contests,
    judge_milestones,
    judged_ability,
    milestone_reached,
    milestone_step,
    misuse_share,
    take_back,
    use_tranches,
    weigh_applicants,
    widest_gaps,
)

M = MissionParameters(
    award_share=0.5, award_lowest=5e5, award_highest=1e7, topic_industries=3.0, partner_share=0.2,
    ability_weight=0.5, jury_error=0.5, misuse=0.4, milestone_chance=0.7, milestone_gain=0.1,
    milestone_tail=1.6, milestone_highest=0.5,
)  # fmt: skip


def test_topics_lie_in_the_industries_furthest_behind():
    assert widest_gaps(np.array([1.0, 0.2, 0.9, 0.1]), 1.0, 2) == [3, 1]


@pytest.mark.parametrize(
    ("research", "available", "award"),
    [(4e6, 1e9, 2e6), (1e5, 1e9, 5e5), (1e9, 1e9, 1e7), (4e6, 1.5e6, 1.5e6), (4e6, 4e5, 0.0)],
)
def test_an_award_is_half_a_year_of_research_within_its_bounds(research, available, award):
    assert award_of(research, available, M) == award


def test_without_an_error_the_jury_sees_ability_and_luck_moves_it_evenly(even_luck):
    assert judged_ability(12.0, 0.9, M._replace(jury_error=0.0)) == 12.0
    seen = np.array([judged_ability(12.0, luck, M) for luck in even_luck])
    assert (seen.mean(), seen.std()) == (pytest.approx(12.0, abs=1e-3), pytest.approx(0.5, abs=0.01))


def test_able_firms_apply_more_often(even_luck):
    first = 0
    for n, luck in enumerate(even_luck):
        other = even_luck[(n * 7) % len(even_luck)]
        first += application_key(math.log(1e8), luck, 0.5) > application_key(math.log(1e6), other, 0.5)
    # odds of knowledge to the power of a half: ten to one
    assert first / len(even_luck) == pytest.approx(10 / 11, abs=0.03)


def test_firms_without_research_do_not_apply(make_firms):
    firms, luck = make_firms(2, log_knowledge=10.0, research=[1e5, 0.0]), np.full(40, 0.5)
    keys, merits = np.zeros(2), np.zeros(2)
    weigh_applicants(firms.arrays(), M, luck, luck, 0, 2, keys, merits)
    assert keys[0] == application_key(10.0, 0.5, 0.5) and keys[1] == NOBODY
    assert merits.tolist() == pytest.approx([10.0, 10.0])


@pytest.mark.parametrize(("entrants", "best"), [(1, [3, 0, 4, 1, 2]), (2, [3, 4, 2]), (3, [4, 1]), (9, [4])])
def test_the_best_of_each_few_applicants_wins(entrants, best):
    ranked, merits = np.array([3, 0, 4, 1, 2]), np.array([1.0, 5.0, 2.0, 7.0, 8.0])
    winners = np.zeros(len(best), np.int64)
    hold_contests(ranked, merits, entrants, winners)
    assert winners.tolist() == best


def test_two_fifths_are_misused_without_monitoring(even_luck):
    assert np.mean([misuse_share(luck, 0.0, 0.0, M) for luck in even_luck]) == pytest.approx(0.4, abs=1e-3)


@given(st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 1))
def test_a_stage_gate_and_an_audit_lower_misuse(luck, gate, audit):
    free = misuse_share(luck, 0.0, 0.0, M)
    assert misuse_share(luck, gate, audit, M) == pytest.approx(free * (1 - gate) * (1 - audit))
    assert 0.0 <= free <= 1.0


def test_certain_audits_leave_no_misuse():
    assert misuse_share(0.7, 0.0, 1.0, M) == 0.0


def test_research_not_done_reaches_no_milestone():
    assert milestone_reached(0.69, 0.0, M) and not milestone_reached(0.69, 0.5, M)
    assert not milestone_reached(0.0, 1.0, M)


def test_gains_are_heavy_tailed_and_grow_with_effort(even_luck):
    gains = np.array([milestone_step(1e6, 1e6, luck, M) for luck in even_luck])
    assert np.mean(gains) > 1.4 * np.median(gains)
    assert gains.max() == 0.5
    assert milestone_step(2e6, 1e6, 0.5, M) > milestone_step(1e6, 1e6, 0.5, M) > 0.0
    assert milestone_step(0.0, 0.0, 0.5, M) == 0.0


@pytest.mark.parametrize("tail", [1.6, 3.0])
def test_a_pareto_draw_has_its_median(tail):
    assert pareto(tail, 0.5) == pytest.approx((tail - 1) / tail * 2 ** (1 / tail))


@pytest.mark.parametrize("mean", [0.1, 0.4])
def test_a_beta_share_has_its_mean(mean, even_luck):
    assert np.mean([beta_share(mean, luck) for luck in even_luck]) == pytest.approx(mean, abs=2e-3)


def test_owners_take_their_part_and_the_rest_is_research_of_a_year(make_firms):
    firms = make_firms(2, deposits=[1000, 100], prefecture=[3, 4])
    dividends, taken = np.zeros(14, np.int64), np.zeros(2, np.int64)
    use_tranches(firms.arrays(), firms.rows(), np.array([800, 400]), np.array([0.25, 1.0]), dividends, taken)
    assert taken.tolist() == [200, 100]  # the second has no more to take
    assert firms.mission_research[firms.rows()].tolist() == [150.0, 75.0]
    assert firms.deposits[firms.rows()].tolist() == [800, 0]
    assert dividends[[3, 4]].tolist() == [200, 100]


def test_a_firm_pays_back_what_it_can(make_firms):
    firms, returned = make_firms(3, deposits=[1000, 30, -5]), np.zeros(3, np.int64)
    take_back(firms.arrays(), firms.rows(), np.array([200, 200, 200]), returned)
    assert returned.tolist() == [200, 30, 0]
    assert firms.deposits[firms.rows()].tolist() == [800, 0, -5]


def test_a_milestone_lifts_productivity_and_quality_and_a_failure_neither(make_firms):
    firms, reached = make_firms(2, research=[5e5, 5e5], mission_research=[2e5, 2e5]), np.zeros(2, np.int64)
    luck, half = np.array([0.1, 0.9]), np.full(2, 0.5)
    done = np.array([8e5, 8e5])
    judge_milestones(firms.arrays(), firms.rows(), np.zeros(2), done, luck, half, 0.3, M, reached)
    gain = milestone_step(8e5, 1.2e6, 0.5, M)
    assert reached.tolist() == [1, 0]
    assert firms.log_productivity[firms.rows()].tolist() == pytest.approx([0.3 * gain, 0.0])
    assert firms.log_quality[firms.rows()].tolist() == pytest.approx([0.7 * gain, 0.0])


def test_a_mission_replaces_part_of_the_firms_own_plan(p):
    p = p.but(mission_substitution=0.3)
    assert own_target(100.0, 50.0, p) == pytest.approx(85.0)
    assert own_target(10.0, 500.0, p) == 0.0
    assert own_target(100.0, 0.0, p) == 100.0


def test_the_partner_is_the_university_with_most_knowledge_in_reach():
    near = np.array([[1.0, 1.0, 1.0], [0.1, 1.0, 1.0], [0.0, 0.0, 0.0]])
    assert best_partners(np.array([70.0, 60.0, 40.0]), near) == [0, 1, -1]


def test_promises_are_the_tranches_held_back():
    missions = Missions(M)
    one = np.array([1, 2])
    missions.begin(firm=one, partner=one, stage=one, held=np.array([40, 50]), held_partner=np.array([1, 2]),
                   taken=one, done=one, payer=np.array([missions.number_of(name) for name in ("a", "b")]),
                   misuse=one / 10, audit=one / 10)  # fmt: skip
    assert (len(missions), missions.promised) == (2, 93)
    assert [missions.promised_by(name) for name in ("a", "b", "c")] == [41, 52, 0]
    missions.keep(np.array([1]))
    assert (missions.firm.tolist(), missions.promised) == ([2], 52)
