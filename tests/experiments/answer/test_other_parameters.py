"""Probabilities with and without parameter uncertainty, and marks of a posterior of another model."""

import json

import pytest
import toy_province as toy

from experiments.answer.cases import cases
from experiments.answer.compare import compare
from experiments.answer.comparison_table import render_comparison
from experiments.answer.other_parameters import beside
from experiments.answer.table import targets
from experiments.answer.target_table import render_targets
from experiments.answer.tidy_tables import export
from experiments.figures.material.folder import evidence_of
from experiments.report.page import report_page

SCENARIOS = (toy.scenario(), toy.scenario("plan", 0.004))
CENTRAL = {"words": ["scenario=as_in_2020,plan", "replications=24"]}
DRAWN = {
    "draws": 24, "parameters": "posterior", "sets": "parameters: 24 sets of the posterior", "words": [],
}  # fmt: skip
CHANGED = "model a made it, this one is b"
MARK = f"APPROXIMATE: parameters learnt with another model ({CHANGED})"


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A folder with a sweep of central parameters and one of a posterior."""
    folder = tmp_path_factory.mktemp("both")
    toy.results(folder, SCENARIOS, **CENTRAL)
    return toy.results(folder, SCENARIOS, **DRAWN, started="2026-01-02T00:00:00")


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    return toy.results(folder, SCENARIOS, replications=6, **DRAWN | {"draws": 6}, approximate=CHANGED)


def test_both_probabilities_stand_in_the_table(both):
    pairs = beside(both, cases(both)).pairs
    assert {pair.case for pair in pairs} == {"as_in_2020", "plan"}
    assert {pair.target for pair in pairs} >= {"hnte_count", "all"}
    text = render_targets(both)
    assert "plan: with and without parameter uncertainty" in text
    assert "parameters: 24 sets of the posterior" in text


def test_the_first_page_of_the_report_has_both(both):
    page = report_page(evidence_of(both), [])
    first = page[page.index('id="answer"') : page.index('id="tables"')]
    assert "with parameter uncertainty and without it" in first


def test_where_there_is_one_alone_the_command_that_makes_the_other_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.answer.other_parameters._has_posterior", lambda region: True)
    folder = toy.results(tmp_path / "one", SCENARIOS, replications=4, **CENTRAL)
    found = beside(folder, cases(folder))
    assert not found.pairs
    assert found.command == (
        f"sanxiang sweep scenario=as_in_2020,plan replications=24 parameters=posterior results={folder}"
    )
    assert found.remark in render_targets(folder)
    monkeypatch.setattr("experiments.answer.other_parameters._has_posterior", lambda region: False)
    assert beside(folder, cases(folder)).remark == ""


def test_sweeps_of_other_seeds_are_not_set_side_by_side(tmp_path):
    folder = tmp_path / "seeds"
    toy.results(folder, SCENARIOS, replications=4, seed=2, **CENTRAL)
    toy.results(folder, SCENARIOS, replications=4, **DRAWN)
    assert beside(folder, cases(folder)).pairs == ()


def test_every_output_of_another_model_is_marked(marked, tmp_path):
    assert MARK in render_targets(marked)
    assert {row["approximate"] for row in targets(marked)} == {MARK}
    assert {row["parameters"] for row in targets(marked)} == {"posterior"}
    evidence = evidence_of(marked)
    assert MARK in report_page(evidence, [])
    assert any(MARK in line for line in evidence.footnotes("probability", "en", ""))
    assert MARK in render_comparison(compare(f"{marked}:plan", f"{marked}:as_in_2020"))
    export(marked, tmp_path / "csv")
    about = json.loads((tmp_path / "csv" / "about.json").read_text("utf-8"))
    assert about["content"]["approximate"] == MARK


def test_nothing_else_is_marked(both):
    assert "APPROXIMATE" not in render_targets(both)
    assert {row["approximate"] for row in targets(both)} == {""}
