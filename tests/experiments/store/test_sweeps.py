"""Several sweeps in one folder: each keeps its table, report and figures; every verb finds all of them."""

import json
import re
import sys
from pathlib import Path

import pytest
import toy_province
from toy_province import results, scenario

from experiments import (
    compare,
    digest,
    export,
    load_cells,
    load_runs,
    load_series,
    load_sweep,
    load_sweeps,
    sweep,
    targets,
)
from experiments.__main__ import main
from experiments.answer.target_table import render_targets
from experiments.report import drawn
from experiments.report.report import write_all, write_figure, write_sweep
from experiments.store import outputs
from experiments.store.header import header
from scenarios.values.errors import InputError

pytestmark = pytest.mark.usefixtures("computed_here")
SHIPPED = [scenario(), scenario("plan", 0.004), scenario("no_policy", -0.002)]
REFORM = [scenario(), scenario("my_reform", 0.003)]


@pytest.fixture(autouse=True, scope="module")
def in_the_toy_province():
    """The toy, and reports of the few figures that are looked at here."""
    few, every = ("probability", "response", "differences"), drawn.wanted
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        patch.setattr(drawn, "wanted", lambda evidence: [w for w in every(evidence) if w[0] in few])
        yield


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A folder of the shipped scenarios, to which a reform was added, with the outputs of both."""
    folder = tmp_path_factory.mktemp("two") / "r"
    for scenarios in (SHIPPED, REFORM):
        results(folder, scenarios, replications=6)
        write_all(folder)
    return folder


def ids(folder):
    """The last sweep's id, and that of the one before."""
    return [one["id"] for one in load_sweeps(folder)]


def scenarios_of(rows):
    return list(dict.fromkeys(row["scenario"] for row in rows))


def test_a_later_sweep_leaves_the_report_and_the_figures_of_the_one_before(two):
    last, first = ids(two)
    said = (outputs.place(two, first).path / "report.html").read_text("utf-8")
    assert "no_policy" in said and "my_reform" not in said
    assert (outputs.place(two, first).path / "figures" / "differences.svg").exists()
    assert "my_reform" in (outputs.place(two, last).path / "report.html").read_text("utf-8")


def test_the_report_of_the_folder_covers_all_its_sweeps_and_leads_to_each(two):
    said = (two / "report.html").read_text("utf-8")
    for one in [*SHIPPED, *REFORM]:
        assert f"<h3>{one.name}</h3>" in said
    assert "This page covers every sweep of the folder" in said
    links = re.findall(r'href="([^"#][^"]*)"', said)
    assert sorted(links) == sorted(f"outputs/{name[:12]}/report.html" for name in ids(two))
    assert all((two / link).exists() for link in links)


def test_the_report_of_one_sweep_says_what_else_the_folder_holds(two):
    last, first = ids(two)
    said = (outputs.place(two, last).path / "report.html").read_text("utf-8")
    assert f"This page is of sweep {last[:12]} alone" in said
    assert f'href="../../outputs/{first[:12]}/report.html"' in said
    assert write_sweep(two, first[:6]) == outputs.place(two, first).path / "report.html"


def test_a_comparison_finds_scenarios_of_any_sweep(two, capsys):
    found = compare(f"{two}:my_reform", f"{two}:plan")
    assert found["settings"] == [
        {"key": "lever.toy.rate", "a": [[2016, 0.0], [2021, 0.003]], "b": [[2016, 0.0], [2021, 0.004]]}
    ]
    assert main(["compare", f"{two}:no_policy", f"{two}:my_reform"]) == 0
    assert "6 pairs of equal luck" in capsys.readouterr().out
    with pytest.raises(InputError, match="did you mean 'plan'"):
        compare(f"{two}:plam", f"{two}:my_reform")


def test_the_table_is_of_the_sweep_that_is_named(two, capsys):
    last, first = ids(two)
    assert scenarios_of(targets(two)) == ["as_in_2020", "my_reform"]
    assert scenarios_of(targets(two, sweep=first[:8])) == ["as_in_2020", "plan", "no_policy"]
    assert set(scenarios_of(targets(two, all_runs=True))) == {"as_in_2020", "my_reform", "plan", "no_policy"}
    assert {row["runs"] for row in targets(two, all_runs=True)} == {6}
    assert main(["targets", str(two), "--sweep", first[:8]]) == 0
    said = capsys.readouterr().out
    assert "plan minus as_in_2020" in said
    assert f"sweep {first[:12]}; left out here: {last[:12]}" in said


def test_a_sweep_that_the_folder_does_not_hold_is_answered_with_those_it_holds(two, capsys):
    assert main(["targets", str(two), "--sweep", "zz"]) == 2
    said = capsys.readouterr().err
    assert "no sweep 'zz'" in said and all(name[:12] in said for name in ids(two))
    with pytest.raises(InputError, match="no sweep ''"):
        targets(two, sweep="")


def test_the_readers_take_the_sweep_that_is_named(two):
    _, first = ids(two)
    for load in (load_runs, load_series, load_cells):
        assert set(load(two, sweep=first).point) == {"as_in_2020", "plan", "no_policy"}
        assert set(load(two).point) == {"as_in_2020", "my_reform"}
        assert len(set(load(two, all_runs=True).point)) == 4
    assert load_sweep(two, first)["id"] == first


