"""A model is a function of its RunSpec: nothing else in the process, no copy and no branch changes a bit."""

import pickle
from copy import deepcopy
from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from whole_state import differences, digests

from scenarios.values.errors import InputError
from sim.model import IndustrialPolicyModel, choose, unchanging

SCALE = 0.01


def model_of(scenario="plan", **rest):
    return IndustrialPolicyModel(choose(scenario, scale=SCALE, **rest))


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def grown():
    """A model at the end of 2020, and what it holds; no test steps it."""
    model = after(20, model_of())
    return model, digests(model)


@pytest.fixture(scope="module")
def half_a_year_later():
    return after(22, model_of())


def test_the_same_spec_gives_the_same_bits_again(grown):
    assert differences(after(20, model_of()), grown[0]) == []


@pytest.mark.parametrize("other", [{"replication": 1}, {"seed": 1}])
def test_other_luck_gives_other_firms_from_the_start(other):
    changed = differences(model_of(), model_of(**other))
    assert {"economy.firms.log_productivity", "economy.firms.deposits"} <= set(changed)


def test_seed_and_replication_are_no_sum():
    assert differences(model_of(seed=1, replication=0), model_of(seed=0, replication=1)) != []


def test_two_live_models_do_not_disturb_each_other():
    first, second = model_of("plan", replication=5), model_of("no_policy", replication=6)
    for _ in range(5):
        first.step()
        second.step()
    assert differences(first, after(5, model_of("plan", replication=5))) == []
    assert differences(second, after(5, model_of("no_policy", replication=6))) == []


def test_a_pickled_model_goes_on_with_the_same_bits(grown, half_a_year_later):
    again = pickle.loads(pickle.dumps(grown[0]))
    assert differences(after(2, again), half_a_year_later) == []


def test_a_deep_copy_goes_on_with_the_same_bits(grown, half_a_year_later):
    assert differences(after(2, deepcopy(grown[0])), half_a_year_later) == []


def test_a_branch_under_the_same_scenario_goes_on_with_the_same_bits(grown, half_a_year_later):
    """Mesa alone numbers the agents of a branch anew, as it does those of every model."""
    model = grown[0]
    changed = differences(after(2, model.branch(model.spec)), half_a_year_later)
    assert [name for name in changed if not name.endswith(".unique_id")] == []


@pytest.mark.parametrize(
    "copied",
    [lambda m: pickle.loads(pickle.dumps(m)), deepcopy, lambda m: m.branch(choose("no_policy", scale=SCALE))],
    ids=["pickle", "deepcopy", "branch"],
)
def test_what_happens_to_a_copy_does_not_happen_to_the_original(grown, copied):
    model, before = grown
    after(3, copied(model))
    assert digests(model) == before


def test_a_branch_under_another_scenario_differs_from_its_parent(grown, half_a_year_later):
    branch = after(2, grown[0].branch(choose("no_policy", scale=SCALE)))
    assert "economy.firms.deposits" in differences(branch, half_a_year_later)


def test_looking_at_agents_between_quarters_changes_no_bit():
    """An added reporter or trace leaves every result as it is."""
    seen, unseen = model_of(replication=2), model_of(replication=2)
    for _ in range(4):
        seen.step()
        seen.agents.shuffle().select(lambda agent: agent.unique_id % 2).do(lambda agent: agent.unique_id)
    assert differences(seen, after(4, unseen)) == []


def test_an_unknown_scenario_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="no_policy"):
        choose("no_polcy")


def test_cells_are_yearly_and_come_with_complete_years():
    model = after(7, model_of())
    assert model.series.shape[0] == 7 and model.cells.shape[:3] == (1, 14, 9)


def changeable(value):
    """What of a value somebody could change in place."""
    if value is None or isinstance(value, (bool, int, float, str, np.generic)):
        return []
    if isinstance(value, tuple):
        return [found for one in value for found in changeable(one)]
    if is_dataclass(value) and value.__dataclass_params__.frozen:
        return [found for one in fields(value) for found in changeable(getattr(value, one.name))]
    return [value]


def test_what_a_branch_shares_with_its_past_cannot_be_changed(grown):
    shared = unchanging(grown[0].economy).values()
    assert [found for one in shared for found in changeable(one)] == []
    assert changeable((1, [2])) == [[2]]


def test_a_branch_shares_parameters_and_nothing_that_changes(grown):
    past = grown[0].economy
    other = grown[0].branch(grown[0].spec).economy
    assert other.geography is past.geography and other.universities.parameters is past.universities.parameters
    assert other.universities is not past.universities and other.firms is not past.firms
