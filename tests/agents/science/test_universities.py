"""Institutions perform the research they are paid for; patents and knowledge follow from it."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.money.flows import Flow, Sector
from agents.money.ledger import Accounts, Ledger
from agents.science.universities import (
    Examination,
    PatentClimate,
    Universities,
    UniversityParameters,
    funding,
    patent_mean,
)
from scenarios.load import central_values, load_parameters

PARAMETERS = UniversityParameters(**central_values(load_parameters())["universities"])
LUCK = np.full((4, 3), 0.5)


def institutions(scale=1.0, high_value_share=0.35, lag=8, past_ten=0.0):
    """Two universities in prefectures 0 and 2, three to one in size, and an institute in prefecture 0."""
    return Universities(
        PARAMETERS,
        ("first", "second", "third"),
        ("university", "university", "institute"),
        np.array([0, 2, 0]),
        np.array([0.75, 0.25, 1.0]),
        np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]),
        Examination(lag, np.full(3, high_value_share), (past_ten, past_ten)),
        scale,
    )


def funded(universities, province=10**12, quarter=0):
    accounts = Accounts(14, len(universities))
    ledger = Ledger(accounts, SimpleNamespace())
    ledger.set_opening([(accounts.province, province)], 0, 0, 0)
    ledger.credit_line[accounts.central] = 2**60
    ledger.open_quarter(quarter, 0, 0)
    universities.receive_core(ledger, 2016 + quarter // 4)
    return ledger


@pytest.mark.parametrize(
    ("kind", "year", "published", "contracts"),
    [
        ("university", 2016, 26.4e8, 7.91e8),
        ("university", 2017, 30.11e8, 9.52e8),
        ("university", 2020, 81.8e8, 14.46e8),
        ("institute", 2016, 21.6e8, 0.0),
        ("institute", 2017, 31.81e8, 0.0),
        ("institute", 2020, 42.6e8, 0.0),
    ],
)
def test_funding_and_contracts_give_the_published_research(kind, year, published, contracts):
    assert funding(PARAMETERS, kind, year) + contracts == pytest.approx(published, rel=0.01)


def test_funding_grows_more_slowly_after_2020():
    growth = [
        funding(PARAMETERS, "university", y + 1) / funding(PARAMETERS, "university", y) for y in (2019, 2020)
    ]
    assert growth[1] - 1 == pytest.approx(PARAMETERS.university_growth_after_2020)
    assert growth[1] < growth[0]


def test_research_is_what_was_received_and_spent():
    universities = institutions()
    ledger = funded(universities)
    received = int(ledger.balance[ledger.accounts.universities].sum())
    universities.perform_research(ledger)
    assert ledger.balance[ledger.accounts.universities].tolist() == [0, 0, 0]
    assert int(universities.research.sum()) == received
    assert sum(universities.research_by_kind()) == received


def test_research_staff_is_paid_where_the_institution_stands():
    universities = institutions()
    ledger = funded(universities)
    universities.perform_research(ledger)
    paid = ledger.balance[ledger.accounts.households]
    wages = universities.research * 45 // 100
    assert paid.tolist() == [wages[0] + wages[2], 0, wages[1], *[0] * 11]


def test_contracts_of_firms_raise_research_by_as_much():
    with_contract, without = institutions(), institutions()
    ledger, other = funded(with_contract), funded(without)
    ledger.post(ledger.accounts.outside, ledger.accounts.first_university, 10**6, Flow.RESEARCH_CONTRACTS)
    with_contract.perform_research(ledger)
    without.perform_research(other)
    assert (with_contract.research - without.research).tolist() == [10**6, 0, 0]


def test_a_poor_province_pays_what_it_has_and_the_centre_the_rest():
    universities = institutions()
    ledger = funded(universities, province=1000)
    assert ledger.balance[ledger.accounts.province] == 0
    assert ledger.flow_matrix[(Sector.PROVINCE, Sector.UNIVERSITIES, Flow.UNIVERSITY_CORE, None)] == 1000


def test_only_universities_take_contracts():
    assert institutions().contract_weights.tolist() == [0.75, 0.25, 0.0]


def test_patents_begin_at_the_stock_of_2015():
    universities = institutions()
    assert universities.valid[:2].sum() == 7022
    assert universities.valid[2] == 598


def test_applications_do_not_depend_on_how_many_share_the_research():
    whole = patent_mean(1e9, 1.0, 3e-3, 0.6)
    parts = patent_mean(0.75e9, 0.75, 3e-3, 0.6) + patent_mean(0.25e9, 0.25, 3e-3, 0.6)
    assert parts == pytest.approx(whole, rel=1e-12)


def test_more_research_files_more_patents_but_less_than_in_proportion():
    one, two = patent_mean(1e9, 0.5, 3e-3, 0.6), patent_mean(2e9, 0.5, 3e-3, 0.6)
    assert one < two < 2 * one


@pytest.mark.parametrize("lag", [6, 8, 10])
def test_what_is_filed_now_is_granted_after_the_lag(lag):
    universities = institutions(lag=lag)
    universities.research[:] = 10**11
    universities.learn(0, 1.0, LUCK)
    filed = universities.pending[0].copy()
    assert (filed > 100).all()
    universities.research[:] = 0
    before_grant = None
    for quarter in range(1, lag + 1):
        before_grant = universities.valid.copy()
        universities.learn(quarter, 1.0, np.full((4, 3), 0.0))
    lapsed = (PARAMETERS.patent_lapse / 4.0 * before_grant).astype(int)
    assert (universities.valid - before_grant == filed - lapsed).all()


@given(st.lists(st.floats(0.0, 0.999), min_size=12, max_size=12))
def test_patents_are_whole_and_high_value_ones_among_them(uniforms):
    universities = institutions(high_value_share=0.5)
    universities.research[:] = 10**9
    luck = np.array(uniforms).reshape(4, 3)
    for quarter in range(12):
        universities.learn(quarter, 1.0, luck)
        assert (universities.high_value >= 0).all()
        assert (universities.high_value <= universities.valid).all()


def climate(**changes):
    return PatentClimate(1.0, 0.0, np.zeros(2))._replace(**changes)


def test_inventions_are_of_high_value_by_share_of_grants_and_by_turning_ten():
    universities = institutions(high_value_share=0.4)
    universities.valid[:], universities.high_value[:] = 1000, 200
    universities.pending[0] = 100
    universities.learn(0, 1.0, np.zeros((4, 3)), climate(shift=0.1, maturing=np.array([0.05, 0.0])))
    lapsed = int(PARAMETERS.high_value_lapse / 4.0 * 200)
    assert universities.high_value.tolist() == [200 + 90 - lapsed, 200 + 90 - lapsed, 200 + 50 - lapsed]
    assert universities.granted_plain == pytest.approx([50.0] * 3)


@pytest.mark.parametrize(("shift", "plain"), [(-1.0, 100.0), (1.0, 0.0)])
def test_a_drive_for_quality_counts_no_less_than_none_and_no_more_than_all(shift, plain):
    universities = institutions()
    universities.pending[0] = 100
    universities.learn(0, 1.0, np.zeros((4, 3)), climate(shift=shift))
    assert universities.granted_plain.tolist() == [plain] * 3


def test_what_was_filed_ten_years_before_2016_is_of_high_value_at_the_start():
    universities = institutions(high_value_share=0.5, past_ten=0.2)
    assert universities.high_value == pytest.approx(0.6 * universities.valid, abs=0.5)


def test_a_tenth_more_applications_are_filed_at_a_higher_level():
    usual, more = institutions(), institutions()
    for universities, level in ((usual, 1.0), (more, 1.1)):
        universities.research[:] = 10**11
        universities.learn(0, 1.0, np.zeros((4, 3)), climate(applications=level))
    assert more.pending[0] == pytest.approx(1.1 * usual.pending[0], abs=2)


def test_sums_by_kind_are_of_universities_and_of_institutes():
    assert institutions().by_kind(np.array([1.0, 2.0, 4.0])) == [3.0, 4.0]


def test_knowledge_depreciates_and_grows_by_deflated_research():
    universities = institutions()
    universities.research[:] = 4000
    before = universities.knowledge.copy()
    universities.learn(0, 2.0, LUCK)
    assert universities.knowledge == pytest.approx(before * (1 - 0.15 / 4) + 2000)


def test_knowledge_reaches_the_fields_and_prefectures_of_its_holders():
    universities = institutions()
    universities.knowledge[:] = [10.0, 20.0, 40.0]
    cells = universities.knowledge_cells(14)
    assert cells.shape == (2, 14)
    assert cells[:, 0].tolist() == [10.0, 40.0]
    assert cells[:, 2].tolist() == [10.0, 10.0]
    assert cells.sum() == 70.0
    assert universities.knowledge_cells(14, np.array([1.0, 1.0, 1.5]))[1, 0] == 60.0


def test_scale_multiplies_money_patents_and_applications():
    one, two = institutions(), institutions(scale=2.0)
    assert two.valid.tolist() == pytest.approx((2 * one.valid).tolist(), abs=1)
    for universities, size in ((one, 1), (two, 2)):
        universities.research[:] = size * 10**9
        universities.learn(0, 1.0, LUCK)
    assert two.pending[0] == pytest.approx(2 * one.pending[0], abs=2)
    first = funded(one).balance[Accounts(14, 3).universities]
    assert funded(two).balance[Accounts(14, 3).universities] == pytest.approx(2 * first, abs=3)
