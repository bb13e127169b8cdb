"""Writes the report and figures of a results folder; everything is read from the store, no model is run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.exits import Exit
from experiments.own_files import OwnPath

NAME = "report.html"
FOLDER = "figures"


def write_all(folder: Path | str) -> Path:
    """Writes the figures and the report into a results folder, as a sweep does at its end; the report's path.

    Raises: InputError when the folder holds no finished run, CorruptData, CannotWrite.
    """
    from experiments.figures import files
    from experiments.figures.folder import evidence_of
    from experiments.report_page import pictures, report_page

    evidence = evidence_of(folder)
    drawn, root = pictures(evidence), OwnPath(Path(folder))
    for picture in drawn:
        files.write_file(root / FOLDER / f"{picture.name}.svg", picture.svg)
    files.write_file(root / NAME, report_page(evidence, drawn).encode("utf-8"))
    return Path(folder) / NAME


def write_figure(
    name: str, folder: Path | str, out: Path | None = None, options: Mapping[str, Any] | None = None
) -> Path:
    """Draws one figure into a file, PNG, PDF or SVG by its suffix, or as SVG into the results folder.

    Raises: InputError for an unknown figure, option or suffix, CorruptData, CannotWrite.
    """
    from experiments.figures import figure_named, files
    from experiments.figures.folder import evidence_of
    from experiments.figures.options import checked_options

    draw = figure_named(name)
    files.check_suffix(out or Path(f"{name}.svg"))
    checked = checked_options(name, options or {})
    figure, _, _ = draw(evidence_of(folder), **checked)
    files.save(figure, out or OwnPath(Path(folder)) / FOLDER / f"{name}.svg")
    return out or Path(folder) / FOLDER / f"{name}.svg"


def main_report(args: list[str]) -> int:
    """sanxiang report DIR: figures and the HTML report of a results folder, one file that opens offline."""
    from experiments.arguments import Parser

    parser = Parser(prog="sanxiang report", description=main_report.__doc__)
    parser.add_argument("folder", metavar="DIR")
    print(write_all(parser.parse_args(args).folder))
    return Exit.OK


def main_figure(args: list[str]) -> int:
    """sanxiang figure NAME DIR [OPTION=VALUE ...] [--out FILE]: one figure of a results folder."""
    from experiments.arguments import Parser
    from experiments.figures import FIGURES
    from experiments.figures.options import split_option

    usage = "sanxiang figure NAME DIR [OPTION=VALUE ...] [--out FILE]"
    parser = Parser(prog="sanxiang figure", usage=usage, description=main_figure.__doc__)
    parser.add_argument("name", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--out", metavar="FILE", type=Path, help="ends in .svg, .png or .pdf")
    parsed, options = parser.parse_known_args(args)
    print(write_figure(parsed.name, parsed.folder, parsed.out, dict(map(split_option, options))))
    return Exit.OK
