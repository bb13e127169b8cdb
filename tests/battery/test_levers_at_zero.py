"""R5: a lever at zero changes nothing; a lever for one firm changes, markets frozen, that firm alone."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import sim.model
from scenarios.lever import Lever
from scenarios.load import load_levers
from scenarios.spec import FIRST_YEAR
from sim.model import IndustrialPolicyModel, choose

SCALE = 0.01
FROZEN = {
    "economy": {"home_share": 1e-20, "rival_response_national": 0.0},  # rivals would get the deduction too
    "firms": {
        "spillover_elasticity": 0.0,
        "entry_count": 0.0,
        "jump_size_elasticity": 0.0,
        "liquidation_size_elasticity": 0.0,
    },
    "talent": {"pay_response": 0.0, "lowest_hiring": 1.0, "talent_effect": 0.0, "learning_loss": 0.0},
    # Who comes or moves is paid by a treasury that the firm's tax moved
    "relocation": {"candidates": 0.0},
    "projects": {"reconsidering": 0.0},
    "inventions": {"spin_off_rate": 0.0},  # founded on the means of an industry, which the firm is part of
    "funds": {"private_supply": 0.0, "seek_rate": 0.0},
    "parks": {"room_effect": 0.0, "density_elasticity": 0.0},
    "supply": {"local_share": 0.0, "anchor_sales": 1e20},  # who sells more buys more of others
    "incubators": {"tenant_growth": 0.0},  # what tenants win others of the industry lose
}
LEVERS = list(load_levers())


def at_zero(names, scale=SCALE, replication=0, frozen=False):
    """A run of the baseline with every field of these levers zero from the first year on that can be zero."""
    spec = choose(scale=scale, replication=replication)
    changes = {
        (name, field): ((FIRST_YEAR, 0.0),)
        for name in names
        for field, number in load_levers()[name].fields.items()
        if number.range[0] <= 0.0 <= number.range[1]
    }
    given = {
        group: values | (FROZEN.get(group, {}) if frozen else {}) for group, values in spec.parameters.items()
    }
    return replace(spec, scenario=spec.scenario.changed(changes), parameters=given)


def run(spec, quarters, monkeypatch, levers):
    """The model after some quarters; `levers` says which act, given those of the scenario."""
    known = sim.model.levers_in
    with monkeypatch.context() as patched:
        patched.setattr(sim.model, "levers_in", lambda scenario, year: levers(known(scenario, year)))
        model = IndustrialPolicyModel(spec)
        model.run_for(quarters)
        return model


def columns_of_firms(model):
    firms = model.economy.firms
    rows = firms.rows()[np.argsort(firms.id[firms.rows()])]
    return {name: column[..., rows] for name, column in firms.columns.items() if name != "unique_id"}


def state(model):
    """Everything recorded, every column of every firm, every account."""
    ledger = model.economy.ledger
    held = {"series": model.series, "cells": model.cells, "balance": ledger.balance, "loans": ledger.loans}
    return {name: array.tobytes() for name, array in {**held, **columns_of_firms(model)}.items()}


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_at_zero_is_the_model_without_it(battery, monkeypatch, name):
    quarters = battery.trials(9, 40)
    for n in range(battery.trials(1, 5)):
        spec = at_zero([name], replication=n)
        added = run(spec, quarters, monkeypatch, lambda levers: levers)
        absent = run(
            spec, quarters, monkeypatch, lambda levers: [one for one in levers if not is_lever(one, name)]
        )
        ours, theirs = state(added), state(absent)
        battery.record("R5", not (wrong := [k for k in ours if ours[k] != theirs[k]]), f"{name} {n}: {wrong}")


def is_lever(lever, name):
    return type(lever).__module__ == f"scenarios.levers.{name}"


class DeductionForOne(Lever):
    """A deduction that one firm alone is offered, until it leaves."""

    def __init__(self, member):
        self.member = member

    def offer(self, economy):
        economy.offer("super_deduction", self.name, to=economy.firms.id == self.member, addition=0.5)


@cache
def largest_researchers():
    """Ids of firms so large that they cannot move the median of their industry, the largest first."""
    firms = IndustrialPolicyModel(at_zero(LEVERS, frozen=True)).economy.firms
    rows = firms.rows()[firms.does_research[firms.rows()] == 1]
    return firms.id[rows[np.argsort(-firms.trailing_sales[rows], kind="stable")]].tolist()


def test_a_lever_for_one_firm_changes_that_firm_only_when_markets_are_frozen(battery, monkeypatch):
    """Frozen: no weight in markets, no spillovers or rivals, no entry or movers, nothing shared."""
    spec = at_zero(LEVERS, frozen=True)
    without = columns_of_firms(run(spec, 12, monkeypatch, lambda levers: levers))
    staying = [member for member in largest_researchers() if member in without["id"]]
    for member in staying[: battery.trials(2, 20)]:
        one = DeductionForOne(member)
        changed = columns_of_firms(run(spec, 12, monkeypatch, lambda levers, one=one: [*levers, one]))
        moved = set()
        for name, column in without.items():
            moved |= set(without["id"][np.atleast_2d(column != changed[name]).any(axis=0)].tolist())
        battery.record("R5", moved == {member}, f"firm {member}: {sorted(moved)[:5]}")
