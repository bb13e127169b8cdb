"""Outcomes beside forecasts: what is scored, what is pooled, and what stands apart."""

import json
from dataclasses import replace

import numpy as np
import pytest
from made_up_forecast import SETTING, forecast, life, published

from experiments.command.printed_json import printed_json
from experiments.hindcast import naive, scores
from experiments.hindcast.forecast import Forecast, forecast_of
from experiments.hindcast.outcomes import Outcome
from experiments.hindcast.scored import scored
from experiments.hindcast.table import in_json, lines


def point(indicator, year, value, middle, setting=SETTING, **told):
    result = scored(
        [Outcome(indicator, year, value)], forecast(**{indicator: middle}), published(**told), setting
    )
    return result.points[0]


def test_a_point_has_the_scores_of_its_sample():
    one = point("rd_total", 2019, 790, 800)
    sample = forecast(rd_total=800).samples("rd_total", 2019)
    assert one.crps == scores.crps(sample, 790) and one.pit == scores.pit(sample, 790)
    assert one.spread.covers(790, 90) and one.scaled and not one.apart and not one.alone


def test_a_naive_forecast_in_our_place_has_no_skill_over_itself():
    outcomes = [Outcome("rd_total", year, value) for year, value in ((2019, 787.16), (2020, 898.7))]
    known = published().history("rd_total", 2018)
    shares = (np.arange(4000) + 0.5) / 4000
    path = np.zeros((4000, 15))
    for place, year in ((3, 2019), (4, 2020)):
        bell = naive.walk_in_logs(known, year)
        path[:, place] = [bell.quantile(share) for share in shares]
    ours = Forecast({"rd_total": path}, {"rd_total": path})
    result = scored(outcomes, ours, published(), SETTING)
    assert result.pooled["walk_in_logs"].skill.value == pytest.approx(0, abs=0.01)
    assert result.skills["rd_total"]["walk_in_logs"] == pytest.approx(0, abs=0.01)
    assert result.pooled["trend"].skill.value > 0.5
    assert not any(name == "walk_in_logs" for _, name in result.excluded)


def test_gdp_is_never_pooled_and_not_scored_in_a_world_that_contains_it():
    known = point("gdp", 2020, 41781.49, 41000)
    assert known.apart == "world as_expected_in_2020 contains it" and np.isnan(known.crps)
    drawn = point("gdp", 2021, 45000, 45000, replace(SETTING, train_to=2020))
    assert not drawn.apart and drawn.alone == "GDP is never pooled"
    happened = point("gdp", 2021, 45000, 45000, replace(SETTING, train_to=2020, world="as_happened"))
    assert happened.apart == "world as_happened contains it"


def test_gdp_stands_apart_even_where_it_is_scored():
    setting = replace(SETTING, train_to=2020)
    outcomes = [Outcome("gdp", 2021, 45000), Outcome("rd_total", 2021, 1000)]
    result = scored(outcomes, forecast(gdp=45000, rd_total=1000), published(), setting)
    assert [point.indicator for point in result.judged] == ["rd_total"]
    assert "gdp" not in result.skills and sum(result.histogram) == 1
    told, apart = lines(result).split("GDP, apart")
    assert "gdp [" not in told and "gdp [100 million yuan]" in apart and "random walk" in apart


def test_what_is_given_is_not_scored_and_later_years_are():
    assert point("tech_contracts", 2020, 736, 740).apart.startswith("given to 2020")
    assert not point("tech_contracts", 2021, 1000, 1100, replace(SETTING, train_to=2020)).apart


def test_a_series_that_counts_otherwise_meets_no_naive_forecast():
    one = point("sei_va", 2020, 4190.73, 4000)
    assert one.alone == "counts otherwise from 2020 on" and not any(one.rivals.values())
    after = point("sei_va", 2021, 4600, 4700, replace(SETTING, train_to=2020))
    assert not after.alone and after.rivals["walk"] is not None


def test_what_was_never_published_is_scored_alone_against_the_path_to_the_goal():
    one = point("digital_core_share", 2021, 6.9, 6.9, replace(SETTING, train_to=2020))
    assert "no two figures" in one.alone and not any(one.rivals.values())


def test_an_interval_that_lacks_a_naive_median_is_said_with_its_reason():
    outcomes = [Outcome("rd_total", 2020, 898.7)]
    told = scored(outcomes, forecast(rd_total=900), published(rd_total={"why": "growth compounds"}), SETTING)
    assert [name for _, name in told.excluded] == ["trend", "plan_path"]
    text = lines(told)
    assert "lacks 744.8, the median of: linear trend" in text and "why, rd_total: growth compounds" in text
    silent = scored(outcomes, forecast(rd_total=900), published(rd_total={"why": None}), SETTING)
    assert "no mechanism is named" in lines(silent)


