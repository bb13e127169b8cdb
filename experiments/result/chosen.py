"""The description of one run, with the parameters that a user gives or a set of the posterior."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from experiments.plan.drawn_sets import POSTERIOR, sets_of
from scenarios.drawn import changed
from scenarios.load import central_values, load_parameters
from scenarios.parameters_given import Given
from scenarios.region.folder import CONFIGS, DEFAULT_REGION
from scenarios.spec import RunSpec
from scenarios.values.errors import InputError
from sim.model import choose as choose_run


def choose(
    scenario: str = "as_in_2020",
    *,
    parameters: Given | int = None,
    region: str = DEFAULT_REGION,
    approximate: bool = False,
    **choices: Any,
) -> RunSpec:
    """The description of one run, for sim.model.IndustrialPolicyModel(choose("plan")).

    parameters: values by name ({"firms.user_cost_elasticity": 0.7}), a file of them, or the number of a set
    of the region's posterior, from 0 on: run n of a sweep has set n. The central ones unless given.
    approximate: take a set of a posterior of another model, too.
    choices: world, reform, levers (a folder of levers from outside), scale, replication, draw, seed and
    last_year.

    Raises: InputError for an unknown name, a value out of range or a number beyond the sets; ModelDiffers for
    the posterior of another model; CorruptData for a damaged one.
    """
    if isinstance(parameters, bool):
        raise InputError(f"parameters={parameters} is no set; expected values by name, a file or a number")
    if not isinstance(parameters, int):
        return choose_run(scenario, region=region, parameters=parameters, **choices)
    sets = sets_of(POSTERIOR, region, CONFIGS, approximate).values
    if not 0 <= parameters < len(sets):
        raise InputError(f"parameters={parameters}: the posterior has sets 0 to {len(sets) - 1}")
    chosen = choose_run(scenario, region=region, **{"draw": parameters, **choices})
    values = changed(central_values(load_parameters(region=region)), sets[parameters])
    return replace(chosen, parameters=values)
