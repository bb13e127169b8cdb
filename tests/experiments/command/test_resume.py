"""A folder remembers its sweep, says how far it is, and lets it go on only as what it was."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from everywhere import replace_everywhere

from experiments import digest, sweep
from experiments.__main__ import main
from experiments.answer.failures import failure_lines
from experiments.command.resume import remembered, words_of
from experiments.compute.engines import choice
from experiments.compute.sweep_run import lasting
from experiments.exits import CorruptData, FolderDiffers, FolderHeld
from experiments.plan.overrides import parse_override
from experiments.plan.words import path_word, recorded_words
from experiments.read.reading import load_runs
from experiments.store import heartbeat, lock
from experiments.store.forms import checked
from experiments.store.header import header
from experiments.store.heartbeat import Heartbeat
from experiments.store.store import Store
from scenarios.digests import digests
from scenarios.values.errors import InputError

pytestmark = pytest.mark.usefixtures("computed_here")


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    """The toy model, and sources that nobody edits while the tests run."""
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    monkeypatch.setattr("experiments.command.sweep._report", lambda folder: None)
    held = header()
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": held)


def swept(folder, *words):
    return sweep(*words, f"results={folder}", "executor.workers=2", quiet=True)


def forget_a_chunk(folder):
    """As if the sweep had been killed before it sealed the chunk."""
    for path in (folder / "chunks").glob(f"{Store(folder).chunks()[0].name}.*"):
        path.unlink()


def test_a_sweep_is_resumed_from_anywhere_by_its_folder_alone(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "r"
    swept(folder, "scenario=as_in_2020,plan", "replications=3", "seed=5")
    whole = digest(folder)
    forget_a_chunk(folder)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert main(["resume", "../r"]) == 0
    assert "all together" in capsys.readouterr().out
    assert digest(folder) == whole
    assert list(Path.cwd().iterdir()) == []


def test_a_reform_given_by_a_relative_path_is_found_again(tmp_path, monkeypatch):
    reform = my_reform(tmp_path, 0.2)
    monkeypatch.chdir(tmp_path)
    swept(tmp_path / "r", f"reform={reform.name}", "replications=2")
    monkeypatch.chdir("/")
    assert main(["resume", str(tmp_path / "r")]) == 0


def test_a_folder_keeps_the_reform_that_it_was_asked_for_with(tmp_path, capsys):
    (tmp_path / "there").mkdir()
    reform = my_reform(tmp_path / "there", 0.2)
    swept(tmp_path / "there" / "r", f"reform={reform}", "replications=2")
    whole = digest(tmp_path / "there" / "r")
    (tmp_path / "there").rename(tmp_path / "here")
    folder = tmp_path / "here" / "r"
    forget_a_chunk(folder)
    assert main(["resume", str(folder)]) == 0
    assert digest(folder) == whole
    kept = folder / "inputs" / "reform."
    assert f"reform={kept}" in capsys.readouterr().out  # the line that rebuilds it names what is there


def test_a_kept_reform_that_was_edited_is_damaged_and_not_used(tmp_path, capsys):
    reform = my_reform(tmp_path, 0.2)
    swept(tmp_path / "r", f"reform={reform}", "replications=2")
    (kept,) = (tmp_path / "r" / "inputs").iterdir()
    kept.write_text(kept.read_text().replace("0.2", "0.3"))
    assert main(["verify", str(tmp_path / "r")]) == 65
    reform.unlink()
    assert main(["resume", str(tmp_path / "r")]) == 65
    assert "is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a, b", "it's", "'a'", "a:b", "three  spaces", "back\\", "三湘 (1)"])
def test_whatever_its_name_a_folder_can_be_resumed_and_forked(tmp_path, name):
    folder = tmp_path / name
    sweep("scenario=plan", "replications=2", path_word("results", [str(folder)]), quiet=True)
    assert main(["resume", str(folder)]) == 0
    assert main(["resume", str(folder), "--fork", str(tmp_path / "other, too")]) == 0
    assert digest(tmp_path / "other, too") == digest(folder)


@pytest.mark.parametrize("word", ["results=~nosuchuser/x", "reform=~nosuchuser/x.yaml", "region=~nosuchuser"])
def test_a_home_that_nobody_has_is_one_line(word, capsys):
    assert main(["sweep", word]) == 2
    assert capsys.readouterr().err.endswith("~nosuchuser is nobody's home folder on this machine\n")


@pytest.mark.parametrize("name", ["a=b", "${HOME}, it's", "both'\"", "end\\"])
def test_a_folder_of_any_name_is_resumed(tmp_path, monkeypatch, name):
    """What a sweep accepts, every later verb accepts: here the name of a folder above its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / name)
    my_reform(Path.cwd(), 0.2)
    assert main(["sweep", "reform=my_reform.yaml", "replications=1", "results=r"]) == 0
    monkeypatch.chdir(tmp_path)
    assert main(["resume", f"{name}/r"]) == 0
    (tmp_path / name / "r").rename(tmp_path / name / "copy")
    os.symlink(tmp_path / name / "copy", tmp_path / "link")
    assert main(["resume", "link"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "link"])


