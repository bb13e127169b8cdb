"""Writes the brief of a results folder, as an HTML page and as a PDF; no model is run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from experiments.figures.files import write_file
from experiments.figures.material.folder import evidence_of
from experiments.report.brief import Brief, brief
from experiments.report.brief_page import as_page
from experiments.report.brief_pdf import as_pdf
from experiments.store import outputs
from experiments.why.kept import kept_explanations
from scenarios.values.errors import InputError

NAME = "brief"


FORMS: dict[str, Callable[[Brief], bytes]] = {
    ".html": lambda content: as_page(content).encode("utf-8"),
    ".pdf": as_pdf,
}


def write_brief(folder: Path | str, out: Path | None = None, sweep: str | None = None) -> list[Path]:
    """Writes the brief into a file, page or PDF by its suffix; unless given, both among its sweep's outputs.

    Of the last sweep, the one whose id begins so, or all (sweeps.ALL). The paths written.

    Raises: InputError for another suffix, Chinese without a font, or no results; NothingToDraw without a
    finished run; CorruptData, CannotWrite.
    """
    if out is not None and out.suffix.lower() not in FORMS:
        raise InputError(f"--out {out}: a brief ends in one of {', '.join(FORMS)}")
    evidence = evidence_of(folder, sweep)
    content = brief(evidence, kept_explanations(folder))
    if out is not None:
        write_file(out, FORMS[out.suffix.lower()](content))
        return [out]
    made = {suffix: form(content) for suffix, form in FORMS.items()}
    place = outputs.place(folder, evidence.sweep)
    with outputs.held(folder):
        for suffix, written in made.items():
            write_file(place / f"{NAME}{suffix}", written)
    return [(place / f"{NAME}{suffix}").path for suffix in made]
