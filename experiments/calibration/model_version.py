"""Which model a posterior belongs to: a fingerprint of what it does to 2020, not of how its sources read.

    version("hunan")             # 16 hexadecimal digits; a second's work
    inputs("hunan")              # the same for sources and data, at once

What a model does after 2020 says nothing about what 2016-20 taught: rules or worlds that begin later change
no posterior.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from experiments.evidence.past import past
from scenarios.digests import data_digest, source_digest
from scenarios.drawn import changed, drawn_values, named
from scenarios.load import load_parameters
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_digest
from scenarios.spec import BASELINE
from sim.model import choose

SCALE = 0.02
CANDIDATES = (0, 1)
"""Sets of parameters that the runs have: no central value of a parameter that is drawn enters."""


@cache
def version(region: str = DEFAULT_REGION) -> str:
    """Fingerprint of the bits of small runs of the baseline to 2020, and of names and units of parameters."""
    numbers, digest = load_parameters(region=region), hashlib.sha256()
    digest.update("\n".join(sorted(f"{name} {one.unit}" for name, one in named(numbers))).encode())
    base = choose(BASELINE, scale=SCALE, region=region)
    for candidate in CANDIDATES:
        drawn = changed(base.parameters, drawn_values(numbers, candidate, solved=True))
        run = past(replace(base, replication=candidate, parameters=drawn))
        for name, values in sorted(run.annual.items()):
            digest.update(name.encode() + np.ascontiguousarray(values, np.float64).tobytes())
    return digest.hexdigest()[:16]


@cache
def inputs(region: str = DEFAULT_REGION, configs: Path = CONFIGS) -> str:
    """Checksum of the sources and data of runs: where it is the same, so is the version."""
    parts = (source_digest(), data_digest(configs), region_digest(region, configs))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
