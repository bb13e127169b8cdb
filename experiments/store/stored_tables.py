"""Reads a stored table of runs, series, cells or asked runs as what it has to be, whoever wrote it.

A Parquet file is small on disk and may unfold to any size, and its columns may be of any type. So its size is
looked up before it is read, and each column has the one type that the program writes.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter, ValidationError

from experiments.exits import CorruptData

MOST_VALUES = 100_000_000  # in a file: rows times columns
MOST_BYTES = 4_000_000_000  # of a file, unfolded
TEXTS = (
    "run_id", "point", "scenario", "region", "world", "status", "closure", "levers", "parameters",
    "parameters_sha256", "stage", "error", "traceback", "rerun", "cells_sha256", "prefecture", "industry",
    "accounts",
)  # fmt: skip
WHOLE = ("n", "draw", "seed", "year", "quarter", "first_year", "last_year")
SETTINGS = TypeAdapter(dict[str, dict[str, float | list[tuple[int, float]]]])
"""Levers and parameters by name: a number, or years with numbers."""
NEEDED = ("run_id", "point", "scenario", "status", "n", "draw", "seed", "year", "quarter")
"""Columns without a gap."""


def read_table(content: bytes, path: object, wanted: Callable[[str], bool] | None = None) -> pa.Table:
    """The table in a Parquet file, or those of its columns that are wanted.

    Raises: CorruptData when it is none, unfolds to too much, or has a column of another type.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        _refuse_large(file.metadata, path)
        schema = file.schema_arrow
        _refuse_types(schema, path)
        found = file.read([name for name in schema.names if wanted is None or wanted(name)])
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise CorruptData(
            f"{path} is damaged: it cannot be read as a table ({type(error).__name__})"
        ) from None
    _refuse_gaps(found, path)
    _refuse_settings(found, path)
    return found.replace_schema_metadata(None)  # pandas would follow what stands there


def _refuse_large(about: pq.FileMetaData, path: object) -> None:
    values = about.num_rows * about.num_columns
    size = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
    if values > MOST_VALUES or size > MOST_BYTES:
        raise CorruptData(f"{path} is damaged: it unfolds to {values:,} values and {size:,} bytes")


def _refuse_types(schema: pa.Schema, path: object) -> None:
    names = schema.names
    if len(set(names)) < len(names) or "run_id" not in names:
        raise CorruptData(f"{path} is damaged: it has no column run_id, or two of one name")
    for field in schema:
        if not _fits(field):
            raise CorruptData(
                f"{path} is damaged: column {field.name[:80]!r} is of type {str(field.type)[:80]}"
            )


def kind_of(name: str) -> pa.DataType:
    """The type of a column that is no hit of a target."""
    if name in TEXTS:
        return pa.string()
    return pa.int64() if name in WHOLE else pa.float64()


def _fits(field: pa.Field) -> bool:
    kind = field.type
    if pa.types.is_null(kind):
        return field.name not in NEEDED
    if field.name in TEXTS:
        return bool(pa.types.is_string(kind))
    if field.name in WHOLE:
        return bool(pa.types.is_integer(kind))
    return bool(pa.types.is_float64(kind) or pa.types.is_boolean(kind))


def _refuse_gaps(found: pa.Table, path: object) -> None:
    for name in found.column_names:
        if name in NEEDED and found.column(name).null_count:
            raise CorruptData(f"{path} is damaged: column {name} has gaps")


def _refuse_settings(found: pa.Table, path: object) -> None:
    for name in ("levers", "parameters", "accounts"):
        values = found.column(name).unique().to_pylist() if name in found.column_names else []
        for text in filter(None, values):
            try:
                SETTINGS.validate_json(text)
            except (ValidationError, RecursionError):
                raise CorruptData(f"{path} is damaged: column {name} holds no values") from None