def test_a_folder_that_begins_like_a_home_is_resumed_as_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    reform = my_reform(tmp_path, 0.2)
    assert main(["sweep", f"reform={reform}", "replications=1", "results=./~x"]) == 0
    assert (tmp_path / "~x" / "folder.json").exists()
    reform.unlink()  # its copy in ~x/inputs is found
    forget_a_chunk(tmp_path / "~x")
    assert main(["resume", "~x"]) == 0
    assert f"results={tmp_path}/~x" in capsys.readouterr().out
    assert main(["resume", "~x", "--fork", "copy"]) == 0
    assert digest("copy") == digest("~x")


def test_points_and_an_experiment_in_a_folder_of_any_name_are_read_again(tmp_path, monkeypatch):
    (tmp_path / "${HOME}=b").mkdir()
    monkeypatch.chdir(tmp_path / "${HOME}=b")
    Path("points.csv").write_text("lever.rd_subsidy.rate\n0.1\n")
    Path("mine.yaml").write_text("question: Mine?\nscenario: as_in_2020\nreplications: 1\n")
    words = ["points=points.csv", "experiment=mine.yaml", "results=r"]
    assert main(["sweep", *words, "population.scale=0.05"]) == 0
    assert main(["resume", str(Path("r").resolve())]) == 0


