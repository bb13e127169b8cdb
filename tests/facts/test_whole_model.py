"""The identities hold and everything stays finite, whatever the values within their ranges."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.load import central_values, load_levers, load_parameters
from scenarios.spec import Closure
from sim.draws import Draws, Purpose
from sim.indicators import INDICATORS
from sim.model import IndustrialPolicyModel, choose

COLUMN = {name: place for place, name in enumerate(INDICATORS)}
QUARTERS = 9
FOUNDERS_RICHER_THAN_THEIR_PLACE, DEBT_SERVICE_BEYOND_THE_TREASURY = 78, 69
CONFIGURATIONS = [*range(24), DEBT_SERVICE_BEYOND_THE_TREASURY, FOUNDERS_RICHER_THAN_THEIR_PLACE]
WORLDS = ("as_expected_in_2020", "as_happened")


def within(number, luck):
    """A value in a number's range, by a uniform in (0, 1)."""
    low, high = number.range
    return low + luck * (high - low)


def drawn_spec(configuration):
    """A run with every parameter and lever, size and world drawn within its range; levers act from 2016."""
    draws = Draws(20_210_819)

    def luck(first, count):
        members = np.arange(first, first + count) + 10_000 * configuration
        return draws.uniforms(Purpose.SYNTHESIS_0, members, 0).tolist()

    parameters, levers = load_parameters(), load_levers()
    names = [(group, name) for group, numbers in parameters.items() for name in numbers]
    values = central_values(parameters)
    for (group, name), u in zip(names, luck(0, len(names)), strict=True):
        values[group][name] = within(parameters[group][name], u)
    fields = [(name, field) for name, lever in levers.items() for field in lever.fields]
    changes = {
        (name, field): ((2016, within(levers[name].fields[field], u)),)
        for (name, field), u in zip(fields, luck(5_000, len(fields)), strict=True)
    }
    size, closure, world = luck(6_000, 3)
    spec = choose("plan", WORLDS[int(2 * world)], replication=configuration, scale=0.002 + 0.018 * size)
    scenario = replace(spec.scenario.changed(changes), closure=list(Closure)[int(3 * closure)])
    return replace(spec, scenario=scenario, parameters=values)


def after(quarters, spec):
    model = IndustrialPolicyModel(spec)
    for _ in range(quarters):
        model.step()
    return model


def shapeless(model):
    """What is not finite: series, cells, and columns of living firms."""
    rows = model.economy.firms.rows()
    found = [name for name, place in COLUMN.items() if not np.isfinite(model.series[:, place]).all()]
    found += [] if np.isfinite(model.cells).all() else ["cells"]
    columns = model.economy.firms.columns.items()
    return found + [name for name, column in columns if not np.isfinite(column[..., rows]).all()]


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_books_balance_and_nothing_is_infinite_for_values_drawn_within_their_ranges(configuration):
    """The model itself checks every identity in every quarter, and raises where one fails."""
    model = after(QUARTERS, drawn_spec(configuration))
    assert shapeless(model) == []
    assert model.economy.firms.deposits.min() >= 0 and model.economy.firms.loans.min() >= 0
    assert (model.economy.firms.patents >= model.economy.firms.high_value_patents).all()
