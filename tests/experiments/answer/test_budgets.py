"""A budget that does not bind is named; one that does is not."""

import sys

import pandas as pd
import pytest
import toy_province
from toy_province import results, scenario

from experiments import compare
from experiments.answer.budgets import Slack, slack_budgets
from experiments.answer.cases import cases
from experiments.answer.comparison_table import render_comparison
from experiments.answer.remarks import alike, unabsorbed
from experiments.answer.target_table import render_targets
from experiments.figures.material.folder import evidence_of
from experiments.report.sweeps import remarks
from scenarios.spec import Scenario

DOUBLED = ((2016, 5e8), (2021, 2e9))


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


def with_budget(name, budget):
    usual = scenario()
    return Scenario(name, None, dict(usual.levers) | {"rd_subsidy": {"budget": budget}})


@pytest.fixture
def folder(tmp_path):
    """The toy spends on subsidies what it spends, whatever their budget: doubling it moves nothing."""
    return results(tmp_path / "r", [scenario(), with_budget("doubled", DOUBLED)], replications=3)


def test_a_programme_that_is_given_more_and_spends_the_same_is_slack(folder):
    assert slack_budgets(folder, cases(folder)) == [Slack("doubled", "as_in_2020", "rd_subsidy", 5e9, 0.0, 3)]


def test_a_programme_that_spends_what_it_is_given_is_not(folder, monkeypatch):
    monkeypatch.setattr("experiments.answer.budgets.MOVES", -1.0)
    assert slack_budgets(folder, cases(folder)) == []


def test_the_table_the_comparison_and_the_report_name_it(folder):
    line = "programme rd_subsidy: appropriated +50 亿, spent +0 亿 against as_in_2020"
    assert f"{line}: the budget does not bind (3 pairs)" in render_targets(folder)
    assert line in remarks(evidence_of(folder))
    found = compare(f"{folder}:doubled", f"{folder}:as_in_2020")
    assert [one["programme"] for one in found["slack"]] == ["rd_subsidy"]
    assert "appropriated +50 亿, spent +0 亿" in render_comparison(found)


def test_a_world_of_a_tenth_has_a_tenth_of_the_budget(tmp_path):
    scenarios = [scenario(), with_budget("doubled", DOUBLED)]
    small = results(tmp_path / "r", scenarios, replications=2, scale=0.1)
    assert slack_budgets(small, cases(small))[0].appropriated == pytest.approx(5e8)


def test_a_programme_whose_spending_is_not_recorded_is_not_judged(tmp_path):
    other = Scenario("other", None, dict(scenario().levers) | {"unseen": {"budget": DOUBLED}})
    folder = results(tmp_path / "r", [scenario(), other], replications=2)
    assert slack_budgets(folder, cases(folder)) == []


def test_two_names_of_the_same_runs_are_told(tmp_path):
    folder = results(tmp_path / "r", [scenario(), scenario("mine")], replications=2)
    assert alike(cases(folder)) == ["as_in_2020 and mine are the same runs"]
    assert "as_in_2020 and mine are the same runs" in render_targets(folder)


def costing(spent, appropriated, status="ok"):
    """The rows of a case of three runs."""
    return pd.DataFrame({"status": status, "public_spending": [spent] * 3, "public_cost": appropriated})


def test_a_case_that_spends_less_of_the_same_budgets_is_not_compared_at_equal_cost():
    found = {"plan": costing(100e8, 120e8), "led": costing(97e8, 120e8), "like": costing(99e8, 120e8)}
    (line,) = unabsorbed(found)
    assert line.startswith(
        "led appropriates what plan does and spends 97.0 of its 100.0 亿: it cannot absorb"
    )


def test_cases_of_other_budgets_or_without_a_result_are_not_judged():
    found = {"plan": costing(100e8, 120e8), "less": costing(10e8, 60e8), "none": costing(0.0, 0.0)}
    assert unabsorbed(found | {"failed": costing(1e8, 120e8, status="failed")}) == []
    assert unabsorbed({"plan": costing(100e8, 120e8).drop(columns="public_cost")}) == []
