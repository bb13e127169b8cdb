"""The baseline beside published figures: what is read off a run, and when it is a hit."""

import numpy as np
import pandas as pd
import pytest

from experiments.evidence import fit_base_page, plausibility
from experiments.evidence.past import YEARS, Past, baseline, past
from experiments.evidence.plausibility import Figure
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from sim.indicators import CELL_INDICATORS, series_of
from sim.model import choose

SMALL = 0.02  # of the real number of firms


@pytest.fixture(scope="module")
def small_past() -> Past:
    return past(choose(scale=SMALL))


def toy(**annual: list[float]) -> Past:
    """A run known by some yearly values alone."""
    known = {name: np.array(values, float) for name, values in annual.items()}
    return Past(
        known, np.zeros((5, 14, 9, len(CELL_INDICATORS))), np.zeros((5, 14)), {"enterprises": 7.0}, 0.0, 0.9
    )


def certified(*values: float) -> list[dict]:
    figure = Figure("certified", "enterprises", plausibility.series("hnte", 1.0), {2020: 100.0}, within=0.15)
    return plausibility.rows_of(figure, [toy(hnte=[0, 0, 0, 0, value]) for value in values])


def test_the_median_decides_not_the_spread():
    (row,) = certified(50.0, 110.0, 300.0)
    assert (row["median"], row["hit"]) == (110.0, True)


def test_a_median_outside_the_tolerance_misses():
    assert [certified(value)[0]["hit"] for value in (84.0, 85.0, 115.0, 116.0)] == [False, True, True, False]


def test_points_are_absolute():
    figure = Figure("share", "%", plausibility.series("x", 1.0), {2020: 43.6}, points=6.0)
    assert figure.allowed(2020) == pytest.approx((37.6, 49.6))


def test_a_range_is_compared_in_every_year():
    figure = Figure("entry", "%", plausibility.series("x", 1.0), between=(8.0, 14.0))
    assert figure.years == list(YEARS)


def test_entry_and_exit_are_shares_of_the_firms_at_the_start_of_the_year():
    run = toy(firms=[110.0] * 5, entrants=[15.0] * 5, relocations=[5.0] * 5, exits=[10.0] * 5)
    assert plausibility.entry_rate(run)[0] == pytest.approx(20.0)
    assert plausibility.exit_rate(run)[0] == pytest.approx(10.0)


def test_certified_firms_of_a_year_are_held_against_those_of_the_year_before():
    run = toy(hnte=[10.0, 12.0, 15.0, 19.0, 30.0])
    assert plausibility.increase_of_certified(run)[1:].tolist() == [2.0, 3.0, 4.0, 11.0]
    region = load_region(DEFAULT_REGION)
    (figure,) = [f for f in plausibility.figures(region) if f.name == "certified, increase in the year"]
    assert figure.published == {2018: 1507.0, 2019: 1627.0, 2020: 2334.0}


def test_growth_since_2016_is_a_yearly_mean():
    run = toy(sei_value_added_real=[100.0, 0.0, 0.0, 0.0, 100.0 * 1.099**4])
    assert plausibility.real_growth_in_the_model(run)[-1] == pytest.approx(9.9)


def test_everything_published_to_2020_is_compared_and_nothing_later():
    years = {year for figure in plausibility.figures(load_region(DEFAULT_REGION)) for year in figure.years}
    assert years == set(YEARS)


def test_what_was_published_is_always_a_hit_itself():
    for figure in plausibility.figures(load_region(DEFAULT_REGION)):
        for year in figure.years:
            low, high = figure.allowed(year)
            assert low < high
            assert low <= figure.published.get(year, low) <= high


def test_a_path_is_off_by_the_mean_of_its_years():
    table = pd.DataFrame(
        {"figure": ["a", "a", "b"], "median": [110.0, 95.0, 1.0], "published": [100.0, 100.0, np.nan]}
    )
    assert plausibility.path_errors(table).to_dict() == {"a": pytest.approx(7.5)}


def test_the_cells_of_a_run_add_up_to_its_series(small_past):
    by_year = small_past.cell("value_added").sum(axis=1)
    assert by_year == pytest.approx(small_past.annual["technology_value_added"])


def test_research_of_institutions_by_place_is_that_of_universities_and_institutes(small_past):
    total = small_past.annual["rd_universities"] + small_past.annual["rd_institutes"]
    assert small_past.institutions.sum(axis=1) == pytest.approx(total)


def test_inventions_by_owner_add_up_to_all_in_force(small_past):
    assert sum(small_past.inventions.values()) == small_past.annual["patents_valid"][-1]


def test_firms_at_the_start_of_a_year_are_those_at_the_end_of_the_last(small_past):
    assert plausibility.firms_at_start(small_past)[1:].tolist() == small_past.annual["firms"][:-1].tolist()


def test_every_figure_can_be_read_off_a_run(small_past):
    table = plausibility.comparison([small_past])
    assert not table["median"].isna().any()
    assert set(table["figure"]) == {
        figure.name for figure in plausibility.figures(load_region(DEFAULT_REGION))
    }


def test_a_run_to_2020_keeps_five_years(small_past):
    assert small_past.cells.shape[0] == len(YEARS)
    assert set(small_past.annual) == set(series_of().indicators)


def test_baseline_runs_differ_in_luck_alone():
    first, second = baseline(2)
    assert (first.replication, second.replication) == (0, 1)
    assert first.parameters == second.parameters
    assert first.scenario.name == "as_in_2020"


def test_figures_with_one_name_stand_once():
    names = [figure.name for figure in plausibility.figures(load_region(DEFAULT_REGION))]
    assert len(names) == len(set(names))


def test_the_page_names_every_figure_and_every_miss(small_past):
    table = plausibility.comparison([small_past])
    text = fit_base_page.page(table, None, 1)
    assert all(name in text for name in table["figure"])
    assert text.count("MISS") >= (~table["hit"]).sum()


def test_no_published_value_is_typed_twice():
    series = load_region("hunan").series["hnte"].years
    (figure,) = [f for f in plausibility.figures(load_region(DEFAULT_REGION)) if f.name == "certified"]
    assert {year: figure.published[year] for year in figure.years} == {
        y: v for y, v in series.items() if y in YEARS
    }
