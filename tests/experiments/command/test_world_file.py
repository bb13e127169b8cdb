"""A world of the user's own: checked before any run, kept by its folder, and the identity of its runs."""

import json

import pytest

from experiments import compare, digest, rerun, sweep
from experiments.__main__ import main
from experiments.answer.comparison_table import render_comparison
from experiments.read.reading import load_runs
from experiments.store.header import header
from experiments.store.store import Store

pytestmark = pytest.mark.usefixtures("computed_here")
SURE = (
    "market_year_sd: {unit: share a year, range: [0, 0.06], value: 0.0, source: a test, status: assumption}\n"
)


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    """The toy model, and sources that nobody edits while the tests run."""
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    monkeypatch.setattr("experiments.command.sweep._report", lambda folder: None)
    held = header()
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": held)


def world_file(folder, value="0.0", name="calm years, 1.yaml"):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("base: as_expected_in_2020\n" + SURE.replace("0.0,", f"{value},"))
    return path


def swept(folder, *words):
    return sweep(*words, "scenario=as_in_2020", "replications=2", f"results={folder}", quiet=True)


def test_runs_of_a_file_are_known_by_its_content(tmp_path):
    asked = [world_file(tmp_path / "a"), world_file(tmp_path / "b"), world_file(tmp_path / "c", "0.01")]
    runs = []
    for number, path in enumerate(asked):
        swept(tmp_path / f"r{number}", f"world='{path}'")
        runs.append(load_runs(tmp_path / f"r{number}"))
    assert set(runs[0].run_id) == set(runs[1].run_id)
    assert set(runs[0].run_id).isdisjoint(runs[2].run_id)
    assert runs[0].world.iloc[0] == runs[1].world.iloc[0] != runs[2].world.iloc[0]
    (kept,) = (tmp_path / "r0" / "inputs").iterdir()
    assert kept.read_bytes() == asked[0].read_bytes() and kept.stem == runs[0].world.iloc[0]


def test_a_folder_whose_file_has_moved_is_resumed_and_runs_again(tmp_path, capsys):
    path, folder = world_file(tmp_path / "there"), tmp_path / "r"
    swept(folder, f"world='{path}'")
    whole = digest(folder)
    path.unlink()
    for chunk in (folder / "chunks").glob(f"{Store(folder).chunks()[0].name}.*"):
        chunk.unlink()
    assert main(["resume", str(folder)]) == 0
    assert digest(folder) == whole
    assert str(folder / "inputs" / "world.") in capsys.readouterr().out
    assert rerun(folder, "as_in_2020:1", model="toy_model").same


def test_a_name_and_a_file_may_stand_in_one_list(tmp_path):
    path, folder = world_file(tmp_path, name="mine.yaml"), tmp_path / "r"
    swept(folder, f"world=as_happened,{path}")
    assert main(["resume", str(folder)]) == 0
    assert len(set(load_runs(folder).world)) == 2


def test_a_copy_that_was_edited_is_not_used(tmp_path, capsys):
    path, folder = world_file(tmp_path / "there"), tmp_path / "r"
    swept(folder, f"world='{path}'")
    (kept,) = (folder / "inputs").iterdir()
    kept.write_text(kept.read_text().replace("0.0,", "0.05,"))
    assert main(["verify", str(folder)]) == 65
    path.unlink()
    assert main(["resume", str(folder)]) == 65
    assert main(["rerun", str(folder), "as_in_2020:0"]) == 65


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("base: as_hoped\n" + SURE, "unknown world 'as_hoped'"),
        (
            "base: as_expected_in_2020\n" + SURE.replace("market_year_sd", "market_yaer_sd"),
            "did you mean 'market_year_sd'",
        ),
        ("base: as_expected_in_2020\n" + SURE.replace("0.0,", "0.5,"), "0.5, outside 0 to 0.06"),
        (SURE, "has no "),
        ("a: [", "not valid YAML"),
    ],
)
def test_a_mistake_in_it_is_told_before_any_run(tmp_path, capsys, text, said):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    assert main(["sweep", f"world={path}", f"results={tmp_path / 'r'}"]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "r").exists()


def test_two_mistakes_are_two_lines(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "base: as_expected_in_2020\n" + SURE.replace("market_y", "market_q") + SURE.replace("_year", "_yaer")
    )
    assert main(["sweep", f"world={path}", f"results={tmp_path / 'r'}"]) == 2
    assert capsys.readouterr().err.count("unknown number") == 2


def test_a_file_that_is_not_there_is_one_line(tmp_path, capsys):
    assert main(["sweep", f"world={tmp_path / 'gone.yaml'}", f"results={tmp_path / 'r'}"]) == 2
    assert capsys.readouterr().err.strip().endswith("no such file")


def test_a_file_that_is_too_large_is_one_line(tmp_path, capsys):
    path = tmp_path / "large.yaml"
    path.write_text("#" * 1_000_001)
    assert main(["sweep", f"world={path}", f"results={tmp_path / 'r'}"]) == 2
    assert "1,000,001 bytes; at most 1,000,000" in capsys.readouterr().err


def test_a_file_stands_on_the_command_line_alone(tmp_path, capsys):
    (tmp_path / "points.csv").write_text(f"world\n{world_file(tmp_path, name='mine.yaml')}\n")
    assert main(["sweep", f"points={tmp_path / 'points.csv'}", f"results={tmp_path / 'r'}"]) == 2
    assert "a file is given on the command line alone: world=FILE" in capsys.readouterr().err


def test_two_worlds_are_compared_in_pairs_of_replications_and_marked(tmp_path, capsys):
    names = ("as_expected_in_2020", "as_happened")
    folders = [tmp_path / name for name in names]
    for name, folder in zip(names, folders, strict=True):
        swept(folder, f"world={name}")
    found = compare(*folders)
    assert found["worlds"] == list(names) and found["paired"]
    assert {row["pairs"] for row in found["differences"]} == {2}
    assert {"key": "world", "a": names[0], "b": names[1]} in found["settings"]
    text = render_comparison(found)
    assert f"across worlds: {names[0]} and {names[1]}" in text and "each in its own world" in text
    assert "across worlds" not in render_comparison(compare(folders[0], folders[0]))
    assert main(["compare", *map(str, folders), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["worlds"] == list(names)
