"""Tables of text whose columns line up, Chinese characters counted as two places wide."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from itertools import zip_longest
from shutil import get_terminal_size
from typing import Literal
from unicodedata import east_asian_width

LEAST_FIRST, LEAST_CELL = 16, 10  # places of a terminal, however narrow it is
HELP_WIDTH = 80
_FIRST_COLUMN = re.compile(r"\s*(\S+( \S+)*\s{2,})?")


def aligned(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,), gap: str = "   ") -> list[str]:
    """The rows as lines; the columns in `left` are flush left, the others flush right."""
    widths = [max(wide(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        gap.join(_padded(cell, widths[place], place in left) for place, cell in enumerate(row)).rstrip()
        for row in rows
    ]


def terminal_width() -> int | None:
    """Columns of the terminal that reads along; None where the text goes to a file or another program."""
    return get_terminal_size().columns if sys.stdout.isatty() else None


def hanging(text: str, limit: int = HELP_WIDTH) -> str:
    """The text, of which a line that is wider than `limit` goes on below, behind its own first column.

    The first column ends where two blanks follow a word: `  NAME   what it is`.
    """
    return "\n".join(part for line in text.split("\n") for part in _hung(line, limit))


def _hung(line: str, limit: int) -> list[str]:
    if wide(line) <= limit:
        return [line]
    first = _FIRST_COLUMN.match(line)
    head = first[0] if first is not None and wide(first[0]) <= limit // 2 else ""
    parts = wrapped(line[len(head) :], limit - wide(head), 2 if not head.strip() else 0)
    return [head + parts[0], *(" " * wide(head) + part for part in parts[1:])]


def readable(text: str) -> str:
    """The text, broken at words where a terminal is narrower; a line with a command stays, to be copied."""
    limit = terminal_width()
    if limit is None:
        return text
    return "\n".join(
        line if "sanxiang " in line else hanging(line, max(limit, 2 * LEAST_FIRST))
        for line in text.split("\n")
    )


def fitted(
    rows: Sequence[Sequence[str]], left: Sequence[int] = (0,), gap: str = "   ", limit: int | None = None
) -> list[str]:
    """The rows as lines of at most `limit` places.

    Columns that find no room beside the others go on below, behind the first one again; the first column
    takes a third of the width, up to half where a name needs it, to be copied, and a cell that is wider than
    its room goes on in the next line.
    """
    lines = aligned(rows, left, gap)
    if limit is None or not rows or max(map(wide, lines)) <= limit:
        return lines
    whole = min(max(wide(word) for row in rows for word in row[0].split() or [""]), limit // 2)
    first = min(max(wide(row[0]) for row in rows), max(limit // 3, LEAST_FIRST, whole))
    room = max(limit - first - len(gap), LEAST_CELL)
    widths = [min(max(wide(row[place]) for row in rows), room) for place in range(1, len(rows[0]))]
    found: list[str] = []
    for columns in _blocks(widths, room, len(gap)):
        block = [[row[0], *(row[place] for place in columns)] for row in rows]
        kept = [row for row in block if any(row[1:])]
        flush = (0, *(place for place, column in enumerate(columns, start=1) if column in left))
        folded = [line for row in kept for line in _folded(row, (first, *[room] * len(columns)))]
        found += [*([""] if found else []), *aligned(folded, flush, gap)]
    return found


def _blocks(widths: Sequence[int], room: int, gap: int) -> list[list[int]]:
    """The columns behind the first in groups that fit beside it."""
    blocks: list[list[int]] = []
    taken = room + 1
    for column, width in enumerate(widths, start=1):
        if taken + gap + width > room:
            blocks.append([])
            taken = -gap
        blocks[-1].append(column)
        taken += gap + width
    return blocks


def _folded(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The row in as many lines as its cells need."""
    cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    return [list(line) for line in zip_longest(*cells, fillvalue="")]


def wrapped(cell: str, width: int, hang: int = 2) -> list[str]:
    """The cell in lines that fit, broken at blanks where it has any; what goes on is set in by `hang`."""
    if wide(cell) <= width:
        return [cell]
    indent = cell[: len(cell) - len(cell.lstrip())]
    lines, line = [], ""
    for word in re.findall(r"\S+?(?:\.(?=[a-z])|\s+|\Z)", cell.strip()):
        for piece in [word] if wide(word.rstrip()) <= width - hang else list(word):
            if line and wide(line + piece.rstrip()) > width - len(indent) - hang:
                lines.append(line.rstrip())
                line = ""
            line += piece
    parts = [*lines, line.rstrip()]
    return [indent + parts[0], *(indent + " " * hang + part for part in parts[1:])]


def signed(value: float, digits: int) -> str:
    """A difference with its sign; what rounds to nothing has none."""
    text = f"{value:+z,.{digits}f}"
    return text if text.strip("+0,.") else text[1:]


def short(value: float, sign: Literal["", "+"] = "") -> str:
    """A number in three digits, in full where it is large; sign: `+` for a difference."""
    return f"{float(f'{value:.3g}'):{sign}z,.10g}"


def wide(text: str) -> int:
    """How many places of a terminal the text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(cell: str, width: int, left: bool) -> str:
    blank = " " * (width - wide(cell))
    return cell + blank if left else blank + cell
