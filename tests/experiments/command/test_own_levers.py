"""Levers from outside on the command line: given by their folder, known by digest, never run by reading."""

import json
import shutil
import sys
from pathlib import Path

import pytest
import toy_model

from experiments import load_sweep, results, sweep, verify
from experiments.__main__ import main
from experiments.command.resume import remembered
from experiments.read.recorded_run import recorded
from experiments.store import sealed
from experiments.store.store import Store

pytestmark = pytest.mark.usefixtures("computed_here")
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "own_lever"
NAME = "small_firm_voucher"
TRIPWIRE = "\n\nopen('/tmp/nobody_may_run_this', 'w').close()\n"


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    """The toy model."""
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    monkeypatch.setattr("experiments.command.sweep._report", lambda folder: None)
    monkeypatch.setitem(sys.modules, "experiments.model", toy_model)


@pytest.fixture
def mine(tmp_path):
    return Path(shutil.copytree(EXAMPLE, tmp_path / "own"))


@pytest.fixture
def computed(tmp_path, mine):
    """A folder of runs with a lever from outside."""
    words = (f"levers={mine / 'levers'}", f"reform={mine / 'with_voucher.yaml'}", "replications=3")
    sweep(*words, f"results={tmp_path / 'r'}", "executor.workers=1", quiet=True)
    return tmp_path / "r"


def told(capsys, *words):
    """The exit code, and what was said: on standard output and as errors."""
    capsys.readouterr()
    code = main(list(map(str, words)))
    return code, capsys.readouterr()


def resealed(path, kind, **changes):
    """A record changed by somebody who can compute a checksum."""
    held = json.loads(path.read_text("utf-8"))["content"]
    sealed.write_json(path, kind, held | changes)


def edit(mine, old="Offers the rate", new="Offers then the rate"):
    path = mine / "levers" / f"{NAME}.py"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_the_folder_remembers_the_lever_and_no_code_of_it(computed):
    head = Store(computed).header()
    assert [one["name"] for one in head["levers"]] == [NAME]
    assert head["sources"][f"levers/{NAME}"] == head["levers"][0]["digest"]
    assert dict(map(tuple, head["levers"][0]["units"]))["budget"] == "yuan/year"
    texts = [path.read_bytes() for path in computed.rglob("*") if path.is_file()]
    assert not any(b"class SmallFirmVoucher" in text or b"def offer" in text for text in texts)
    assert not any(word.startswith("levers=") for word in remembered(computed)["words"])


def test_a_run_is_found_again_by_its_id_without_the_code(computed):
    found = recorded(Store(computed), "with_voucher:1")
    assert [one.name for one in found.spec.scenario.own] == [NAME]
    assert found.spec.scenario.own[0].source == ""
    assert found.spec.scenario.lever_values(NAME, 2024)["rate"] == 0.2


@pytest.mark.parametrize(
    "words",
    [
        ("resume", "DIR"),
        ("rerun", "DIR", "with_voucher:0"),
        ("explain", "DIR:with_voucher"),
        ("split", "DIR"),
    ],
)
def test_what_computes_again_asks_for_the_folder(computed, capsys, words):
    code, said = told(capsys, *(str(word).replace("DIR", str(computed)) for word in words))
    assert code == 2
    assert said.err == (
        f"{computed} was computed with levers from outside ({NAME}): give their folder again, levers=FOLDER; "
        "code is never taken from a results folder\n"
    )


def test_with_the_folder_a_sweep_is_resumed_and_computes_nothing_twice(computed, mine, capsys):
    before = {path.name for path in (computed / "chunks").iterdir()}
    code, said = told(capsys, "resume", computed, f"levers={mine / 'levers'}", "executor.workers=1")
    assert code == 0, said.err
    assert {path.name for path in (computed / "chunks").iterdir()} == before


@pytest.mark.parametrize(
    "words", [("resume", "DIR"), ("rerun", "DIR", "with_voucher:0"), ("explain", "DIR:with_voucher")]
)
def test_an_edited_lever_is_another_one(computed, mine, capsys, words):
    edit(mine)
    given = [str(word).replace("DIR", str(computed)) for word in words]
    code, said = told(capsys, *given, f"levers={mine / 'levers'}")
    assert code == 78 and f"sources: levers/{NAME} changed" in said.err and len(said.err.splitlines()) == 1


def test_a_folder_holds_one_set_of_levers_from_outside(computed, mine, capsys):
    code, said = told(capsys, "sweep", "scenario=plan", "replications=1", f"results={computed}")
    assert code == 78 and f"levers/{NAME} is gone" in said.err
    plain = computed.parent / "plain"
    sweep("scenario=as_in_2020", "replications=3", f"results={plain}", "executor.workers=1", quiet=True)
    words = ("scenario=plan", "replications=1", f"levers={mine / 'levers'}", f"results={plain}")
    code, said = told(capsys, "sweep", *words)
    assert code == 78 and f"levers/{NAME} is new" in said.err
    code, said = told(capsys, "compare", f"{computed}:with_voucher", f"{plain}:as_in_2020")
    assert code == 78 and f"levers/{NAME}" in said.err


