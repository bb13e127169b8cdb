"""Files that are either whole or absent: their checksum is sealed in them or beside them."""

import hashlib
import json
from pathlib import Path
from typing import Any

from experiments.exits import CannotWrite, CorruptData
from experiments.store.forms import LARGEST_RECORD, LARGEST_TABLE, checked
from experiments.store.own_files import OwnPath, own


def checksum(content: bytes) -> str:
    """sha256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def canonical(content: Any) -> str:
    """JSON with sorted keys and no spaces: one text for one value."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def write(path: OwnPath | Path, content: bytes) -> None:
    """Write the whole file or nothing; see own_files.py.

    Raises: CannotWrite with the path and the number of bytes when the disk is full or read-only.
    """
    own(path).write(content)


def read(path: OwnPath | Path, expected: str) -> bytes:
    """The bytes of a file whose checksum is known.

    Raises: CorruptData when the file is missing or holds other bytes.
    """
    content = _bytes_of(path, LARGEST_TABLE)
    if checksum(content) != expected:
        raise CorruptData(f"{path} is damaged: its checksum is not the one that was sealed")
    return content


def write_json(path: OwnPath | Path, kind: str, content: Any) -> None:
    """Write a value together with its own checksum, and what kind of value it is."""
    write(path, _signed(kind, content))


def read_json(path: OwnPath | Path, kind: str) -> Any:
    """The value written by write_json.

    Raises: CorruptData when it was truncated, edited or exchanged for one of another kind or form.
    """
    found = _bytes_of(path, LARGEST_RECORD)
    try:
        content = json.loads(found)["content"]
        intact = found == _signed(kind, content)
    except (ValueError, KeyError, TypeError, RecursionError):
        content, intact = None, False
    if not intact:
        raise CorruptData(f"{path} is damaged: its checksum is not the one that was sealed")
    return checked(kind, content, path)


def _signed(kind: str, content: Any) -> bytes:
    text = f'"kind":"{kind}",\n"content":{canonical(content)}'
    return f'{{"checksum":"{checksum(text.encode())}",\n{text}}}\n'.encode()


def _bytes_of(path: OwnPath | Path, most: int) -> bytes:
    try:
        size = own(path).size()
        if size > most:
            raise CorruptData(f"{path} is damaged: {size:,} bytes; at most {most:,}")
        return own(path).read()
    except FileNotFoundError:
        raise CorruptData(f"{path} is missing") from None
    except OSError as error:
        raise CannotWrite(f"cannot read {path}: {error.strerror}") from None
