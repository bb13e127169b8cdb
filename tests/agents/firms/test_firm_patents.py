"""Patents: expected by research and knowledge, granted after a lag, lapsing, some of high value."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.economy import empty_totals
from agents.engine.block import block_of
from agents.engine.rules import stage
from agents.firms.firm import PENDING_QUARTERS
from agents.firms.innovation import (
    age_patents,
    grant_quarters,
    high_value_rate,
    log_patent_mean,
    patent_block,
)
from agents.firms.work import new_work
from agents.geography import Geography

COUNTED = ("granted", "applied", "high_value_new")


def test_a_firm_at_the_reference_expects_its_own_propensity(p, c):
    assert log_patent_mean(math.log(1e6), math.log(2e6), 0.4, p, c) == pytest.approx(0.4)


def test_four_times_the_research_doubles_applications_at_an_elasticity_of_a_half(p, c):
    p = p.but(patent_research_elasticity=0.5)
    assert log_patent_mean(math.log(4e6), math.log(2e6), 0.0, p, c) == pytest.approx(math.log(2.0))


def test_four_times_the_knowledge_doubles_applications_at_an_elasticity_of_a_half(p, c):
    p = p.but(patent_knowledge_elasticity=0.5)
    assert log_patent_mean(math.log(1e6), math.log(8e6), 0.0, p, c) == pytest.approx(math.log(2.0))


@pytest.mark.parametrize(("emerging", "rate"), [(0.0, 0.28), (0.5, 0.712), (0.7, 0.8848), (0.9, 1.0)])
def test_an_invention_is_of_high_value_in_an_emerging_industry_abroad_or_proven(p, emerging, rate):
    p = p.but(patents_emerging=1.2, high_value_abroad=0.2, high_value_proven=0.1)
    assert high_value_rate(emerging, 0.0, p) == pytest.approx(rate)


def test_a_drive_for_quality_moves_the_share_and_leaves_it_one(p):
    p = p.but(patents_emerging=1.0, high_value_abroad=0.0, high_value_proven=0.0)
    assert high_value_rate(0.5, 0.05, p) == pytest.approx(0.55)
    assert (high_value_rate(0.99, 0.05, p), high_value_rate(0.01, -0.05, p)) == (1.0, 0.0)


@pytest.mark.parametrize(("lag", "quarters"), [(5.5, 6), (6.49, 6), (6.5, 7), (8.0, 8), (10.49, 10)])
def test_the_lag_is_the_nearest_whole_quarter_and_fits_the_room(p, lag, quarters):
    assert grant_quarters(p.but(grant_lag=lag)) == quarters <= PENDING_QUARTERS


@stage
def patent_rows(firms, luck, p, c, local, work, totals, span):
    first, last = span
    firm, drawn = block_of(firms, first, last), block_of(luck, first, last)
    patent_block(firm, drawn, p, c, local, work, totals)


@pytest.fixture
def run_patents(p, c, alike, same_luck):
    """Runs the patents of the firms for some quarters from quarter 0; returns counts by quarter."""

    def run(firms, quarters, luck, local=None, **changes):
        drawn, span = same_luck(firms.capacity, luck), (int(firms.start[0]), int(firms.stop[0]))
        around, behaviour = local or alike, p.but(**changes)
        found = []
        for quarter in range(quarters):
            totals, now = empty_totals(Geography(14, 9)), c._replace(quarter=quarter)
            patent_rows(firms.arrays(), drawn, behaviour, now, around, new_work(), totals, span)
            found.append([int(getattr(totals, name)[0]) for name in COUNTED])
        return np.array(found)

    return run


def test_a_firm_without_research_never_applies(make_firms, run_patents):
    firms = make_firms(3, log_knowledge=20.0, log_patent_propensity=2.0)
    assert not run_patents(firms, 2 * PENDING_QUARTERS, 0.999).any()
    assert not firms.patents.any()


@pytest.mark.parametrize("lag", [6, 7, 8, 9, 10])
def test_an_application_is_granted_after_the_lag(make_firms, run_patents, lag):
    firms = make_firms(1, research=1e6, log_knowledge=math.log(1e7))
    granted, applied = run_patents(firms, 24, 0.95, patent_lapse=0.0, grant_lag=lag)[:, :2].T.tolist()
    assert applied[0] > 0
    assert granted[:lag] == [0] * lag
    assert granted[lag:] == applied[:-lag]


def test_every_grant_is_held_when_nothing_lapses(make_firms, run_patents):
    firms = make_firms(3, research=[1e5, 1e6, 1e7], log_knowledge=math.log(1e7))
    counts = run_patents(firms, 20, 0.9, patent_lapse=0.0)
    assert firms.patents.sum() == counts[:, 0].sum() > 0
    assert firms.high_value_patents.sum() == counts[:, 2].sum()


def aged(firms, luck, p, c, granted=0):
    totals, row = empty_totals(Geography(14, 9)), int(firms.start[0])
    age_patents(firms.arrays(), luck, p, c, totals, granted, row)
    return int(firms.patents[row]), int(firms.high_value_patents[row]), totals


def test_half_of_ten_inventions_and_of_their_four_valuable_ones_lapse(p, c, make_firms, same_luck):
    firms = make_firms(1, patents=10, high_value_patents=4)
    held, valued, totals = aged(firms, same_luck(firms.capacity), p.but(patent_lapse=0.5), c)
    assert (held, valued) == (5, 2)
    assert (totals.lapsed[0], totals.high_value_lapsed[0]) == (5, 2)
    assert (totals.granted[0], totals.high_value_new[0]) == (0, 0)


def test_four_of_ten_granted_inventions_are_of_high_value_at_half_emerging_revenue(
    p, c, make_firms, same_luck
):
    firms = make_firms(1, emerging_share=0.5)
    p = p.but(patent_lapse=0.0, patents_emerging=0.8, high_value_abroad=0.0, high_value_proven=0.0)
    held, valued, _ = aged(firms, same_luck(firms.capacity), p, c, granted=10)
    assert (held, valued) == (10, 4)


def test_a_fifth_of_the_other_inventions_matures(p, c, make_firms, same_luck):
    firms = make_firms(1, patents=10, high_value_patents=5)
    c = c._replace(maturing=0.2)
    held, valued, _ = aged(firms, same_luck(firms.capacity), p.but(patent_lapse=0.0), c)
    assert (held, valued) == (10, 6)


@given(
    st.integers(0, 500),
    st.integers(0, 500),
    st.integers(0, 50),
    st.floats(0.001, 0.999),
    st.floats(0.0, 0.5),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)
def test_inventions_of_high_value_never_exceed_those_held(
    p, c, make_firms, same_luck, held, valued, granted, luck, lapse, ageing, emerging
):
    firms = make_firms(1, patents=held, high_value_patents=min(held, valued), emerging_share=emerging)
    p, c = p.but(patent_lapse=lapse), c._replace(maturing=ageing)
    held_after, valued_after, totals = aged(firms, same_luck(firms.capacity, luck), p, c, granted)
    assert 0 <= valued_after <= held_after
    assert held_after == held + granted - totals.lapsed[0]
    changed = totals.high_value_new[0] - totals.high_value_lapsed[0]
    assert valued_after == min(held, valued) + changed
