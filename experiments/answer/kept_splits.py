"""What targets vary with, kept in a results folder as the numbers of the runs that tell it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.answer.split_runs import FIRST, HIT, SECOND, VALUE, Kept, in_rows
from experiments.answer.variance_split import Split, split
from experiments.store.store import Store
from experiments.store.sweeps import ALL, chosen

MEASURES = (VALUE, HIT)
KIND = "split"


@dataclass(frozen=True)
class Varying:
    """What the targets of a sweep vary with.

    parts: what runs differ in. rows: pairs of runs. splits: by case, target and measure (value, hit); None
    where it does not vary.
    """

    parts: tuple[str, ...]
    rows: int
    splits: dict[tuple[str, str, str], Split | None]

    def rows_in_json(self) -> list[dict[str, Any]]:
        """A row per case, target, measure and part: shares of the variance with 95 % intervals.

        The part `together` is what no part decides alone.
        """
        return [row for key, found in self.splits.items() if found is not None for row in _rows(key, found)]


def _rows(key: tuple[str, str, str], found: Split) -> list[dict[str, Any]]:
    about = dict(zip(("scenario", "target", "of"), key, strict=True)) | {
        "variance": found.variance,
        "rows": found.rows,
    }
    rows = [
        about
        | {"part": name}
        | {f"alone{end}": value for end, value in _ends(part.alone)}
        | {f"in_all{end}": value for end, value in _ends(part.in_all)}
        for name, part in found.parts.items()
    ]
    nothing = {f"in_all{end}": None for end, _ in _ends(found.together)}
    last = {f"alone{end}": value for end, value in _ends(found.together)}
    return [*rows, about | {"part": "together"} | last | nothing]


def _ends(share: Any) -> list[tuple[str, float]]:
    return [("", share.value), ("_low", share.low), ("_high", share.high)]


def keep(store: Store, sweep: str, parts: tuple[str, ...], rows: int, values: Kept) -> None:
    """Keep what the runs of a sweep's split came to, in place of an older one.

    Raises: CannotWrite, InTheWay.
    """
    store.kept[KIND].keep({"key": sweep, "parts": list(parts), "rows": rows, "values": values})


def values_kept(
    store: Store, sweep: str, parts: tuple[str, ...], rows: int, cases: Collection[str]
) -> Kept | None:
    """What the same runs came to when they were run for a sweep before; None where others or none are kept.

    Raises: CorruptData when it is damaged.
    """
    found = _record(store, sweep)
    if found is None or (tuple(found["parts"]), found["rows"]) != (parts, rows):
        return None
    values: Kept = found["values"]
    return values if values.keys() == set(cases) else None


def kept(folder: Path | str, which: str | None = None) -> Varying | None:
    """What a folder keeps of a sweep; None where it keeps nothing, or every sweep is meant.

    Raises: CorruptData when it is damaged.
    """
    store = Store(folder)
    if which == ALL:
        return None
    found = _record(store, chosen(store, which)[0].id)
    return None if found is None else varying(tuple(found["parts"]), found["rows"], found["values"])


def _record(store: Store, sweep: str) -> dict[str, Any] | None:
    path = store.kept[KIND].path_of(sweep)
    return store.kept[KIND].read(path) if path.exists() else None


def varying(parts: tuple[str, ...], rows: int, values: Kept) -> Varying:
    """The splits that numbers of runs come to."""
    found = {
        (case, target, measure): _split(by_kind, parts)
        for case, by_target in values.items()
        for target, by_measure in by_target.items()
        for measure, by_kind in by_measure.items()
    }
    return Varying(parts, rows, found)


def _split(by_kind: Mapping[str, list[float | None]], parts: tuple[str, ...]) -> Split | None:
    mixed = {part: in_rows(by_kind[part]) for part in parts}
    return split(in_rows(by_kind[FIRST]), in_rows(by_kind[SECOND]), mixed)
