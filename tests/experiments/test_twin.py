"""The twin of plain Mesa agents does what the compiled model does, within 1e-9."""

import math
from copy import deepcopy

import numpy as np
import pytest

from agents.firms import Firm
from experiments.twin import TwinModel, quarter_of, run_compiled
from experiments.uncompiled import uncompiled
from sim.model import IndustrialPolicyModel, choose

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
    of_the_column = 1e-9 * np.abs(compiled).mean()
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
    from agents.firms import innovation, money
    from agents.numbers import distributions, elementary

    rules = uncompiled([elementary, distributions, money, innovation])
    assert rules.poisson_quantile.__globals__["exp_"] is math.exp
    assert "emerging_share" in rules.age_patents.__code__.co_names
    assert rules.rescue_loan.__globals__["is_liquidated"] is rules.is_liquidated
