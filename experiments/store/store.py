"""The store: a results folder of sealed chunks, written by one sweep at a time and read by everything else.

DIR/folder.json          what it was computed with (header.py)
DIR/lock                 held by the sweep that writes; released by its death
DIR/heartbeat.json       how far that sweep is, and when it was last alive (heartbeat.py)
DIR/sweeps/              the runs each sweep asked for, under the names it gave them; last.json is the last
DIR/inputs/              copies of the reforms, worlds and other files they were asked for with (inputs.py)
DIR/chunks/              sealed chunks (chunk.py)
DIR/responses/           the responses to fields of levers, a file each
DIR/explanations/        why scenarios differ, a file for each question (kept_records.py)
DIR/splits/              what the targets of a sweep vary with, a file for each sweep
DIR/tries/               what packages came to, a file for each luck; reaches/, searches/: what was found
DIR/reforms/             the packages that were found, as scenario files; worlds/: worlds they were run in
DIR/sensitivities/       runs that tell what targets hang on, a file for each question
DIR/quarantine/          damaged chunks, moved aside by the next sweep, which computes their runs again

Files of other names are somebody else's (own_names.py): neither read nor counted nor touched.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.exits import CorruptData, InTheWay
from experiments.plan.patience import aloud
from experiments.store import chunk, inputs, lock, own_names, own_outputs, sealed
from experiments.store.chunk import Chunk
from experiments.store.foreign import refuse_foreign
from experiments.store.header import other_versions, refuse_difference
from experiments.store.kept_records import FOLDERS, KeptRecords, put_aside
from experiments.store.own_files import OwnPath, is_half_written
from experiments.store.record import Columns, Record, tables
from experiments.store.stored_tables import read_table
from scenarios.values.errors import InputError, one_line

FINAL = ("ok", "failed")
"""Statuses that are not tried again; lost and timed-out runs are."""


class Store:
    """A results folder."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.root = OwnPath(self.path)
        self.folder, self.sweeps = self.root / "chunks", self.root / "sweeps"
        self.kept = {kind: KeptRecords(self.root, kind, self.mark) for kind in FOLDERS}
        self._chunks: list[Chunk] | None = None
        self._mark: str | None = None

    def chunks(self) -> list[Chunk]:
        """Every sealed chunk.

        Raises: CorruptData at a damaged card.
        """
        if self._chunks is None:
            mark = self.mark()
            self._chunks = [chunk.read_card(card, mark) for card in own_names.cards(self.folder)]
        return self._chunks

    def mark(self) -> str:
        """What a chunk must carry to belong here: a fingerprint of format, sources and data.

        Raises: as header.
        """
        if self._mark is None:
            header = self.header()
            marked = [header[part] for part in ("format", "sources", "data")]
            self._mark = sealed.checksum(sealed.canonical(marked).encode())
        return self._mark

    def statuses(self) -> dict[str, str]:
        """{run id: status} of every recorded run; a success outlives a later failure."""
        found: dict[str, str] = {}
        for each in self.chunks():
            for run, status in each.runs.items():
                if found.get(run) not in FINAL:
                    found[run] = status
        return found

    def finished(self) -> set[str]:
        """Ids of the runs that need not be computed again."""
        return {run for run, status in self.statuses().items() if status in FINAL}

    def append(self, records: Sequence[Record], columns: Columns) -> Chunk:
        """Seal some runs as one chunk.

        Raises: CannotWrite.
        """
        before = self.chunks()
        written = chunk.seal(self.folder, tables(records, columns), self.mark())
        before.append(written)
        return written

    def table(self, name: str, wanted: Callable[[str], bool] | None = None) -> pa.Table:
        """All rows of runs, series or cells, each run once; all columns, or those wanted and `run_id`.

        Raises: CorruptData at a damaged chunk.
        """
        statuses = self.statuses()
        seen: set[str] = set()
        parts = []
        for each in self.chunks():
            keep = [run for run, status in each.runs.items() if statuses[run] == status and run not in seen]
            seen.update(keep)
            rows = each.table(name, wanted) if keep else None
            if rows is not None:
                parts.append(rows if len(keep) == len(each.runs) else rows.filter(_is_in(rows, keep)))
        return pa.concat_tables(parts, promote_options="permissive") if parts else pa.table({"run_id": []})

    def header(self) -> dict[str, Any]:
        """What the folder was computed with.

        Raises: InputError when the folder holds no results, CorruptData when the header is damaged.
        """
        path = self.root / "folder.json"
        if not path.exists():
            raise InputError(f"{self.path} holds no results (no folder.json)")
        return sealed.read_json(path, "header")

    def last_sweep(self) -> dict[str, Any]:
        """The last sweep's description, with its runs under "runs" as a table.

        Raises: InputError when the folder holds no sweep, CorruptData when its record is damaged.
        """
        self.header()
        if not (self.sweeps / "last.json").exists():
            if self.kept["response"].paths():
                raise InputError(f"{self.path} holds no sweep, only responses: sanxiang report shows them")
            raise InputError(f"{self.path} holds no sweep yet: the command was stopped before its first run")
        return self._sweep(self.sweeps / "last.json")

    def sweep_names(self) -> list[str]:
        """Ids of all sweeps that the folder remembers."""
        return [card.stem for card in own_names.records(self.sweeps) if card.stem != "last"]

    def sweep(self, name: str) -> dict[str, Any]:
        """The description of the sweep with that id; see last_sweep."""
        return self._sweep(self.sweeps / f"{name}.json")

    def _sweep(self, card: OwnPath) -> dict[str, Any]:
        found = sealed.read_json(card, "sweep")
        if found["of"] != self.mark():
            raise CorruptData(f"{card} is of another version: other sources, data or format wrote it")
        content = sealed.read(self.sweeps / found["file"], found["checksum"])
        return found | {"runs": read_table(content, self.sweeps / found["file"])}

    def _check_inputs(self, card: OwnPath) -> None:
        inputs.refuse_damaged(self.root, sealed.read_json(card, "sweep"))

    def keep_sweep(self, description: dict[str, Any], runs: pa.Table) -> str:
        """Record which runs a sweep asks for, and under which names; the sweep's id.

        Raises: CannotWrite.
        """
        out = io.BytesIO()
        pq.write_table(runs, out, compression="zstd")
        content = out.getvalue()
        name = f"{sealed.checksum(content)[:20]}.parquet"
        sealed.write(self.sweeps / name, content)
        kept = description | {"file": name, "checksum": sealed.checksum(content), "of": self.mark()}
        sealed.write_json(self.sweeps / name.replace(".parquet", ".json"), "sweep", kept)
        sealed.write_json(self.sweeps / "last.json", "sweep", kept)
        return name.removesuffix(".parquet")

    def forget_sweep(self, name: str) -> None:
        """Forget which runs a sweep asked for that another one goes on with; its runs stay.

        Raises: CannotWrite.
        """
        for path in own_names.of_one(self.sweeps, name):
            path.remove()

    def keep_response(self, content: dict[str, Any]) -> None:
        """Keep the response to a field of a lever in place of the one before.

        What stands there and is no whole response is put aside.

        Raises: CannotWrite, InTheWay.
        """
        self.kept["response"].keep(content)

    def kept_responses(self) -> list[dict[str, Any]]:
        """The responses that the folder keeps, by the names of their fields.

        Raises: CorruptData at a damaged one, or one of another folder or field; as header where there is one.
        """
        return self.kept["response"].held()

    def quarantine_damaged(self) -> list[str]:
        """Move damaged files aside and drop what a killed sweep left; one line per damaged file."""
        reports = []
        intact = []
        mark = self.mark()
        for card in own_names.cards(self.folder):
            try:
                found = chunk.read_card(card, mark)
                found.check()
                intact.append(found)
            except CorruptData as error:
                reports.append(str(error))
                self._move_aside(self.folder, card.stem)
        for folder, card, read in self._records():
            try:
                read(card)
            except CorruptData as error:
                reports.append(str(error))
                self._move_aside(folder, card.stem)
        self._chunks = intact
        self._drop_leftovers({each.name for each in intact})
        return reports

    def damaged(self) -> list[str]:
        """One line for every damaged chunk and record, without touching anything."""
        try:
            mark = self.mark()
        except (CorruptData, InTheWay) as error:
            return [str(error)]  # nothing else can be judged without it
        reports = []
        for check in (
            *(partial(read, card) for _, card, read in self._records()),
            *(partial(self._check_inputs, card) for card in own_names.records(self.sweeps)),
            *(_checked(card, mark) for card in own_names.cards(self.folder)),
        ):
            try:
                check()
            except (CorruptData, InTheWay) as error:
                reports.append(str(error))
        return reports

    def _records(self) -> list[tuple[OwnPath, OwnPath, Callable[[OwnPath], Any]]]:
        """Every record of a sweep, response and explanation: its folder, its file and how it is read."""
        return [
            *((self.sweeps, card, self._sweep) for card in own_names.records(self.sweeps)),
            *((kind.folder, one, kind.read) for kind in self.kept.values() for one in kind.paths()),
        ]

    def _move_aside(self, folder: OwnPath, name: str) -> None:
        put_aside(self.root, own_names.of_one(folder, name))

    def _drop_leftovers(self, names: set[str]) -> None:
        """Remove half-written files and put tables without a card aside.

        Since this holds the lock, a killed sweep left them; files of other names are not ours.
        """
        for folder in (self.folder, self.sweeps, *(kind.folder for kind in self.kept.values())):
            for name in folder.names():
                if is_half_written(name):
                    (folder / name).remove()
        tables = own_names.named(self.folder, own_names.TABLE)
        put_aside(self.root, [table for table in tables if table.name.partition(".")[0] not in names])


