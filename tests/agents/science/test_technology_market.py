"""Who looks for technology, who meets whom, and what platform, centres and distance do to it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.science.licences import NOBODY, OUTSIDE
from agents.science.technology_market import (
    TechnologyMarket,
    TechnologyMarketParameters,
    TransferPolicy,
    distances_of_groups,
)
from agents.science.technology_search import (
    Offers,
    Queues,
    Seekers,
    best_seeker,
    expected_matches,
    line_up,
    region_met,
    take,
)
from scenarios.load import central_values, load_parameters

P = TechnologyMarketParameters(**central_values(load_parameters())["technology_market"])._replace(
    matching_rate=0.1, platform_effect=0.3, centre_effect=0.15, match_distance=100.0, platform_reach=0.5,
    search_cost=50_000.0, outside_rate=0.0, other_field=0.12,
)  # fmt: skip
PLACES = 14
GROUP = np.array([0] * 7 + [1] * 7)
APART = np.where(GROUP[:, None] == GROUP[None, :], 0.0, 200.0)


def market(**changed):
    return TechnologyMarket(P._replace(**changed), APART, GROUP, institutions=2, industries=9)


def offers(n, place=0, field=0):
    return Offers(np.full(n, field), np.ones(n), np.full(n, place))


def seekers(n, place=0, field=0, eager=None):
    eager = np.arange(1.0, n + 1.0) if eager is None else np.array(eager)
    return Seekers(np.arange(n), np.full(n, field), np.full(n, place), np.ones(n), eager)


def together(one, other):
    return type(one)(*(np.concatenate(pair) for pair in zip(one, other, strict=True)))


def met(these, those, at=None, luck=None, **policy):
    """The partner of each offer; by default every luck is as even as can be."""
    at = at or market()
    at.platform = policy.get("platform", 0.0)
    n = len(these.field)
    drawn = (np.arange(n) + 0.5) / n if luck is None else np.full(n, luck)
    return at.pair(these, those, at.meeting(TransferPolicy(**policy), 1.0), drawn)


def in_the_province(partner):
    return int((partner >= 0).sum())


# --- how many meet ---------------------------------------------------------------------------------------


def test_matches_have_elasticities_of_one_half():
    assert expected_matches(100, 400, 0.1, 1.0) == pytest.approx(20.0)
    assert expected_matches(400, 400, 0.1, 1.0) == pytest.approx(40.0)


def test_as_many_offers_meet_a_seeker_as_expected():
    assert in_the_province(met(offers(400), seekers(100))) == 20


def test_nobody_meets_where_nobody_looks():
    assert (met(offers(50), seekers(0)) == NOBODY).all()
    assert len(met(offers(0), seekers(50))) == 0


def test_another_region_is_met_less_often_by_its_distance():
    near, far = met(offers(400), seekers(400)), met(offers(400), seekers(400, place=7))
    assert in_the_province(near) == 40
    assert in_the_province(far) == round(40 * np.exp(-2.0))


@pytest.mark.parametrize("platform", [0.5, 1.0])
def test_a_platform_brings_more_together_and_most_over_distance(platform):
    near = [in_the_province(met(offers(4000), seekers(4000), platform=x)) for x in (0.0, platform)]
    far = [in_the_province(met(offers(4000), seekers(4000, 7), platform=x)) for x in (0.0, platform)]
    assert near[1] / near[0] == pytest.approx(1.0 + 0.3 * platform, rel=0.01)
    assert far[1] / far[0] > near[1] / near[0]


def test_a_regional_centre_raises_matching_in_its_region_only():
    first, second = seekers(4000), seekers(4000, place=7)
    assert in_the_province(met(offers(4000), first, centres=1)) == 460
    assert in_the_province(met(offers(4000, 7), second, centres=1)) == 400
    assert in_the_province(met(offers(4000, 7), second, centres=2)) == 460


def test_what_is_left_may_go_outside():
    partner = met(offers(400), seekers(100), at=market(outside_rate=0.25))
    assert in_the_province(partner) == 20
    assert int((partner == OUTSIDE).sum()) == 95  # a quarter of the 380 left


def test_luck_decides_between_the_regions_and_the_outside():
    chances = np.array([[0.1, 0.2], [0.0, 0.0]])
    found = [region_met(luck, chances, 0, 0.5) for luck in (0.05, 0.15, 0.31, 0.64, 0.66)]
    assert found == [0, 1, OUTSIDE, OUTSIDE, NOBODY]


# --- whom ------------------------------------------------------------------------------------------------


def queues_of(those):
    cells = np.zeros((2, PLACES, 9), dtype=np.int64)
    queues = Queues(cells[0], cells[1], np.zeros(len(those.row), dtype=np.int64))
    line_up(those, queues)
    return queues


def best(those, at=None, group=0, other_field=0.12):
    """Whom an offer of field 0 in prefecture 0 meets."""
    meeting = (at or market()).meeting(TransferPolicy(), 1.0)
    return best_seeker(queues_of(those), those, meeting, 0, 0, group, other_field)


def test_the_most_eager_of_the_own_field_is_met():
    assert best(seekers(5)) == 4


def test_an_own_field_outweighs_eagerness_up_to_its_weight():
    both = together(seekers(1, field=0, eager=[1.0]), seekers(1, field=3, eager=[8.0]))
    assert best(both) == 0
    assert best(both, other_field=0.13) == 1


def test_of_two_regions_only_the_one_met_counts():
    both = together(seekers(1, place=0), seekers(1, place=7, eager=[100.0]))
    assert best(both) == 0
    assert best(both, group=1) == 1


def test_a_near_seeker_is_preferred_within_a_region():
    apart = np.zeros((PLACES, PLACES))
    apart[0, 1] = apart[1, 0] = 100.0
    near = TechnologyMarket(P, apart, GROUP, institutions=2, industries=9)
    both = together(seekers(1, place=0, eager=[1.0]), seekers(1, place=1, eager=[2.0]))
    assert best(both, near) == 0
    assert best(both) == 1


def test_buyers_outside_look_at_so_many_offers_only():
    usual, short = market(outside_rate=0.25), market(outside_rate=0.25, offers_seen_outside=100.0)
    sold = [int((met(offers(400), seekers(0), at=at) == OUTSIDE).sum()) for at in (usual, short)]
    assert sold == [100, 25]


@pytest.mark.parametrize("cells", [[(0, 0), (0, 0)], [(0, 2), (0, 1)], [(3, 1), (0, 5)]])
def test_of_two_as_good_the_earlier_is_met(cells):
    both = together(*(seekers(1, place, field, eager=[1.0]) for place, field in cells))
    assert best(both, other_field=1.0) == 0


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 9)), max_size=60))
def test_a_queue_gives_the_most_eager_first_and_of_them_the_earliest(members):
    those = Seekers(*np.zeros((5, len(members)), dtype=np.int64))
    for n, (cell, eager) in enumerate(members):
        those.prefecture[n], those.field[n], those.eager[n] = 13 * cell, 8 * cell, eager
    queues = queues_of(those)
    for cell in (0, 1):
        expected = sorted((-eager, n) for n, (here, eager) in enumerate(members) if here == cell)
        for _, n in expected:
            first = int(queues.line[queues.first[13 * cell, 8 * cell]])
            assert first == n
            take(queues, first, those)
    assert queues.free.sum() == 0


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8), st.integers(1, 20)), max_size=40))
def test_the_best_is_found_as_if_everybody_were_looked_at(members):
    places, fields, eager = np.array(members, dtype=np.int64).reshape(-1, 3).T
    those = Seekers(np.arange(len(members)), fields.copy(), places.copy(), *np.array([eager, eager], float))
    scores = [e * (1.0 if k == 0 else 0.12) for _, k, e in members]
    assert best(those) == (scores.index(max(scores)) if members else NOBODY)


def test_nobody_is_met_twice_in_a_quarter():
    partner = met(offers(10), seekers(4), luck=1e-6)
    assert sorted(partner[partner >= 0].tolist()) == [0, 1, 2, 3]
    assert in_the_province(partner) == 4


def test_the_order_of_the_firms_does_not_matter():
    these, those = offers(8), seekers(6, eager=[0.3, 0.9, 0.1, 0.8, 0.2, 0.5])
    order = np.array([3, 1, 5, 0, 2, 4])
    shuffled = Seekers(*(column[order] for column in those))
    usual = those.row[met(these, those, luck=1e-6)[:6]].tolist()
    assert shuffled.row[met(these, shuffled, luck=1e-6)[:6]].tolist() == usual


# --- who looks -------------------------------------------------------------------------------------------


def looking(make_firms, p, quarter=0, luck=1e-9, **columns):
    firms = make_firms(**{"count": 8, "does_research": 1, "research": 1e5, "trailing_sales": 4e7, **columns})
    return firms, market().seekers(firms, p, quarter, 1.0, lambda ids: np.full(len(ids), luck))


def test_every_researching_firm_has_its_turn_in_one_of_the_two_rounds_of_a_year(make_firms, p):
    ids = []
    for quarter in (1, 3):
        firms, found = looking(make_firms, p, quarter)
        ids.append(firms.id[found.row].tolist())
    assert sorted(ids[0] + ids[1]) == list(range(1, 9))
    assert len(ids[0]) == len(ids[1]) == 4


def test_firms_without_research_do_not_look(make_firms, p):
    assert len(looking(make_firms, p, does_research=0)[1].row) == 0


def test_a_firm_looks_the_likelier_the_more_it_absorbs(make_firms, p):
    """Absorption 0.5 at a hundredth of sales: a chance of 0.3 x 0.5 a year."""
    p = p._replace(absorption_half=0.01)
    known = {"research": 1e5, "trailing_sales": 4e7}
    assert len(looking(make_firms, p, luck=0.149, **known)[1].row) == 4
    assert len(looking(make_firms, p, luck=0.151, **known)[1].row) == 0
    assert len(looking(make_firms, p, luck=0.151, **known | {"research": 2e5})[1].row) == 4


def test_seekers_know_their_place(make_firms, p):
    _, found = looking(make_firms, p, prefecture=9, industry=4)
    assert (found.prefecture == 9).all() and (found.field == 4).all()
    assert (found.eager > 0.0).all()


# --- the meeting place -----------------------------------------------------------------------------------


def test_regions_are_as_far_apart_as_their_prefectures_on_average():
    assert distances_of_groups(APART, GROUP).tolist() == [[0.0, 200.0], [200.0, 0.0]]


def test_search_costs_rise_with_distance_and_fall_with_the_platform():
    at = market()
    cost = at.meeting(TransferPolicy(), 1.0).search_cost
    assert cost[0, 0] == 50_000.0 and cost[0, 7] == pytest.approx(150_000.0)
    at.platform = 1.0
    eased = at.meeting(TransferPolicy(), 1.0).search_cost
    assert eased[0, 0] == pytest.approx(50_000.0 / 1.3) and eased[0, 7] < cost[0, 7] / 1.3


def test_a_buyer_expects_the_part_of_the_subsidy_that_was_paid_the_last_time():
    at = market()
    at.subsidy_paid = 0.5
    assert at.meeting(TransferPolicy(deal_subsidy=0.2), 1.0).subsidy == pytest.approx(0.1)
