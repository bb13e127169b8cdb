"""What a run depends on besides its own values: the data in configs/ and the sources that compute it."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from scenarios.load import CONFIGS
from scenarios.values.file_names import python_files_below, yaml_files_below

DATA = ("lever", "parameters", "region", "world")  # a scenario is in the RunSpec itself
SOURCES = ("agents", "scenarios", "sim")


def digests(configs: Path = CONFIGS) -> dict[str, str]:
    """{"data": ..., "sources": ...}: see data_digest and source_digest."""
    return {"data": data_digest(configs), "sources": source_digest()}


@cache
def data_digest(configs: Path = CONFIGS) -> str:
    """SHA-256 over names and contents of the data files of configs/."""
    return digest_of_files(configs, (p for part in DATA for p in yaml_files_below(configs / part)))


@cache
def source_digest(root: Path = CONFIGS.parent) -> str:
    """SHA-256 over names and contents of the Python files that take part in a run."""
    return digest_of_files(root, (p for part in SOURCES for p in python_files_below(root / part)))


def digest_of_files(root: Path, paths: Iterable[Path]) -> str:
    """SHA-256 over files in order of their names; line ends of Windows count as those of Unix."""
    digest = sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in paths):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
