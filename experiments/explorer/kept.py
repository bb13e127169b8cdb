"""Answers as ordinary results folders: sealed, read again, and drawn by the figures of every folder.

DIR/quick_ID      the pairs behind the page, at a tenth of the province
DIR/full_ID       a sweep of full size, where one was asked for
DIR/responses/    responses to fields of levers, which hang on no question
DIR/policies/     the reform file of each question with a policy of its own
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from experiments.compute.sweep_run import describe, fingerprint
from experiments.compute.task import columns_of
from experiments.explorer.asked import Asked
from experiments.explorer.kept_pasts import MODEL
from experiments.explorer.question import OWN, PAIRS, Question
from experiments.figures import figure_named
from experiments.figures.drawing import text
from experiments.figures.files import drawn_as
from experiments.figures.form import formed, split_form
from experiments.figures.material.folder import evidence_of
from experiments.figures.options import checked_options
from experiments.language.chosen import speaking
from experiments.plan.drawn_sets import ParameterSets
from experiments.plan.ensemble import ensemble
from experiments.store import header, inputs
from experiments.store.own_files import own
from experiments.store.record import Record
from experiments.store.store import Store, claimed
from scenarios.digests import digests
from scenarios.region.folder import DEFAULT_REGION

QUICK, FULL, POLICIES, RESPONSES = "quick", "full", "policies", "responses"
STEPS = (2, 10, 30, 100)
"""Pairs at which figures are drawn anew."""


def step_of(pairs: int) -> int:
    """The largest step that so many pairs reach; 0 below the first."""
    return max((step for step in STEPS if step <= pairs), default=0)


def folder_of(results: Path, question: Question, kind: str = QUICK) -> Path:
    """Where the runs of a question lie."""
    return results / f"{kind}_{question.id}"


def reform_of(results: Path, question: Question) -> Path:
    """The question's policy as a file, written where it is not yet.

    Raises: CannotWrite.
    """
    path = results / POLICIES / question.id / f"{OWN}.yaml"
    if not path.exists():
        file = own(path)
        file.parent.make()
        file.write(question.reform_file().encode())
    return path


@dataclass(frozen=True)
class Sealing:
    """The first pairs of a question, to be sealed in its folder. fresh: records that it may lack."""

    results: Path
    question: Question
    sets: ParameterSets
    pairs: int
    fresh: Sequence[Record]

    def seal(self) -> Path:
        """Seals them as the sweep that the command line would make of them; the folder.

        Raises: CannotWrite, FolderHeld, FolderDiffers.
        """
        folder = folder_of(self.results, self.question)
        plan = replace(self.question.plan(self.sets, folder), replications=self.pairs)
        words = self.question.words()
        if self.question.is_own:
            file = reform_of(self.results, self.question)
            plan = replace(plan, files=(("reform", file.resolve()),))
            words = self.question.words(str(file))
        words = [
            *(word for word in words if not word.startswith("replications=")),
            f"replications={self.pairs}",
        ]
        asked = ensemble(plan.units(), digests(region=plan.region))
        with claimed(folder, header.header(plan.region)) as store:
            about = describe(plan, words) | {"asked": fingerprint(asked.runs)}
            about["inputs"] = inputs.keep(store.root, plan.files)
            finished = store.finished()
            lacking = {one.run["run_id"]: one for one in self.fresh if one.run["run_id"] not in finished}
            if lacking:
                store.append(list(lacking.values()), columns_of(MODEL, plan.region))
            store.keep_sweep(about, asked.table())
        return folder


@dataclass(frozen=True)
class Drawing:
    """A figure of a question's folder, which is sealed first. ending: .svg, .png or .pdf."""

    sealing: Sealing
    name: str
    ending: str
    options: Mapping[str, Any]

    def draw(self) -> bytes:
        """The figure as a file's content.

        Raises: InputError where there is nothing to draw; as Sealing.seal.
        """
        return drawn_with(self._figure, self.options, self.ending)

    def _figure(self, options: Mapping[str, Any]) -> Any:
        evidence = evidence_at(str(self.sealing.seal()), self.sealing.pairs)
        return figure_named(self.name)(evidence, **checked_options(self.name, options))[0]


