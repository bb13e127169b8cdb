"""What a sweep needs of the floors below: runs, the names of what they record, and the targets."""

from scenarios.region.region import load_region
from scenarios.spec import FIRST_YEAR
from scenarios.targets import load_targets as targets
from sim.run import CELL_INDICATORS, INDICATORS, simulate

__all__ = [
    "CELL_INDICATORS",
    "FIRST_YEAR",
    "INDICATORS",
    "INDUSTRIES",
    "PREFECTURES",
    "simulate",
    "targets",
]

PREFECTURES = load_region("hunan").prefectures.names
INDUSTRIES = load_region("hunan").industries.names
