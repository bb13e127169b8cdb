"""One sweep per results folder: a kernel lock that dies with its holder, so no stale one ever blocks."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from experiments import heartbeat
from experiments.exits import CannotWrite, FolderHeld


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock until the block ends; the file says who holds it, and since when.

    Raises: FolderHeld with pid and time, CannotWrite.
    """
    handle = _opened(path)
    try:
        _take(handle, path)
        _tell(handle, f"pid {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        try:
            yield
        finally:
            _tell(handle, "")
    finally:
        os.close(handle)


def _tell(handle: int, holder: str) -> None:
    """Who holds it, for those who are refused; a full disk that does not take the text takes no lock away."""
    os.ftruncate(handle, 0)
    with suppress(OSError):
        os.pwrite(handle, holder.encode(), 0)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotWrite(f"cannot write {path}: {error.strerror}") from None


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 200, 0).decode(errors="replace") or "just started"
        told = "; ".join(filter(None, (holder, heartbeat.in_words(path.parent))))
        raise FolderHeld(f"another sweep holds {path.parent} ({told})") from None
