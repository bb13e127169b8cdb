"""A small province at the end of 2020, and how it goes on under other values of levers and parameters."""

from dataclasses import replace

from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.indicators import series_of
from sim.model import choose
from sim.run import past_of

SCALE, END_OF_2020 = 0.02, 20
COLUMN = series_of().column
LEVERS = load_levers()


def past():
    """About 400 firms at the end of 2020."""
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes, kind=None, **parameters):
    """So many quarters from the end of 2020 on; parameters: of what the economy holds of this class."""
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    if kind is not None:
        held = model.economy.of(kind)
        held.parameters = held.parameters._replace(**parameters)
    for _ in range(quarters):
        model.step()
    return model


def series(model, name):
    return model.series[END_OF_2020:, COLUMN[name]]


def total(model, name):
    return float(series(model, name).sum())
