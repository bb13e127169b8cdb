"""The plan in both directions: measures with their levers, levers with their measures, each link in full.

plan = load_plan()
plan.measures["C1.1"].levers                  # names, of which some may have no mechanism yet
plan.levers["rd_subsidy"].strength.grade      # A, B or C
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from experiments.effects.doses import doses
from experiments.effects.table import plain
from experiments.language.words import word
from experiments.measures.mechanisms import Mechanism, mechanisms_of
from experiments.measures.stored import REMEDY, Stored, load_stored
from experiments.measures.strength import Strength, strength_of
from scenarios.lever import LeverFile
from scenarios.load import load_levers
from scenarios.measures import Measure, load_measures
from scenarios.region.folder import DEFAULT_REGION
from scenarios.thrusts import NONE, THRUSTS, secondary, thrust_of
from scenarios.values.errors import LONGEST_NAME, InputError, quoted, unknown
from sim.indicators import series_of

PROGRAMME = "programme_{}"


@dataclass(frozen=True)
class Linked:
    """A lever with what stands behind it. indicators: series that the model prints, with their units."""

    file: LeverFile
    mechanisms: Sequence[Mechanism]
    indicators: Mapping[str, str]
    strength: Strength
    measures: Sequence[str]

    @property
    def name(self) -> str:
        """The lever's name."""
        return self.file.name

    @property
    def thrusts(self) -> list[str]:
        """The home thrust, then those that it serves besides."""
        home = self.file.about.thrust
        return [] if home == NONE else [home, *secondary(home, self.measures)]


@dataclass(frozen=True)
class Plan:
    """The measures of a region's plan and its levers. stored: effects, where some are."""

    region: str
    measures: Mapping[str, Measure]
    levers: Mapping[str, Linked]
    stored: Stored | None

    @property
    def missing(self) -> dict[str, list[str]]:
        """Levers that measures name and that have no mechanism yet, with the measures."""
        found: dict[str, list[str]] = {}
        for number, measure in self.measures.items():
            for name in measure.levers:
                if name not in self.levers:
                    found.setdefault(name, []).append(number)
        return found

    @property
    def unreached(self) -> list[str]:
        """Levers that no measure names."""
        return [name for name, one in self.levers.items() if not one.measures]

    @cached_property
    def doses_today(self) -> dict[str, Any]:
        """The dose of each lever as it would be measured today."""
        return {one.lever: plain(one.levers) for one in doses(region=self.region)}

    def why_no_effect(self, lever: str) -> str:
        """Why no stored effect can be shown of a lever, in words; "" where one can."""
        if lever not in self.levers:
            return word("plan.no_mechanism")
        if self.stored is None:
            return word("plan.not_measured", remedy=REMEDY)
        if self.stored.made["of"] != Path(self.region).name:  # a report names it by its path
            return word("plan.other_region", region=self.stored.made["of"])
        if lever not in self.stored.levers:
            return word("plan.older", remedy=REMEDY)
        return ""

    def dose_changed(self, lever: str) -> bool:
        """Whether the lever's dose is another than the one that was measured."""
        if self.stored is None or self.why_no_effect(lever):
            return False
        measured: object = self.stored.levers[lever]["dose"]["values"]
        return measured != self.doses_today[lever]

    def effects(self, lever: str) -> dict[str, Mapping[str, Any]]:
        """The stored effects of a lever by indicator, with `base` and `unit`."""
        if self.stored is None or self.why_no_effect(lever):
            return {}
        base, units = self.stored.table["base"], self.stored.table["units"]
        return {
            name: {**one, "base": base[name], "unit": units.get(name, "")}
            for name, one in self.stored.levers[lever]["effects"].items()
            if one is not None
        }

    def part(self, word: str) -> tuple[str, list[str]]:
        """What a word names: ("measure" | "lever" | "thrust", the measures that belong to it).

        Raises:
            InputError: nothing is called so, with the nearest name.
        """
        if word in self.measures:
            return "measure", [word]
        if word in self.levers or word in self.missing:
            return "lever", self.missing.get(word) or list(self.levers[word].measures)
        of_thrust = [number for number in self.measures if thrust_of(number) == word]
        if word in THRUSTS and of_thrust:
            return "thrust", of_thrust
        thrusts = {thrust for one in self.measures if (thrust := thrust_of(one))}
        known = [*self.measures, *self.levers, *self.missing, *thrusts]
        raise InputError(nearest(word, known))


def nearest(word: str, known: Sequence[str]) -> str:
    """That nothing is called so, with the nearest name, however far."""
    said = unknown("measure, lever or thrust", word, known)
    if "did you mean" in said or len(word) > LONGEST_NAME:
        return said
    near = get_close_matches(word.upper(), known, n=1, cutoff=0.0)
    return f"{said.partition(' - known: ')[0]} - did you mean {quoted(near[0])}?"


def load_plan(region: str = DEFAULT_REGION) -> Plan:
    """The plan of a region.

    Raises:
        InputError: no such region, a mistake in its files, an observable that is no series, damaged effects.
    """
    measures, levers = load_measures(region), load_levers(region=region)
    carried: dict[str, list[str]] = {name: [] for name in levers}
    for number, measure in measures.items():
        for name in measure.carried_by(levers):
            carried[name].append(number)
    units = {name: one.unit for name, one in series_of(region).indicators.items()}
    linked = {
        name: Linked(one, mechanisms_of(one), indicators_of(one, units), strength_of(one), carried[name])
        for name, one in levers.items()
    }
    return Plan(region, measures, linked, load_stored())


def indicators_of(lever: LeverFile, units: Mapping[str, str]) -> dict[str, str]:
    """The series in which a lever shows, with units: those of its file, else what its programme spends.

    Raises:
        InputError: its file names what is no series.
    """
    own = lever.about.observable
    strangers = [name for name in own if name not in units]
    if strangers:
        raise InputError(f"lever {lever.name}: observable: {unknown('series', strangers[0], units)}")
    usual = PROGRAMME.format(lever.name)
    return {name: units[name] for name in own or [usual] if name in units}
