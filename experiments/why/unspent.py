"""Money that is appropriated and cannot be spent: by programme, of the scenario and of its base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from experiments.change.cost import programmes
from scenarios.blocks import BUDGET, lever_of
from scenarios.spec import LAST_YEAR, POLICY_YEAR, Scenario
from scenarios.values.number import value_at
from scenarios.values.tables import YI

LEAST = 0.02
"""Of what is appropriated: a smaller share that is left over is no news."""


class Unspent(NamedTuple):
    """A programme in 2021-25: what it may spend and what it does, and the same in the base [亿]."""

    programme: str
    appropriated: float
    spent: float
    base_appropriated: float
    base_spent: float

    @property
    def left(self) -> float:
        """What the scenario appropriates and does not spend."""
        return self.appropriated - self.spent

    @property
    def more_left(self) -> float:
        """How much more is left over than in the base."""
        return self.left - (self.base_appropriated - self.base_spent)

    @property
    def is_news(self) -> bool:
        """Whether the scenario adds money here of which a share worth telling is left over."""
        added = self.appropriated - self.base_appropriated
        return added > 0.0 and self.more_left > LEAST * added


def budgets_of(scenario: Scenario) -> dict[str, float]:
    """What each programme may spend in 2021-25, its blocks included [亿]."""
    found = dict.fromkeys([*programmes(), *(one.name for one in scenario.own if one.account)], 0.0)
    for name, fields in scenario.levers.items():
        if BUDGET in fields:
            years = range(POLICY_YEAR, LAST_YEAR + 1)
            found[lever_of(name)] += sum(value_at(fields[BUDGET], year) for year in years) / YI
    return found


def budgets_of_both(scenario: Scenario, base: Scenario) -> dict[str, list[float]]:
    """{programme: what it may spend in the scenario and in the base}, of those with money in either [亿]."""
    one, other = budgets_of(scenario), budgets_of(base)
    return {name: [one[name], other[name]] for name in one if one[name] or other[name]}


def unspent(budgets: Mapping[str, list[float]], spent: Mapping[str, tuple[float, float]]) -> list[Unspent]:
    """Every programme with money, the one with most left over more than in the base first.

    spent: {programme: mean spending in the scenario and in the base [亿]}.
    """
    found = [
        Unspent(name, might[0], spent[name][0], might[1], spent[name][1]) for name, might in budgets.items()
    ]
    return sorted(found, key=lambda one: -one.more_left)
