"""The brief as a PDF of two A4 pages, without a browser: the letters as large as fit."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from unicodedata import east_asian_width

import matplotlib
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from experiments.figures.drawing.text import LATIN, chinese_faces, chinese_family, literal
from experiments.language.chosen import ZH, current
from experiments.language.words import word
from experiments.report.brief import Brief
from scenarios.values.errors import InputError

PAGES, MARGIN, WIDTH = 2, 15.0, 180.0  # pages; mm
SMALLEST, STEP, STEPS = 6.0, 0.25, 16  # points; sizes above the smallest
LINE = 0.47  # mm of a line for each point
MAP_HEIGHT = 62.0  # mm at most
SOFT, INK = (92, 92, 92), (28, 28, 28)
BEGINS, ENDS = "（“《", "，。；：、）”》%"
UNDATED = datetime(2021, 8, 19, tzinfo=UTC)  # of the plan: the same brief has the same bytes


def as_pdf(content: Brief) -> bytes:
    """The brief as the content of a file.

    Raises: InputError for Chinese on a machine without a Chinese font, or what two pages cannot hold.
    """
    fits, too_large = _drawn(content, SMALLEST), STEPS + 1
    if fits is None:
        raise InputError(
            f"a brief has {PAGES} pages, too few for so many scenarios; choose some with --sweep"
        )
    small = 0
    while too_large - small > 1:  # the largest letters that fit, by halves
        tried = (small + too_large) // 2
        found = _drawn(content, SMALLEST + tried * STEP)
        small, too_large, fits = (small, tried, fits) if found is None else (tried, too_large, found)
    return fits


def _drawn(content: Brief, size: float) -> bytes | None:
    """The brief in letters of that size; None where it takes more pages."""
    pdf = FPDF(format="A4")
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.set_creation_date(UNDATED)
    pdf.set_title(content.title)
    pdf.set_lang("zh-CN" if current() == ZH else "en")
    for style, (file, face) in _files().items():
        pdf.add_font("brief", style, file, collection_font_number=face)
    try:
        pdf.add_page()
        _first(pdf, content, size)
        _second(pdf, content, size)
        return bytes(pdf.output()) if pdf.page <= PAGES else None
    finally:
        for font in pdf.fonts.values():
            font.ttfont.close()  # type: ignore[union-attr]  # or its file stays open


def pieces(text: str) -> list[str]:
    """The text cut where a line may end: behind a blank, and behind a Chinese letter; never inside a number,
    before a mark that ends something or behind one that begins it.
    """
    found = [""]
    for letter, after in pairwise(f"{text} "):
        found[-1] += letter
        chinese = east_asian_width(letter) in "WF" or east_asian_width(after) in "WF"
        if letter == " " or (chinese and letter not in BEGINS and after not in ENDS):
            found.append("")
    return [piece for piece in found if piece]


def _shown(text: str) -> str:
    """The text with code points in place of what the font lacks."""
    family = chinese_family() if current() == ZH else LATIN
    return literal(text, fonts=(family or LATIN,))


def _lines(pdf: FPDF, text: str) -> str:
    """The text in lines that are no wider than the page."""
    lines = [""]
    for piece in pieces(_shown(text)):
        if lines[-1] and pdf.get_string_width(f"{lines[-1]}{piece}".rstrip()) > WIDTH - 2 * pdf.c_margin:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def _files() -> dict[str, tuple[str, int]]:
    """The files of the plain and the bold letters, and which face of each."""
    if current() != ZH:
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        stem = LATIN.replace(" ", "")
        return {"": (str(folder / f"{stem}.ttf"), 0), "B": (str(folder / f"{stem}-Bold.ttf"), 0)}
    return chinese_faces()


def _first(pdf: FPDF, content: Brief, size: float) -> None:
    _text(pdf, content.subtitle, size - 1, soft=True)
    _text(pdf, content.title, size + 5, bold=True)
    pdf.ln(1)
    _text(pdf, content.gist, size + 1)
    pdf.ln(1)
    _heading(pdf, word("brief.answers"), size)
    for one in content.answers:
        _text(pdf, f"{one.name}: {one.verdict}", size, bold=True)
        _text(pdf, one.sentence, size)
        pdf.ln(0.12 * size)


def _second(pdf: FPDF, content: Brief, size: float) -> None:
    if pdf.page < PAGES:
        pdf.add_page()
    _heading(pdf, word("brief.chances"), size)
    _table(pdf, content, size - 1.5)
    for heading, text in content.paragraphs:
        _heading(pdf, heading, size)
        _text(pdf, text, size - 1)
    if content.map is not None:
        caption, png = content.map.picture.caption, io.BytesIO(content.map.png)
        _heading(pdf, word("brief.where"), size)
        pdf.image(
            png, w=WIDTH, h=MAP_HEIGHT, keep_aspect_ratio=True, alt_text=content.map.picture.alternative
        )
        _text(pdf, caption, size - 2, soft=True)
    _text(pdf, content.footer, size - 2, soft=True)


def _table(pdf: FPDF, content: Brief, size: float) -> None:
    pdf.set_font("brief", size=size)
    pdf.set_text_color(*INK)
    first = 2.6 if len(content.heads) <= 5 else 1.8
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=(first, *([1.0] * (len(content.heads) - 1))),
        text_align=("LEFT", *(["RIGHT"] * (len(content.heads) - 1))),
        line_height=LINE * size,
        headings_style=FontFace(emphasis="BOLD"),
        padding=0.5,
    ) as table:
        for row in (content.heads, *content.rows):
            cells = table.row()
            for cell in row:
                cells.cell(_shown(cell))


def _heading(pdf: FPDF, text: str, size: float) -> None:
    pdf.ln(0.15 * size)
    _text(pdf, text, size + 1.5, bold=True)


def _text(pdf: FPDF, text: str, size: float, bold: bool = False, soft: bool = False) -> None:
    pdf.set_font("brief", "B" if bold else "", size)
    pdf.set_text_color(*(SOFT if soft else INK))
    said = "\n".join(_lines(pdf, line) for line in text.split("\n"))
    pdf.multi_cell(WIDTH, LINE * size, said, align="L", new_x="LMARGIN", new_y="NEXT")
