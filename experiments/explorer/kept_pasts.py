"""What a worker of the explorer does: runs that go on from a past it keeps, each to the record of a sweep.

A run that branches from a kept past is the run of the command line to the last bit: tests hold them equal.
"""

from __future__ import annotations

import json
import traceback
from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING

from experiments.answer.dose_runs import measures
from experiments.compute.task import Task, failed, stage_of
from experiments.plan.ensemble import Unit
from experiments.store.record import Record
from experiments.why.runs import Coalition, Game, of_coalition
from experiments.why.runs import Unit as UnitOfGame
from scenarios.spec import RunSpec

if TYPE_CHECKING:
    from sim.model import IndustrialPolicyModel

MODEL = "experiments.model"
MOST = 120
"""Pasts that a worker keeps: about 5 MB each at a tenth of the province."""

_pasts: OrderedDict[str, IndustrialPolicyModel] = OrderedDict()


def run_unit(unit: Unit) -> list[Record]:
    """The records of runs that share everything before 2021, in their order."""
    from experiments import model

    task, specs = Task(MODEL), [spec for _, spec in unit]
    try:
        outcomes = model.simulate_from(past_for(specs[0]), specs)
    except Exception as error:
        trace = "".join(traceback.format_exception(error))
        told = "failed", stage_of(error), f"{type(error).__name__}: {error}", trace
        return [failed(run, *told) for run in unit]
    return [
        task.record(model, run, outcome) for run, outcome in zip([i for i, _ in unit], outcomes, strict=True)
    ]


def keep_past(spec: RunSpec) -> None:
    """Runs the years to 2020 that the next run with this past will go on from."""
    past_for(spec)


def explained(asked: tuple[Game, UnitOfGame, int]) -> Coalition:
    """A coalition of an explanation, from the past of its unit.

    Raises: AccountingError.
    """
    game, unit, mask = asked
    return of_coalition(game, unit, mask, past_for(game.spec_of(unit, 0)))


def dosed(spec: RunSpec) -> dict[str, float]:
    """What is measured of a dose, in a run from its past.

    Raises: AccountingError.
    """
    from experiments import model

    (run,) = model.simulate_from(past_for(spec), [spec])
    return measures(run, spec.scale)


def past_for(spec: RunSpec) -> IndustrialPolicyModel:
    """The province at the end of 2020 in the run's world, with its parameters and luck: kept, or run anew."""
    from experiments.model import past_of

    key = key_of_past(spec)
    if key not in _pasts:
        _pasts[key] = past_of(spec)
    _pasts.move_to_end(key)
    while len(_pasts) > MOST:
        _pasts.popitem(last=False)
    return _pasts[key]


def key_of_past(spec: RunSpec) -> str:
    """The same for all runs that share their past."""
    content = [
        spec.region, spec.world, spec.scale, spec.draw, spec.replication, spec.seed, spec.first_year,
        spec.last_year, spec.parameters,
    ]  # fmt: skip
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
