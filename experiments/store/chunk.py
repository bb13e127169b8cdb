"""A chunk: runs that were sealed together, a Parquet file per table and a card that vouches for them.

The card is written last. It holds the checksum of every file and the status of every run, so a
chunk exists when its card does; files without a card are what a killed sweep left behind.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.exits import CorruptData
from experiments.store import sealed
from experiments.store.own_files import OwnPath
from experiments.store.stored_tables import read_table

TABLES = ("runs", "series", "cells")


@dataclass(frozen=True)
class Chunk:
    """A sealed chunk: its name, the checksums of its files, and {run id: status}."""

    folder: OwnPath
    name: str
    files: dict[str, str]
    runs: dict[str, str]

    def path(self, table: str) -> OwnPath:
        """Where one of its tables lies."""
        return self.folder / f"{self.name}.{table}.parquet"

    @property
    def card(self) -> OwnPath:
        """Where its card lies."""
        return self.folder / f"{self.name}.json"

    def table(self, table: str, wanted: Callable[[str], bool] | None = None) -> pa.Table | None:
        """One of its tables, or of its columns those wanted; None where the chunk has none of it.

        Raises: CorruptData when the file is missing or damaged.
        """
        if table not in self.files:
            return None
        content = sealed.read(self.path(table), self.files[table])
        return read_table(content, self.path(table), wanted)

    def check(self) -> None:
        """Compare every file with its checksum.

        Raises: CorruptData at the first that differs.
        """
        for table, expected in self.files.items():
            sealed.read(self.path(table), expected)


def seal(folder: OwnPath, tables: dict[str, pa.Table], mark: str) -> Chunk:
    """Write the tables and then their card; the runs exist once the card does.

    mark: of the folder's header, by which the chunk is known to belong there.

    Raises: CannotWrite.
    """
    contents = {table: _parquet(rows) for table, rows in tables.items() if rows.num_rows}
    files = {table: sealed.checksum(content) for table, content in contents.items()}
    runs = dict(zip(*(tables["runs"].column(name).to_pylist() for name in ("run_id", "status")), strict=True))
    chunk = Chunk(folder, sealed.checksum(sealed.canonical(files).encode())[:20], files, runs)
    for table, content in contents.items():
        sealed.write(chunk.path(table), content)
    sealed.write_json(chunk.card, "card", {"name": chunk.name, "files": files, "runs": runs, "of": mark})
    return chunk


def read_card(card: OwnPath, mark: str) -> Chunk:
    """The chunk a card vouches for.

    Raises: CorruptData when the card is damaged, carries another chunk's name or another folder's mark.
    """
    content = sealed.read_json(card, "card")
    if not isinstance(content, dict) or content.get("name") != card.stem:
        raise CorruptData(f"{card} is the card of another chunk")
    if not set(content.get("files", ())) <= set(TABLES):
        raise CorruptData(f"{card} names a table that no chunk has")
    if content.get("of") != mark:
        raise CorruptData(f"{card} is of another version: other sources, data or format computed it")
    return Chunk(card.parent, content["name"], content["files"], content["runs"])


def _parquet(rows: pa.Table) -> bytes:
    """The table as Parquet: zstd, and dictionaries only for text, since they enlarge floats."""
    text = [field.name for field in rows.schema if pa.types.is_string(field.type)]
    split = [field.name for field in rows.schema if pa.types.is_floating(field.type)]
    out = io.BytesIO()
    pq.write_table(
        rows,
        out,
        compression="zstd",
        compression_level=3,
        use_dictionary=text,
        use_byte_stream_split=split,
        write_statistics=False,
    )
    return out.getvalue()
