"""Universities and research institutes of a region: who, where, in which fields, with how much research."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.region.entries import distinct, words
from scenarios.values.errors import InputError, unknown
from scenarios.values.number import read_number
from scenarios.values.tables import YI, Vector, entry, frozen, read_table
from scenarios.values.yaml_reader import read_yaml

KINDS = ("university", "institute")
MOST = 4096  # institutions: the id of an invention has twelve bits for its owner
TOTALS = {"university": "research_universities", "institute": "research_institutes"}


@dataclass(frozen=True)
class Institutions:
    """The institutions in the order of the file; 'other' ones stand for the rest of a prefecture."""

    names: tuple[str, ...]
    label_zh: tuple[str, ...]
    label_en: tuple[str, ...]
    kind: tuple[str, ...]  # university or institute
    prefecture: NDArray[np.int64]  # index into the prefectures
    fields: Vector  # weights over the industries, each row adding to one [institution, industry]
    share: Vector  # share of the research of its kind
    totals: Mapping[str, Mapping[int, float]]  # research of a kind by year, 2015-2020 [yuan]

    def research(self, year: int) -> Vector:
        """Research of every institution in a year of 2015-2020 [yuan]."""
        return np.array([self.totals[kind][year] for kind in self.kind]) * self.share


def read_institutions(path: Path, prefectures: Sequence[str], industries: Sequence[str]) -> Institutions:
    """The institutions of a region's file.

    Raises:
        InputError: a word that is not known, a field weight missing, or shares that do not add to one.
    """
    content, where = read_yaml(path), str(path)
    entries = entry(content, "institutions", where)
    names = distinct(entries, "institution", where, MOST)
    for name, about in entries.items():
        _check(about, prefectures, len(industries), f"{where}: {name}")
    fields = np.array([about["fields"] for about in entries.values()], np.float64)
    kinds = tuple(about["kind"] for about in entries.values())
    share = read_table(content, "research_share", names, where).array(names)
    _check_shares(share, kinds, where)
    return Institutions(
        names=names,
        label_zh=words(entries, "zh", where),
        label_en=words(entries, "en", where),
        kind=kinds,
        prefecture=frozen(np.array([prefectures.index(e["prefecture"]) for e in entries.values()], np.int64)),
        fields=frozen(fields / fields.sum(axis=1, keepdims=True)),
        share=frozen(share),
        totals={kind: _total(entry(content, key, where), f"{where}: {key}") for kind, key in TOTALS.items()},
    )


def _check(about: Any, prefectures: Sequence[str], industries: int, where: str) -> None:
    if not isinstance(about, dict):
        raise InputError(f"{where} needs kind, prefecture, fields, zh and en")
    for key, allowed in (("kind", KINDS), ("prefecture", prefectures)):
        if about.get(key) not in allowed:
            raise InputError(f"{where}: {unknown(key, str(about.get(key)), allowed)}")
    fields = about.get("fields", [])
    numbers = [f for f in fields if isinstance(f, int | float) and f >= 0]
    if len(numbers) != industries or len(fields) != industries or not any(numbers):
        raise InputError(f"{where} needs {industries} field weights of zero or more, not all zero")


def _check_shares(share: Vector, kinds: Sequence[str], where: str) -> None:
    for kind in KINDS:
        total = sum(s for s, k in zip(share.tolist(), kinds, strict=True) if k == kind)
        if abs(total - 1.0) > 1e-6:
            raise InputError(f"{where}: research_share of {kind} adds to {total:.6f}, not to 1")


def _total(table: object, where: str) -> dict[int, float]:
    return {year: value * YI for year, value in read_number(table, where).dated}
