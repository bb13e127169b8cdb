"""A file of outcomes, `indicator,year,value` a line: read whole, or refused with a line for each mistake."""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from experiments.hindcast.quantities import QUANTITIES
from scenarios.spec import LATEST_YEAR
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.file_names import at_home

HEADER = ["indicator", "year", "value"]
LARGEST = 1_000_000  # bytes
YEAR = re.compile(r"[0-9]{4}", re.ASCII)
NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII)
LONGEST_NUMBER = 40  # characters


class Outcome(NamedTuple):
    """What was published of an indicator in a year [its own unit], and the line of the file it stands in."""

    indicator: str
    year: int
    value: float
    line: int = 0


def read_outcomes(path: Path | str, train_to: int, last: int = LATEST_YEAR) -> list[Outcome]:
    """The outcomes of a file in its order, all after the year that forecasts are trained to.

    Args: train_to: the last year that forecasts may know. last: the last year that a run can reach.

    Raises:
        InputError: the file cannot be read or has another header, or `FILE:line: ...` for each mistake: an
            unknown indicator, a year that was known or that no run reaches, text for a number, a second
            value for one indicator and year.
    """
    path = at_home(path)
    lines = _lines(path)
    if not lines:
        raise InputError(f"{path}: no line; expected {','.join(HEADER)} and a line for each figure")
    first, head = lines[0]
    if [cell.strip() for cell in head] != HEADER:
        raise InputError(f"{path}:{first}: header is {quoted(','.join(head))}; expected {','.join(HEADER)}")
    if len(lines) == 1:
        raise InputError(f"{path}: a header and no figure")
    return _checked(lines[1:], path, train_to, last)


def file_text(figures: Iterable[tuple[str, int, float]]) -> str:
    """Figures as the text of a file of outcomes."""
    return "\n".join([",".join(HEADER), *(f"{name},{year},{value:.10g}" for name, year, value in figures)])


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Every line that is not blank, with its number and cells. Raises: InputError."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: no table: {error}") from None
    return [(line, row) for line, row in rows if any(cell.strip() for cell in row)]


def _checked(lines: Sequence[tuple[int, list[str]]], path: Path, train_to: int, last: int) -> list[Outcome]:
    mistakes, found, taken = Mistakes(), list[Outcome](), dict[tuple[str, int], int]()
    for line, row in lines:
        outcome = mistakes.attempt(_outcome, row, line, f"{path}:{line}", (train_to, last))
        if outcome is None:
            continue
        before = taken.setdefault((outcome.indicator, outcome.year), line)
        if before != line:
            mistakes.note(f"{path}:{line}: {outcome.indicator} {outcome.year} stands in line {before} too")
        found.append(outcome)
    mistakes.stop_if_any()
    return found


def _outcome(row: Sequence[str], line: int, where: str, known: tuple[int, int]) -> Outcome:
    """One line. Raises: InputError with the first thing that is wrong with it."""
    if len(row) != len(HEADER):
        raise InputError(f"{where}: {len(row)} cells; expected {','.join(HEADER)}")
    indicator, year, value = (cell.strip() for cell in row)
    if indicator not in QUANTITIES:
        raise InputError(f"{where}: {unknown('indicator', indicator, QUANTITIES)}")
    return Outcome(indicator, _year(year, where, *known), _value(value, where), line)


def _year(text: str, where: str, train_to: int, last: int) -> int:
    if not YEAR.fullmatch(text):
        raise InputError(f"{where}: year is {quoted(text)}; expected four digits")
    year = int(text)
    if year <= train_to:
        raise InputError(f"{where}: year {year} lies inside the fitting window, which ends in {train_to}")
    if year > last:
        raise InputError(f"{where}: year {year} lies beyond the horizon of runs, {last}")
    return year


def _value(text: str, where: str) -> float:
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text) or not isfinite(float(text)):
        raise InputError(f"{where}: value is {quoted(text)}; expected a finite number such as 658.27")
    return float(text)


def _text(path: Path) -> str:
    """The content of a file as text; a mark of byte order in front, and any line ends, are as good as none.

    Raises:
        InputError: it is no file that can be read, too large, not UTF-8, or no table.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise InputError(f"{path}: cannot be read: no file")
        if about.st_size > LARGEST:
            raise InputError(f"{path}: larger than {LARGEST:,} bytes")
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InputError(f"{quoted(str(path))}: cannot be read: {error}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: not UTF-8 text; save the file as UTF-8") from None
