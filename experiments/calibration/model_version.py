"""Which model this is: a fingerprint of what it does, not of how its sources read.

    version("hunan")             # 16 hexadecimal digits; a second's work
    inputs("hunan")              # the same for sources and data, at once
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from scenarios.digests import data_digest, source_digest
from scenarios.drawn import changed, drawn_values
from scenarios.load import load_parameters
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_digest
from scenarios.spec import BASELINE
from sim.model import choose
from sim.run import simulate

SCALE = 0.02
CANDIDATES = (0, 1)
"""Sets of parameters that the runs have: no central value enters."""


@cache
def version(region: str = DEFAULT_REGION) -> str:
    """Fingerprint of the bits of small runs of the baseline, and of names and units of parameters."""
    numbers, digest = load_parameters(region=region), hashlib.sha256()
    names = sorted(f"{group}.{name} {one.unit}" for group, own in numbers.items() for name, one in own.items())
    digest.update("\n".join(names).encode())
    base = choose(BASELINE, scale=SCALE, region=region)
    for candidate in CANDIDATES:
        drawn = changed(base.parameters, drawn_values(numbers, candidate, solved=True))
        (run,) = simulate([replace(base, replication=candidate, parameters=drawn)])
        digest.update(np.ascontiguousarray(run.series, np.float64).tobytes())
    return digest.hexdigest()[:16]


@cache
def inputs(region: str = DEFAULT_REGION, configs: Path = CONFIGS) -> str:
    """Checksum of the sources and data of runs: where it is the same, so is the version."""
    parts = (source_digest(), data_digest(configs), region_digest(region, configs))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
