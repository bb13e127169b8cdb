"""What two choices contradict each other in, though each alone may be made."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path

from experiments.plan.points import Point
from scenarios.free_money import refuse_free_money
from scenarios.region.region import load_region
from scenarios.spec import POLICY_YEAR, Scenario
from scenarios.take_up import refuse_low_ceiling
from scenarios.values.errors import InputError, Mistakes, quoted


def refuse_contradictions(
    scenarios: Sequence[Scenario], points: Sequence[Point], region: str, folder: Path
) -> None:
    """Refuses a multiplier with money that costs nothing, and more certified firms than seek to be.

    Raises:
        InputError: one line per contradiction.
    """
    mistakes = Mistakes()
    for scenario, point in product(scenarios, points):
        mistakes.attempt(refuse_free_money, scenario, point.parameters)
    for point in points:
        mistakes.attempt(refuse_low_ceiling, load_region(region, folder), point.parameters)
    mistakes.stop_if_any()


def check_shared_past(scenarios: Sequence[Scenario]) -> None:
    """Refuses scenarios that differ before 2021: their runs share these years.

    Raises:
        InputError: naming the scenario and the lever.
    """
    first = scenarios[0].until(POLICY_YEAR)
    for scenario in scenarios[1:]:
        past = scenario.until(POLICY_YEAR)
        for name in past:
            if past[name] != first.get(name):
                pair = f"scenarios {quoted(scenarios[0].name)} and {quoted(scenario.name)}"
                raise InputError(
                    f"{pair} differ in lever.{name} before {POLICY_YEAR}; their runs share the past"
                )
