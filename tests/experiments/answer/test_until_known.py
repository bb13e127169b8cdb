"""replications=auto: where it stops, what it says, and that whoever goes on comes to the same end."""

from pathlib import Path

import pytest

from experiments import digest, sweep
from experiments.answer.target_table import render_targets
from experiments.plan.sweep_plan import plan_sweep
from experiments.plan.until_known import Until
from experiments.read.reading import load_sweeps
from scenarios.values.errors import InputError

AUTO = ("scenario=as_in_2020,plan", "replications=auto", "population.scale=.05")


@pytest.fixture(autouse=True)
def toy(computed_here, sources_nobody_edits, monkeypatch):
    """The toy model, computed in this process."""
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")


def swept(folder: Path, *words: str):
    return sweep(*AUTO, *words, f"results={folder}", quiet=True)


def test_it_stops_at_the_first_look_that_knows_every_probability(tmp_path):
    done = swept(tmp_path / "few", "half_width=.2")
    assert len(done.runs) == 200
    text = render_targets(done.folder)
    assert "replications=auto: every probability is known to ± 0.2" in text
    assert "it took 100 replications, 200 runs" in text


def test_what_is_not_reached_is_said(tmp_path):
    done = swept(tmp_path / "most", "half_width=.001", "at_most=100")
    assert len(done.runs) == 200
    assert "± 0.001 was not reached with at_most=100" in render_targets(done.folder)


def test_a_folder_remembers_one_sweep_and_is_as_one_of_that_many(tmp_path):
    auto = swept(tmp_path / "auto", "half_width=.12")
    assert 200 < len(auto.runs) < 1_000
    assert len(load_sweeps(auto.folder)) == 1
    words = (AUTO[0], AUTO[2], f"replications={len(auto.runs) // 2}", f"results={tmp_path / 'fixed'}")
    sweep(*words, quiet=True)
    assert digest(auto.folder) == digest(tmp_path / "fixed")


def test_whoever_goes_on_comes_to_the_same_end(tmp_path):
    swept(tmp_path / "one", "half_width=.2")
    again = swept(tmp_path / "one", "half_width=.12")
    other = swept(tmp_path / "other", "half_width=.12")
    assert (len(again.runs), digest(again.folder)) == (len(other.runs), digest(other.folder))


def test_it_looks_after_whole_passes_over_the_sets():
    assert list(Until(0.03, 40, 100).stops()) == [40, 80]
    assert list(Until(0.03, 400, 100).stops()) == [100]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["half_width=.03"], "half_width=0.03 needs replications=auto"),
        (["at_most=10"], "at_most=10 needs replications=auto"),
        (["replications=auto", "half_width=.7"], "0.7 is not a number between 0 and 0.5"),
        (["replications=auto", "half_width=0"], "0 is not a number between 0 and 0.5"),
        (["replications=auto", "at_most=0"], "0 is not a whole number from 1 to 1,000,000"),
        (["replications=often"], "'often' is not a whole number from 1 to 1,000,000, nor auto"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(words, said):
    with pytest.raises(InputError) as found:
        plan_sweep(["scenario=plan", *words])
    assert len(found.value.messages) == 1
    assert said in found.value.messages[0]
