"""Shocks to productivity: what lasts fades over years, what is brief is gone next January."""

import numpy as np
import pytest

from agents.economy import new_firms
from agents.engine.block import block_of
from agents.engine.rules import stage
from agents.firms.entry import fading_part
from agents.firms.innovation import improve_block
from agents.firms.january import lasting_shock, shock_firms
from agents.firms.start import split_productivity
from agents.firms.work import new_work

N = 20_000
STATIONARY = 0.15**2 / (1.0 - 0.9**2)  # 0.118: a standard deviation of 0.344


@pytest.fixture(scope="module")
def shaken(p):
    return p.but(
        shock_persistence=0.9, lasting_shock_spread=0.15, brief_shock_spread=0.05, productivity_spread=0.64
    )


@pytest.fixture(scope="module")
def january():
    """One January of all firms; luck of each kind the same for all or by row."""

    def run(firms, p, lasting=0.5, brief=0.5):
        first, second = np.full(firms.capacity, 0.5), np.full(firms.capacity, 0.5)
        first[firms.rows()], second[firms.rows()] = lasting, brief
        shock_firms(firms.arrays(), first, second, p, firms.start, firms.stop)
        return firms

    return run


@stage
def improve(firms, p, c, work, low, high):
    improve_block(block_of(firms, low, high), p, c, work)


def columns(firms):
    rows = firms.rows()
    return (
        firms.log_productivity[rows].copy(),
        firms.log_lasting_shock[rows].astype(float),
        firms.log_brief_shock[rows].astype(float),
    )


def test_without_luck_a_tenth_of_the_deviation_fades_in_a_year(shaken):
    assert lasting_shock(0.5, 0.5, shaken) == pytest.approx(0.45, abs=1e-9)
    assert lasting_shock(-0.5, 0.5, shaken) == pytest.approx(-0.45, abs=1e-9)


def test_shocks_have_mean_zero_and_keep_the_variance_that_is_stationary(shaken, even_luck):
    for before in (-0.344, 0.0, 0.7):
        drawn = np.array([lasting_shock(before, luck, shaken) for luck in even_luck])
        assert drawn.mean() == pytest.approx(0.9 * before, abs=1e-6)
        assert drawn.std() == pytest.approx(0.15, rel=5e-3)
    assert pytest.approx(STATIONARY) == 0.9**2 * STATIONARY + 0.15**2


def test_productivity_returns_to_what_it_was(shaken, january, make_firms):
    """+0.2 of lasting and +0.1 of brief shock, then years of middling luck."""
    firms = make_firms(
        2, log_productivity=[7.3, 7.0], log_lasting_shock=[0.2, 0.0], log_brief_shock=[0.1, 0.0]
    )
    january(firms, shaken)
    assert columns(firms)[0] == pytest.approx([7.18, 7.0], abs=1e-6)
    for _ in range(9):
        january(firms, shaken)
    assert columns(firms)[0] == pytest.approx([7.0 + 0.2 * 0.9**10, 7.0], abs=1e-6)


def test_a_brief_shock_is_gone_next_january_and_another_has_come(shaken, january, make_firms):
    firms = make_firms(1, log_productivity=7.0)
    january(firms, shaken, brief=0.8413447)  # one standard deviation up
    assert columns(firms)[0] == pytest.approx([7.05], abs=1e-5)
    january(firms, shaken, brief=0.1586553)
    assert columns(firms)[0] == pytest.approx([6.95], abs=1e-5)


def test_productivity_moves_by_exactly_what_the_two_parts_move(shaken, january, make_firms):
    firms = make_firms(
        3, log_productivity=7.0, log_lasting_shock=[0.3, -0.1, 0.0], log_brief_shock=[0.0, 0.1, 0.0]
    )
    before = columns(firms)
    january(firms, shaken, lasting=[0.1, 0.6, 0.9], brief=[0.7, 0.3, 0.2])
    after = columns(firms)
    moved = after[1] + after[2] - before[1] - before[2]
    assert (moved != 0.0).all()
    assert after[0] - before[0] == pytest.approx(moved, abs=1e-14)


