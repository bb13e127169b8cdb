"""Tables of text whose columns line up, Chinese characters counted as two places wide."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def aligned(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,), gap: str = "   ") -> list[str]:
    """The rows as lines; the columns in `left` are flush left, the others flush right."""
    widths = [max(wide(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        gap.join(_padded(cell, widths[place], place in left) for place, cell in enumerate(row)).rstrip()
        for row in rows
    ]


def signed(value: float, digits: int) -> str:
    """A difference with its sign; what rounds to nothing has none."""
    text = f"{value:+z,.{digits}f}"
    return text if text.strip("+0,.") else text[1:]


def wide(text: str) -> int:
    """How many places of a terminal the text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(cell: str, width: int, left: bool) -> str:
    blank = " " * (width - wide(cell))
    return cell + blank if left else blank + cell