def test_a_folder_with_an_equals_sign_is_told_from_a_setting(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", "scenario=plan", "replications=1", "results=a=b"]) == 0
    assert main(["resume", "a=b", "on_error=stop"]) == 0
    assert main(["resume", "a=b", "replications=2"]) == 2
    assert "resume takes executor=" in capsys.readouterr().err


def test_sixty_reforms_with_long_paths_can_be_read_again_from_the_record():
    files = [f"/{'d' * 200}/it's, {n}.yaml" for n in range(60)]
    words = lasting([], [("reform", Path(file)) for file in files], "hunan")
    record = {"words": words, "file": f"{20 * '0'}.parquet", "checksum": 64 * "0", "of": 64 * "0"}
    assert words_of(checked("sweep", record, "here"), []) == words
    assert parse_override(words[0], {}) == ("reform", tuple(files))


def test_the_scenarios_of_another_region_are_meant_by_its_own_record():
    region = f"region='{Path(__file__).parents[2] / 'regions' / 'lakeland'}'"
    words = [region, "scenario=glob(more*)"]
    assert recorded_words(words, "here") == words
    with pytest.raises(CorruptData, match="no name matches"):
        recorded_words(["scenario=glob(more*)"], "here")
    assert recorded_words(["region='/gone'", "scenario=glob(plan*)"], "here")


def test_what_could_not_be_resumed_is_refused_before_it_is_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("experiments.compute.sweep_run.lasting", lambda *_: ["scenario=${x}"])
    assert main(["sweep", "scenario=plan", "replications=1", f"results={tmp_path / 'r'}"]) == 2
    assert "what would be kept of this sweep" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_configuration_of_a_resumed_sweep_is_printed_and_nothing_is_run(tmp_path, capsys):
    swept(tmp_path / "r", "scenario=plan", "replications=2")
    forget_a_chunk(tmp_path / "r")
    assert main(["resume", str(tmp_path / "r"), "--cfg", "job"]) == 0
    assert "replications: 2" in capsys.readouterr().out
    assert Store(tmp_path / "r").finished() == set()


def my_reform(folder, rate):
    path = folder / "my_reform.yaml"
    source = Path(__file__).parents[3] / "configs" / "reform" / "my_reform.yaml"
    path.write_text(source.read_text("utf-8").replace("rate:", f"rate: {rate} #"), encoding="utf-8")
    return path


def test_a_reform_that_was_edited_is_refused_with_78_and_computed_in_a_fork(tmp_path, capsys):
    reform = my_reform(tmp_path, 0.2)
    swept(tmp_path / "r", f"reform={reform}", "replications=2")
    before = digest(tmp_path / "r")
    my_reform(tmp_path, 0.25)
    assert main(["resume", str(tmp_path / "r")]) == 78
    assert "a reform file has changed" in capsys.readouterr().err
    assert digest(tmp_path / "r") == before
    assert main(["resume", str(tmp_path / "r"), "--fork", str(tmp_path / "new")]) == 0
    assert digest(tmp_path / "new") != before


def test_a_damaged_record_of_the_last_sweep_does_not_prevent_its_resumption(tmp_path):
    swept(tmp_path / "r", "scenario=plan", "replications=2")
    whole = digest(tmp_path / "r")
    last = tmp_path / "r" / "sweeps" / "last.json"
    last.write_bytes(last.read_bytes()[:-20])
    assert main(["verify", str(tmp_path / "r")]) == 65
    assert main(["resume", str(tmp_path / "r")]) == 0
    assert main(["verify", str(tmp_path / "r")]) == 0
    assert digest(tmp_path / "r") == whole


def test_without_any_whole_record_the_command_is_not_guessed(tmp_path):
    swept(tmp_path / "r", "scenario=plan", "replications=2")
    for path in (tmp_path / "r" / "sweeps").glob("*.json"):
        path.write_text("{}")
    with pytest.raises(CorruptData):
        remembered(tmp_path / "r")


def test_a_folder_without_a_sweep_cannot_be_resumed(tmp_path):
    with pytest.raises(InputError, match="no sweep to resume"):
        remembered(tmp_path)


def test_another_engine_may_be_given_and_nothing_else():
    sweep = {"words": ["replications=9", "executor=local", "executor.workers=3", "-m"]}
    assert words_of(sweep, []) == ["replications=9"]
    assert words_of(sweep, ["executor=dask"]) == ["replications=9", "executor=dask"]
    assert words_of(sweep, ["executor.workers=1"])[-1] == "executor.workers=1"
    with pytest.raises(InputError, match="not 'seed=3'"):
        words_of(sweep, ["seed=3"])


def test_verify_says_how_many_runs_are_left(tmp_path, capsys):
    swept(tmp_path / "r", "scenario=plan", "replications=4")
    forget_a_chunk(tmp_path / "r")
    assert main(["verify", str(tmp_path / "r")]) == 0
    assert "4 of the last sweep's 4 are left to compute" in capsys.readouterr().out


def test_who_is_refused_is_told_how_far_the_holder_is(tmp_path):
    with lock.held(tmp_path / "lock"):
        Heartbeat(tmp_path, lambda: {"done": 34, "total": 100}).beat()
        with pytest.raises(FolderHeld) as refused, lock.held(tmp_path / "lock"):
            pass
    assert f"pid {os.getpid()}, since 20" in str(refused.value)
    assert re.search("34 of 100 runs, last sign of life [0-9] s ago", str(refused.value))


def test_a_heartbeat_is_written_every_two_seconds_and_removed_at_the_end(tmp_path, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(heartbeat.time, "monotonic", lambda: now[0])
    counted = iter(range(10))
    beats = Heartbeat(tmp_path, lambda: {"done": next(counted)})
    seen = []
    for now[0] in (100.0, 101.9, 102.1, 103.0, 104.2):
        beats.beat()
        seen.append(json.loads((tmp_path / "heartbeat.json").read_text())["done"])
    assert seen == [0, 0, 1, 1, 2]
    beats.end()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"beat": 3}', "\x00\x01"])
def test_a_heartbeat_that_cannot_be_read_is_none(tmp_path, content):
    (tmp_path / "heartbeat.json").write_text(content)
    assert heartbeat.in_words(tmp_path) == ""
    assert heartbeat.running(tmp_path) == set()


def test_a_heartbeat_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "heartbeat.json").mkdir()
    Heartbeat(tmp_path, dict).beat()
    assert [path.name for path in tmp_path.iterdir()] == ["heartbeat.json"]


