"""parameters=prior: which run takes which set, and what of the command is refused."""

from pathlib import Path
from shutil import copytree

import pytest

from experiments.plan.sweep_plan import plan_sweep
from scenarios.drawn import load_drawn, priors_digest
from scenarios.load import CONFIGS, load_parameters
from scenarios.values.errors import InputError

BASE = ("scenario=as_in_2020,plan", "parameters=prior")


@pytest.fixture(scope="module")
def configs(tmp_path_factory) -> Path:
    """The shipped configuration with three kept sets."""
    folder = tmp_path_factory.mktemp("copy") / "configs"
    copytree(CONFIGS, folder)
    digest = priors_digest(load_parameters(folder))
    kept = "[[0, 0.01], [1, 0.02], [3, 0.03]]"
    text = f"{{priors: {digest}, tried: 4, solved: [firms.research_scale], kept: {kept}}}"
    (folder / "region/hunan/prior.yaml").write_text(text, "utf-8")
    (folder / "region/hunan/posterior.json").unlink(missing_ok=True)
    return folder


def runs(configs: Path, *words: str) -> list:
    return [spec for unit in plan_sweep([*BASE, *words], configs).units() for spec in unit]


def test_run_n_takes_set_n_mod_draws_in_every_scenario(configs):
    found = runs(configs, "replications=5", "draws=3")
    assert [(spec.replication, spec.draw) for spec in found[::2]] == [(0, 0), (1, 1), (2, 2), (3, 0), (4, 1)]
    assert [spec.parameters["firms"]["research_scale"] for spec in found[::2]] == [
        0.01,
        0.02,
        0.03,
        0.01,
        0.02,
    ]
    assert all(a.parameters == b.parameters for a, b in zip(found[::2], found[1::2], strict=True))


def test_a_run_has_all_values_of_its_set(configs):
    (first, *_) = runs(configs, "replications=1")
    for (group, name), value in load_drawn(folder=configs).sets[0].items():
        assert first.parameters[group][name] == value


def test_as_many_sets_as_runs_unless_fewer_are_asked_for_or_kept(configs):
    assert {spec.draw for spec in runs(configs, "replications=2")} == {0, 1}
    assert {spec.draw for spec in runs(configs, "replications=9")} == {0, 1, 2}
    assert {spec.draw for spec in runs(configs, "replications=9", "draws=2")} == {0, 1}


def test_more_runs_extend_fewer(configs):
    few, many = runs(configs, "replications=2", "draws=2"), runs(configs, "replications=4", "draws=2")
    assert few == many[: len(few)]


def test_what_the_command_gives_is_not_drawn(configs):
    found = runs(configs, "replications=3", "parameters.firms.research_scale=0.015")
    assert {spec.parameters["firms"]["research_scale"] for spec in found} == {0.015}


def test_points_that_give_different_parameters_do_not_share_their_past(configs):
    plan = plan_sweep([*BASE, "replications=1", "parameters.firms.research_scale=0.015,0.025"], configs)
    assert [len(unit) for unit in plan.units()] == [2, 2]
    assert [unit[0].parameters["firms"]["research_scale"] for unit in plan.units()] == [0.015, 0.025]


def test_the_share_kept_is_said_before_the_first_run(configs):
    plan = plan_sweep([*BASE, "replications=2"], configs)
    (told,) = plan.notices
    assert told == (
        "parameters: 3 sets drawn from their priors; 3 of 4 tried (75%) met 2016-20 and were kept; "
        "the first 2 of them are used"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["parameters=prior", "draws=4"], "draws=4: 3 sets of parameters were kept"),
        (["draws=2"], "draws=2 needs parameters=posterior or prior"),
        (["parameters=prior", "draws=0"], "draws"),
        (["parameters=posterior"], "region hunan has no posterior.json"),
        (["parameters=priors"], "'prior'"),
    ],
)
def test_what_cannot_be_had_is_refused_in_one_line(configs, words, said):
    with pytest.raises(InputError) as refused:
        plan_sweep(words, configs)
    assert len(refused.value.messages) == 1
    assert said in refused.value.messages[0]
