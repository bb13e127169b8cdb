"""The user's files that a sweep was asked for with, kept beside its results: theirs may be moved or lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from experiments.exits import CannotWrite
from experiments.plan.words import INPUTS
from experiments.store import sealed
from experiments.store.own_files import OwnPath

DIGITS = 12


def keep(root: OwnPath, files: Iterable[tuple[str, Path]]) -> dict[str, dict[str, str]]:
    """Copy the files, given with the key that names them, into the folder; what its record says of them.

    {path of the file: {kept: the name of its copy, checksum}}. Copies of one content share a file.

    Raises: CannotWrite when one cannot be read or its copy cannot be written.
    """
    found = {}
    for key, path in files:
        content = _content(path)
        checksum = sealed.checksum(content)
        name = f"{key}.{checksum[:DIGITS]}{path.suffix.lower()}"
        (root / INPUTS).make()
        sealed.write(root / INPUTS / name, content)
        found[str(path)] = {"kept": name, "checksum": checksum}
    return found


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotWrite(f"cannot read {path}: {error.strerror}") from None


def refuse_damaged(root: OwnPath, sweep: Mapping[str, Any]) -> None:
    """Compare the copies that a record names with their checksums.

    Raises: CorruptData at the first that is not what was kept.
    """
    for one in sweep.get("inputs", {}).values():
        sealed.read(root / INPUTS / one["kept"], one["checksum"])
