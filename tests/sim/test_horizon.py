"""A run may go on after the plan: nothing before 2026 changes, and everything goes on from there."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.spec import LATEST_YEAR
from scenarios.worlds.path import draw_world
from scenarios.worlds.world import load_world
from sim.indicators import series_of
from sim.model import choose
from sim.run import simulate

COLUMN = series_of().column
SPECS = [choose(name, scale=0.01, replication=1) for name in ("as_in_2020", "plan")]


@pytest.fixture(scope="module")
def outcomes():
    """Of the baseline and the plan: to 2025, and to 2030."""
    longer = [replace(spec, last_year=LATEST_YEAR) for spec in SPECS]
    return list(zip(simulate(SPECS), simulate(longer), strict=True))


def test_to_2025_a_run_that_goes_on_has_the_same_bits(outcomes):
    for usual, longer in outcomes:
        assert (len(usual.series), len(longer.series), len(longer.cells)) == (40, 60, 15)
        assert longer.series[:40].tobytes() == usual.series.tobytes()
        assert longer.cells[:10].tobytes() == usual.cells.tobytes()


def test_what_a_scenario_appropriates_is_counted_to_2025_whatever_the_horizon(outcomes):
    assert all(usual.public_cost == longer.public_cost for usual, longer in outcomes)


@pytest.mark.parametrize("name", ["gdp", "population", "price_index", "sei_value_added", "rd_total", "hnte"])
def test_every_path_goes_on_after_2025(outcomes, name):
    after = outcomes[0][1].series[39:, COLUMN[name]]
    assert (
        np.isfinite(after).all() and len(np.unique(after)) > len(after) // 2
    )  # counts of a small province may recur


def test_levers_hold_their_value_of_2025(outcomes):
    plan = SPECS[1].scenario
    assert plan.lever_values("innovation_procurement", 2030) == plan.lever_values(
        "innovation_procurement", 2025
    )
    spent = outcomes[1][1].series[36:, COLUMN["programme_innovation_procurement"]].reshape(6, 4).sum(axis=1)
    assert spent[0] > 0.0 and spent == pytest.approx(spent[0], rel=0.02)


def test_the_luck_of_markets_to_2025_does_not_hang_on_the_years_after():
    world = load_world("as_expected_in_2020")
    later = [name for name in world.fan if name.startswith("market_year_") and int(name[-4:]) > 2025]
    assert len(later) == 5
    still = draw_world(world, dict.fromkeys(world.fan, 0.5))
    moved = draw_world(world, dict.fromkeys(world.fan, 0.5) | {"market_year_2028": 0.9})
    same = (still.market == moved.market).all(axis=1)
    assert same[: 8 + 48].all() and not same[8 + 48 :].any()  # 2028Q1 is the quarter 48


def test_other_horizons_are_other_runs():
    assert SPECS[0].canonical() != replace(SPECS[0], last_year=LATEST_YEAR).canonical()
