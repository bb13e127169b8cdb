"""Statistical coverage in the model: what is published drifts, and nothing that anybody does."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.change.decomposition import Change
from agents.coverage.coverage import Coverage
from scenarios.region.region import load_region
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of, simulate_from

COLUMN = series_of().column
PUBLISHED = {"sei_value_added_published", "sei_value_added_capitalised_published", "rd_total_published"}
COVERAGES = {"statistical_coverage", "statistical_coverage_of_research"}
OF_CHANGE = {name for name in COLUMN if name.startswith("change_coverage")}  # its part of a year's change
UP, DOWN = 0.02, -0.02
CELLS = load_region("hunan").geography.cells


def drifting(scenario, drift, since=2021):
    return scenario.changed({("statistical_coverage", "drift"): ((since, drift),)})


@pytest.fixture(scope="module")
def runs():
    """What is in force, a drift up, down, and of 2023 alone, each with the same luck and past."""
    past = past_of(choose(scale=0.01, replication=1))
    usual = past.spec.scenario
    once = usual.changed({("statistical_coverage", "drift"): ((2023, UP), (2024, 0.0))})
    asked = [usual, drifting(usual, UP), drifting(usual, DOWN), once, drifting(usual, 0.0)]
    return simulate_from(past, [replace(past.spec, scenario=one) for one in asked])


def of(run, name):
    return run.series[:, COLUMN[name]]


def yearly(run, name):
    return of(run, name).reshape(-1, 4)[:, 0]


def test_only_what_is_published_moves(runs):
    usual, *others = runs
    for run in others[:3]:
        moved = {n for n, k in COLUMN.items() if not np.array_equal(run.series[:, k], usual.series[:, k])}
        assert moved <= PUBLISHED | COVERAGES | OF_CHANGE
        assert "change_coverage" in moved
        assert "sei_value_added_published" in moved
        assert np.array_equal(run.cells, usual.cells)
        assert run.public_cost == usual.public_cost


def test_at_zero_it_is_the_baseline_to_the_last_bit(runs):
    assert np.array_equal(runs[4].series, runs[0].series)


def test_nothing_else_of_the_economy_is_another():
    spec = choose(scale=0.01)
    models = [
        IndustrialPolicyModel(replace(spec, scenario=drifting(spec.scenario, drift, 2016)))
        for drift in (0.0, UP)
    ]
    for model in models:
        model.run_for(6)
    levels = [model.economy.of(Coverage).of_value_added for model in models]
    assert levels[0] == 1.0
    assert levels[1] == pytest.approx((1.0 + UP) ** 2)
    models[1].economy.others[Coverage] = models[0].economy.of(Coverage)
    models[1].economy.offers = models[0].economy.offers  # of the quarter: what the lever said
    changes = [model.economy.of(Change) for model in models]
    assert not changes[0].covered.any() and changes[1].covered.any()
    for change in changes:
        change.covered = change.covered_before = None  # what is published beside what firms made
    series = {f"series.{name}" for name in PUBLISHED | COVERAGES}
    assert set(differences(*models)) <= series


def test_what_is_published_is_activity_times_coverage(runs):
    for run in runs:
        covered = of(run, "statistical_coverage") * of(run, "sei_value_added")
        whole_yuan = 0.5 * CELLS  # cell by cell, so that the parts of the change add up
        assert of(run, "sei_value_added_published") == pytest.approx(covered, rel=0.0, abs=whole_yuan)
        of_research = (of(run, "statistical_coverage_of_research") - 1.0) * of(run, "rd_enterprises")
        assert of(run, "rd_total_published") == pytest.approx(of(run, "rd_total") + of_research)


def test_to_2020_published_is_activity(runs):
    assert (of(runs[1], "statistical_coverage")[:20] == 1.0).all()
    assert np.array_equal(of(runs[1], "rd_total_published")[:20], of(runs[1], "rd_total")[:20])


def test_the_drift_of_the_lever_is_added_to_that_of_the_world(runs):
    growth = [
        yearly(run, "statistical_coverage")[5:] / yearly(run, "statistical_coverage")[4:-1] for run in runs
    ]
    assert growth[0] == pytest.approx(np.full(5, growth[0][0]))
    assert growth[0][0] != 1.0
    assert growth[1] - growth[0] == pytest.approx(np.full(5, UP))
    assert growth[2] - growth[0] == pytest.approx(np.full(5, DOWN))
    assert growth[3] - growth[0] == pytest.approx([0.0, 0.0, UP, 0.0, 0.0])


def test_research_moves_with_a_part_of_it(runs):
    more = yearly(runs[1], "statistical_coverage")[-1] - yearly(runs[0], "statistical_coverage")[-1]
    of_research = (
        yearly(runs[1], "statistical_coverage_of_research")[-1]
        - yearly(runs[0], "statistical_coverage_of_research")[-1]
    )
    assert 0.0 < of_research < more
