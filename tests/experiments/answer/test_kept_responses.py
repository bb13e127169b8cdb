"""Responses in a results folder: kept sealed, replaced by the same field's, refused elsewhere."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import toy_province
from toy_response import KEYS, keeping, toy_response

from experiments import digest, export
from experiments.__main__ import main
from experiments.answer.dose_response import remarks
from experiments.answer.dose_runs import units_of_measures
from experiments.answer.kept_responses import kept
from experiments.exits import CorruptData, FolderDiffers, InTheWay
from experiments.read.reading import load_responses
from experiments.store import lock, sealed
from experiments.store.store import Store, claimed


@pytest.fixture(autouse=True)
def toys(monkeypatch):
    """Today's header is the toy's, and responses are made without a model."""
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": toy_province.TODAY)
    monkeypatch.setattr(
        "experiments.command.response.responses", lambda names, *_: map(toy_response, names or KEYS)
    )


@pytest.fixture
def folder(tmp_path):
    return keeping(tmp_path / "r")


def files(folder):
    return sorted((folder / "responses").iterdir())


def of_key(folder, key):
    return next(path for path in files(folder) if json.loads(path.read_text())["content"]["key"] == key)


def resealed(path, **changes):
    """The response changed by somebody who can compute a checksum."""
    sealed.write_json(path, "response", json.loads(path.read_text("utf-8"))["content"] | changes)


def test_a_response_comes_out_as_it_was_kept(folder):
    found = {one.key: one for one in kept(folder)}
    assert list(found) == sorted(KEYS)
    for key, one in found.items():
        before = toy_response(key)
        assert list(one.values) == list(before.values)
        assert all(one.effect(name).tobytes() == before.effect(name).tobytes() for name in before.values)
        assert (one.unit, one.scale, one.pairs, remarks(one)) == (before.unit, 0.1, 3, remarks(before))
        assert remarks(one)


def test_the_same_field_again_takes_the_place_of_the_one_before(folder):
    keeping(folder, toy_response(KEYS[0], size=2.0))
    assert len(files(folder)) == 2
    found = next(one for one in kept(folder) if one.key == KEYS[0])
    assert np.array_equal(found.effect("spent"), toy_response(KEYS[0], size=2.0).effect("spent"))


@pytest.mark.parametrize("verb", ["report", "verify"])
@pytest.mark.parametrize("change", ["edited", "half", "another field's", "of another folder"])
def test_a_damaged_response_is_told_and_its_folder_not_reported(folder, capsys, verb, change):
    one, other = files(folder)
    match change:
        case "edited":
            one.write_text(one.read_text().replace("0.1", "0.2", 1))
        case "half":
            one.write_bytes(one.read_bytes()[:100])
        case "another field's":
            one.write_bytes(other.read_bytes())
        case _:
            resealed(one, of="0" * 64)
    assert main([verb, str(folder)]) == 65
    said = "".join(capsys.readouterr())
    assert one.name in said and "Traceback" not in said


def test_a_damaged_response_is_put_aside_and_not_overwritten(folder):
    path = of_key(folder, KEYS[0])
    path.write_text("mine")
    keeping(folder, toy_response(KEYS[0]))
    assert (folder / "quarantine" / path.name).read_text() == "mine"
    assert len(kept(folder)) == 2


def test_a_sweep_puts_a_damaged_response_aside_as_it_does_chunks(folder):
    path = files(folder)[0]
    path.write_text("half")
    (folder / "responses" / f".sanxiang-{'0' * 16}.part").write_text("half")
    with claimed(folder, toy_province.TODAY) as store:
        assert [path.name in line for line in store.quarantine_damaged()] == [True]
    assert (folder / "quarantine" / path.name).read_text() == "half"
    assert len(files(folder)) == len(kept(folder)) == 1


@pytest.mark.parametrize("place", ["responses", "a response"])
def test_a_link_is_not_followed(tmp_path, folder, place):
    path = folder / "responses" if place == "responses" else files(folder)[0]
    path.rename(tmp_path / "behind")
    path.symlink_to(tmp_path / "behind")
    before = [(one, one.read_bytes()) for one in tmp_path.rglob("behind*") if one.is_file()]
    with pytest.raises(InTheWay, match="is a link"):
        keeping(folder)
    with pytest.raises(InTheWay, match="is a link"):
        kept(folder)
    assert path.is_symlink()
    assert [(one, one.read_bytes()) for one, _ in before] == before


def test_a_folder_of_a_response_whose_header_is_lost_is_still_ours(folder):
    (folder / "folder.json").unlink()
    (folder / "notes.txt").write_text("mine")
    keeping(folder, toy_response(KEYS[0], size=3.0))
    assert len(kept(folder)) == 2


# --- the verb --------------------------------------------------------------------------------------------


def test_the_verb_keeps_what_it_computes_and_writes_the_report(tmp_path, capsys):
    folder = tmp_path / "r"
    assert main(["response", *KEYS, "--results", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"report: {folder / 'report.html'}"
    assert "high_tech_award.award" in (folder / "report.html").read_text("utf-8")
    assert [one.key for one in kept(folder)] == sorted(KEYS)


def test_json_is_one_list_and_nothing_else_stands_on_standard_output(tmp_path, capsys):
    words = ["response", "rd_subsidy.rate", "--format", "json", "--out", str(tmp_path / "a.svg")]
    assert main([*words, "--results", str(tmp_path / "r")]) == 0
    said = capsys.readouterr()
    assert [one["lever"] for one in json.loads(said.out)] == ["rd_subsidy.rate"]
    assert said.err.splitlines() == [
        f"figure: {tmp_path / 'a.svg'}", f"report: {tmp_path / 'r' / 'report.html'}"
    ]  # fmt: skip
    assert main(["response", *KEYS, "--format", "json"]) == 0
    assert [one["lever"] for one in json.loads(capsys.readouterr().out)] == list(KEYS)


def never(*_):
    raise AssertionError("a run before the folder was looked at")
    yield


@pytest.mark.parametrize(
    ("what", "code"), [("other sources", 78), ("another region", 78), ("a project", 2), ("another sweep", 75)]
)
def test_a_folder_that_cannot_take_a_response_is_refused_before_the_first_run(
    tmp_path, monkeypatch, capsys, what, code
):
    folder = tmp_path / "r"
    monkeypatch.setattr("experiments.command.response.responses", never)
    if what == "a project":
        folder.mkdir()
        (folder / "thesis.tex").write_text("mine")
    else:
        keeping(folder)
    if what == "other sources":
        other = toy_province.TODAY | {"sources": {"sim/a.py": "12"}}
        monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": other)
    if what == "another region":
        toy_province.results(folder, [toy_province.scenario()], 2)
        with claimed(folder, toy_province.TODAY) as store:
            about = {"words": [], "started": "", "asked": "", "region": "elsewhere"}
            store.keep_sweep(about, store.table("runs").select(["run_id"]))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    words = ["response", "rd_subsidy.rate", "--results", str(folder)]
    if what == "another sweep":
        with lock.held(folder / "lock"):
            assert main(words) == code
    else:
        assert main(words) == code
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert capsys.readouterr().err.count("\n") == 1


def test_a_response_into_a_folder_of_sweeps_leaves_their_runs_as_they_are(tmp_path):
    folder = toy_province.results(tmp_path / "r", [toy_province.scenario()], 3)
    before = digest(folder)
    keeping(folder)
    assert digest(folder) == before


# --- other verbs -----------------------------------------------------------------------------------------


def test_verify_counts_responses(folder, capsys):
    assert main(["verify", str(folder)]) == 0
    said = f"{folder}: 0 runs and 2 responses, every file as it was sealed; no sweep has begun\n"
    assert capsys.readouterr().out == said


def test_responses_are_exported_with_every_pair(tmp_path):
    folder = toy_province.results(tmp_path / "r", [toy_province.scenario()], 3)
    assert "responses.csv" not in [path.name for path in export(folder)]
    keeping(folder)
    assert "responses.csv" in [path.name for path in export(folder)]
    rows = load_responses(folder)
    assert len(rows) == 2 * 4 * len(units_of_measures()) * 3
    one = rows[(rows.field == KEYS[0]) & (rows.measure == "spent")]
    effects = (one.value - one.value_in_force).to_numpy().reshape(4, 3)
    assert np.array_equal(effects, toy_response(KEYS[0]).effect("spent"))


@pytest.mark.parametrize("words", [["targets"], ["export", "--csv"], ["compare"]])
def test_what_needs_a_sweep_says_that_there_are_responses_alone(folder, capsys, words):
    assert main([words[0], str(folder), *words[1:]] + ([str(folder)] if words == ["compare"] else [])) == 2
    assert "holds no sweep, only responses" in capsys.readouterr().err


def test_a_folder_with_nothing_in_it_has_no_responses(tmp_path):
    assert kept(tmp_path) == []
    with claimed(tmp_path / "r", toy_province.TODAY):
        pass
    assert kept(tmp_path / "r") == []


def test_of_other_sources_is_neither_kept_nor_shown(folder):
    with pytest.raises(FolderDiffers):
        keeping(folder, today=toy_province.TODAY | {"data": {"configs/b.yaml": "23"}})
    stranger = keeping(folder.parent / "s", today=toy_province.TODAY | {"sources": {"sim/a.py": "12"}})
    for path in files(Path(stranger)):
        (folder / "responses" / path.name).write_bytes(path.read_bytes())
    with pytest.raises(CorruptData, match="is of another version"):
        kept(folder)
    assert len(Store(folder).damaged()) == 2
