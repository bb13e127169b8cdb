"""Which model a posterior belongs to: a fingerprint of what it does to 2020, not of how its sources read.

    version("hunan")             # 16 hexadecimal digits; a second's work
    version_with(own, "hunan")   # with levers from outside: the same, + and 8 digits of their code
    inputs("hunan")              # the same for sources and data, at once

What a model does after 2020, and what else it records, say nothing about what 2016-20 taught: they change no
posterior.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from scenarios.digests import data_digest, source_digest
from scenarios.drawn import changed, drawn_values, named
from scenarios.load import load_parameters, load_scenarios
from scenarios.own.folder import WITH, OwnFiles, own_digest
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_digest
from scenarios.spec import BASELINE, FIRST_YEAR, POLICY_YEAR, RunSpec
from sim.model import IndustrialPolicyModel, choose

SCALE = 0.02
CANDIDATES = (0, 1)
"""Sets of parameters that the runs have: no central value of a parameter that is drawn enters."""
SERIES = (
    "gdp", "sei_value_added", "sei_value_added_real", "technology_value_added", "rd_total", "rd_enterprises",
    "hnte", "patents_valid", "high_value_patents", "firms", "entrants", "exits", "employment",
    "contracts_registered", "budget_revenue",
)  # fmt: skip
"""What tells two models apart, beside the cells of prefectures and industries."""


@cache
def version(region: str = DEFAULT_REGION) -> str:
    """Fingerprint of the bits of small runs of the baseline to 2020, and of names and units of parameters."""
    return fingerprint(choose(BASELINE, scale=SCALE, region=region))


def version_with(own: OwnFiles, region: str = DEFAULT_REGION) -> str:
    """The version of the model with levers from outside: what they do to 2020, and which code they are."""
    base = load_scenarios(region=region, own=own)[BASELINE]
    run = replace(choose(BASELINE, scale=SCALE, region=region), scenario=base)
    return f"{fingerprint(run)}{WITH}{own_digest(own)[:8]}"


def fingerprint(base: RunSpec) -> str:
    """Of the bits of a run to 2020, with some sets of parameters, and of names and units of parameters."""
    numbers, digest = load_parameters(region=base.region), hashlib.sha256()
    digest.update("\n".join(sorted(f"{name} {one.unit}" for name, one in named(numbers))).encode())
    for candidate in CANDIDATES:
        drawn = changed(base.parameters, drawn_values(numbers, candidate, solved=True))
        model = IndustrialPolicyModel(replace(base, replication=candidate, parameters=drawn))
        for _ in range(4 * (POLICY_YEAR - FIRST_YEAR)):
            model.step()
        series = [model.series[:, model.recorded.column[name]] for name in SERIES]
        for values in (*series, model.cells):
            digest.update(np.ascontiguousarray(values, np.float64).tobytes())
        model.__dict__.clear()  # it refers to itself: its memory is free now, not at some later collection
    return digest.hexdigest()[:16]


@cache
def inputs(region: str = DEFAULT_REGION, configs: Path = CONFIGS) -> str:
    """Checksum of the sources and data of runs: where it is the same, so is the version."""
    parts = (source_digest(), data_digest(configs), region_digest(region, configs))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
