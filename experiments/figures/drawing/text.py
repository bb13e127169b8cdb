"""Text that can be drawn: the fonts there are, names of users shown as they are, lines that fit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from matplotlib import font_manager, ft2font

from experiments.language.chosen import EN, ZH, checked, current
from scenarios.values.errors import InputError

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
CHINESE_PACKAGE = "fonts-noto-cjk"
CHINESE_FILES = re.compile(r"cjk|notosanssc|sourcehansans|wqy|msyh|simhei|pingfang|droidsansfallback", re.I)


@lru_cache(maxsize=1)
def chinese_family() -> str | None:
    """The first installed font family with Chinese characters, or None.

    matplotlib keeps a list of fonts, which may be older than a font, lack a weight of it or know only the
    first face of a file: a file of many, such as Noto Sans CJK, begins with Japanese. So the list is
    completed with every face of every Chinese font file that the machine has now.
    """
    known = font_manager.fontManager.ttflist
    known[:] = [font for font in known if Path(font.fname).exists()]
    listed = {(font.fname, font.name) for font in known}
    for file in sorted(font_manager.findSystemFonts()):
        if CHINESE_FILES.search(Path(file).name):
            known += [face for face in faces(file) if (face.fname, face.name) not in listed]
    _drawable.cache_clear()
    installed = {font.name for font in known}
    return next((family for family in CHINESE_FAMILIES if family in installed), None)


def chinese_faces() -> dict[str, tuple[str, int]]:
    """The files of the plain and the bold letters of the Chinese font, and which face of each file.

    Raises: InputError where there is none.
    """
    family = chinese_family()
    if family is None:
        raise InputError(f"language={ZH} needs a font with Chinese characters, such as {CHINESE_FAMILIES[0]}")
    those = [
        font for font in font_manager.fontManager.ttflist if font.name == family and font.style == "normal"
    ]
    chosen = {"": 400, "B": 700}
    found = {
        style: min(those, key=lambda font: abs(_weight(font) - weight)) for style, weight in chosen.items()
    }
    return {style: (font.fname, font.index) for style, font in found.items()}


def _weight(font: font_manager.FontEntry) -> int:
    named = font.weight
    return named if isinstance(named, int) else int(font_manager.weight_dict.get(named, 400))


def faces(file: str) -> list[font_manager.FontEntry]:
    """Every face of a font file, as matplotlib lists fonts; none of a file that is no font."""
    try:
        first = font_manager.get_font(file)
        return [
            font_manager.ttfFontProperty(ft2font.FT2Font(file, face_index=place))
            for place in range(first.num_faces & 0xFFFF)
        ]
    except (OSError, RuntimeError, ValueError):
        return []


def language(asked: str | None = None) -> str:
    """The language of a figure: what is asked for, or else the one that is spoken, which a machine without a
    Chinese font draws in English.

    Raises: InputError for another language, or for Chinese that is asked for without a font.
    """
    if asked is None:
        return EN if no_chinese_font() else current()
    if checked(asked) == ZH and not chinese_family():
        raise InputError(f"language={ZH} needs a font with Chinese characters, such as {CHINESE_FAMILIES[0]}")
    return asked


def no_chinese_font() -> str:
    """The package with a Chinese font, where figures are to speak Chinese and cannot; else nothing."""
    return CHINESE_PACKAGE if current() == ZH and not chinese_family() else ""


def families() -> list[str]:
    """Fonts in the order in which a character is looked for."""
    chinese = chinese_family()
    return [LATIN, chinese] if chinese else [LATIN]


@lru_cache(maxsize=4)
def _drawable(names: tuple[str, ...]) -> frozenset[int]:
    files = [font_manager.findfont(name) for name in names]
    return frozenset().union(*(font_manager.get_font(file).get_charmap() for file in files))


def literal(text: object, width: int | None = None, fonts: tuple[str, ...] | None = None) -> str:
    """Text as it can be drawn: one line, no character that no font has, at most `width` columns.

    A character without a glyph shows as its code point, so that two names stay different. fonts: families,
    all that figures use unless given.
    """
    drawable = _drawable(fonts or tuple(families()))
    line = "".join(" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in str(text))
    shown = "".join(c if ord(c) in drawable else f"[{ord(c):X}]" for c in line.strip())
    return shown if width is None else shortened(shown, width)


def columns(text: str) -> int:
    """Width of a text in columns of Latin letters; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, width: int) -> str:
    """The text with its middle left out where it is wider than `width`: both ends tell names apart."""
    if columns(text) <= width:
        return text
    keep = len(text)
    while columns(text[: keep - keep // 2]) + columns(text[len(text) - keep // 2 :]) > width - 1:
        keep -= 1
    return text[: keep - keep // 2] + "…" + text[len(text) - keep // 2 :]


def room(inches: float, points: float) -> int:
    """Columns of letters of that size in so many inches, with a reserve for wide letters."""
    return max(int(inches * 72 / (points * 0.6)), 4)


def wrapped(sentence: str, inches: float, points: float) -> list[str]:
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
