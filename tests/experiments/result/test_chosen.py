"""A run is chosen with values by name, a file of them, or a set of the posterior."""

import json
from types import SimpleNamespace

import pytest

from experiments import choose
from experiments.exits import ModelDiffers
from experiments.plan import drawn_sets
from experiments.plan.drawn_sets import ParameterSets
from experiments.plan.sweep_plan import plan_sweep
from scenarios.drawn import Drawn
from scenarios.load import central_values, load_parameters
from scenarios.parameters_given import parameters_given
from scenarios.spec import run_id
from scenarios.values.errors import InputError

NUMBERS = load_parameters()
KEY, GROUP, NAME = "firms.user_cost_elasticity", "firms", "user_cost_elasticity"
DIGESTS = {"data": "d", "sources": "s"}


@pytest.fixture
def posterior(monkeypatch):
    """Two sets in place of the region's, which hang on what was learnt last."""
    sets = tuple({(GROUP, NAME): value} for value in (0.6, 0.8))
    found = ParameterSets("posterior", "two sets", sets, (KEY,))
    for place in ("experiments.result.chosen.sets_of", "experiments.plan.drawn_sets.sets_of"):
        monkeypatch.setattr(place, lambda *_, **__: found)
    return found


@pytest.mark.parametrize(
    "given",
    [{KEY: 0.7}, {f"parameters.{KEY}": 0.7}, {GROUP: {NAME: 0.7}}, {"parameters": {GROUP: {NAME: 0.7}}}],
    ids=["by name", "as on the command line", "by group", "under parameters"],
)
def test_values_by_name_take_the_place_of_central_ones(given):
    found, central = choose(parameters=given).parameters, central_values(NUMBERS)
    assert found[GROUP][NAME] == 0.7 != central[GROUP][NAME]
    central[GROUP][NAME] = 0.7
    assert found == central


def test_a_file_says_the_same(tmp_path):
    yaml, plain = tmp_path / "mine.yaml", tmp_path / "mine.json"
    yaml.write_text("firms: {user_cost_elasticity: 0.7}")
    plain.write_text(json.dumps({KEY: 0.7}))
    expected = choose(parameters={KEY: 0.7}).parameters
    assert choose(parameters=yaml).parameters == choose(parameters=str(plain)).parameters == expected


def test_nothing_given_is_central():
    assert choose().parameters == central_values(NUMBERS)


def test_run_n_of_a_sweep_has_set_n(posterior):
    plan = plan_sweep(["scenario=plan", "replications=2", "parameters=posterior"])
    runs = [spec for unit in plan.units() for spec in unit]
    ours = [choose("plan", parameters=n, replication=n, seed=1) for n in range(2)]
    assert [run_id(one, DIGESTS) for one in ours] == [run_id(one, DIGESTS) for one in runs]
    assert [one.draw for one in ours] == [0, 1]


REFUSED = {
    "an unknown name": ({"firms.user_cost_elastisity": 1.0}, "mean 'parameters.firms.user_cost_elasticity"),
    "an unknown group": ({"firm.x": 1.0}, "did you mean 'parameters.firms'"),
    "out of range": ({KEY: 99.0}, "outside"),
    "no number": ({KEY: "much"}, "expected a number"),
    "no name": ({3: 1.0}, "is no name"),
    "a group without names": ({GROUP: 3.0}, "expected firms.NAME: VALUE"),
    "twice": ({KEY: 0.7, GROUP: {NAME: 0.8}}, "stands twice"),
    "another type": (0.5, "expected values by name, or a file"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_set_of_parameters_is_refused(given, said):
    with pytest.raises(InputError, match=said):
        parameters_given(given, NUMBERS)


@pytest.mark.parametrize("number", [-1, 2, True])
def test_a_set_beyond_those_there_are_is_refused(posterior, number):
    with pytest.raises(InputError, match="parameters="):
        choose(parameters=number)


def test_a_set_of_another_models_posterior_is_refused(monkeypatch):
    about, drawn = SimpleNamespace(learned=[KEY]), Drawn(1, 1, ({(GROUP, NAME): 0.6},), "one set")
    monkeypatch.setattr(drawn_sets, "whole_posterior", lambda *_: SimpleNamespace(about=about, drawn=drawn))
    monkeypatch.setattr(drawn_sets, "difference", lambda *_: "model a made it, this one is b")
    with pytest.raises(ModelDiffers, match="is of another model"):
        choose(parameters=0)
    assert choose(parameters=0, approximate=True).draw == 0
