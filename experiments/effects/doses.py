"""The dose of each lever: what the plan's scenario gives it, else its own file, else its upper bound.

A dose is all fields of a lever together, money and rates, and its blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scenarios.blocks import lever_of
from scenarios.files.changes import lever_change, switched_off
from scenarios.lever import LeverFile
from scenarios.load import load_levers, load_scenarios
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import BASELINE, POLICY_YEAR, Levers, Scenario
from scenarios.values.errors import InputError, unknown

PLAN = "plan"
WHENCE = {
    "plan": "as in scenario plan",
    "file": "as in the lever's file",
    "bound": "no dose is known: upper bound of every field",
}


@dataclass(frozen=True)
class Dosed:
    """A lever at its dose.

    whence: a key of WHENCE. source: of the dose, in words. levers: its dated values, by its name and by those
    of its blocks.
    """

    lever: str
    whence: str
    source: str
    levers: Levers

    def given_to(self, scenario: Scenario) -> Scenario:
        """The scenario with the lever at its dose and all others as they are."""
        others = {
            name: fields
            for name, fields in scenario.levers.items()
            if name in self.levers or lever_of(name) != self.lever
        }
        return replace(scenario, name=self.lever, levers={**others, **self.levers})


def doses(names: Sequence[str] = (), region: str = DEFAULT_REGION) -> list[Dosed]:
    """The dose of every lever, or of those named, in the order of their ids.

    Raises:
        InputError: no such lever, with the nearest name, or a dose in a lever's file that a scenario could
            not have.
    """
    levers = load_levers(region=region)
    strangers = [unknown("lever", name, levers) for name in names if name not in levers]
    if strangers:
        raise InputError(*dict.fromkeys(strangers))
    scenarios = load_scenarios(region=region)
    usual, plan = scenarios[BASELINE], scenarios.get(PLAN)
    return [
        dose_of(lever, usual, plan, levers) for name, lever in levers.items() if not names or name in names
    ]


def dose_of(
    lever: LeverFile, usual: Scenario, plan: Scenario | None, levers: Mapping[str, LeverFile]
) -> Dosed:
    """One lever's dose; plan: the scenario of the region's plan, where it has one."""
    name = lever.name
    if plan is not None and own(plan, name) != own(usual, name):
        return Dosed(name, "plan", plan.description or PLAN, own(plan, name))
    if lever.about.dose is not None:
        given = lever.about.dose.fields
        changes = {(name, key): lever_change(name, key, value, levers) for key, value in given.items()}
        return Dosed(name, "file", lever.about.dose.source, own(usual.changed(changes), name))
    bounds = {(name, key): ((POLICY_YEAR, number.range[1]),) for key, number in lever.fields.items()}
    return Dosed(name, "bound", WHENCE["bound"], own(usual.changed(bounds), name))


def own(scenario: Scenario, lever: str) -> Levers:
    """What a scenario says of one lever and its blocks."""
    return {name: fields for name, fields in scenario.levers.items() if lever_of(name) == lever}


def without(scenario: Scenario, names: Sequence[str], region: str = DEFAULT_REGION) -> Scenario:
    """The scenario with every field of some levers zero from 2021 on that can be zero."""
    levers = load_levers(region=region)
    return scenario.changed(switched_off({name: levers[name] for name in names}))


def together(doses: Sequence[Dosed], scenario: Scenario) -> Scenario:
    """The scenario with all levers at their doses."""
    for one in doses:
        scenario = one.given_to(scenario)
    return replace(scenario, name="package")
