"""Standard streams that cannot end a command: closed ones are replaced, and a reader may leave.

A command that was started without an output (`>&-`), or whose reader has left (`| head`, a closed terminal),
goes on in silence and ends with its own exit code. A disk that is full is told: an output was wanted there.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

GONE = (errno.EPIPE, errno.EIO, errno.ENXIO, errno.EBADF)
"""What writing says where nobody reads: a pipe without a reader, a terminal that was closed, no stream."""


class Outlet(io.FileIO):
    """Where a stream's bytes go; into nothing, once nobody reads them."""

    wanted = True
    """Whether a failure to write them is one of the command: results are, what is told beside them is not."""

    def write(self, data: Any) -> int:
        """Write the bytes, or as many as fit.

        Raises: OSError, once, where they were wanted and cannot be taken, such as on a full disk.
        """
        try:
            return super().write(data) or 0
        except OSError as error:
            _to_nothing(self.fileno())
            if error.errno not in GONE and self.wanted:
                raise
            return len(memoryview(data).cast("B"))


def settle() -> None:
    """Make the three streams usable, whatever the program was started with.

    The numbers of closed ones are taken at once: a file opened later would get them, and what is meant for
    the stream. A terminal that knows no Chinese must not end a sweep: what it cannot show is escaped.
    """
    for number in (0, 1, 2):
        if _is_closed(number):
            _to_nothing(number)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  open as long as the program
    sys.stdout, sys.stderr = _settled(sys.stdout, 1), _settled(sys.stderr, 2)


def flush() -> None:
    """Write out what is still held back.

    Raises: OSError where standard output cannot take it.
    """
    for stream in (sys.stderr, sys.stdout):
        with suppress(ValueError):  # closed by somebody
            stream.flush()


def _settled(stream: TextIO | None, number: int) -> TextIO:
    """The stream with an outlet in place of what it wrote to; one that is no file is left as it is."""
    if stream is not None and not isinstance(stream, io.TextIOWrapper):
        return stream
    encoding = "utf-8" if stream is None else stream.encoding
    if stream is not None:
        stream.flush()
    raw = Outlet(number, "w", closefd=False)
    raw.wanted = number == 1
    at_once = number == 2 or raw.isatty()
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, errors="backslashreplace", line_buffering=at_once
    )


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _to_nothing(number: int) -> None:
    """Let what is written to this number, or read from it, be nothing."""
    handle = os.open(os.devnull, os.O_RDWR)
    if handle == number:
        os.set_inheritable(number, True)
    else:
        os.dup2(handle, number)  # inherited too: workers speak there
        os.close(handle)
