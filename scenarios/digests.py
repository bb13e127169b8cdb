"""What a run depends on besides its own values: the data in configs/ and the sources that compute it."""

from functools import cache
from pathlib import Path

from scenarios.region.folder import CONFIGS, DEFAULT_REGION, digest_of_files, region_digest
from scenarios.values.file_names import python_files_below, yaml_files_below

DATA = ("lever", "parameters")  # a region's digest is in the RunSpec itself, and so is a scenario
SOURCES = ("agents", "scenarios", "sim")


def digests(configs: Path = CONFIGS, region: str = DEFAULT_REGION) -> dict[str, str]:
    """{"data": ..., "region": ..., "sources": ...}: see data_digest, region_digest and source_digest."""
    return {
        "data": data_digest(configs),
        "region": region_digest(region, configs),
        "sources": source_digest(),
    }


@cache
def data_digest(configs: Path = CONFIGS) -> str:
    """SHA-256 over names and contents of the data files of configs/."""
    return digest_of_files(configs, (p for part in DATA for p in yaml_files_below(configs / part)))


@cache
def source_digest(root: Path = CONFIGS.parent) -> str:
    """SHA-256 over names and contents of the Python files that take part in a run."""
    return digest_of_files(root, (p for part in SOURCES for p in python_files_below(root / part)))
