"""What is drawn of results that have not changed stays; what is missing or stale is drawn again."""

import sys

import pytest
import toy_province
from toy_province import results, scenario

from experiments.__main__ import main
from experiments.read.reading import load_sweep
from experiments.report import drawn, report, up_to_date
from experiments.store import outputs

BOTH = [scenario(), scenario("plan", 0.004)]


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    """The toy, and reports of one figure."""
    every = drawn.wanted
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    monkeypatch.setattr(
        drawn, "wanted", lambda evidence: [one for one in every(evidence) if one[0] == "probability"]
    )


@pytest.fixture
def folder(tmp_path):
    """Results with their report."""
    results(tmp_path / "r", BOTH, replications=2)
    report.write_all(tmp_path / "r")
    return tmp_path / "r"


def is_up_to_date(folder):
    return up_to_date.up_to_date(folder, load_sweep(folder)["id"])


def figure(folder):
    return outputs.place(folder, load_sweep(folder)["id"]).path / "figures" / "probability.svg"


def test_outputs_stay_while_nothing_changes(folder):
    assert is_up_to_date(folder)
    results(folder, BOTH, replications=2)  # the sweep asked for again, when nothing is left
    assert is_up_to_date(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: figure(folder).unlink(),
        lambda folder: figure(folder).write_text("<svg/>"),
        lambda folder: (folder / "report.html").unlink(),
        lambda folder: (folder / "report.html").write_text("mine"),
        lambda folder: (folder / "outputs" / "drawn.json").write_text("{}"),
        lambda folder: results(folder, BOTH, replications=3),
        lambda folder: results(folder, [scenario()], replications=2),
    ],
    ids=[
        "figure_lost",
        "figure_edited",
        "page_lost",
        "page_edited",
        "note_damaged",
        "more_runs",
        "another_sweep",
    ],
)
def test_what_is_missing_or_stale_is_drawn_again(folder, change):
    change(folder)
    assert not is_up_to_date(folder)


def test_a_folder_that_was_renamed_is_drawn_again(folder):
    folder.rename(folder.with_name("other"))
    assert not is_up_to_date(folder.with_name("other"))


def test_another_program_draws_again(folder, monkeypatch):
    monkeypatch.setattr(up_to_date, "_program", lambda: ["another version"])
    assert not is_up_to_date(folder)


def test_several_sweeps_are_up_to_date_together(folder):
    results(folder, [scenario("no_policy", -0.002)], replications=2)
    report.write_all(folder)
    assert is_up_to_date(folder)
    (outputs.place(folder, "all").path / "figures" / "probability.svg").unlink()
    assert not is_up_to_date(folder)


@pytest.mark.usefixtures("computed_here", "sources_nobody_edits")
@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("again", ["sweep scenario=plan replications=2 results={}", "resume {}"])
def test_a_sweep_with_nothing_left_draws_only_what_is_stale(tmp_path, monkeypatch, capsys, again, fresh):
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    drawn = []
    monkeypatch.setattr(report, "write_all", lambda *asked: drawn.append(asked))
    assert main(["sweep", "scenario=plan", "replications=2", f"results={tmp_path / 'r'}"]) == 0
    monkeypatch.setattr("experiments.command.sweep.up_to_date", lambda *_: fresh)
    assert main(again.format(tmp_path / "r").split()) == 0
    assert len(drawn) == 1 + (not fresh)
    told = capsys.readouterr()
    assert ("nothing was left to do" in told.err) == fresh
    assert told.out.endswith(f"report: {tmp_path / 'r' / 'report.html'}\n")
