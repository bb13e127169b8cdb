"""What is read off the past of a run, and that every row of the shipped file can be."""

import numpy as np
import pytest

from experiments.evidence.facts import paths
from experiments.evidence.facts.fact import load_facts
from experiments.evidence.past import YEARS, Past, baseline, past
from scenarios.region.region import load_region
from sim.indicators import CELL_INDICATORS, series_of
from sim.model import choose

SMALL = 0.02  # of the real number of firms
HUNAN = load_region("hunan")


@pytest.fixture(scope="module")
def small_past() -> Past:
    return past(choose(scale=SMALL))


def toy(**annual: list[float]) -> Past:
    """A run known by some yearly values alone."""
    known = {name: np.array(values, float) for name, values in annual.items()}
    return Past(
        known, np.zeros((5, 14, 9, len(CELL_INDICATORS))), np.zeros((5, 14)), {"enterprises": 7.0}, 0.0, 0.9
    )


def test_entry_and_exit_are_shares_of_the_firms_at_the_start_of_the_year():
    run = toy(firms=[110.0] * 5, entrants=[15.0] * 5, relocations=[5.0] * 5, exits=[10.0] * 5)
    assert paths.entry_rate(run)[0] == pytest.approx(20.0)
    assert paths.exit_rate(run)[0] == pytest.approx(10.0)


def test_growth_since_2016_is_a_yearly_mean():
    run = toy(sei_value_added_real=[100.0, 0.0, 0.0, 0.0, 100.0 * 1.099**4])
    assert paths.real_growth_from_2016(run)[-1] == pytest.approx(9.9)


def test_research_by_place_adds_firms_and_institutions():
    run = toy()
    run.cells[:, 0, 2, list(CELL_INDICATORS).index("research")] = 30.0
    run.research_of_others[:, 0], run.research_of_others[:, 13] = 10.0, 60.0
    assert paths.research_by_place(run)[1, [0, 13]].tolist() == [40.0, 60.0]
    assert paths.research_of_the_core(run)[1] == 40.0


def test_certified_by_place_are_shares():
    run = toy()
    run.cells[:, [0, 1], 0, list(CELL_INDICATORS).index("certified")] = 3.0, 1.0
    assert paths.certified_by_place(run)[4, :2].tolist() == [75.0, 25.0]


def test_the_cost_of_a_research_worker_is_in_ten_thousand_yuan():
    run = toy(rd_firms=[1e10] * 5, research_staff=[20_000.0] * 5)
    assert paths.per_research_worker(run)[0] == 50.0


def test_inventions_of_an_owner_are_known_at_the_end_alone():
    found = paths.at_the_end("enterprises")(toy())
    assert np.isnan(found[:-1]).all() and found[-1] == 7.0


def test_the_cells_of_a_run_add_up_to_its_series(small_past):
    by_year = small_past.cell("value_added").sum(axis=1)
    assert by_year == pytest.approx(small_past.annual["technology_value_added"])


def test_research_of_others_by_place_is_that_of_institutions_and_of_other_enterprises(small_past):
    total = sum(small_past.annual[name] for name in ("rd_universities", "rd_institutes", "rd_rest"))
    assert small_past.research_of_others.sum(axis=1) == pytest.approx(total)


def test_shares_of_high_value_by_owner_make_up_all_of_high_value(small_past):
    shares, held = small_past.high_value, small_past.inventions
    valued = sum(shares[owner] * held[owner] for owner in held)
    assert set(shares) == {"enterprises", "universities", "institutes", "others"}
    assert valued == pytest.approx(small_past.annual["high_value_patents"][-1])


def test_inventions_by_owner_add_up_to_all_in_force(small_past):
    assert sum(small_past.inventions.values()) == small_past.annual["patents_valid"][-1]


def test_firms_at_the_start_of_a_year_are_those_at_the_end_of_the_last(small_past):
    assert paths.firms_at_start(small_past)[1:].tolist() == small_past.annual["firms"][:-1].tolist()


def test_every_path_can_be_read_off_a_run(small_past):
    for name, fact in load_facts("hunan").items():
        measure = fact.measurement
        if measure is not None and measure.needs == "past":
            values = fact.changes(measure.read_past(small_past))
            assert all(np.isfinite(values[cell.place]) for cell in fact.cells(HUNAN)), name


def test_a_run_to_2020_keeps_five_years(small_past):
    assert small_past.cells.shape[0] == len(YEARS)
    assert set(small_past.annual) == set(series_of().indicators)


def test_baseline_runs_differ_in_luck_alone():
    first, second = baseline(2)
    assert (first.replication, second.replication) == (0, 1)
    assert first.parameters == second.parameters
    assert first.scenario.name == "as_in_2020"