def test_runs_without_a_number_are_left_out_and_none_is_no_score():
    some = forecast(rd_total=800)
    some.paths["rd_total"][::2, 3] = np.nan
    assert len(some.samples("rd_total", 2019)) == 200
    some.paths["rd_total"][:, 3] = np.nan
    result = scored([Outcome("rd_total", 2019, 790)], some, published(), SETTING)
    assert result.points[0].apart == "no run gives a value" and not result.judged


def test_errors_are_pooled_over_series_after_scaling():
    outcomes = [Outcome("rd_total", 2019, 787.16), Outcome("hnte_count", 2019, 6287)]
    result = scored(outcomes, forecast(rd_total=787.16, hnte_count=6287), published(), SETTING)
    one = result.pooled["walk"]
    usual = [published().history(name, 2018).usual_change for name in ("rd_total", "hnte_count")]
    expected = np.mean([point.crps / scale for point, scale in zip(result.points, usual, strict=True)])
    assert (one.points, one.series) == (2, 2) and one.ours == pytest.approx(expected)
    assert one.skill.value == pytest.approx(1 - one.ours / one.theirs)


def test_the_same_stands_in_the_text_and_in_json():
    outcomes = [Outcome("rd_total", 2019, 787.16), Outcome("gdp", 2019, 39894.1)]
    result = scored(outcomes, forecast(rd_total=780, gdp=39000), published(), SETTING)
    plain = json.loads(printed_json(in_json(result)))
    first, second = plain["points"]
    assert first["covered_90"] is True and second["covered_90"] is None and second["crps"] is None
    assert plain["coverage"] == {"points": 1, "in_50": 1, "in_90": 1, "pit_histogram": result.histogram}
    assert any("states to 2020" in line for line in plain["conditions"]["knows"])
    assert "in the 50 % interval 1 of 1, in the 90 % interval 1 of 1" in lines(result)


def test_levels_go_through_the_published_figure_of_the_jump_off_year():
    runs = [life(rd_total_published=[1e8 * n for n in (30, 40, 50, 60, 75)])]
    found = forecast_of(runs, ["rd_total"], published(), 2018)
    assert found.samples("rd_total", 2020).tolist() == pytest.approx([658.27 * 75 / 50])
    assert found.as_run("rd_total", 2020).tolist() == pytest.approx([750])


@pytest.mark.parametrize(
    ("name", "series", "bases", "value"),
    [
        ("rd_total", {"rd_total_published": [1e10]}, {"rd_total_2020": 898.7e8}, 898.7),
        ("hnte_count", {"hnte": [700]}, {"hnte_2020": 8621.0}, 8621),
        ("sei_va", {"sei_value_added_published": [1e10]}, {"sei_value_added_2020": 4190.73e8}, 4190.73),
        (
            "sei_share_gdp",
            {"sei_value_added_published": [1e10], "gdp": [1e12]},
            {"sei_share_gdp_2020": 0.1003},
            10.03,
        ),
        (
            "hv_patents_per_10k",
            {"high_value_patents": [3000], "population": [6e6]},
            {"high_value_per_10k_2020": 3.2},
            3.2,
        ),
        (
            "digital_core_share",
            {"digital_core_value_added": [1e10], "gdp": [1e12]},
            {"digital_core_share_2020": 0.06},
            6.0,
        ),
        ("national_carriers", {"carriers_wide": [100]}, {"carriers_wide_2020": 120.0}, 120),
        ("gdp", {"gdp": [1e12]}, {"gdp_2020": 41781.49e8}, 41781.49),
    ],
)
def test_in_2020_a_level_is_its_base_in_the_published_unit(name, series, bases, value):
    found = forecast_of([life(bases=bases, **series)], [name], published(), 2020)
    assert found.samples(name, 2020).tolist() == pytest.approx([value])
    goal = published().goal(name, 2020)
    assert goal is None or 1 < goal[1] / value < 3  # of the same unit


def test_in_2020_levels_go_through_the_base_of_the_run():
    carriers = life(carriers_wide=[90, 95, 100, 105, 110, 120], bases={"carriers_wide_2020": 130.0})
    found = forecast_of([carriers], ["national_carriers"], published(), 2020)
    assert found.samples("national_carriers", 2021).tolist() == [140]
    unscaled = forecast_of([carriers], ["national_carriers"], published(), 2018)
    assert unscaled.samples("national_carriers", 2021).tolist() == [120]
