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


# --- other terms in some cells ---------------------------------------------------------------------------


HERE = np.array([True, False])  # cells of a population of one industry in two places


@pytest.fixture
def two_places(make_firms):
    return make_firms(3, labour=[100, 200, 400], prefecture=[0, 1, 0])


def beside(name, lever):
    account = programme(name)
    account.beside, account.cells = lever, HERE
    return account


def with_block(firms, rate, account=None):
    """What a lever offers everywhere, and in the first place."""
    offers = Offers()
    offers.make(firms, "research_support", "one", programme("one"), rate=0.1, cap=5.0)
    offers.make_here(firms, ("research_support", "one", {"rate": rate, "cap": 5.0}), HERE, account)
    return offers


def test_in_some_cells_other_terms_hold_in_place_of_the_levers_own(two_places):
    offers = with_block(two_places, 0.3)
    offers.make(two_places, "research_support", "two", programme("two"), rate=0.25)
    offers.post(two_places)
    assert rates(two_places) == pytest.approx([0.55, 0.35, 0.55])
    assert offers.at(RESEARCH_SUPPORT, "rate", 2).tolist() == pytest.approx([0.55, 0.35])
    assert offers.of(RESEARCH_SUPPORT).rate == 0.35


@pytest.mark.parametrize(
    ("rate", "own", "account"),
    [
        (0.3, [100, 100, 100], [200, 0, 200]),
        (0.05, [300, 100, 300], [0, 0, 0]),
        (0.1, [300, 100, 300], [0, 0, 0]),
    ],
)
def test_on_an_account_falls_what_its_terms_add(two_places, rate, own, account):
    offers = with_block(two_places, rate, beside("one@here", "one"))
    ids, cells = two_places.id[two_places.rows()], np.array([0, 1, 0])
    parts = offers.divide(RESEARCH_SUPPORT, np.array([300, 100, 300]), ids, cells=cells)
    assert [one.name for one, _ in parts] == ["one", "one@here"]
    assert [part.tolist() for _, part in parts] == [pytest.approx(own, abs=1), pytest.approx(account, abs=1)]
    assert sum(part for _, part in parts).tolist() == [300, 100, 300]


def test_the_same_terms_without_an_account_are_no_offer(two_places):
    assert not with_block(two_places, 0.1).differs(RESEARCH_SUPPORT)
    assert with_block(two_places, 0.1, beside("one@here", "one")).differs(RESEARCH_SUPPORT)


def test_what_is_offered_to_all_alike_or_nowhere_else_cannot_be_offered_to_some_cells(two_places):
    offers = Offers()
    offers.make(two_places, "guarantee", "one", programme("one"), share=0.5)
    with pytest.raises(ValueError, match="guarantee is offered to all places and industries alike"):
        offers.make_here(two_places, ("guarantee", "one", {"share": 0.7}), HERE, None)
    with pytest.raises(ValueError, match="offers research_support in a block alone, and nothing elsewhere"):
        offers.make_here(two_places, ("research_support", "one", {"rate": 0.7}), HERE, None)


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
