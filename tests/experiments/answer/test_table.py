"""What the table of targets says about runs whose values are known."""

import json

import numpy as np
import pandas as pd
import pytest

from experiments.__main__ import main
from experiments.answer import target_table
from experiments.answer.cases import compared_with
from experiments.answer.comparison_table import difference_block
from experiments.answer.table import chance, spread
from experiments.answer.target_table import block, joined, target_rows
from experiments.answer.text_table import aligned, wide
from experiments.read.case import Case
from experiments.store.outcome_columns import base_column
from scenarios.targets import load_targets

TARGETS = load_targets()


def runs(values, target="sei_va", failed=0):
    """Runs whose value of one target is given in its plain unit, with the others missed by far."""
    count = len(values) + failed
    rows = pd.DataFrame(
        {"n": range(count), "draw": 0, "seed": 1, "world": "calm", "scale": 1.0, "status": "ok"}
    )
    for name, one in TARGETS.items():
        ends = np.array(values) if name == target else np.zeros(len(values))
        rows[name] = np.r_[ends, np.full(failed, np.nan)]
        rows[f"{name}_unscaled"] = rows[name] * 0.9
        hits = [one.is_met_by(value) for value in ends]
        rows[f"{name}_hit"] = pd.Series([*hits, *[None] * failed], dtype=object)
    rows["national_carriers_also"] = 70.0
    rows["national_carriers_also_hit"] = False
    rows.loc[rows.index >= len(values), "status"] = "failed"
    return rows


def test_the_line_of_a_target_shows_median_percentiles_hits_and_attainment():
    values = np.linspace(8e11, 12e11, 101)
    line = target_rows(TARGETS["sei_va"], runs(values))[0]
    assert line == [
        "Emerging industries' value added, 亿元",
        "",
        ">10,000",
        "10,000 [8,200 – 11,800]",
        "9,000",
        "50/101",
        "49.5 % (40.0–59.1)",
        "100 %",
    ]


def test_a_target_that_no_run_meets_is_not_printed_as_zero():
    assert target_rows(TARGETS["sei_va"], runs([5e11] * 100))[0][5:7] == ["0/100", "<3.7 %"]


def test_the_plan_asks_for_more_than_a_trillion_and_at_least_18_percent():
    assert chance(runs([1e12]), "sei_va").hits == 0
    assert chance(runs([0.18], "sei_share_gdp"), "sei_share_gdp").hits == 1


def test_carriers_have_a_second_line_for_the_listed_families():
    first, second = target_rows(TARGETS["national_carriers"], runs([160.0] * 4, "national_carriers"))
    assert (first[5], second[3], second[5]) == ("4/4", "70 [70 – 70]", "0/4")


def test_all_together_counts_runs_that_meet_every_target():
    rows = runs([2e12] * 10)
    for name in TARGETS:
        rows[f"{name}_hit"] = [True] * 9 + [name != "rd_growth"]
    assert chance(rows, "all").hits == 9
    assert chance(rows, "rd_growth").hits == 9
    assert chance(rows, "sei_va").hits == 10


def test_failed_runs_stay_in_the_count():
    line = target_rows(TARGETS["sei_va"], runs([2e12] * 8, failed=2))[0]
    assert line[5] == "8/10"
    assert chance(runs([2e12] * 8, failed=2), "sei_va").low < 0.5


def test_runs_that_all_failed_have_no_median():
    rows = runs([], failed=3)
    assert spread(rows, "sei_va") == {"median": None, "p05": None, "p95": None}
    assert target_rows(TARGETS["sei_va"], rows)[0][3:7] == ["no finished run", "", "0/3", "no finished run"]


def test_an_unpublished_base_is_shown_as_a_range_with_a_star():
    rows = runs([0.1, 0.1], "digital_core_share")
    rows["base_digital_core_share_2020"] = [0.052, 0.069]
    assert target_rows(TARGETS["digital_core_share"], rows)[0][1] == "5.2–6.9 % *"


def test_a_published_base_is_one_number():
    rows = runs([1e12, 1e12])
    rows["base_sei_value_added_2020"] = 4190.73e8
    assert target_rows(TARGETS["sei_va"], rows)[0][1] == "4,191"


