"""Pages and figures in a results folder: each ends in a comment with its own checksum, our seal.

One that somebody wrote there, or changed by hand, has no seal that agrees, and is not replaced.
"""

from __future__ import annotations

import re

from experiments.store.own_files import OwnPath
from experiments.store.sealed import checksum
from scenarios.values.errors import InputError

SEAL = "<!-- written by sanxiang; sha256 of what stands before: {} -->\n"
SEALED = re.compile(rb"(?P<content>.*)<!-- written by sanxiang; sha256 of what stands before: "
                    rb"(?P<sum>[0-9a-f]{64}) -->\n", re.DOTALL)  # fmt: skip


def with_seal(content: bytes) -> bytes:
    """A page or figure, HTML or SVG, with the comment at its end."""
    return content + SEAL.format(checksum(content)).encode()


def has_seal(content: bytes) -> bool:
    """Whether the bytes are as they were written by us."""
    found = SEALED.fullmatch(content)
    return found is not None and checksum(found["content"]) == found["sum"].decode()


def refuse_foreign(path: OwnPath) -> None:
    """Let only what we wrote be replaced.

    Raises: InputError when there is another file, InTheWay when there is something else.
    """
    if path.exists() and not has_seal(path.read()):
        raise InputError(
            f"{path} is not as sanxiang wrote it: somebody else's, of an older version, or changed by hand; "
            "move it away to have a new one"
        )


def write_output(path: OwnPath, content: bytes) -> None:
    """Write a page or figure with its seal, in a folder made for it.

    Raises: as refuse_foreign; CannotWrite.
    """
    path.parent.make()
    refuse_foreign(path)
    path.write(with_seal(content))