def _checked(card: OwnPath, mark: str) -> Any:
    return lambda: chunk.read_card(card, mark).check()


def _is_in(rows: pa.Table, keep: list[str]) -> pa.Array:
    return pc.is_in(rows.column("run_id"), value_set=pa.array(keep, type=pa.string()))


@contextmanager
def claimed(path: Path | str, today: dict[str, Any]) -> Iterator[Store]:
    """The folder, made if absent, held against other sweeps until the block ends.

    Raises: InputError when it holds somebody else's work, CannotWrite, FolderHeld, FolderDiffers.
    """
    store = Store(path)
    refuse_foreign(store.root)
    _make(store)
    with lock.held(store.root / "lock"):
        _agree_on_header(store, today)
        own_outputs.refuse_foreign(store.root / "report.html")
        yield store


def _agree_on_header(store: Store, today: dict[str, Any]) -> None:
    """Compare the header with today's, or write it.

    A damaged one is put aside: run ids carry the digests, so no run of other sources passes for today's."""
    header = store.root / "folder.json"
    try:
        held = sealed.read_json(header, "header") if header.exists() else None
    except CorruptData:
        put_aside(store.root, [header])
        held = None
    if held is not None:
        refuse_difference(store.path, held, today)
        others = other_versions(held, today)
        if others:
            aloud(one_line(f"{store.path} was begun with other versions ({others}): last digits may differ"))
    else:
        sealed.write_json(header, "header", today)


def _make(store: Store) -> None:
    for folder in (store.root, store.folder, store.sweeps):
        folder.make()
