"""Figures as files and as parts of a page: the same figure gives the same bytes each time."""

from __future__ import annotations

import io
import re
from pathlib import Path

from matplotlib.figure import Figure

from experiments.figures.drawing.style import looks
from experiments.figures.form import ASKED
from experiments.store.own_files import OwnPath, own
from experiments.store.own_outputs import write_output
from scenarios.values.errors import InputError

UNDATED: dict[str, dict[str, str | None]] = {
    ".svg": {"Date": None},
    ".png": {"Software": None},
    ".pdf": {"CreationDate": None},
}
GLYPH = re.compile(
    r'<path id="(?P<id>[^"]+)" (?P<outline>(?:d="[^"]*" )?transform="scale\(0\.015625\)")/>\s*'
)


def save(figure: Figure, path: Path | OwnPath) -> None:
    """Writes the figure as PNG, PDF or SVG, by the suffix; the same figure gives the same bytes.

    Raises: InputError for another suffix, CannotWrite.
    """
    named = path.path if isinstance(path, OwnPath) else path
    check_suffix(named)
    write_file(path, drawn_as(figure, named.suffix.lower()))


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
        figure.savefig(content, format=suffix[1:], dpi=ASKED.get().dpi, metadata=UNDATED[suffix])
    return content.getvalue()


def write_file(path: Path | OwnPath, content: bytes) -> None:
    """Writes a file whole or not at all, in a folder made for it.

    path: a file that the user named, or one in a results folder, which is replaced only if it is ours.

    Raises: CannotWrite, InputError when the file in the results folder is somebody else's.
    """
    if isinstance(path, OwnPath):
        write_output(path, content)
    else:
        named = own(path)
        named.parent.make()
        named.write(content)


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


def sharing_glyphs(page: str) -> str:
    """The page with each letter's outline once: figures repeat them, half of what they weigh."""
    shared: dict[str, str] = {}
    renamed: dict[str, str] = {}

    def once(found: re.Match[str]) -> str:
        new = found["outline"] not in shared
        renamed[found["id"]] = shared.setdefault(found["outline"], f"glyph-{len(shared)}")
        return f'<path id="{renamed[found["id"]]}" {found["outline"]}/>' if new else ""

    page = GLYPH.sub(once, page)
    return re.sub(r'href="#([^"]+)"', lambda found: f'href="#{renamed.get(found[1], found[1])}"', page)
