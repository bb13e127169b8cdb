"""Sealed records in a folder of their own among results, a file each, named by what they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from experiments.exits import CorruptData
from experiments.store import own_names, sealed
from experiments.store.own_files import OwnPath

FOLDERS = {
    "response": "responses",
    "explanation": "explanations",
    "split": "splits",
    "try": "tries",
    "reach": "reaches",
    "search": "searches",
    "sensitivity": "sensitivities",
}
"""By kind: responses to fields of levers, explanations of what a scenario does, what targets vary with, what
packages came to with one luck, what searches for a target or for the best packages found, and runs that tell
what targets hang on."""


class KeptRecords:
    """The records of one kind in a results folder; each has a `key`, and the mark of the folder as `of`."""

    def __init__(self, root: OwnPath, kind: str, mark: Callable[[], str]) -> None:
        self.root, self.kind, self.mark = root, kind, mark
        self.folder = root / FOLDERS[kind]

    def paths(self) -> list[OwnPath]:
        """The files, whole or not."""
        return own_names.named(self.folder, own_names.CARD)

    def path_of(self, key: str) -> OwnPath:
        """Where the record about something stands."""
        return self.folder / _named_by(key)

    def keep(self, content: dict[str, Any]) -> None:
        """Keep a record in place of the one about the same; what is no whole record is put aside.

        Raises: CannotWrite, InTheWay.
        """
        path = self.path_of(content["key"])
        self.folder.make()
        try:
            if path.exists():
                sealed.read_json(path, self.kind)
        except CorruptData:
            put_aside(self.root, [path])
        sealed.write_json(path, self.kind, content | {"of": self.mark()})

    def held(self) -> list[dict[str, Any]]:
        """All of them, by their keys.

        Raises: CorruptData at a damaged one, or one of another folder or about something else.
        """
        return sorted(map(self.read, self.paths()), key=lambda one: str(one["key"]))

    def about(self, key: str) -> dict[str, Any] | None:
        """The record about something; None where there is none, or a damaged one.

        Raises: InTheWay.
        """
        path = self.path_of(key)
        try:
            return self.read(path) if path.exists() else None
        except CorruptData:
            return None

    def read(self, path: OwnPath) -> dict[str, Any]:
        """One of them. Raises: as held."""
        found: dict[str, Any] = sealed.read_json(path, self.kind)
        if path.name != _named_by(found["key"]):
            raise CorruptData(f"{path} is the {self.kind} to another field")
        if found["of"] != self.mark():
            raise CorruptData(f"{path} is of another version: other sources, data or format computed it")
        return found


def _named_by(key: str) -> str:
    return f"{sealed.checksum(key.encode())[:20]}.json"


def put_aside(root: OwnPath, files: Sequence[OwnPath]) -> None:
    """Move files of ours into the quarantine, over nothing that is there."""
    for path in files:
        (root / "quarantine").make()
        path.move_into(root / "quarantine")
