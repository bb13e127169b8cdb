"""Entries of a region's files: places, industries and institutions by name, and the words about them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.file_names import FORM_OF_NAME, NAME
from scenarios.values.tables import Vector

WHOLE = 0.01  # how far published shares may be from adding to one
MOST = 256  # places, or industries: a firm's id has eight bits for each


def distinct(entries: object, kind: str, where: str, most: int = MOST) -> tuple[str, ...]:
    """The names of a region's places or industries, each one word.

    Raises:
        InputError: none or more than `most` of them, a name of other characters, or two that are called alike
            in one language.
    """
    if not isinstance(entries, dict) or not entries:
        raise InputError(f"{where}: names no {kind}")
    if len(entries) > most:
        raise InputError(f"{where}: {len(entries)} of kind {kind}; at most {most}")
    odd = [name for name in entries if not NAME.fullmatch(name)]
    if odd:
        raise InputError(f"{where}: {kind} {quoted(odd[0])}: expected {FORM_OF_NAME}")
    called: dict[tuple[str, str], str] = {}
    for name, about in entries.items():
        for key in ("zh", "en", "short_zh", "short_en"):
            word = about.get(key) if isinstance(about, dict) else None
            if isinstance(word, str) and called.setdefault((key, word), name) != name:
                raise InputError(f"{where}: {called[key, word]} and {name} are both called {quoted(word)}")
    return tuple(entries)


def words(
    entries: Mapping[str, Any], field: str, where: str, allowed: Sequence[str] | None = None
) -> tuple[str, ...]:
    """The text under `field` of each entry, one of the allowed words if they are given."""
    for name, about in entries.items():
        value = about.get(field) if isinstance(about, dict) else None
        if not isinstance(value, str):
            raise InputError(f"{where}: {name} has no {field}")
        if allowed is not None and value not in allowed:
            raise InputError(f"{where}: {name}: {unknown(field, value, allowed)}")
    return tuple(about[field] for about in entries.values())


def adding_to_one(shares: Vector, key: str, where: str) -> Vector:
    """Published shares, which add to one as far as published ones do."""
    total = sum(shares.tolist())
    if abs(total - 1.0) > WHOLE:
        raise InputError(f"{where}: {key} adds to {total:.4f}, not to 1")
    return shares


def one_of(word: object, field: str, names: Sequence[str], where: str) -> int:
    """The place of a word among names."""
    if word not in names:
        raise InputError(f"{where}: {unknown(field, str(word), names)}")
    return names.index(str(word))


def read_tiles(entries: Mapping[str, Any], where: str) -> tuple[tuple[int, int], ...]:
    """Row and column of each place on the map of tiles, each tile taken once.

    Raises:
        InputError: a place without row and column, or two on one tile.
    """
    taken: dict[tuple[int, int], str] = {}
    for name, about in entries.items():
        tile = about.get("tile")
        if not (isinstance(tile, list) and len(tile) == 2 and all(_is_place_on_map(one) for one in tile)):
            raise InputError(f"{where}: {name}: tile is {quoted(tile)}; expected [row, column] from 0 to 99")
        if (tile[0], tile[1]) in taken:
            raise InputError(f"{where}: {name} and {taken[tile[0], tile[1]]} stand on one tile")
        taken[tile[0], tile[1]] = name
    return tuple(taken)


def _is_place_on_map(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= 99


def flags(entries: Mapping[str, Any], field: str, where: str) -> NDArray[np.bool_]:
    """The truth value under `field` of each entry."""
    for name, about in entries.items():
        if not isinstance(about, dict) or not isinstance(about.get(field), bool):
            raise InputError(f"{where}: {name}: {field} is neither true nor false")
    return np.array([about[field] for about in entries.values()], np.bool_)
