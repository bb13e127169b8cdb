"""In a running province the parts of each year's change add up to the yuan, whatever its firms do."""

from dataclasses import replace

import numpy as np
import pytest
from another_calendar import exchange

from agents.change.decomposition import GROWTH, Change
from agents.money.flows import AccountingError
from scenarios.region.region import load_region
from sim.change.series import ORIGINS_TOLD, PARTS_TOLD
from sim.change.steps import change_place
from sim.firms import entry
from sim.indicators import CELL_INDICATORS
from sim.model import IndustrialPolicyModel, choose

SCALE, YEARS = 0.01, 4
HUNAN = load_region("hunan")


def by_year(model, name):
    quarters = model.series[:, model.recorded.column[name]]
    return quarters.reshape(-1, 4).sum(axis=1)


def parts(model, ending=""):
    """The sum of the parts that are told: a firm that moves keeps its industry."""
    names = [name for part in PARTS_TOLD if (name := f"change_{part}{ending}") in model.recorded.column]
    return sum(by_year(model, name) for name in names)


def changes(yearly):
    """On the year before; none of the first year."""
    return np.diff(yearly, prepend=yearly[:1])


@pytest.fixture(scope="module")
def model():
    run = IndustrialPolicyModel(choose(scale=SCALE))
    run.run_for(4 * YEARS)
    return run


def test_parts_add_up_to_the_change_of_the_published_series_to_the_yuan(model):
    expected = changes(by_year(model, "sei_value_added"))
    assert expected[1:].all() and not expected[0]
    np.testing.assert_array_equal(parts(model), expected)
    of_origins = sum(by_year(model, f"change_by_{origin}") for origin in ORIGINS_TOLD)
    np.testing.assert_array_equal(of_origins, expected)


def test_they_add_up_in_every_prefecture_and_industry(model):
    cells = model.cells[..., list(CELL_INDICATORS).index("sei_value_added")]
    for place, name in enumerate(HUNAN.prefectures.names):
        np.testing.assert_array_equal(parts(model, f"_{name}"), changes(cells[:, place].sum(axis=1)))
    for place, name in enumerate(HUNAN.industries.names):
        np.testing.assert_array_equal(parts(model, f"_{name}"), changes(cells[:, :, place].sum(axis=1)))


def test_firms_grow_come_and_leave(model):
    found = {part: by_year(model, f"change_{part}")[1:] for part in PARTS_TOLD}
    assert (found["entry"] > 0).all() and (found["arrival"] >= 0).all() and (found["exit"] < 0).any()
    assert not found["transfer"].any() and not found["coverage"].any()


def test_nobody_is_founded_since_2021_before_2021(model):
    assert not any(by_year(model, f"change_by_{name}").any() for name in ORIGINS_TOLD if "lately" in name)


def test_a_share_that_drifts_is_reclassification_and_no_growth():
    spec = choose(scale=SCALE)
    firms = {**spec.parameters["firms"], "emerging_drift": 0.2}
    run = IndustrialPolicyModel(replace(spec, parameters={**spec.parameters, "firms": firms}))
    run.run_for(8)
    assert by_year(run, "change_reclassification")[1] > 0
    np.testing.assert_array_equal(parts(run), changes(by_year(run, "sei_value_added")))


def movers(economy):
    """The largest firms of each industry, and the next prefecture for each."""
    rows = economy.firms.start + 0
    return rows, (economy.firms.prefecture[rows] + 1) % economy.geography.places


@pytest.mark.parametrize("of_year", [0, 2])
def test_firms_that_change_prefecture_leave_no_remainder_in_that_year_or_the_next(monkeypatch, of_year):
    def move_then_enter(economy, now):
        if now.quarter == 4 + of_year:
            change_place(economy, *movers(economy))
        entry.enter(economy, now)

    run = IndustrialPolicyModel(choose(scale=SCALE))
    run.run_for(4)
    exchange(monkeypatch, entry.enter, move_then_enter)
    run.run_for(8)
    np.testing.assert_array_equal(parts(run), changes(by_year(run, "sei_value_added")))
    told = np.array([by_year(run, f"change_transfer_{name}") for name in HUNAN.prefectures.names])
    assert told[:, 1].any() and not told.sum(axis=0).any() and told[:, 2].any() == (of_year > 0)
    assert by_year(run, "change_moved")[1] > 0


def test_a_yuan_that_no_part_explains_stops_the_run(model):
    run = model.branch(model.spec)
    run.run_for(3)
    run.economy.of(Change).told[7, GROWTH] += 1
    said = "I14 change fails: account emerging value added of cell 7, quarter 19: -1 off"
    with pytest.raises(AccountingError, match=f"^{said}$"):
        run.step()


def test_a_firm_that_is_moved_without_a_word_stops_the_run(model):
    run = model.branch(model.spec)
    firms = run.economy.firms
    rows, to = movers(run.economy)
    firms.prefecture[rows] = to
    with pytest.raises(AccountingError, match="I14 change fails"):
        run.run_for(4)
