"""Levers from outside in a results folder: what it tells of them, and what needs their folder again.

A folder keeps what they are called, the units of their fields and the digest of their files. Their code is
not among what is read: who wants runs of theirs computed again gives their folder, `levers=FOLDER`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from experiments.plan.words import AGAIN
from scenarios.own.own_lever import OwnLever
from scenarios.values.errors import InputError

KEY = "levers"


def in_header(own: OwnLever) -> dict[str, Any]:
    """What a folder tells of a lever: all but its code."""
    told = asdict(own)
    del told["source"]
    return told | {"units": [list(one) for one in own.units]}


def held_in(header: Mapping[str, Any]) -> tuple[OwnLever, ...]:
    """The levers from outside that a folder was computed with, without their code."""
    return tuple(
        OwnLever(**{**one, "units": tuple(tuple(pair) for pair in one["units"])})
        for one in header.get(KEY, [])
    )


def refuse_without(path: object, header: Mapping[str, Any], given: Sequence[OwnLever]) -> None:
    """Refuses to compute for a folder without the levers from outside that it was computed with.

    given: those that are at hand; that they are the same is compared with the folder's other sources.

    Raises: InputError.
    """
    refuse_missing(path, [one.name for one in held_in(header)], bool(given))


def refuse_missing(path: object, names: Sequence[str], given: bool) -> None:
    """As refuse_without. names: of the levers; given: whether some folder of levers is.

    Raises: InputError.
    """
    if names and not given:
        raise InputError(
            f"{path} was computed with levers from outside ({', '.join(names)}): give their folder again, "
            f"{AGAIN}; code is never taken from a results folder"
        )
