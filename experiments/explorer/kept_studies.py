"""Studies in results folders: explanations beside the pairs that they explain, responses in their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.answer.dose_response import Response
from experiments.answer.kept_responses import keep, kept
from experiments.compute.sweep_run import refuse_other_region
from experiments.explorer.dosing import UNITS
from experiments.explorer.kept import RESPONSES, Sealing, drawn_with, evidence_at
from experiments.figures import figure_named
from experiments.figures.doses import doses
from experiments.figures.material.explained import SHOWN
from experiments.figures.options import checked_options
from experiments.store import header
from experiments.store.store import Store, claimed
from experiments.why.kept import KIND, units_in
from experiments.why.question import Question
from experiments.why.runs import UnitValues
from scenarios.region.folder import DEFAULT_REGION

ATTRIBUTION, DOSES = "attribution", "response"


def kept_units(question: Question) -> list[UnitValues]:
    """What the question's folder keeps of an explanation, where today's sources and data made it.

    Raises: CorruptData, InTheWay.
    """
    if not (question.folder / "folder.json").is_file():
        return []
    store = Store(question.folder)
    if header.difference(store.header(), header.header(DEFAULT_REGION)):
        return []
    held = store.kept[KIND].about(question.key)
    return [] if held is None else units_in(held)


def kept_response(results: Path, dose: str) -> Response | None:
    """The response that lies in the folder of responses, where today's sources made it of as many pairs.

    Raises: CorruptData.
    """
    folder = results / RESPONSES
    if not (folder / "folder.json").is_file():
        return None
    if header.difference(Store(folder).header(), header.header(DEFAULT_REGION)):
        return None
    return next((one for one in kept(folder) if one.key == dose and one.pairs >= UNITS), None)


@dataclass(frozen=True)
class ExplanationKept:
    """An explanation, to be kept in the folder of its pairs, which are sealed first."""

    sealing: Sealing
    record: Mapping[str, Any]

    def keep(self) -> Path:
        """Keeps it as `sanxiang explain` does; the folder.

        Raises: as Sealing.seal; InTheWay.
        """
        folder = self.sealing.seal()
        with claimed(folder, header.header(DEFAULT_REGION)) as store:
            store.kept[KIND].keep(dict(self.record))
        return folder


@dataclass(frozen=True)
class ResponseKept:
    """A response, to be kept in the folder of responses."""

    results: Path
    response: Response

    def keep(self) -> Path:
        """Keeps it as `sanxiang response --results` does; the folder.

        Raises: CannotWrite, FolderHeld, FolderDiffers.
        """
        folder = self.results / RESPONSES
        with claimed(folder, header.header()) as store:
            refuse_other_region(store, DEFAULT_REGION)
            keep(store, self.response)
        return folder


@dataclass(frozen=True)
class StudyDrawing:
    """A figure of what a study has so far. ending: .svg, .png or .pdf."""

    what: ExplanationKept | Response
    ending: str
    options: Mapping[str, Any]

    def draw(self) -> bytes:
        """The figure as a file's content.

        Raises: as ExplanationKept.keep.
        """
        return drawn_with(self._figure, self.options, self.ending)

    def _figure(self, options: Mapping[str, Any]) -> Any:
        if isinstance(self.what, Response):
            return doses(self.what, options.get("language"))[0]
        folder, pairs = self.what.keep(), self.what.sealing.pairs
        named = dict(options) | {"explanation": str(self.what.record["key"])[:SHOWN]}
        evidence = evidence_at(str(folder), pairs)
        return figure_named(ATTRIBUTION)(evidence, **checked_options(ATTRIBUTION, named))[0]


def drawn_study(drawing: StudyDrawing) -> bytes:
    """StudyDrawing.draw, for a worker."""
    return drawing.draw()


def kept_study(what: ExplanationKept | ResponseKept) -> Path:
    """ExplanationKept.keep or ResponseKept.keep, for a worker."""
    return what.keep()
