"""The looks all figures share: fonts, colours, literal text, small print, files of the same bytes each time.

No pyplot and no global state: a figure is built and saved inside `looks()`, which restores the settings.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from experiments import sealed
from experiments.exits import CannotWrite
from scenarios.errors import InputError

PAGE_WIDTH = 7.6  # inches: a text column of A4 with narrow margins
NOTE_POINTS = 5.6
NOTE_LINE = NOTE_POINTS * 1.3 / 72  # inches
LATIN = "DejaVu Sans"  # comes with matplotlib, so a figure never lacks it
CHINESE_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans CJK JP",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "Hiragino Sans GB",
    "STHeiti",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    "SimSun",
    "AR PL UMing CN",
)
CHINESE_FILES = re.compile(r"cjk|notosanssc|sourcehansans|wqy|msyh|simhei|pingfang|droidsansfallback", re.I)

# Okabe and Ito's colours, told apart with any colour vision; black is kept for what was published.
BLACK, GREY, PALE = "#000000", "#6b6b6b", "#d9d9d9"
TARGET_COLOUR = "#b5450b"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#5b4a9c", "#8a6d3b")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
UNDATED: dict[str, dict[str, str | None]] = {
    ".svg": {"Date": None},
    ".png": {"Software": None},
    ".pdf": {"CreationDate": None},
}

SETTINGS: dict[str, Any] = {
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": True,
    "axes.formatter.use_mathtext": False,
    "axes.formatter.useoffset": False,
    "svg.hashsalt": "sanxiang",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "font.size": 7.5,
    "axes.titlesize": 8,
    "axes.labelsize": 7.5,
    "legend.fontsize": 7,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "axes.linewidth": 0.6,
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "lines.linewidth": 1.2,
}


@lru_cache(maxsize=1)
def chinese_family() -> str | None:
    """The first installed font family with Chinese characters, or None."""
    installed = {font.name for font in font_manager.fontManager.ttflist if Path(font.fname).exists()}
    found = next((family for family in CHINESE_FAMILIES if family in installed), None)
    return found or _newly_installed()


def _newly_installed() -> str | None:
    """A Chinese font put on the machine after matplotlib wrote its list of fonts."""
    for file in sorted(font_manager.findSystemFonts()):
        if not CHINESE_FILES.search(Path(file).name):
            continue
        try:
            font_manager.fontManager.addfont(file)
        except (OSError, RuntimeError):  # not a font that matplotlib can read
            continue
        return font_manager.get_font(file).family_name
    return None


def language(asked: str | None = None) -> str:
    """`zh` when a Chinese font is installed, `en` otherwise, or what is asked for."""
    if asked is not None and asked not in ("en", "zh"):
        raise InputError(f"language is {asked!r}, not one of en, zh")
    return asked or ("zh" if chinese_family() else "en")


def families() -> list[str]:
    """Fonts in the order in which a character is looked for."""
    chinese = chinese_family()
    return [LATIN, chinese] if chinese else [LATIN]


@contextmanager
def looks() -> Iterator[None]:
    """Settings of all figures, for building and for saving one."""
    with matplotlib.rc_context({**SETTINGS, "font.family": families()}):
        yield


@lru_cache(maxsize=4)
def _drawable(names: tuple[str, ...]) -> frozenset[int]:
    files = [font_manager.findfont(name) for name in names]
    return frozenset().union(*(font_manager.get_font(file).get_charmap() for file in files))


def literal(text: object, width: int | None = None) -> str:
    """Text as it can be drawn: one line, no character that no font has, at most `width` columns.

    A character without a glyph shows as its code point, so that two names stay different.
    """
    drawable = _drawable(tuple(families()))
    line = "".join(" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in str(text))
    shown = "".join(c if ord(c) in drawable else f"[{ord(c):X}]" for c in line.strip())
    return shown if width is None else shortened(shown, width)


def columns(text: str) -> int:
    """Width of a text in columns of Latin letters; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, width: int) -> str:
    """The text with its middle left out where it is wider than `width` columns: both ends tell names apart."""
    if columns(text) <= width:
        return text
    keep = len(text)
    while columns(text[: keep - keep // 2]) + columns(text[len(text) - keep // 2 :]) > width - 1:
        keep -= 1
    return text[: keep - keep // 2] + "…" + text[len(text) - keep // 2 :]


def write(axes: Axes, x: float, y: float, text: str, **options: Any) -> Text:
    """A text on the axes, never read as mathematics."""
    return axes.text(x, y, text, parse_math=False, **options)


def sheet(
    heading: str,
    notes: Sequence[str],
    rows: int,
    columns: int,
    panel_height: float,
    *,
    left: float = 0.6,
    right: float = 0.15,
    below: float = 0.35,
    above: float = 0.55,
    gap: tuple[float, float] = (0.35, 0.5),
    width: float = PAGE_WIDTH,
) -> tuple[Figure, list[list[Axes]]]:
    """A figure of rows x columns panels under a heading, with the notes as small print at its foot.

    All lengths in inches, so that texts keep their distance whatever the number of panels.
    """
    lines = [line for note in notes for line in wrapped(literal(note), width - 0.2)]
    bottom = below + NOTE_LINE * len(lines) + 0.1
    height = above + rows * panel_height + (rows - 1) * gap[1] + bottom
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    figure.text(
        0.1 / width, 1 - 0.1 / height, heading, fontsize=9.5, weight="bold", va="top", parse_math=False
    )
    figure.text(
        0.1 / width,
        0.05 / height,
        "\n".join(lines),
        fontsize=NOTE_POINTS,
        color=GREY,
        va="bottom",
        linespacing=1.25,
        parse_math=False,
    )
    panel_width = (width - left - right - (columns - 1) * gap[0]) / columns
    axes = []
    for row in range(rows):
        y = bottom + (rows - 1 - row) * (panel_height + gap[1])
        axes.append(
            [
                figure.add_axes(
                    (
                        (left + column * (panel_width + gap[0])) / width,
                        y / height,
                        panel_width / width,
                        panel_height / height,
                    )
                )
                for column in range(columns)
            ]
        )
    return figure, axes


def room(inches: float, points: float) -> int:
    """Columns of letters of that size in so many inches, with a reserve for wide letters."""
    return max(int(inches * 72 / (points * 0.6)), 4)


def wrapped(sentence: str, inches: float, points: float = NOTE_POINTS) -> list[str]:
    """The sentence in lines that fit, broken inside a word only where a word is longer than a line."""
    lines, line = [], ""
    for word in re.findall(r"\S+\s*|\s+", sentence):
        for piece in [word] if columns(word) < room(inches, points) else re.findall(r".{1,4}", word):
            if line and columns((line + piece).rstrip()) > room(inches, points):
                lines.append(line.rstrip())
                line = ""
            line += piece
    return [*lines, line.rstrip()]


def fitted(text: str, inches: float, points: float) -> str:
    """The text on as many lines as it needs to be no wider."""
    return "\n".join(wrapped(text, inches, points))


def key(figure: Figure, entries: Sequence[tuple[Artist, str]], columns: int = 4) -> None:
    """A legend under the heading; its texts are literal, though matplotlib drops labels that begin with `_`."""
    width, height = figure.get_size_inches()
    drawn = figure.legend(
        [handle for handle, _ in entries],
        [f"entry {i}" for i in range(len(entries))],
        loc="upper left",
        bbox_to_anchor=(0.06 / width, 1 - 0.3 / height),
        ncols=columns,
        borderaxespad=0,
        handlelength=1.6,
        columnspacing=1.2,
    )
    for text, (_, label) in zip(drawn.get_texts(), entries, strict=True):
        text.set_parse_math(False)
        text.set_text(label)


def save(figure: Figure, path: Path) -> None:
    """Writes the figure as PNG, PDF or SVG, by the suffix; the same figure gives the same bytes.

    Raises: InputError for another suffix, CannotWrite.
    """
    check_suffix(path)
    write_file(path, drawn_as(figure, path.suffix.lower()))


def check_suffix(path: Path) -> None:
    """Refuses a file name that does not say which kind of picture it is.

    Raises: InputError.
    """
    if path.suffix.lower() not in UNDATED:
        raise InputError(f"--out {path}: a figure ends in one of {', '.join(UNDATED)}")


def drawn_as(figure: Figure, suffix: str) -> bytes:
    """The figure as the content of a file of that kind, without the time of drawing."""
    content = io.BytesIO()
    with looks():
        figure.savefig(content, format=suffix[1:], dpi=200, metadata=UNDATED[suffix])
    return content.getvalue()


def write_file(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, in a folder made for it.

    Raises: CannotWrite.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"cannot write {path} ({len(content):,} bytes): {error.strerror}") from None
    sealed.write(path, content)


def inlined(svg: bytes, name: str, description: str) -> str:
    """An SVG file as an element of a page: ids made its own by `name`, comments and metadata left out.

    `description` is HTML already.
    """
    text = svg.decode("utf-8")
    text = re.sub(r"<!--.*?-->", "", text[text.index("<svg") :], flags=re.S)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', text)
    text = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", text)
    return text.replace("<svg", f'<svg role="img" aria-label="{description}"', 1)
