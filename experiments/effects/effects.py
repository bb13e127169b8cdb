"""Effects of levers at their doses on every indicator, paired, over sets of parameters and luck.

found = lever_effects(Asked(replications=6, scale=0.1), [central_values(load_parameters())])
found.effects["rd_subsidy"]["sei_va"].value
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.answer.dose_runs import GDP, MONEY, VALUE_ADDED
from experiments.effects.doses import Dosed, doses, together, without
from experiments.effects.runs import JOBS, Cases, measured
from experiments.evidence.effects import Effect, effect_of
from experiments.store.outcome_columns import COVERAGE
from scenarios.load import load_scenarios
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import BASELINE, Parameters, Scenario
from scenarios.targets import load_targets

BASE, NOTHING = "in force", "nothing"  # no name of a lever has a blank; `nothing` is the base of all at zero
PACKAGE, INTERACTION = "package", "interaction"
RECLASSIFIED = "reclassified"
TOLERANCE = 2e-4  # of an indicator's value in the base: an interval that close to zero holds nothing else
AGAINST = ("2020", "zero")


@dataclass(frozen=True)
class Asked:
    """What is asked for. names: of levers, all where none is named; against: what is in force, or zero."""

    names: tuple[str, ...] = ()
    against: str = "2020"
    replications: int = 6
    scale: float = 0.1
    region: str = DEFAULT_REGION
    workers: int | None = None
    kept: Path | None = None


@dataclass(frozen=True)
class LeverEffects:
    """Effects by lever, `package` and `interaction`, then by indicator.

    base: the median of each indicator under what is in force. appropriated: what each case may spend beyond
    that with which it is compared, 2021-25 [yuan]. An effect that no run has a value of is None.
    """

    asked: Asked
    doses: tuple[Dosed, ...]
    effects: Mapping[str, Mapping[str, Effect | None]]
    base: Mapping[str, float]
    appropriated: Mapping[str, float]
    sets: int

    @property
    def indicators(self) -> list[str]:
        """Public cost, the targets, GDP, jobs, and what is reclassified."""
        return list(self.base)

    def does_nothing(self, case: str, indicator: str) -> bool:
        """Whether the whole interval of an effect lies within the tolerance of zero."""
        effect = self.effects[case].get(indicator)
        if effect is None:
            return False
        most = TOLERANCE * abs(self.base[indicator])
        return -most <= effect.low and effect.high <= most


def indicators(region: str = DEFAULT_REGION) -> list[str]:
    """What effects are told of, in order."""
    return [MONEY, *load_targets(region=region), GDP, JOBS]


def lever_effects(asked: Asked, sets: Sequence[Parameters]) -> LeverEffects:
    """Runs every lever at its dose, and all together where none was named, and compares them in pairs.

    Raises:
        InputError: no such lever; as runs.measured.
    """
    dosed = doses(asked.names, asked.region)
    usual = load_scenarios(region=asked.region)[BASELINE]
    scenarios, pairs = cases_of(dosed, usual, asked)
    cases = Cases(scenarios, asked.scale, asked.region, asked.kept)
    found = measured(cases, sets, asked.replications, asked.workers)
    gaps = {case: gap(found[case], found[base]) for case, base in pairs.items()}
    if PACKAGE in gaps:
        singles = [gaps[one.lever] for one in dosed]
        gaps[INTERACTION] = {
            name: values - sum(single[name] for single in singles) for name, values in gaps[PACKAGE].items()
        }
    told = [*indicators(asked.region), RECLASSIFIED]
    effects = {case: {name: effect_of(values[name]) for name in told} for case, values in gaps.items()}
    middle = middles(found[BASE], told)
    might = {name: one.public_cost() for name, one in scenarios.items()}
    more = {case: might[case] - might[base] for case, base in pairs.items()}
    return LeverEffects(asked, tuple(dosed), effects, middle, more, len(sets))


def middles(base: Mapping[str, np.ndarray], told: Sequence[str]) -> dict[str, float]:
    """The median of each indicator in the base; what is reclassified is held against value added."""
    known = {**base, RECLASSIFIED: base[VALUE_ADDED]}
    return {name: float(np.nanmedian(known[name])) for name in told}


def cases_of(
    dosed: Sequence[Dosed], usual: Scenario, asked: Asked
) -> tuple[dict[str, Scenario], dict[str, str]]:
    """The scenarios by case, and the case with which each lever's is compared."""
    scenarios = {BASE: usual} | {one.lever: one.given_to(usual) for one in dosed}
    bases = dict.fromkeys([one.lever for one in dosed], BASE)
    package = not asked.names
    if package:
        scenarios[PACKAGE], bases[PACKAGE] = together(dosed, usual), BASE
    if asked.against == "zero":
        for one in dosed:
            scenarios[f"{one.lever} {NOTHING}"] = without(usual, [one.lever], asked.region)
            bases[one.lever] = f"{one.lever} {NOTHING}"
        if package:
            scenarios[NOTHING] = without(usual, [one.lever for one in dosed], asked.region)
            bases[PACKAGE] = NOTHING
    return scenarios, bases


def gap(case: Mapping[str, np.ndarray], base: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Paired differences by measure; and what is reclassified at the case's activity [亿]."""
    found = {name: values - base[name] for name, values in case.items()}
    return found | {RECLASSIFIED: case[VALUE_ADDED] * found[COVERAGE] / 100.0}


def per_yi(cost: Effect | None, added: Effect | None) -> float | None:
    """Public cost 2021-25 per 亿 of value added in 2025; None where it may gain nothing, or falls."""
    if cost is None or added is None or added.low <= 0.0:
        return None
    return cost.value / added.value
