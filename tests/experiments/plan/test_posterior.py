"""parameters=posterior: the default where the region has one that fits, and what is refused or marked."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from experiments import model_version
from experiments.exits import CorruptData, Exit, ModelDiffers
from experiments.plan import drawn_sets, sweep_plan
from experiments.plan.drawn_sets import LEFT_OUT
from scenarios.drawn import beliefs_digest
from scenarios.load import CONFIGS, load_parameters
from scenarios.posterior import FILE, load_posterior
from scenarios.values.errors import InputError

USUAL = drawn_sets.usual  # before a test's fixture puts the central sets in its place
LEARNED = ["firms.research_scale"]
VALUES = [0.011, 0.012, 0.013, 0.014]
BASE = ("scenario=as_in_2020,plan", "replications=3")


def written(folder: Path, **changes) -> Path:
    """A posterior of four sets among a folder's configuration."""
    digest = beliefs_digest(load_parameters(folder), LEARNED)
    about = {
        "priors": digest, "model": "m" * 16, "inputs": model_version.inputs("hunan", folder),
        "trained_to": 2020, "command": "sanxiang calibrate", "made": "2026-01-01", "seconds": 1.0, "rows": 10,
        "scale": 0.1, "effective": 4.0, "discrepancy": {}, "learned": LEARNED,
        "draws": [[n, value] for n, value in enumerate(VALUES)],
    }  # fmt: skip
    path = folder / "region/hunan" / FILE
    path.write_text(json.dumps(about | changes), "utf-8")
    load_posterior.cache_clear()
    return path


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copy") / "configs"
    copytree(CONFIGS, folder)
    return folder


@pytest.fixture
def configs(copied, monkeypatch) -> Path:
    """The shipped configuration with a posterior of four sets; no model is run to tell its version."""
    monkeypatch.setattr(drawn_sets, "usual", USUAL)
    monkeypatch.setattr(model_version, "version", lambda region: "v" * 16)
    written(copied)
    return copied


def plan(configs: Path, *words: str):
    return sweep_plan.plan_sweep([*BASE, *words], configs)


def scales(found) -> list[float]:
    return [unit[0].parameters["firms"]["research_scale"] for unit in found.units()]


@pytest.mark.parametrize("words", [(), ("parameters=posterior",)])
def test_a_sweep_takes_the_posterior_of_its_region(configs, words):
    found = plan(configs, *words)
    assert scales(found) == VALUES[:3]
    assert found.sets.source == "posterior"
    assert "4 sets of the posterior" in found.sets.told
    assert found.composed["parameters_from"] == "posterior"
    assert found.composed["draws"] == 3


def test_run_n_takes_set_n_mod_draws(configs):
    assert scales(plan(configs, "draws=2")) == [VALUES[0], VALUES[1], VALUES[0]]


def test_the_central_values_can_be_asked_for(configs):
    found = plan(configs, "parameters=central")
    assert len(set(scales(found))) == 1
    assert found.sets.told == LEFT_OUT


def test_a_region_without_a_posterior_has_the_central_values(configs):
    (configs / "region/hunan" / FILE).unlink()
    load_posterior.cache_clear()
    found = plan(configs)
    assert found.sets.source == "central"
    assert "parameter uncertainty is left out" in found.sets.told
    with pytest.raises(InputError, match=r"has no posterior\.json"):
        plan(configs, "parameters=posterior")


def test_a_posterior_of_another_model_is_refused_with_the_difference(configs):
    written(configs, inputs="i" * 16)
    with pytest.raises(ModelDiffers) as found:
        plan(configs, "parameters=posterior")
    assert f"model {'m' * 16} made it on 2026-01-01, this one is {'v' * 16}" in str(found.value)
    assert found.value.code == Exit.DIFFERS == 78
    usual = plan(configs)
    assert usual.sets.source == "central"
    assert "another model" in usual.sets.told and usual.sets.told in usual.notices


def test_other_sources_that_do_the_same_are_the_same_model(configs):
    written(configs, inputs="i" * 16, model="v" * 16)
    found = plan(configs, "parameters=posterior")
    assert found.sets.source == "posterior" and not found.sets.approximate


def test_where_sources_are_the_same_no_model_is_run(configs, monkeypatch):
    monkeypatch.setattr(model_version, "version", lambda region: pytest.fail("the model was run"))
    assert plan(configs).sets.source == "posterior"


def test_approximate_takes_it_and_says_what_changed(configs):
    written(configs, inputs="i" * 16)
    found = plan(configs, "--approximate")
    assert scales(found) == VALUES[:3]
    assert f"this one is {'v' * 16}" in found.sets.approximate
    assert any(line.startswith("--approximate: ") for line in found.notices)


def test_a_damaged_posterior_ends_with_65_in_one_line(configs):
    path = configs / "region/hunan" / FILE
    path.write_text(path.read_text("utf-8")[:200], "utf-8")
    load_posterior.cache_clear()
    with pytest.raises(CorruptData, match="damaged") as found:
        plan(configs)
    assert found.value.code == 65
    assert "\n" not in str(found.value)


def test_what_the_command_gives_stands_in_every_set_and_is_said(configs):
    found = plan(configs, "parameters.firms.research_scale=0.02")
    assert set(scales(found)) == {0.02}
    assert any("in place of what was learnt" in line for line in found.notices)
    other = plan(configs, "parameters.firms.markup_response=0.5")
    assert not any("in place of what was learnt" in line for line in other.notices)


def test_more_sets_than_there_are_is_refused(configs):
    with pytest.raises(InputError, match="draws=5: 4 sets of parameters are in the posterior"):
        plan(configs, "draws=5")
