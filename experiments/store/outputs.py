"""Where the outputs of a results folder lie, which sweep each belongs to, and how they are replaced.

DIR/report.html             the report of all that the folder holds
DIR/outputs/lock            held by the command that reads the results and writes outputs from them
DIR/outputs/ID/             the outputs of one sweep, by the beginning of its id
DIR/outputs/all/            the outputs of all sweeps together
    report.html             one page (all: it lies in DIR)
    figures/  csv/          each a whole: written beside, then put in place of the one before
    figures/about.json      the sweep that a folder belongs to, how far it was, and the checksums of its files
"""

from __future__ import annotations

import re
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from experiments.exits import CannotWrite, CorruptData, FolderHeld, InTheWay
from experiments.store import lock, sealed
from experiments.store.own_files import OwnPath, own
from experiments.store.sweeps import ALL, SHOWN
from scenarios.values.errors import InputError

PLACE, PAGE, FIGURES, TABLES = "outputs", "report.html", "figures", "csv"
CARD, KIND = "about.json", "outputs"
PATIENCE = 600.0
"""Seconds to wait for another command that writes outputs of the same folder: drawing takes it a minute."""
LOOK_AGAIN = 0.2  # seconds


def place(folder: Path | str, sweep: str) -> OwnPath:
    """Where the outputs of a sweep lie, or of all together (sweeps.ALL)."""
    return OwnPath(Path(folder)) / PLACE / (ALL if sweep == ALL else sweep[:SHOWN])


@contextmanager
def held(folder: Path | str) -> Iterator[None]:
    """Keep other commands from writing outputs of the folder until the block ends.

    What is read inside and written from it is not overtaken by another command that has read less.

    Raises: CannotWrite, FolderHeld when another command has not ended in ten minutes.
    """
    path = OwnPath(Path(folder)) / PLACE
    path.make()
    with ExitStack() as until_the_end:
        _take(path, until_the_end)
        yield


def _take(path: OwnPath, until_the_end: ExitStack) -> None:
    began, told = time.monotonic(), False
    while True:
        try:
            until_the_end.enter_context(lock.held((path / "lock").path))
            return
        except FolderHeld:
            if time.monotonic() - began > PATIENCE:
                raise
        if not told:
            print(f"waiting for another command that writes outputs into {path}", file=sys.stderr)
            told = True
        time.sleep(LOOK_AGAIN)


def replace(where: OwnPath | Path, files: Mapping[str, bytes], about: Mapping[str, Any]) -> None:
    """Put a folder with these files, and nothing else, in place of the one of that name.

    about: what its card says of them. Of the folder before, the files that its card vouches for are removed;
    a folder with anything else in it is kept under another name, which is told.

    Raises: CannotWrite, with the folder before still in place.
    """
    target = own(where)
    target.parent.make()
    _clear(target)
    new = target.parent / _aside(target, "new")
    sums = {name: sealed.checksum(content) for name, content in files.items()}
    try:
        new.make()
        sealed.write_json(new / CARD, KIND, dict(about) | {"files": sums})
        for name, content in files.items():
            sealed.write(new / name, content)
        _exchange(target, new)
    except OSError as error:
        raise CannotWrite(f"cannot write {target}: {error.strerror}") from None
    finally:
        _clear(target)


def fill(target: OwnPath, files: Mapping[str, bytes], about: Mapping[str, Any]) -> None:
    """Put these files and their card into a folder that the user named, beside what else is there.

    Raises: InputError when a file of one of these names is not as its card says; CannotWrite.
    """
    target.make()
    try:
        before = card_of(target)["files"]
    except CorruptData:
        before = {}
    for name in files:
        if (target / name).exists() and not _is_as_written(target / name, before.get(name, "")):
            raise _not_ours(target / name)
    if not before and (target / CARD).exists():
        raise _not_ours(target / CARD)
    sums = {name: sealed.checksum(content) for name, content in files.items()}
    for name, content in files.items():
        sealed.write(target / name, content)
    sealed.write_json(target / CARD, KIND, dict(about) | {"files": sums})


def _not_ours(path: OwnPath) -> InputError:
    return InputError(f"{path} is not as sanxiang wrote it; move it away, or name another folder with --out")


def _exchange(target: OwnPath, new: OwnPath) -> None:
    old = target.rename(_aside(target, "old")) if target.kind() is not None else None
    try:
        new.rename(target.name)
    except OSError:
        if old is not None:
            old.rename(target.name)
        raise


def card_of(folder: OwnPath | Path) -> dict[str, Any]:
    """What the card of a folder of outputs says.

    Raises: CorruptData when it is missing or damaged.
    """
    found: dict[str, Any] = sealed.read_json(own(folder) / CARD, KIND)
    return found


def _aside(target: OwnPath, what: str) -> str:
    return f".{target.name}.{secrets.token_hex(8)}.{what}"


def _clear(target: OwnPath) -> None:
    """Remove what stands beside a folder of outputs: the one before it, and one that was not finished."""
    form = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{16}}\.(new|old)")
    for name in filter(form.fullmatch, target.parent.names()):
        if not _removed(target.parent / name):
            with suppress(OSError):
                kept = (target.parent / name).rename(f"{target.name}-kept-{secrets.token_hex(4)}")
                print(f"{kept} holds files that are not as they were written; kept", file=sys.stderr)


def _removed(folder: OwnPath) -> bool:
    """Whether the folder could be removed: it held nothing but what its card vouches for."""
    if folder.kind() != "folder":
        return False
    with suppress(CorruptData, CannotWrite):
        expected = card_of(folder)["files"]
        for name in folder.names():
            if name in expected and _is_as_written(folder / name, expected[name]):
                (folder / name).remove()
        if folder.names() == [CARD]:
            (folder / CARD).remove()
    return folder.remove_empty()


def _is_as_written(path: OwnPath, expected: str) -> bool:
    with suppress(OSError, InTheWay):
        return sealed.checksum(path.read()) == expected
    return False
