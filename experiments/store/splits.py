"""What the targets of a sweep vary with, as a folder keeps it: DIR/splits/ID.json, one file a sweep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experiments.exits import CorruptData
from experiments.store import sealed
from experiments.store.own_files import OwnPath


def keep(folder: OwnPath, content: dict[str, Any], mark: str) -> None:
    """Keep it in place of what was kept of the sweep; mark: see Store.mark.

    Raises: CannotWrite, InTheWay.
    """
    folder.make()
    sealed.write_json(folder / f"{content['sweep']}.json", "split", content | {"of": mark})


def kept(folder: OwnPath, sweep: str, mark: Callable[[], str]) -> dict[str, Any] | None:
    """What is kept of a sweep, by its id; None where nothing is.

    Raises: as read.
    """
    path = folder / f"{sweep}.json"
    return read(path, mark) if path.exists() else None


def read(path: OwnPath, mark: Callable[[], str]) -> dict[str, Any]:
    """What a file keeps.

    Raises: CorruptData when it is damaged, or of another sweep or version.
    """
    found: dict[str, Any] = sealed.read_json(path, "split")
    if found["sweep"] != path.stem:
        raise CorruptData(f"{path} is of another sweep")
    if found["of"] != mark():
        raise CorruptData(f"{path} is of another version: other sources, data or format computed it")
    return found
