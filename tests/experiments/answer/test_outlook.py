"""A sweep with a horizon of 2030: its runs, its targets of 2025, and the outlook beside them."""

import pytest
from in_process import engine_for

from experiments import load_annual, load_runs, sweep
from experiments.__main__ import main
from experiments.answer.cases import cases
from experiments.answer.outlook import outlook, outlook_blocks
from experiments.answer.target_table import render_targets
from experiments.command.resume import remembered, words_of
from experiments.figures.fan import fan
from experiments.figures.material.folder import evidence_of
from experiments.plan.sweep_plan import plan_sweep
from experiments.read.reading import load_sweeps
from experiments.report import outlook as report_outlook
from scenarios.targets import load_targets

WORDS = ("scenario=as_in_2020,subsidy_led", "replications=3")
TARGETS = load_targets()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a sweep to 2025 and, last, one to 2030."""
    place = tmp_path_factory.mktemp("horizon") / "r"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.compute.sweep_run.engine_for", engine_for)
        patch.setattr("experiments.answer.sweep.MODEL", "toy_model")
        sweep(*WORDS, f"results={place}", quiet=True)
        sweep(*WORDS, "horizon=2030", f"results={place}", quiet=True)
    return place


@pytest.mark.parametrize("given", ["2024", "2031", "2030.0", "true", "x", "[2030]"])
def test_a_horizon_outside_the_years_is_refused_in_one_line(given, capsys):
    assert main(["sweep", f"horizon={given}"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and "horizon" in told[0] and "year from 2025 to 2030" in told[0]


def test_runs_end_at_the_horizon_and_in_2025_unless_given():
    assert {spec.last_year for unit in plan_sweep([*WORDS, "horizon=2027"]).units() for spec in unit} == {
        2027
    }
    assert {spec.last_year for unit in plan_sweep([*WORDS]).units() for spec in unit} == {2025}


def test_the_shipped_experiment_asks_for_2030():
    plan = plan_sweep(["experiment=effect_in_2030"])
    assert plan.horizon == 2030 and [one.name for one in plan.scenarios] == ["as_in_2020", "plan"]


def test_targets_stay_those_of_2025(folder):
    runs = load_runs(folder, all_runs=True)
    usual, longer = (runs[runs.last_year == year].sort_values(["scenario", "n"]) for year in (2025, 2030))
    for name in TARGETS:
        assert usual[name].to_list() == longer[name].to_list()
        assert usual[f"{name}_hit"].to_list() == longer[f"{name}_hit"].to_list()
    assert usual.public_spending.to_list() == longer.public_spending.to_list()


def test_the_outlook_tells_every_year_after_2025_with_the_paired_effect(folder):
    rows = outlook(folder, cases(folder))
    assert {row["year"] for row in rows} == {2026, 2027, 2028, 2029, 2030}
    of_2030 = {(row["scenario"], row["target"]): row for row in rows if row["year"] == 2030}
    base, led = of_2030["as_in_2020", "sei_va"], of_2030["subsidy_led", "sei_va"]
    assert base["mean"] is None and led["pairs"] == 3
    assert led["low"] <= led["mean"] <= led["high"]
    annual = load_annual(folder)
    of_run = annual[annual.run_id == annual.run_id.iloc[0]].set_index("year").sei_value_added_published
    scaled = of_run[2030] / of_run[2020] * 4.19e11
    first = [row for row in rows if row["year"] == 2030 and row["target"] == "sei_va"]
    assert any(row["p05"] * 0.9 < scaled < row["p95"] * 1.1 for row in first)


def test_growth_in_the_outlook_names_its_own_years(folder):
    rows = outlook(folder, cases(folder))
    lines = [cells[0] for _, block in outlook_blocks(rows, TARGETS) for cells in block]
    assert "Mean growth of R&D 2021-30" in lines and "Mean growth of R&D 2021-25" not in lines


def test_the_table_and_the_report_show_it_apart(folder):
    told = render_targets(folder)
    assert "subsidy_led: outlook to 2030, with the policy of 2025" in told
    assert "judged by no target" in told
    assert "The years after the plan" in report_outlook.of_years_after(evidence_of(folder))


def test_a_sweep_to_2025_has_no_outlook(folder):
    first = load_runs(folder, all_runs=True)
    ids = [one["id"] for one in load_sweeps(folder)]
    assert len(first) == 12
    usual = cases(folder, ids[-1])
    assert outlook(folder, usual, ids[-1]) == []
    assert report_outlook.of_years_after(evidence_of(folder, ids[-1])) == ""


def test_figures_of_both_horizons_stand_together(folder):
    evidence = evidence_of(folder, "all")
    _, axes, drawn = fan(evidence, target="sei_va", language="en")
    ends = drawn[drawn.kind == "path"].groupby("scenario", sort=False).year.max()
    assert sorted(ends) == [2025, 2025, 2030, 2030]
    last = {round(float(panel.get_xlim()[1])) for panel in axes.ravel()}
    assert last == {2025, 2030}


def test_a_folder_remembers_its_horizon(folder):
    assert "horizon=2030" in words_of(remembered(folder), [])
