"""The twin of plain Mesa agents does what the compiled model does, within 1e-9."""

import ast
import inspect
import math
from copy import deepcopy
from textwrap import dedent

import numpy as np
import pytest

from agents.firms import Firm
from agents.firms.quarter import offer, operate
from experiments.speed.twin import MODULES, TwinModel, quarter_of, run_compiled
from experiments.speed.twin_firm import TwinFirm
from experiments.speed.uncompiled import MATH, rules_of, uncompiled
from sim.model import IndustrialPolicyModel, choose

# Rules that change no firm: the check of its books
NO_BEHAVIOUR = {"income_gap", "surplus", "research_booked"}
COLUMNS = [name for name in Firm.columns if name != "unique_id"]


@pytest.fixture(scope="module")
def model():
    """A small province, four quarters after its start."""
    model = IndustrialPolicyModel(choose(scale=0.02))
    for _ in range(4):
        model.step()
    return model


@pytest.fixture(scope="module")
def both(model):
    """The same firms after the same quarter, compiled and as agents."""
    quarter = quarter_of(model)
    firms = deepcopy(model.economy.firms)
    firms.mission_research[firms.rows()[::7]] = 20_000.0
    firms.earmarked[firms.rows()[::5]] = 40_000.0
    twin = TwinModel(firms)
    twin.hand_out_luck(quarter)
    run_compiled(firms, quarter)
    twin.run(quarter)
    return firms, twin


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_of_the_twin_is_that_of_the_model(both, name):
    firms, twin = both
    compiled = firms.columns[name][..., firms.rows()].T
    plain = np.array([getattr(firm, name) for firm in twin.agents])
    # What is left of a difference, as of stocks sold out, is small beside the goods it is left of.
    of_the_column = 1e-9 * float(np.abs(compiled).mean())
    assert plain == pytest.approx(compiled, rel=1e-9, abs=of_the_column)


def test_a_quarter_changes_what_firms_have(model, both):
    before, (firms, _) = model.economy.firms, both
    changed = {name for name in COLUMNS if not np.array_equal(before.columns[name], firms.columns[name])}
    assert changed >= {"log_price", "sales", "deposits", "research", "knowledge", "pending_patents", "labour"}


def test_the_twin_has_one_ordinary_object_per_firm(model, both):
    _, twin = both
    assert len(twin.agents) == len(model.economy.firms)
    assert all("sales" in vars(firm) for firm in twin.agents)


def test_rules_of_the_twin_read_attributes_and_the_mathematics_of_python():
    from agents.firms import innovation, settle
    from agents.numbers import distributions, elementary

    rules = uncompiled([elementary, distributions, settle, innovation])
    assert rules.poisson_quantile.__globals__["exp_"] is math.exp
    assert "emerging_share" in rules.age_patents.__code__.co_names
    assert rules.rescue_loan.__globals__["is_liquidated"] is rules.is_liquidated


def called_in(function):
    """Names that a function calls, as they are or as one of `rules`."""
    tree = ast.parse(dedent(inspect.getsource(function)))
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    attributes = [f for f in called if isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name)]
    return {f.id for f in called if isinstance(f, ast.Name)} | {
        f.attr for f in attributes if f.value.id == "rules"
    }


def rules_behind(functions, known):
    """Names of the rules that these functions call, or stages and rules that they call, and so on.

    known: rules and stages by name, beside those that a function's own module knows.
    """
    ahead, seen = list(functions), {}
    while ahead:
        function = ahead.pop()
        for name in called_in(function) - set(seen):
            found = function.__globals__.get(name) or known.get(name)
            if hasattr(found, "py_func"):
                seen[name] = found.py_func
                ahead.append(found.py_func)
    return {name for name, function in seen.items() if inspect.getsource(function).startswith("@rule")}


def test_the_twin_calls_every_rule_that_the_stages_call():
    known = {name: vars(module)[name] for module in MODULES for name in rules_of(module)}
    methods = [value for value in vars(TwinFirm).values() if inspect.isfunction(value)]
    of_stages = rules_behind([offer.py_func, operate.py_func], {})
    assert {"adapted_markup", "smoothed_research", "rescue_loan", "closes"} <= of_stages
    assert of_stages - rules_behind(methods, known) - set(MATH) == NO_BEHAVIOUR
