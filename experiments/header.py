"""What a results folder was computed with: format, sources, data and versions; and the difference to today's."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from experiments.exits import FolderDiffers
from experiments.sealed import checksum

FORMAT = 1
SOURCES = ("agents", "scenarios", "sim")
DATA = ("region", "world", "targets")


def header(root: Path | None = None) -> dict[str, Any]:
    """Format number, {file: checksum} of sources and of data, and the versions of what computes."""
    root = root or Path(__file__).resolve().parent.parent
    sources = _checksums(root, [path for name in SOURCES for path in (root / name).rglob("*.py")])
    data = _checksums(root, [path for name in DATA for path in (root / "configs" / name).rglob("*") if path.is_file()])
    versions = {"python": platform.python_version()} | {name: version(name) for name in ("numpy", "numba", "sanxiang")}
    return {"format": FORMAT, "sources": sources, "data": data, "versions": versions}


def digests(head: dict[str, Any]) -> dict[str, str]:
    """One digest for all sources and one for all data: the part of a header that enters a run id."""
    return {part: digest_of(head[part]) for part in ("sources", "data")}


def digest_of(files: dict[str, str]) -> str:
    """One checksum for {file: checksum}."""
    return checksum("\n".join(f"{name} {files[name]}" for name in sorted(files)).encode())


def refuse_difference(folder: Path, held: dict[str, Any], today: dict[str, Any]) -> None:
    """Let a folder be continued only by what computed it.

    Raises: FolderDiffers naming the files that are new, gone or changed.
    """
    if held["format"] != today["format"]:
        raise FolderDiffers(f"{folder} has results of format {held['format']}, this version writes {today['format']}")
    found = [f"{part}: {line}" for part in ("sources", "data") for line in _difference(held[part], today[part])]
    if found:
        raise FolderDiffers(
            f"{folder} was computed with other sources or data ({'; '.join(_shortened(found))}); "
            "continue in a new folder with --fork NEWDIR"
        )


def _difference(held: dict[str, str], today: dict[str, str]) -> list[str]:
    new = [f"{name} is new" for name in sorted(today.keys() - held.keys())]
    gone = [f"{name} is gone" for name in sorted(held.keys() - today.keys())]
    changed = [f"{name} changed" for name in sorted(held.keys() & today.keys()) if held[name] != today[name]]
    return changed + new + gone


def _shortened(lines: list[str], most: int = 8) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"and {len(lines) - most} more"]


def _checksums(root: Path, paths: list[Path]) -> dict[str, str]:
    kept = [path for path in paths if "__pycache__" not in path.parts]
    return {path.relative_to(root).as_posix(): checksum(path.read_bytes()) for path in sorted(kept)}