def drawn_with(figure: Callable[[Mapping[str, Any]], Any], options: Mapping[str, Any], ending: str) -> bytes:
    """A figure as a file's content. options: of its form, its language, and what the figure itself takes."""
    form, others = split_form(dict(options))
    if "language" in others:
        others["language"] = drawn_in(others["language"])
    with speaking(others.get("language")), formed(form):
        return drawn_as(figure(others), ending)


def drawn_in(language: str) -> str:
    """The language of the figures of a page: its own, or English where no font here draws Chinese."""
    with speaking(language):
        return text.language()


def drawn(drawing: Drawing) -> bytes:
    """Drawing.draw, for a worker."""
    return drawing.draw()


def sealed(sealing: Sealing) -> Path:
    """Sealing.seal, for a worker."""
    return sealing.seal()


def ready(nothing: None) -> None:
    """Called once before the first figure is asked for: what drawing needs is imported with this module."""


@lru_cache(maxsize=2)
def evidence_at(folder: str, pairs: int) -> Any:
    """Of the last sweep; pairs: how many it has, which says when it is to be read anew."""
    return evidence_of(folder)


def read_kept(results: Path, asked: Asked) -> int:
    """Takes over the pairs that the question's folder holds, of the same sources and data; how many.

    Only what it says of runs that the question would make counts: it is read as any folder is.

    Raises: InputError, CorruptData.
    """
    folder = folder_of(results, asked.question)
    if not (folder / "folder.json").is_file():
        return 0
    store = Store(folder)
    today = header.header(DEFAULT_REGION)
    if header.difference(store.header(), today):
        return 0
    rows = {row["run_id"]: row for row in store.table("runs").to_pylist()}
    cells = _cells_by_run(store)
    for number in range(len(rows)):
        unit = [run for run, _ in asked.unit(number)] if number < PAIRS else []
        if not unit or not all(run in rows and rows[run]["status"] == "ok" for run in unit):
            break
        asked.records[number] = [Record(rows[run], None, cells.get(run)) for run in unit]
        asked.sealed.add(number)
    return asked.done


def known_runs(results: Path, asked: Asked) -> list[Record]:
    """The runs of scenarios that ship which the question's folder holds, whole: no other question makes them.

    To be called after read_kept has found the folder to be of today.

    Raises: InputError, CorruptData.
    """
    taken = {
        record.run["run_id"]: record
        for number in asked.sealed
        for record in asked.records[number]
        if record.run["scenario"] != OWN
    }
    if not taken:
        return []
    series = _series_by_run(Store(folder_of(results, asked.question)))
    return [record._replace(series=series[run]) for run, record in taken.items() if run in series]


def _series_by_run(store: Store) -> dict[str, np.ndarray]:
    """The series of each run [quarter, indicator]."""
    table = store.table("series")
    values = np.column_stack([table.column(name).to_numpy() for name in columns_of(MODEL).series])
    runs = table.column("run_id").to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]])
    ends = [*starts[1:], len(runs)]
    return {str(runs[start]): values[start:end].copy() for start, end in zip(starts, ends, strict=True)}


def _cells_by_run(store: Store) -> dict[str, np.ndarray]:
    """Cells of each run that has them [year, prefecture, industry, indicator]."""
    columns = columns_of(MODEL, DEFAULT_REGION)
    table = store.table("cells")
    if not table.num_rows:
        return {}
    values = np.column_stack([table.column(name).to_numpy() for name in columns.cells])
    runs = table.column("run_id").to_numpy(zero_copy_only=False)
    shape = (-1, len(columns.prefectures), len(columns.industries), len(columns.cells))
    starts = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]])
    ends = [*starts[1:], len(runs)]
    return {
        str(runs[start]): values[start:end].reshape(shape) for start, end in zip(starts, ends, strict=True)
    }
