"""What two choices contradict each other in, though each alone may be made."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path

from experiments.plan.points import Point
from scenarios.free_money import refuse_free_money
from scenarios.region.region import load_region
from scenarios.spec import Scenario
from scenarios.take_up import refuse_low_ceiling
from scenarios.values.errors import Mistakes


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
