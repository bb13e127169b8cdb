"""Investment funds of a region: which there are, what they invest in, and what was paid in by the start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.region.entries import distinct
from scenarios.values.errors import InputError, unknown
from scenarios.values.tables import Vector, entry, frozen, read_table
from scenarios.values.yaml_reader import read_yaml

KINDS = ("master", "sector", "market")
ANY = "any"
FIGURES = ("weight", "quality", "restriction", "government_share", "committed_2015", "called_2015")


@dataclass(frozen=True)
class FundsOfRegion:
    """The funds in the order of the file; the master fund comes first."""

    names: tuple[str, ...]
    label_zh: tuple[str, ...]
    label_en: tuple[str, ...]
    kind: NDArray[np.int64]  # index into KINDS
    industry: NDArray[np.int64]  # index into the industries, -1: any
    weight: Vector  # within its kind
    quality: Vector  # of selection and support; market mean = 1
    restriction: Vector  # yuan to be invested at home per yuan of the state, above one
    government_share: Vector  # of what was promised and called
    committed: Vector  # yuan promised by the end of 2015
    called: Vector  # yuan called by then


def read_funds(path: Path, industries: Sequence[str]) -> FundsOfRegion:
    """The funds of a region's file.

    Raises:
        InputError: one line per mistake: an unknown kind or industry, no master fund at the head, weights
            that do not add to one, more called than committed, more in other funds than in the master fund.
    """
    content, where = read_yaml(path), str(path)
    entries = entry(content, "funds", where)
    names = distinct(entries, "fund", where)
    for name, about in entries.items():
        _check_words(about, industries, f"{where}: {name}")
    tables = {key: read_table(content, key, names, where).array(names) for key in FIGURES}
    kind = np.array([KINDS.index(about["kind"]) for about in entries.values()], np.int64)
    _check_kinds(kind, tables["weight"], where)
    _check_money(names, tables, where)
    return FundsOfRegion(
        names=names,
        label_zh=tuple(about["zh"] for about in entries.values()),
        label_en=tuple(about["en"] for about in entries.values()),
        kind=frozen(kind),
        industry=frozen(np.array([_industry(a, industries) for a in entries.values()], np.int64)),
        committed=frozen(tables.pop("committed_2015")),
        called=frozen(tables.pop("called_2015")),
        **{key: frozen(values) for key, values in tables.items()},
    )


def _check_words(about: Any, industries: Sequence[str], where: str) -> None:
    if not isinstance(about, dict):
        raise InputError(f"{where} needs kind, industry, zh and en")
    for key, allowed in (("kind", KINDS), ("industry", (*industries, ANY))):
        if about.get(key) not in allowed:
            raise InputError(f"{where}: {unknown(key, str(about.get(key)), allowed)}")
    for key in ("zh", "en"):
        if not isinstance(about.get(key), str):
            raise InputError(f"{where} has no {key}")


def _industry(about: Mapping[str, Any], industries: Sequence[str]) -> int:
    return -1 if about["industry"] == ANY else industries.index(about["industry"])


def _check_kinds(kind: NDArray[np.int64], weight: Vector, where: str) -> None:
    if kind.tolist().count(0) != 1 or kind[0] != 0:
        raise InputError(f"{where}: exactly one fund of kind master is needed, and it stands first")
    for number, name in enumerate(KINDS):
        total = sum(weight[kind == number].tolist())
        if abs(total - 1.0) > 1e-6:
            raise InputError(f"{where}: weight of {name} funds adds to {total:.6f}, not to 1")


def _check_money(names: Sequence[str], tables: Mapping[str, Vector], where: str) -> None:
    called, committed, share = (tables[key] for key in ("called_2015", "committed_2015", "government_share"))
    over = [name for name, c, most in zip(names, called, committed, strict=True) if c > most]
    if over:
        raise InputError(*(f"{where}: {name} has called more than was committed to it" for name in over))
    placed = sum((share[1:] * called[1:]).tolist())
    if placed > float(called[0]):
        raise InputError(
            f"{where}: {names[0]} has put {placed:g} yuan into other funds and called {called[0]:g}"
        )
