"""The form that a user asks a figure for: size, resolution, kind of file, style, letters in an SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib import style as styles
from matplotlib.axes import Axes

from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.file_names import at_home
from scenarios.values.number import checked_value

SIZES, RESOLUTIONS = (2.0, 60.0), (30.0, 1200.0)
KINDS, LETTERS = ("svg", "png", "pdf"), {"path": "path", "text": "none"}
OPTIONS = {
    "width": f"inches, from {SIZES[0]:g} to {SIZES[1]:g}",
    "height": "inches, likewise",
    "dpi": f"dots per inch of a PNG, from {RESOLUTIONS[0]:g} to {RESOLUTIONS[1]:g}; 200 unless given",
    "format": "svg, png or pdf, where --out does not say it",
    "style": "a style of Matplotlib by name, or the path of a .mplstyle file",
    "text": "text: letters of an SVG stay text, for editing; path, the usual: they look alike everywhere",
}
"""What each option takes."""


class Form(NamedTuple):
    """See OPTIONS; None: as the figure is usually drawn. axes: in whose place it is drawn."""

    width: float | None = None
    height: float | None = None
    dpi: float = 200.0
    format: str | None = None
    style: str | None = None
    text: str = "path"
    axes: Axes | None = None


AS_USUAL = Form()
ASKED: ContextVar[Form] = ContextVar("ASKED", default=AS_USUAL)


@contextmanager
def formed(form: Form) -> Iterator[None]:
    """Figures are built and saved in this form until the block ends."""
    token = ASKED.set(form)
    try:
        yield
    finally:
        ASKED.reset(token)


def split_form(given: Mapping[str, Any]) -> tuple[Form, dict[str, Any]]:
    """The form that some options of a figure ask for, and the other options.

    Raises: InputError for a size, resolution, kind or style that there is not.
    """
    form = {name: _checked(name, given[name]) for name in OPTIONS if name in given}
    return Form(**form), {name: value for name, value in given.items() if name not in form}


def _checked(name: str, value: Any) -> Any:
    if name in ("width", "height", "dpi"):
        sizes = RESOLUTIONS if name == "dpi" else SIZES
        return checked_value(_number(value), name, sizes, "dots per inch" if name == "dpi" else "inches")
    if name == "style":
        return _style(str(value))
    known = KINDS if name == "format" else tuple(LETTERS)
    if value not in known:
        raise InputError(unknown(name, str(value), known))
    return value


def _number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def _style(name: str) -> str:
    if name in styles.available:
        return name
    path = at_home(name)
    if path.suffix != ".mplstyle":
        raise InputError(unknown("style", name, styles.available))
    if not path.is_file():
        raise InputError(f"style {quoted(name)}: no such file")
    return str(path)


def suffix(out: Path | None, form: Form) -> str:
    """The ending of the file: that of --out, or the format.

    Raises: InputError when the two differ.
    """
    if out is not None and form.format is not None and out.suffix.lower() != f".{form.format}":
        raise InputError(f"--out {out} is no {form.format}; give one of --out and format=")
    return out.suffix.lower() if out is not None else f".{form.format or 'svg'}"