def test_a_digest_is_of_all_runs_or_of_one_sweeps(two, tmp_path, capsys):
    _, first = ids(two)
    alone = results(tmp_path / "alone", SHIPPED, replications=6)
    assert digest(two, sweep=first) == digest(alone) != digest(two)
    assert main(["digest", str(two), "--sweep", first]) == 0
    assert capsys.readouterr().out.strip() == digest(alone)


def test_tables_are_exported_beside_the_sweep_they_are_of(two):
    last, first = ids(two)
    assert {path.parent for path in export(two)} == {outputs.place(two, last).path / "csv"}
    assert {path.parent for path in export(two, sweep=first)} == {outputs.place(two, first).path / "csv"}
    card = outputs.card_of(outputs.place(two, first).path / "csv")
    assert [one["id"] for one in card["sweeps"]] == [first]
    assert card["runs"] == {"asked": 18, "done": 18, "failed": 0, "left": 0}
    everything = export(two, all_runs=True)
    assert "no_policy" in everything[0].read_text("utf-8") and "my_reform" in everything[0].read_text("utf-8")


def test_a_figure_is_of_the_sweep_that_is_named_and_finds_a_scenario_in_the_others(two, tmp_path):
    _, first = ids(two)
    assert write_figure("fan", two, None, {"scenario": "plan"}) == outputs.place(two, "all").path / "fan.svg"
    assert write_figure("fan", two, None, sweep=first) == outputs.place(two, first).path / "fan.svg"
    with pytest.raises(InputError, match="did you mean 'plan'"):
        write_figure("fan", two, None, {"scenario": "plam"})
    assert main(["figure", "fan", str(two), "--all", "--out", str(tmp_path / "a.png")]) == 0


def test_a_figure_takes_a_scenario_by_its_name_where_it_has_one_case(tmp_path):
    folder, scale = tmp_path / "r", ["population.scale=0.5"] * 2
    results(folder, SHIPPED[:2], replications=3, given=scale)
    results(folder, REFORM, replications=3, given=scale)
    assert write_figure("fan", folder, None, {"scenario": "my_reform"}).parent.name == ids(folder)[0][:12]
    assert write_figure("fan", folder, None, {"scenario": "plan"}).parent.name == "all"


def test_what_two_sweeps_call_alike_and_differs_is_told_apart(tmp_path):
    for rate in (0.001, 0.009):
        results(tmp_path / "r", [scenario(), scenario("my_reform", rate)], replications=4)
    rows = targets(tmp_path / "r", all_runs=True)
    base, newer, older = scenarios_of(rows)
    assert base == "as_in_2020"
    assert newer.startswith("my_reform#") and older.startswith("my_reform#") and newer != older
    assert {row["runs"] for row in rows} == {4}
    found = compare(f"{tmp_path / 'r'}:my_reform", f"{tmp_path / 'r'}:{older}")
    assert found["a"].endswith(newer)
    assert found["settings"][0]["a"][-1] == [2021, 0.009]
    assert found["settings"][0]["b"][-1] == [2021, 0.001]
    assert {row["pairs"] for row in found["differences"]} == {4}


def test_another_seed_is_another_case(tmp_path):
    for seed in (1, 2):
        results(tmp_path / "r", [scenario()], replications=4, seed=seed)
    assert [row["runs"] for row in targets(tmp_path / "r", all_runs=True) if row["target"] == "all"] == [4, 4]


def test_a_longer_sweep_of_the_same_is_the_same_case(tmp_path):
    for replications in (4, 6):
        results(tmp_path / "r", [scenario()], replications=replications)
    assert [row["runs"] for row in targets(tmp_path / "r", all_runs=True) if row["target"] == "all"] == [6]


def test_each_sweep_of_a_notebook_keeps_its_own_rows(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    monkeypatch.setitem(sys.modules, "experiments.model", __import__("toy_model"))
    held = header()
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": held)
    folder = f"results={tmp_path / 'r'}"
    a = sweep("scenario=as_in_2020,plan", "replications=2", folder, quiet=True)
    b = sweep("scenario=no_policy", "replications=3", folder, quiet=True)
    assert scenarios_of(a.targets().to_dict("records")) == ["as_in_2020", "plan"]
    assert scenarios_of(b.targets().to_dict("records")) == ["no_policy"]
    again = sweep("scenario=as_in_2020,plan", "replications=2", folder, quiet=True)
    assert (again.id, len(again.runs), again.failed, again.left) == (a.id, 4, 0, 0)


def test_figures_of_a_swept_value_do_not_stay_with_a_plain_sweep(tmp_path):
    rates = [0.0, 0.004]
    swept = [scenario("as_in_2020", rate) for rate in rates]
    results(tmp_path / "r", swept, replications=3, given=[f"lever.toy.rate={rate}" for rate in rates])
    write_all(tmp_path / "r")
    results(tmp_path / "r", [scenario()], replications=3)
    write_all(tmp_path / "r")
    plain, before = (
        {file.name for file in (outputs.place(tmp_path / "r", name).path / "figures").iterdir()}
        for name in ids(tmp_path / "r")
    )
    assert {"response.svg", "differences.svg"} <= before
    assert not {"response.svg", "differences.svg"} & plain


def test_a_figure_and_its_caption_name_the_sweep(two):
    last, _ = ids(two)
    about = json.loads((outputs.place(two, last).path / "figures" / "about.json").read_text("utf-8"))
    assert [one["id"] for one in about["content"]["sweeps"]] == [last]
    said = render_targets(two)
    assert f"sweep {last[:12]}" in said
    assert str(Path(f"--sweep {last[:12]}")) in (outputs.place(two, last).path / "report.html").read_text(
        "utf-8"
    )