def test_the_command_that_rebuilds_it_asks_for_the_folder_and_names_none(computed, mine):
    command = load_sweep(computed)["command"]
    assert command.endswith("levers=FOLDER results=" + str(computed)) and str(mine / "levers") not in command


def test_reading_results_runs_no_code_of_a_lever(computed, mine, capsys, monkeypatch):
    edit(mine, "@dataclass", f"{TRIPWIRE}@dataclass")
    monkeypatch.setattr("scenarios.own.outside.module_of", lambda own: pytest.fail("code was run"))
    monkeypatch.setattr("scenarios.own.folder.module_of", lambda own: pytest.fail("code was run"))
    for words in (("targets",), ("digest",), ("verify",), ("export", "--csv"), ("compare", "with_voucher")):
        verb, *rest = words
        given = (
            [f"{computed}:{rest[0]}", f"{computed}:as_in_2020"] if verb == "compare" else [computed, *rest]
        )
        code, said = told(capsys, verb, *given)
        assert code == 0, said.err
    found = results(computed)
    assert set(found.targets().scenario) == {"as_in_2020", "with_voucher"}
    assert not Path("/tmp/nobody_may_run_this").exists() and verify(computed) == []


def test_a_received_folder_cannot_name_a_folder_of_levers(computed, mine, capsys):
    last, words = computed / "sweeps" / "last.json", ["scenario=as_in_2020", f"levers={mine / 'levers'}"]
    resealed(last, "sweep", words=words)
    code, said = told(capsys, "resume", computed, f"levers={mine / 'levers'}")
    assert code == 65 and "sets 'levers', which no folder may" in said.err


def test_a_header_of_another_form_is_damaged(computed, capsys):
    held = Store(computed).header()["levers"]
    resealed(computed / "folder.json", "header", levers=[{**held[0], "name": "../../x"}])
    code, said = told(capsys, "targets", computed)
    assert code == 65 and len(said.err.splitlines()) == 1


def test_a_lever_that_may_not_be_ends_a_sweep_before_its_first_run(tmp_path, mine, capsys):
    edit(mine, "from typing import Any", "import random\nfrom typing import Any")
    words = (f"levers={mine / 'levers'}", "scenario=as_in_2020", f"results={tmp_path / 'r'}")
    code, said = told(capsys, "sweep", *words)
    assert code == 2 and "a lever draws no luck of its own" in said.err and len(said.err.splitlines()) == 1
    assert not (tmp_path / "r").exists()


def test_its_keys_are_checked_as_those_of_any_lever(mine, tmp_path, capsys):
    words = (f"levers={mine / 'levers'}", f"results={tmp_path / 'r'}")
    code, said = told(capsys, "sweep", f"lever.{NAME}.rat=0.1", *words)
    assert code == 2 and f"did you mean 'lever.{NAME}.rate'?" in said.err
    code, said = told(capsys, "sweep", f"lever.{NAME}.rate=0.9", *words)
    assert code == 2 and "outside 0 to 0.5 (share of the increase in research)" in said.err
    code, said = told(capsys, "sweep", f"lever.{NAME}.rate=0.1", f"results={tmp_path / 'r'}")
    assert code == 2 and f"unknown lever 'lever.{NAME}'" in said.err


def test_a_swept_value_of_it_is_a_typed_column_with_its_unit(tmp_path, mine):
    words = (f"levers={mine / 'levers'}", f"lever.{NAME}.rate=0,0.1", "replications=2")
    found = sweep(*words, f"results={tmp_path / 'r'}", "executor.workers=1", quiet=True)
    key = f"lever.{NAME}.rate"
    assert sorted(found.runs[key].unique()) == [0.0, 0.1]
    assert (
        found.codebook.query("table == 'runs'").set_index("column").unit[key]
        == "share of the increase in research"
    )


def test_a_run_tells_that_it_relied_on_it(computed, capsys):
    code, said = told(capsys, "sources", "--run", "with_voucher:0", computed, "--csv")
    assert code == 0 and f"lever.{NAME}" in said.out and "a lever from outside, digest" in said.out
    code, said = told(capsys, "sources", "--run", "as_in_2020:0", computed, "--csv")
    assert code == 0 and f"lever.{NAME}" not in said.out


def test_it_is_listed_and_checked(mine, capsys):
    code, said = told(
        capsys, "check", f"levers={mine / 'levers'}", mine / "with_voucher.yaml", "--format", "json"
    )
    assert code == 0 and {row["kind"] for row in json.loads(said.out)} == {"lever", "scenario"}
    code, said = told(capsys, "levers", NAME, f"levers={mine / 'levers'}")
    assert code == 0 and "研发券" in said.out and "None" not in said.out
    code, said = told(capsys, "levers", NAME)
    assert code == 2
