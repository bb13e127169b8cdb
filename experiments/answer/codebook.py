"""The codebook of some tables: unit, meaning and scaling of every column that they hold.

codebook({"runs": runs, "series": series}, known)     # one row per table and column
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from experiments.answer.codebook_words import OF_A_BASE, OF_A_HIT, OF_A_RUN, OF_A_TARGET, SAYS, SWEPT
from experiments.answer.money_columns import SUFFIX, unit_of
from experiments.read.runs_region import region_of_store
from experiments.read.series_names import cells_of, series_held
from experiments.store.outcome_columns import OutcomeColumns, base_column
from experiments.store.own_levers import held_in
from scenarios.blocks import BLOCKS, lever_of
from scenarios.load import load_levers, load_parameters
from scenarios.region.region import load_region
from scenarios.targets import Target, load_targets

if TYPE_CHECKING:
    from experiments.store.store import Store

SCALED, UNSCALED = "scaled", "unscaled"
"""Scaled: the path goes through the published or drawn base of 2020. Unscaled: as the model has it."""
AS_SIMULATED = ("public_cost", "public_spending")
IN_YI = "100 million yuan"
PLAIN = {IN_YI: "yuan", "10,000 persons": "persons", "%": "share"}
"""Units of published bases, and those in which runs hold them."""
COLUMNS = ["table", "column", "type", "unit", "kind", "scaled", "meaning", "meaning_zh"]
HIT = OutcomeColumns.of("").hit.strip("_")
TRUTH, TEXT, WHOLE, NUMBER = "true or false", "text", "whole number", "number"


class Entry(NamedTuple):
    """What is told of a column."""

    unit: str
    kind: str
    scaled: str
    meaning: str
    meaning_zh: str


@dataclass(frozen=True)
class Known:
    """What columns of a folder may be. series, cells: what was recorded. swept: units of keys."""

    series: Mapping[str, Any]
    cells: Mapping[str, Any]
    targets: Mapping[str, Target]
    bases: Mapping[str, Any]
    swept: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> Known:
        """Of a results folder.

        Raises: as Store.header.
        """
        region = region_of_store(store)
        return cls(
            series_held(store),
            cells_of(),
            load_targets(region=region),
            load_region(region).bases,
            units_of_keys(store, region),
        )


def units_of_keys(store: Store, region: str) -> dict[str, str]:
    """The unit of every value of a lever or parameter that a sweep of the folder may have set."""
    levers = {
        f"lever.{name}.{key}": number.unit
        for name, lever in load_levers(region=region).items()
        for key, number in lever.fields.items()
    }
    own = {f"lever.{one.name}.{key}": unit for one in held_in(store.header()) for key, unit in one.units}
    parameters = {
        f"parameters.{group}.{name}": number.unit
        for group, numbers in load_parameters(region=region).items()
        for name, number in numbers.items()
    }
    return {
        **levers,
        **own,
        **parameters,
        "population.scale": "multiple of the region's economy",
        "world": "",
    }


def codebook(tables: Mapping[str, pd.DataFrame], known: Known) -> pd.DataFrame:
    """One row per table and column: {table, column, type, unit, kind, scaled, meaning, meaning_zh}.

    kind: how a recorded series becomes yearly: flow (summed), stock (at the end), rate (averaged). scaled:
    whether the value is scaled to the base of 2020; empty for what is neither. tables: by name.
    """
    rows = [
        (table, str(name), type_of(frame[name]), *entry(table, str(name), known))
        for table, frame in tables.items()
        for name in frame
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def type_of(values: pd.Series) -> str:
    """The type of a column, in words."""
    if pd.api.types.is_bool_dtype(values):
        return TRUTH
    if pd.api.types.is_integer_dtype(values):
        return WHOLE
    if pd.api.types.is_float_dtype(values):
        return NUMBER
    found = set(map(type, values.dropna().head(100)))
    return TRUTH if found and found <= {bool} else TEXT


def entry(table: str, name: str, known: Known) -> Entry:
    """What is told of a column; a name that nothing is known of is a swept key of an older version."""
    told = SAYS.get(table, OF_A_RUN).get(name)
    if told is not None:
        return Entry(told.unit, "", UNSCALED if name in AS_SIMULATED else "", told.en, told.zh)
    plain = name.removesuffix(SUFFIX)
    found = _recorded(table, plain, known) or _of_target(plain, known) or _of_base(plain, known)
    if found is None:
        return _swept(name, known)
    return found._replace(unit=IN_YI) if name != plain else found


def _recorded(table: str, name: str, known: Known) -> Entry | None:
    recorded = (known.cells if table == "cells" else known.series).get(name)
    if recorded is None or table == "runs":
        told = OF_A_RUN.get(name)  # public cost in 亿
        return None if told is None else Entry(told.unit, "", UNSCALED, told.en, told.zh)
    unit, label_en, label_zh = (getattr(recorded, part, "") for part in ("unit", "label_en", "label_zh"))
    return Entry(unit, str(recorded.kind), UNSCALED, label_en, label_zh)


def _of_target(name: str, known: Known) -> Entry | None:
    for target in known.targets.values():
        columns = OutcomeColumns.of(target.name)._asdict()
        part = next((part for part, column in columns.items() if column == name), None)
        if part is not None:
            return _part_of(target, part)
    return None


def _part_of(target: Target, part: str) -> Entry:
    label, has_base = target.about.label, target.about.base is not None
    if part.endswith(HIT):
        said = OF_A_HIT[part.removesuffix(HIT).rstrip("_")]
        return Entry("", "", "", said.en.format(label.en), said.zh.format(label.zh))
    said = OF_A_TARGET["plain" if part == "value" and not has_base else part]
    marked = SCALED if has_base and part != "unscaled" else UNSCALED
    return Entry(unit_of(target), "", marked, said.en.format(label.en), said.zh.format(label.zh))


def _of_base(name: str, known: Known) -> Entry | None:
    for base, one in known.bases.items():
        if base_column(base) == name:
            words = base.replace("_", " ")
            unit = getattr(getattr(one, "number", None), "unit", "")
            plain = next((to for of, to in PLAIN.items() if unit.startswith(of)), unit)
            return Entry(plain, "", "", OF_A_BASE.en.format(words), OF_A_BASE.zh.format(words))
    if name.startswith(base_column("")):  # one that follows from the others
        words = name.removeprefix(base_column("")).replace("_", " ")
        return Entry("", "", "", OF_A_BASE.en.format(words), OF_A_BASE.zh.format(words))
    return None


def _swept(name: str, known: Known) -> Entry:
    parts = name.split(".")
    plain = ".".join([parts[0], lever_of(parts[1]), *parts[2:]]) if len(parts) == 3 else name
    unit = "values by place and industry" if parts[-1] == BLOCKS else known.swept.get(plain, "")
    return Entry(unit, "", "", SWEPT.en.format(name), SWEPT.zh.format(name))
