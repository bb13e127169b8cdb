"""What is offered is written where firms read it, lapses, and says who pays what is claimed on it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.money.claims import StandingClaims
from agents.money.families import GUARANTEE, INVENTOR_SHARE, MISSION_CALL, RESEARCH_SUPPORT
from agents.money.flows import AccountingError, Flow
from agents.money.offers import Offers, in_proportion
from agents.money.programme import Programme

ALL_AT_ONCE = (1.0, 0.0, 0.0, 0.0)


@pytest.fixture
def firms(make_firms):
    return make_firms(3, labour=[100, 200, 400])


def programme(name):
    return Programme(name, Flow.GRANT_RD, ALL_AT_ONCE, 0.6, 14)


def rates(firms):
    return firms.research_support_rate[firms.rows()].tolist()


def test_what_two_levers_offer_adds_up(firms):
    offers = Offers()
    offers.make(firms, "guarantee", "one", programme("one"), share=0.5, fee=0.01)
    offers.make(firms, "guarantee", "two", programme("two"), share=0.25)
    assert offers.of(GUARANTEE) == (0.75, 0.01)


def test_whole_numbers_stay_whole(firms):
    offers = Offers()
    offers.make(firms, "mission_call", "one", programme("one"), entrants=3)
    assert type(offers.of(MISSION_CALL).entrants) is int


def test_an_offer_to_some_reaches_them_alone(firms):
    offers = Offers()
    offers.make(firms, "research_support", "all", programme("all"), rate=0.1)
    offers.make(firms, "research_support", "small", programme("small"), firms.labour < 300, rate=0.2)
    offers.post(firms)
    assert rates(firms) == pytest.approx([0.3, 0.3, 0.1])


def test_an_entrant_is_offered_what_is_offered_to_all(firms):
    offers = Offers()
    offers.make(firms, "research_support", "all", programme("all"), rate=0.1)
    offers.make(firms, "research_support", "small", programme("small"), firms.labour < 300, rate=0.2)
    offers.post(firms)
    entrant = firms.add(0, 1, labour=10)
    assert firms.research_support_rate[entrant].tolist() == [0.1]


def test_a_column_written_by_hand_is_refused_since_nobody_would_pay(firms):
    firms.research_support_rate[firms.rows()[0]] = 0.1
    with pytest.raises(AccountingError, match="research_support_rate was written by hand"):
        Offers().post(firms)


@pytest.mark.parametrize(
    ("family", "terms", "said"),
    [
        ("research_suport", {}, "nothing called research_suport can be offered"),
        ("research_support", {"rat": 1.0}, "research_support has no term rat; it has: rate, cap"),
        ("research_support", {"rate": 1.0}, "has no programme that pays what is claimed"),
        ("inventor_share", {"share": 1.0, "to": np.ones(3, bool)}, "is offered to everybody alike"),
    ],
)
def test_an_offer_that_nobody_could_pay_or_understand_is_refused(firms, family, terms, said):
    with pytest.raises(ValueError, match=said):
        Offers().make(firms, family, "one", None, **terms)


def test_a_rule_of_law_has_no_programme_to_pay(firms):
    offers = Offers()
    offers.make(firms, "inventor_share", "one", programme("one"), share=0.7)
    assert offers.of(INVENTOR_SHARE).share == 0.7
    assert offers.payers(INVENTOR_SHARE) == offers.programmes == []


# --- who pays --------------------------------------------------------------------------------------------


def test_a_claim_is_divided_by_what_each_programme_offered_the_claimant(firms):
    offers = Offers()
    offers.make(firms, "research_support", "all", programme("all"), rate=0.1)
    offers.make(firms, "research_support", "small", programme("small"), firms.labour < 300, rate=0.3)
    ids = firms.id[firms.rows()]
    parts = offers.divide(RESEARCH_SUPPORT, np.array([1001, 2, 1001]), ids)
    assert {one.name: part.tolist() for one, part in parts} == {"all": [250, 0, 1001], "small": [751, 2, 0]}


def test_two_offers_of_one_programme_are_one_claim_on_it(firms):
    offers, one = Offers(), programme("one")
    offers.make(firms, "research_support", "one", one, firms.labour < 300, rate=0.3)
    offers.make(firms, "research_support", "one", one, firms.labour >= 300, rate=0.1)
    ((payer, parts),) = offers.divide(RESEARCH_SUPPORT, np.array([5, 6, 7]), firms.id[firms.rows()])
    assert (payer, parts.tolist()) == (one, [5, 6, 7])


def test_a_claim_that_no_programme_offered_is_an_error(firms):
    offers = Offers()
    offers.make(firms, "research_support", "small", programme("small"), firms.labour < 300, rate=0.3)
    with pytest.raises(AccountingError, match="7 yuan are claimed on research_support that no programme has"):
        offers.divide(RESEARCH_SUPPORT, np.array([5, 6, 7]), firms.id[firms.rows()])


def test_where_nobody_offers_nobody_need_pay(firms):
    assert Offers().divide(RESEARCH_SUPPORT, np.zeros(0, np.int64), np.zeros(0, np.int64)) == []


@given(
    st.lists(st.integers(0, 10**12), min_size=1, max_size=5),
    st.lists(st.floats(0.0, 1e7), min_size=1, max_size=4).filter(lambda offered: sum(offered) > 0.0),
)
def test_the_parts_of_a_claim_add_up_to_it_and_who_offered_nothing_pays_nothing(claims, offered):
    claimed = np.array(claims)
    parts = in_proportion(claimed, np.repeat(np.array(offered)[:, None], len(claims), axis=1))
    assert (parts.sum(axis=0) == claimed).all() and (parts >= 0).all()
    assert not parts[np.array(offered) == 0.0].any()


# --- claims that wait ------------------------------------------------------------------------------------


@pytest.fixture
def standing():
    claims = StandingClaims()
    parts = [(programme("one"), np.array([30, 10])), (programme("two"), np.array([3, 1]))]
    claims.register(np.array([9, 4]), parts)
    return claims


def test_claims_wait_with_each_programme(standing):
    assert [one.waiting for one, _ in standing.parts] == [40, 4]
    assert standing.waiting == 44


def test_a_claimant_is_known_by_its_id_wherever_it_stands(standing):
    assert [part.tolist() for _, part in standing.of(np.array([4, 5, 9]))] == [[10, 0, 30], [1, 0, 3]]


def test_who_leaves_gives_up_its_claims(standing):
    standing.give_up(np.array([9, 100, 5]))
    assert [(one.waiting, one.withdrawn_now) for one, _ in standing.parts] == [(10, 30), (1, 3)]
    standing.give_up(np.array([9]))
    assert [one.withdrawn_now for one, _ in standing.parts] == [30, 3]


def test_where_nobody_claims_nobody_gives_up():
    claims = StandingClaims()
    claims.give_up(np.array([1, 2]))
    assert claims.waiting == 0 and claims.of(np.array([1])) == []
