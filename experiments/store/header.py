"""What a results folder was computed with: format, sources, data, versions; the difference to today's."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from experiments.exits import FolderDiffers
from experiments.store.own_levers import KEY, in_header
from experiments.store.sealed import canonical, checksum
from scenarios import digests
from scenarios.own.own_lever import OwnLever
from scenarios.region.folder import DEFAULT_REGION, region_folder, run_files
from scenarios.values.file_names import python_files_below, yaml_files_below

FORMAT = 2
COMPUTING = ("numpy", "numba")
LONGEST_LINE, LONGEST_VERSION = 200, 40  # characters, where a folder names a file or a version
TARGETS = "targets.yaml"  # of a region: what a target is decides the hits in the table of runs


def header(region: str = DEFAULT_REGION, root: Path | None = None) -> dict[str, Any]:
    """Format number, {file: checksum} of sources and of data, and the versions of what computes.

    Files of the region are called region/..., wherever its folder lies: a results folder holds one region.
    """
    root = root or Path(__file__).resolve().parents[2]
    sources = _checksums(root, (path for name in digests.SOURCES for path in python_files_below(root / name)))
    data = _checksums(
        root, (path for name in digests.DATA for path in yaml_files_below(root / "configs" / name))
    )
    home = region_folder(region, root / "configs")
    files = [*run_files(home), *(path for path in (home / TARGETS,) if path.is_file())]
    data |= {f"region/{name}": one for name, one in _checksums(home, files).items()}
    versions = {"python": platform.python_version()} | {
        name: version(name) for name in (*COMPUTING, "sanxiang")
    }
    return {"format": FORMAT, "sources": sources, "data": data, "versions": versions}


def with_own(head: dict[str, Any], own: Sequence[OwnLever]) -> dict[str, Any]:
    """The header of runs with levers from outside: among the sources, as levers/NAME.

    What they are called and the units of their fields stand beside, so that tables need none of their code.
    """
    if not own:
        return head
    sources = head["sources"] | {f"{KEY}/{one.name}": one.digest for one in own}
    return head | {"sources": sources, KEY: [in_header(one) for one in own]}


def digest_of(files: dict[str, str]) -> str:
    """One checksum for {file: checksum}."""
    return checksum(canonical(files).encode())


def refuse_difference(folder: Path, held: dict[str, Any], today: dict[str, Any]) -> None:
    """Let a folder be continued only by what computed it.

    Raises: FolderDiffers naming the files that are new, gone or changed.
    """
    if held["format"] != today["format"]:
        raise FolderDiffers(
            f"{folder} has results of format {held['format']}, this version writes {today['format']}"
        )
    found = difference(held, today)
    if found:
        raise FolderDiffers(
            f"{folder} was computed with other sources or data ({found}); "
            "continue in a new folder with --fork NEWDIR"
        )


def other_versions(
    held: dict[str, Any], today: dict[str, Any], sides: tuple[str, str] = ("there", "here")
) -> str:
    """Which of the programs that compute have other versions, in words; empty when none has.

    They may change the last bits of a number and are no reason to refuse.
    """
    names = [name for name in COMPUTING if held["versions"].get(name) != today["versions"].get(name)]
    told = (f"{name} {_of(held, name)} {sides[0]} and {_of(today, name)} {sides[1]}" for name in names)
    return ", ".join(told)


def _of(header: dict[str, Any], name: str) -> str:
    return str(header["versions"].get(name, "unknown"))[:LONGEST_VERSION]


def difference(held: dict[str, Any], today: dict[str, Any]) -> str:
    """The files in which two headers differ, in words; empty when they agree."""
    return "; ".join(shortened(differences_of(held, today)))


def differences_of(held: dict[str, Any], today: dict[str, Any]) -> list[str]:
    """The files in which two headers differ, a line each."""
    found = [f"{part}: {line}" for part in ("sources", "data") for line in _changes(held[part], today[part])]
    return [line[:LONGEST_LINE] for line in found]


def _changes(held: dict[str, str], today: dict[str, str]) -> list[str]:
    new = [f"{name} is new" for name in sorted(today.keys() - held.keys())]
    gone = [f"{name} is gone" for name in sorted(held.keys() - today.keys())]
    changed = [f"{name} changed" for name in sorted(held.keys() & today.keys()) if held[name] != today[name]]
    return changed + new + gone


def shortened(lines: list[str], most: int = 8) -> list[str]:
    """The first of the lines, and how many more there are."""
    return lines if len(lines) <= most else [*lines[:most], f"and {len(lines) - most} more"]


def _checksums(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): checksum(path.read_bytes()) for path in sorted(paths)}
