"""A run again, from its record."""

import json
from pathlib import Path

import pytest

from experiments import load_runs, rerun, sweep
from experiments.__main__ import main
from experiments.command.beside_text import beside_lines
from experiments.exits import Exit, FolderDiffers
from experiments.read.recorded_run import recorded
from experiments.read.rerun import Beside
from experiments.store.digest import digest
from experiments.store.store import Store
from scenarios.values.errors import InputError

pytestmark = pytest.mark.usefixtures("computed_here", "sources_nobody_edits")
TINY = ("scenario=as_in_2020,plan", "replications=2", "population.scale=0.004", "executor.workers=1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "r"
    sweep(*TINY, f"results={path}", quiet=True)
    return path


def test_a_run_of_a_sweep_is_computed_again_to_the_last_bit(folder):
    for point, n in (("as_in_2020", 0), ("plan", 1)):
        again = rerun(folder, f"{point}:{n}")
        assert (again.same, again.status, again.n) == (True, "ok", n)


def test_a_run_is_named_by_the_beginning_of_its_id(folder):
    run = load_runs(folder).run_id[0]
    assert rerun(folder, run[:16]).run_id == run


def test_a_member_is_followed_and_its_run_stays_the_same(folder):
    for subject in ("programme:rd_subsidy", "university:0"):
        again = rerun(folder, "plan:1", subject)
        assert again.same and len(again.quarters) == 40
        table = again.table()
        assert len(table) == 40 and table["year"].iloc[-1] == 2025


def test_the_folder_is_not_written(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}, digest(folder)
    rerun(folder, "plan:1", "programme:rd_subsidy")
    assert before == ({path: path.stat().st_mtime_ns for path in folder.rglob("*")}, digest(folder))


def test_another_result_than_the_recorded_one_is_told_and_ends_with_65(folder, monkeypatch, capsys):
    import experiments.model as model

    def other(specs):
        outcomes = simulate(specs)
        outcomes[0].series[7, 0] += 1e-6
        return outcomes

    simulate = model.simulate
    monkeypatch.setattr(model, "simulate", other)
    assert main(["rerun", str(folder), "plan:0", "--format", "json"]) == Exit.CORRUPT
    told = json.loads(capsys.readouterr().out)
    first = next(iter(model.indicators("hunan")))
    assert not told["same"] and any(line.startswith(f"{first} from 2017 Q4") for line in told["differences"])


def test_the_text_names_the_run_and_its_quarters(folder, capsys):
    assert main(["rerun", str(folder), "plan:0", "--trace", "programme:rd_subsidy"]) == Exit.OK
    text = capsys.readouterr().out
    assert "the same bits as its record" in text
    assert "\n2025 Q4\n" in text and "province to firms" in text


def test_a_member_is_shown_under_two_scenarios_with_the_same_luck(folder, capsys):
    found = rerun(folder, "plan:1", "programme:rd_subsidy", "as_in_2020")
    assert found.beside is not None and found.beside.scenario == "as_in_2020"
    alone = rerun(folder, "as_in_2020:1", "programme:rd_subsidy")
    assert found.beside.quarters == alone.quarters != found.quarters
    assert (
        main(["rerun", str(folder), "plan:1", "--trace", "programme:rd_subsidy", "--beside", "as_in_2020"])
        == 0
    )
    text = capsys.readouterr().out
    assert "2016 Q1 to 2020 Q4: the same under both" in text and "\n2021 Q1\n" in text
    row = next(line.split() for line in text.split("\n") if line.strip().startswith("appropriated"))
    mine, other, gap = (int(cell.replace(",", "")) for cell in row[1:])
    assert mine - other == gap > 0


def test_a_member_that_another_scenario_lacks_is_not_there(folder):
    ours = rerun(folder, "plan:1", "university:0").quarters
    lines = beside_lines(("plan", ours[20:]), Beside("no_policy", ours[20:22]))
    assert lines[2] == "2021 Q1 to 2021 Q2: the same under both"
    told = next(line.split() for line in lines if "not there" in line)
    assert told == ["the", "member", "there", "not", "there"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--beside", "as_in_2020"], "name it with --trace"),
        (["--trace", "programme:rd_subsidy", "--beside", "as_in_2021"], "unknown scenario 'as_in_2021'"),
    ],
)
def test_beside_a_scenario_that_is_not_there_is_refused_in_one_line(folder, capsys, words, told):
    assert main(["rerun", str(folder), "plan:0", *words]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1 and told in said[0]


@pytest.mark.parametrize("run", ["plan:7", "pln:0", "plan:x", "zzzz", "abc", "", "plan:", ":0", "plan:００"])
def test_a_run_that_is_not_there_is_refused(folder, run):
    with pytest.raises(InputError, match="has no finished run"):
        rerun(folder, run)


def test_a_name_of_several_runs_is_refused(tmp_path):
    path = tmp_path / "r"
    sweep(*TINY[1:], "lever.rd_subsidy.rate=0.1,0.2", f"results={path}", quiet=True)
    with pytest.raises(InputError, match="2 runs are called 'as_in_2020:0'"):
        rerun(path, "as_in_2020:0")
    assert rerun(path, "as_in_2020 population.scale=0.004, lever.rd_subsidy.rate=0.2:0").same


def test_a_run_of_other_sources_is_not_compared(folder, monkeypatch, sources_nobody_edits):
    held = sources_nobody_edits
    changed = held | {"sources": held["sources"] | {"sim/run.py": "0" * 64}}
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": changed)
    with pytest.raises(FolderDiffers, match=r"sim/run.py changed"):
        rerun(folder, "plan:0")


def test_a_failed_run_fails_again_in_the_same_way(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    (tmp_path / "raises.yaml").write_text("{name: raises, base: plan, lever: {rd_subsidy: {rate: 0.3}}}")
    words = (f"reform={tmp_path / 'raises.yaml'}", "replications=3", f"results={tmp_path / 'r'}")
    sweep(*words, quiet=True)
    again = rerun(tmp_path / "r", "raises:2", model="toy_model")
    assert (again.status, again.differences) == ("failed", [])
    assert "no firms left in cell 3" in again.error and "Traceback" in again.error


def test_the_levers_of_a_record_act_in_their_own_order(folder):
    from experiments.read.recorded_run import recorded
    from experiments.store.store import Store
    from scenarios.load import load_levers

    assert list(recorded(Store(folder), "plan:0").spec.scenario.levers) == list(load_levers())


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no results"):
        rerun(tmp_path, "plan:0")
    assert not list(Path(tmp_path).iterdir())


def test_a_run_of_any_other_sweep_is_found_by_the_name_it_has_there(tmp_path):
    """The same runs are called differently by two sweeps; the first one's name is not the last one's."""
    path = tmp_path / "r"
    small = ("replications=1", "population.scale=0.004", "executor.workers=1", f"results={path}")
    sweep("scenario=as_in_2020", "lever.rd_subsidy.rate=0.1", *small, quiet=True)
    sweep("scenario=as_in_2020", *small, quiet=True)
    names = [f"as_in_2020{value} population.scale=0.004" for value in (" lever.rd_subsidy.rate=0.1,", "")]
    found = {recorded(Store(path), f"{name}:0").run_id for name in names}
    assert found == {load_runs(path).run_id[0]}