def test_without_shocks_nothing_moves(p, january, make_firms):
    firms = make_firms(2, log_productivity=[7.0, 6.0])
    january(firms, p.but(lasting_shock_spread=0.0, brief_shock_spread=0.0), lasting=0.9, brief=0.1)
    assert columns(firms)[0].tolist() == [7.0, 6.0]


def test_mean_and_spread_of_productivity_do_not_drift_in_ten_years_of_shocks(shaken, january):
    """The first firms' fading part is what the past of the same shocks would have left."""
    chance = np.random.default_rng(4)
    firms = new_firms(np.array([N, *[0] * 8]))
    even = (np.arange(N) + 0.5) / N
    start = 7.0 + shaken.entry.productivity_spread * chance.standard_normal(N)
    firms.add(0, np.arange(1, N + 1), prefecture=0, log_productivity=start)
    low, high = int(firms.start[0]), int(firms.stop[0])
    split_productivity(firms.arrays(), chance.permutation(even), shaken, low, high)
    for _ in range(10):
        january(firms, shaken, chance.permutation(even), chance.permutation(even))
    productivity, lasting, brief = columns(firms)
    assert productivity.mean() - start.mean() == pytest.approx(0.0, abs=3e-3)
    assert lasting.var() == pytest.approx(STATIONARY, rel=0.03)
    assert brief.std() == pytest.approx(0.05, rel=0.01)
    assert productivity.var() - start.var() == pytest.approx(0.05**2, abs=0.01)


def test_the_fading_part_is_that_of_an_autoregression_given_the_whole_deviation(shaken, even_luck):
    """Of a deviation of 0.64, a variance of 0.41, 0.118 are shocks: 29 %, and what is not known of them."""
    share = STATIONARY / 0.64**2
    for deviation in (-0.64, 0.0, 1.28):
        drawn = np.array([fading_part(deviation, 0.64, luck, shaken) for luck in even_luck])
        assert drawn.mean() == pytest.approx(share * deviation, abs=1e-6)
        assert drawn.var() == pytest.approx(STATIONARY * (1.0 - share), rel=1e-2)
    assert share**2 * 0.64**2 + STATIONARY * (1.0 - share) == pytest.approx(STATIONARY)


def test_where_shocks_alone_spread_more_than_firms_do_all_of_a_deviation_fades(p):
    p = p.but(shock_persistence=0.95, lasting_shock_spread=0.3)
    assert fading_part(0.4, 0.64, 0.9, p) == pytest.approx(0.4)


def test_without_shocks_nothing_of_a_deviation_fades(p):
    assert fading_part(0.4, 0.64, 0.9, p.but(lasting_shock_spread=0.0)) == 0.0


def test_the_first_firms_deviate_from_the_mean_of_their_industry(shaken, make_firms):
    firms = make_firms(2, log_productivity=[7.5, 6.5])
    low, high = int(firms.start[0]), int(firms.stop[0])
    split_productivity(firms.arrays(), np.full(2, 0.5), shaken, low, high)
    share = STATIONARY / 0.64**2
    assert columns(firms)[1] == pytest.approx([0.5 * share, -0.5 * share], abs=1e-6)
    assert columns(firms)[0].tolist() == [7.5, 6.5]


def test_a_bad_year_is_no_lack_of_knowledge(p, c, make_firms):
    """Who imitates closes the gap of what lasts: a passing shock moves nothing that is learnt."""
    firms = make_firms(
        3,
        log_productivity=[7.0, 6.6, 7.5],
        log_lasting_shock=[0.0, -0.3, 0.25],
        log_brief_shock=[0.0, -0.1, 0.25],
        research=1e5,
        trailing_sales=1e6,
    )
    before = columns(firms)[0]
    low, high = int(firms.start[0]), int(firms.stop[0])
    work = new_work()
    work.knowledge_growth[:3], work.success[:3], work.spillover[:3] = 0.0, 1.0, 0.0
    improve(firms.arrays(), p, c._replace(frontier=8.0), work, low, high)
    gains = columns(firms)[0] - before
    assert gains[0] > 0.0
    assert gains == pytest.approx(np.full(3, gains[0]), rel=1e-5)
