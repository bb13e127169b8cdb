"""Probabilities given an unknown base, in thirds of its range, and given statistical coverage."""

import numpy as np
import pandas as pd
import pytest
import toy_province as toy

from experiments.answer.given_unknown import base_range, conditional, given_unknown, part_of
from experiments.answer.target_table import render_targets
from experiments.command.targets import main
from experiments.store.outcome_columns import COVERAGE


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return toy.results(tmp_path_factory.mktemp("given"), [toy.scenario(), toy.scenario("plan", 0.004)])


def test_thirds_of_the_range_hold_every_run_once(folder):
    rows = pd.DataFrame(given_unknown(folder))
    base = rows[(rows.target == "digital_core_share") & (rows.scenario == "plan")]
    assert base.given.unique().tolist() == ["digital_core_share_2020"]
    assert [*base["from"], base["to"].iloc[-1]] == pytest.approx([0.05, 0.05833, 0.06667, 0.075], abs=1e-4)
    assert base.runs.sum() == 24


def test_a_target_with_a_published_base_is_given_none(folder):
    assert "hnte_count" not in {row["target"] for row in given_unknown(folder)}


def test_hits_are_those_of_runs_with_a_base_in_that_third():
    low, high = base_range("hunan", "digital_core_share_2020")
    drawn = np.linspace(low, high, 30)
    runs = pd.DataFrame(
        {
            "base_digital_core_share_2020": drawn, "digital_core_share_hit": (drawn > 0.0667).astype(float),
            "status": "ok", "draw": 0, "n": range(30),
        }
    )  # fmt: skip
    found = [p for part, p in conditional(runs) if part["target"] == "digital_core_share"]
    assert [(p.hits, p.runs) for p in found] == [(0, 10), (0, 10), (10, 10)]
    assert found[0].high < 0.35 and found[2].low > 0.65


def test_coverage_is_cut_by_thirds_of_the_runs():
    drawn = np.linspace(0.9, 1.2, 30)
    runs = pd.DataFrame(
        {
            COVERAGE: drawn, "sei_va_activity": 1.0, "sei_va_hit": (drawn > 1.1).astype(float),
            "status": "ok", "draw": 0, "n": range(30),
        }
    )  # fmt: skip
    found = [(part, p) for part, p in conditional(runs) if part["target"] == "sei_va"]
    assert [(part["given"], p.hits, p.runs) for part, p in found] == [
        (COVERAGE, 0, 10),
        (COVERAGE, 0, 10),
        (COVERAGE, 10, 10),
    ]


def test_a_run_without_a_value_is_in_no_part():
    assert part_of(np.array([0.0, np.nan, 2.9, 3.0]), (0.0, 1.0, 2.0, 3.0)).tolist() == [0, -1, 2, 2]


def test_the_table_shows_it_on_request(folder, capsys):
    assert "base 2020 5.0–5.8 %" not in render_targets(folder)
    assert main([str(folder), "--given-unknown"]) == 0
    assert "base 2020 5.0–5.8 %" in capsys.readouterr().out
