"""Writes the report and figures of a results folder; everything is read from the store, no model is run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.answer.failures import failure_lines
from experiments.answer.kept_responses import kept
from experiments.figures import figure_named, files
from experiments.figures.form import formed, split_form, suffix
from experiments.figures.material.evidence import NothingToDraw
from experiments.figures.material.folder import evidence_of, held_sweeps, vintage
from experiments.figures.options import checked_options
from experiments.packages.kept import kept_reaches, kept_searches
from experiments.read.card import card
from experiments.read.reading import load_sweep, load_sweeps
from experiments.read.runs_region import region_of_store
from experiments.report import doses as report_doses
from experiments.report.drawn import pictures, pictures_of_searches, pictures_of_why
from experiments.report.markup import element
from experiments.report.page import framed, report_page, title
from experiments.report.sweeps import without_result
from experiments.report.up_to_date import note_drawn
from experiments.store import outputs
from experiments.store.header import digest_of
from experiments.store.own_files import OwnPath
from experiments.store.own_outputs import write_output
from experiments.store.store import Store
from experiments.store.sweeps import ALL
from experiments.why.kept import kept_explanations
from scenarios.region.region import load_region


def write_all(folder: Path | str, sweep: str | None = None) -> Path:
    """Writes the outputs of a sweep, the last one unless given, and the folder's report; that report's path.

    The folder's report covers all sweeps that the folder holds, and leads to the report of each. Of a folder
    without a sweep it shows the responses to levers that it keeps.

    Raises: InputError when the folder holds no such sweep, CorruptData, CannotWrite.
    """
    alone = sweep is None and holds_responses_alone(folder)
    meant = "" if alone else load_sweep(folder, sweep)["id"]
    with outputs.held(folder):
        page = _page_of_doses(folder) if alone else _write_one(folder, meant)
        if not alone and len(load_sweeps(folder)) > 1:
            page = _write_one(folder, ALL)
        write_output(OwnPath(Path(folder)) / outputs.PAGE, page)
        if not alone:
            note_drawn(folder, meant)
    return Path(folder) / outputs.PAGE


def write_sweep(folder: Path | str, sweep: str) -> Path:
    """Writes the outputs of one sweep alone; the path of its report.

    Raises: as write_all.
    """
    meant = load_sweep(folder, sweep)["id"]
    with outputs.held(folder):
        _write_one(folder, meant)
    return (outputs.place(folder, meant) / outputs.PAGE).path


def _write_one(folder: Path | str, sweep: str) -> bytes:
    """Replaces the figures and the report of a sweep, or of all together; the report as written."""
    held = kept(folder)
    drawn = report_doses.pictures(held)
    try:
        evidence = evidence_of(folder, sweep)
        explained = kept_explanations(folder)
        searched = kept_reaches(folder), kept_searches(folder)
        kept_too = [*pictures_of_why(evidence, explained), *pictures_of_searches(evidence, *searched)]
        drawn = [*pictures(evidence), *kept_too, *drawn]
        page = report_page(evidence, drawn, held, explained, searched)
    except NothingToDraw:
        shown, besides = outputs.place(folder, sweep).name, report_doses.section_of(held, drawn, str(folder))
        asks, failures = title(load_region(region_of_store(Store(folder)))), failure_lines(folder, sweep)
        told = without_result(str(folder), shown, held_sweeps(folder), failures, besides)
        page = framed(asks, element("header", element("h1", asks)), told)
    svgs = {f"{picture.name}.svg": picture.svg for picture in drawn}
    place = outputs.place(folder, sweep)
    outputs.replace(place / outputs.FIGURES, svgs, card(folder, sweep))
    content = page.encode("utf-8")
    if sweep != ALL:
        write_output(place / outputs.PAGE, content)
    return content


def holds_responses_alone(folder: Path | str) -> bool:
    """Whether the folder keeps responses to levers and holds no sweep.

    Raises: InputError when it holds no results, CorruptData.
    """
    store = Store(folder)
    return not (store.sweeps / "last.json").exists() and bool(store.kept_responses())


def _page_of_doses(folder: Path | str) -> bytes:
    held, store = kept(folder), Store(folder)
    head = store.header()
    about = {
        "folder": str(folder),
        "version": head["versions"].get("sanxiang", ""),
        "data": vintage(digest_of(head["data"])[:12])[0],
    }
    asks = title(load_region(region_of_store(store)))
    parts = report_doses.parts_of_page(asks, held, report_doses.pictures(held), about)
    return framed(asks, *parts).encode("utf-8")


def write_figure(
    name: str,
    folder: Path | str,
    out: Path | None = None,
    options: Mapping[str, Any] | None = None,
    sweep: str | None = None,
) -> Path:
    """Draws one figure into a file, PNG, PDF or SVG by its suffix; unless given, among its sweep's outputs.

    Of the last sweep, the one whose id begins so, or all (sweeps.ALL); a scenario that the last one lacks is
    looked for in the others.

    Raises: InputError for an unknown figure, option or suffix, CorruptData, CannotWrite.
    """
    draw = figure_named(name)
    if out is not None:
        files.check_suffix(out)
    form, others = split_form(options or {})
    ending, checked = suffix(out, form), checked_options(name, others)
    evidence = evidence_of(folder, sweep)
    if sweep is None and not evidence.holds(checked.get("scenario")):
        evidence = evidence_of(folder, ALL)
    file = out or outputs.place(folder, evidence.sweep) / f"{name}{ending}"
    with formed(form):
        figure, _, _ = draw(evidence, **checked)
        files.save(figure, file)
    return file if isinstance(file, Path) else file.path
