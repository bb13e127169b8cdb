"""One sweep per results folder: a kernel lock that dies with its holder, so no stale one ever blocks."""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from experiments.exits import CannotWrite, FolderHeld, InTheWay
from experiments.store import heartbeat
from experiments.store.own_files import OwnPath, own

HOLDER = re.compile(rb"\0*|pid [^\n]*")
"""What a lock holds: who holds it, nothing, or the zeros that a loss of power leaves."""
LONGEST = 200  # bytes


@contextmanager
def held(where: OwnPath | Path) -> Iterator[None]:
    """Hold the lock until the block ends; the file says who holds it, and since when.

    Raises: FolderHeld with pid and time, CannotWrite, InTheWay when the file is somebody else's.
    """
    path = own(where)
    with _opened(path) as handle:
        _take(handle, path)
        _refuse_foreign(handle, path)
        _tell(handle, f"pid {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        try:
            yield
        finally:
            _tell(handle, "")


def is_ours(path: OwnPath) -> bool:
    """Whether the file is missing or a lock, which is the only file that is written in its place."""
    try:
        return HOLDER.fullmatch(path.read()[: LONGEST + 1]) is not None
    except FileNotFoundError:
        return True


def _refuse_foreign(handle: int, path: OwnPath) -> None:
    if HOLDER.fullmatch(os.pread(handle, LONGEST + 1, 0)) is None:
        raise InTheWay(f"{path} is a file that this program did not write; it was left as it is")


def _tell(handle: int, holder: str) -> None:
    """Who holds it, for those who are refused; a full disk that does not take the text takes no lock away."""
    os.ftruncate(handle, 0)
    with suppress(OSError):
        os.pwrite(handle, holder.encode(), 0)


@contextmanager
def _opened(path: OwnPath) -> Iterator[int]:
    with ExitStack() as stack:
        try:
            handle = stack.enter_context(path.opened(os.O_RDWR | os.O_CREAT))
        except OSError as error:
            raise CannotWrite(f"cannot write {path}: {error.strerror}") from None
        yield handle


def _take(handle: int, path: OwnPath) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, LONGEST, 0).decode(errors="replace") or "just started"
        told = "; ".join(filter(None, (holder, heartbeat.in_words(path.parent.path))))
        raise FolderHeld(f"another sweep holds {path.parent} ({told})") from None