def test_a_run_that_is_being_computed_is_running_while_its_sweep_lives(tmp_path, monkeypatch):
    swept(tmp_path / "r", "scenario=plan", "replications=3")
    ids = list(load_runs(tmp_path / "r").run_id)
    forget_a_chunk(tmp_path / "r")
    Heartbeat(tmp_path / "r", lambda: {"running": ids[:1]}).beat()
    assert load_runs(tmp_path / "r").status.tolist() == ["running", "pending", "pending"]
    monkeypatch.setattr(heartbeat.time, "time", lambda: os.path.getmtime(tmp_path) + 3600)
    assert load_runs(tmp_path / "r").status.tolist() == ["pending"] * 3


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_was_set_leaves_no_run_of_a_dead_sweep_running(tmp_path, monkeypatch, hours):
    swept(tmp_path / "r", "scenario=plan", "replications=2")
    ids = list(load_runs(tmp_path / "r").run_id)
    forget_a_chunk(tmp_path / "r")
    Heartbeat(tmp_path / "r", lambda: {"running": ids, "done": 0, "total": 2}).beat()
    now = os.path.getmtime(tmp_path / "r" / "heartbeat.json")
    monkeypatch.setattr(heartbeat.time, "time", lambda: now + 3600 * hours)
    assert load_runs(tmp_path / "r").status.tolist() == ["pending"] * 2
    assert "-" not in heartbeat.in_words(tmp_path / "r")


def test_a_killed_sweep_of_this_machine_runs_nothing_though_it_was_heard_of_just_now(tmp_path, monkeypatch):
    swept(tmp_path / "r", "scenario=plan", "replications=2")
    ids = list(load_runs(tmp_path / "r").run_id)
    forget_a_chunk(tmp_path / "r")
    gone = subprocess.Popen(["true"])
    gone.wait()
    monkeypatch.setattr(heartbeat.os, "getpid", lambda: gone.pid)
    Heartbeat(tmp_path / "r", lambda: {"running": ids}).beat()
    assert load_runs(tmp_path / "r").status.tolist() == ["pending"] * 2
    monkeypatch.setattr(heartbeat.socket, "gethostname", lambda: "another")
    assert load_runs(tmp_path / "r").status.tolist() == ["running"] * 2


def test_a_failed_run_is_told_with_its_stage_its_luck_and_the_command_that_repeats_it(tmp_path, monkeypatch):
    monkeypatch.setenv("TOY_FAILS", "yes")
    assert swept(tmp_path / "r", "scenario=plan", "replications=4", "seed=9").failed == 1
    (line,) = failure_lines(tmp_path / "r")
    (run,) = load_runs(tmp_path / "r").query("status == 'failed'").run_id
    assert line == (
        "failed in experiments.misbehave: plan, n=2, seed=9: ZeroDivisionError: no firms left in cell 3; "
        f"sanxiang rerun {tmp_path / 'r'} {run[:16]}"
    )
    trace = load_runs(tmp_path / "r", columns=["traceback"]).traceback.dropna().tolist()
    assert "in misbehave" in trace[0]


def test_many_failures_are_counted_and_five_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("TOY_FAILS", "yes")
    swept(tmp_path / "r", "scenario=as_in_2020", "lever.rd_subsidy.rate=range(0,0.4,0.05)", "replications=3")
    lines = failure_lines(tmp_path / "r")
    assert (len(lines), lines[-1]) == (6, "and 3 more: the table of runs has them all")


def test_sources_edited_while_a_sweep_runs_stop_it(tmp_path, monkeypatch):
    """The parent's digests are those of the beginning; a worker reads the files as they are now."""
    told = {"sources": "of yesterday", "data": "of yesterday"}
    replace_everywhere(monkeypatch, digests, lambda **_: told)
    monkeypatch.setattr("experiments.compute.sweep_run.engine_for", choice.engine_for)
    with pytest.raises(FolderDiffers, match="not those that the sweep began with"):
        swept(tmp_path / "r", "scenario=plan", "replications=2")
    assert Store(tmp_path / "r").finished() == set()