def test_a_scenario_is_compared_with_the_baseline_at_the_same_swept_values():
    found = [Case(name, given) for name in ("as_in_2020", "plan") for given in ("x=1", "x=2")]
    assert list(compared_with(found).values()) == [
        None,
        "as_in_2020 x=1",
        "as_in_2020 x=1",
        "as_in_2020 x=2",
    ]


def test_the_paired_difference_to_the_baseline_stands_below():
    base, more = runs([9.8e11, 9.9e11, 10.1e11]), runs([9.9e11, 10.1e11, 10.3e11])
    rows = difference_block("plan", "as_in_2020", {"as_in_2020": base, "plan": more}, TARGETS)
    line = next(row for row in rows if row[0].startswith("Emerging industries' value added"))
    assert line[1:] == ["+167 [+23 – +310]", "1.00", "1", "0"]


def test_points_of_another_world_have_no_difference():
    base, other = runs([1e12]), runs([1e12]).assign(world="stormy")
    rows = difference_block("plan", "as_in_2020", {"as_in_2020": base, "plan": other}, TARGETS)
    assert rows[1][0] == "no pairs of equal luck"


def test_columns_line_up_beside_chinese_text():
    lines = aligned([["亿元", "1"], ["yuan", "22"]])
    assert lines == ["亿元    1", "yuan   22"]
    assert wide("亿元") == wide("yuan")


def test_blocks_share_the_widths_of_their_columns():
    first, second = joined([(["A"], [["x", "1"]]), (["B"], [["long name", "2"]])], (0,))
    assert first.split("\n")[1].index("1") == second.split("\n")[1].index("2")


def test_every_target_and_all_together_have_a_line():
    rows = block(runs([1e12] * 3), TARGETS)
    second = sum(target.about.also is not None for target in TARGETS.values())
    levels = sum(target.about.base is None for target in TARGETS.values())  # below a growth what grows
    assert len(rows) == 1 + len(TARGETS) + second + levels + 1
    assert rows[-1][0] == "all together"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    import toy_province

    return toy_province.results(
        tmp_path_factory.mktemp("r") / "toy", [toy_province.scenario(), toy_province.scenario("plan", 0.01)]
    )


def test_the_json_has_a_row_per_scenario_and_target_with_the_agreed_keys(folder, capsys):
    main(["targets", str(folder), "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert {tuple(row) for row in rows} == {
        (
            "scenario",
            "target",
            "median",
            "p05",
            "p95",
            "hits",
            "runs",
            "failed",
            "probability",
            "low",
            "high",
            "attainment",
            "activity",
            "statistical_coverage",
            "statistical_coverage_p05",
            "statistical_coverage_p95",
            "model_discrepancy",
            "model_discrepancy_p05",
            "model_discrepancy_p95",
            "asked",
            "done",
            "left",
            "parameters",
            "approximate",
        )
    }
    assert [row["target"] for row in rows] == [*TARGETS, "all"] * 2
    assert {row["runs"] for row in rows} == {24}
    one = next(row for row in rows if row["target"] == "hnte_count")
    assert one["attainment"] == pytest.approx(one["median"] / 13_000)
    assert 0 <= one["low"] <= one["probability"] <= one["high"] <= 1


def test_the_printed_table_says_what_it_rests_on(folder):
    text = target_table.render_targets(folder)
    assert "N = 24 runs per scenario, 0 failed; interval: Wilson" in text
    assert "parameter uncertainty is left out" in text
    assert "rebuild: sanxiang sweep" in text
    assert "plan minus as_in_2020" in text


def test_a_growth_has_no_level_for_its_base_and_its_level_a_line_of_its_own():
    rows = runs([0.1, 0.12, 0.14], "rd_growth").assign(**{base_column(TARGETS["rd_growth"].base): 898.7e8})
    growth, level = target_rows(TARGETS["rd_growth"], rows)[:2]
    assert (growth[1], growth[2]) == ("", "≥12.0 %")
    assert level[:3] == ["  as a level, 亿元", "898.7", "≥1,583.8"]
    assert level[3].startswith("1,584 [")
