"""The posterior's file: what a set is, and what of a file is refused."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from scenarios.drawn import beliefs_digest, drawn_values
from scenarios.load import CONFIGS, load_parameters
from scenarios.posterior import DamagedPosterior, load_posterior, posterior_path
from scenarios.values.errors import InputError

LEARNED = ["firms.research_scale", "economy.technology_value_added_2020"]


@pytest.fixture
def configs(tmp_path: Path) -> Path:
    """The shipped configuration, in a place where a test may write."""
    return Path(copytree(CONFIGS, tmp_path / "configs"))


def write(configs: Path, **changes: object) -> Path:
    """A posterior of two sets for the shipped region."""
    content = {
        "priors": beliefs_digest(load_parameters(configs), LEARNED), "model": "m", "inputs": "i",
        "trained_to": 2020, "command": "c", "made": "2020-12-31", "seconds": 1, "rows": 5, "scale": 0.1,
        "effective": 100, "discrepancy": {"certified": 0.02}, "learned": LEARNED,
        "draws": [[7, 0.02, 1.1e12], [8, 0.03, 1.2e12]],
    }  # fmt: skip
    path = posterior_path(folder=configs)
    path.write_text(json.dumps(content | changes), "utf-8")
    return path


def test_a_set_is_its_candidate_with_what_was_learnt(configs):
    write(configs)
    first, second = load_posterior(folder=configs).drawn.sets
    usual = drawn_values(load_parameters(configs), 7)
    assert first["firms", "research_scale"] == 0.02
    assert second["economy", "technology_value_added_2020"] == 1.2e12
    assert all(first[key] == value for key, value in usual.items() if ".".join(key) not in LEARNED)


def test_a_region_without_one_says_how_to_make_it(configs):
    posterior_path(folder=configs).unlink(missing_ok=True)
    with pytest.raises(InputError, match="calibrate --write"):
        load_posterior(folder=configs)


def test_other_priors_are_refused_and_other_central_values_are_not(configs):
    write(configs)
    file = configs / "region/hunan/parameters/firms.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("log_normal: [0.018, 1.8]", "log_normal: [0.02, 1.8]"), "utf-8")
    with pytest.raises(InputError, match="other priors"):
        load_posterior(folder=configs)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"priors": "p"}'], ids=["empty", "cut", "list", "nothing", "part"]
)
def test_what_calibrate_did_not_write_is_damaged(configs, text):
    write(configs).write_text(text, "utf-8")
    with pytest.raises(DamagedPosterior, match="damaged"):
        load_posterior(folder=configs)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"draws": [[7, 0.9, 1.1e12]]}, "research_scale"),
        ({"draws": [[7, 0.02]]}, "row 1"),
        ({"draws": [[7.5, 0.02, 1.1e12]]}, "row 1"),
        ({"learned": ["firms.nothing", LEARNED[1]]}, "firms.nothing|other priors"),
    ],
)
def test_sets_that_no_run_can_take_are_refused(configs, changes, said):
    write(configs, **changes)
    with pytest.raises(InputError, match=said):
        load_posterior(folder=configs)
