"""The looks that all figures share: colours, sizes, the heading, the small print and the key.

No pyplot and no global state: a figure is built and saved inside `looks()`, which restores the settings.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Literal

import matplotlib
from matplotlib import style as styles
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.gridspec import GridSpec
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from experiments.figures.drawing.text import columns, families, literal, wrapped
from experiments.figures.form import ASKED, LETTERS
from scenarios.spec import LAST_YEAR
from scenarios.values.errors import InputError

LEAST_PANEL = 0.15  # inches
PAGE_WIDTH = 7.6  # inches: a text column of A4 with narrow margins
KEY_COLUMNS = 4
NOTE_POINTS = 5.6
TICK_POINTS = 7
GAP_BESIDE = 0.04  # inches between two numbers, and past the end of a panel
NOTE_LINE = NOTE_POINTS * 1.3 / 72  # inches
# Okabe and Ito's colours, told apart with any colour vision; black is kept for what was published.
BLACK, GREY, PALE = "#000000", "#6b6b6b", "#d9d9d9"
OUTLOOK = "#f3f3f3"
OUTLOOK_WORDS = {"en": "after the plan: outlook", "zh": "规划期后：展望"}
TARGET_COLOUR = "#b5450b"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#5b4a9c", "#8a6d3b")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
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
    "xtick.labelsize": TICK_POINTS,
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
LASTING = ("text.parse_math", "text.usetex", "axes.formatter.use_mathtext", "svg.hashsalt", "svg.fonttype")
"""Settings that no style changes."""


@contextmanager
def looks() -> Iterator[None]:
    """Settings of all figures, for building and for saving one."""
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)  # many Chinese fonts come in one weight, and the nearest will do
    form = ASKED.get()
    ours: Any = SETTINGS | {"svg.fonttype": LETTERS[form.text]}
    try:
        with matplotlib.rc_context(ours):
            if form.style is not None:
                _take_style(form.style, ours)
            matplotlib.rcParams["font.family"] = families()
            yield
    finally:
        log.setLevel(level)


def _take_style(name: str, ours: Any) -> None:
    """A style on top of our looks; what keeps names literal and files the same stays as it is.

    Raises: InputError when its file cannot be read.
    """
    try:
        styles.use(name)
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise InputError(f"style {name} cannot be used: {error}") from None
    ours_still: Any = {key: ours[key] for key in LASTING}
    matplotlib.rcParams.update(ours_still)


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
    width: float | None = None,
) -> tuple[Figure, list[list[Axes]]]:
    """A figure of rows x columns panels under a heading, with the notes as small print at its foot.

    All lengths in inches, so that texts keep their distance whatever the number of panels. Where it is drawn
    in the place of some axes, it has their size.

    Raises: InputError where the panels find no room.
    """
    form = ASKED.get()
    given = (form.width, form.height) if form.axes is None else size_of(form.axes)
    width = given[0] or width or PAGE_WIDTH
    lines = [line for note in notes for line in wrapped(literal(note), width - 0.2, NOTE_POINTS)]
    bottom = below + NOTE_LINE * len(lines) + 0.1
    around = above + (rows - 1) * gap[1] + bottom
    panel_height = panel_height if given[1] is None else (given[1] - around) / rows
    height = around + rows * panel_height
    panel_width = (width - left - right - (columns - 1) * gap[0]) / columns
    _refuse_narrow((panel_width, panel_height), (columns, rows), (width, height))
    figure = _paper(width, height, form.axes)
    _print(figure, heading, 1 - 0.1 / height, va="top", fontsize=9.5, weight="bold")
    _print(
        figure,
        "\n".join(lines),
        0.05 / height,
        va="bottom",
        fontsize=NOTE_POINTS,
        color=GREY,
        linespacing=1.25,
    )
    size = (panel_width / width, panel_height / height)
    across = [(left + column * (panel_width + gap[0])) / width for column in range(columns)]
    upward = [(bottom + row * (panel_height + gap[1])) / height for row in reversed(range(rows))]
    return figure, [[figure.add_axes((x, y, *size)) for x in across] for y in upward]


def _refuse_narrow(panel: tuple[float, float], count: tuple[int, int], whole: tuple[float, float]) -> None:
    """Refuses a figure whose panels find no room [inches]. Raises: InputError."""
    if min(panel) >= LEAST_PANEL:
        return
    wide, high = (
        size + number * max(0.0, LEAST_PANEL - one)
        for one, number, size in zip(panel, count, whole, strict=True)
    )
    told = f"{count[0]} x {count[1]} panels need {wide:.1f} x {high:.1f} inches"
    raise InputError(f"{told}, not {whole[0]:.1f} x {whole[1]:.1f}")


def _paper(width: float, height: float, axes: Axes | None) -> Figure:
    """A figure of that size [inches], or a part of the one that the axes are in, in their place."""
    if axes is None:
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        return figure
    parent, place = axes.figure, axes.get_position()
    across = [place.x0, place.width, max(0.0, 1.0 - place.x1)]
    down = [max(0.0, 1.0 - place.y1), place.height, place.y0]
    grid = GridSpec(3, 3, figure=parent, width_ratios=across, height_ratios=down)  # type: ignore[arg-type]
    axes.remove()
    part: Any = parent.add_subfigure(grid[1, 1])
    return part  # type: ignore[no-any-return]


def size_of(drawn: Axes | Figure | SubFigure) -> tuple[float, float]:
    """Width and height of some axes, a figure or a part of one [inches]."""
    dpi = drawn.figure.dpi if isinstance(drawn, Axes) else drawn.dpi
    return float(drawn.bbox.width / dpi), float(drawn.bbox.height / dpi)


def _print(figure: Figure, words: str, y: float, **looks: Any) -> None:
    figure.text(0.1 / size_of(figure)[0], y, words, parse_math=False, **looks)


def mark(figure: Figure, x: float, y: float, words: str) -> None:
    """A number below a place of the figure, both as shares of it."""
    figure.text(x, y, words, parse_math=False, ha="center", va="top", fontsize=6)


def heading_of(figure: Figure) -> str:
    """What stands above the panels."""
    return " ".join(figure.texts[0].get_text().split())


def inches(axes: Axes) -> float:
    """How wide a panel is."""
    return size_of(axes)[0]


def share_scale(panels: Sequence[Axes], axis: Literal["x", "y"]) -> None:
    """One scale for panels of one unit, or a difference of nothing would look as long as one of much."""
    if not panels:
        return
    lows, highs = zip(*(getattr(panel, f"get_{axis}lim")() for panel in panels), strict=True)
    for panel in panels:
        getattr(panel, f"set_{axis}lim")(min(lows), max(highs))


def spread_ticks(axes: Axes, most: int = 3) -> None:
    """At most so many numbers below a panel, and as many fewer as it takes to keep them apart.

    A number that would reach into the panel beside it is left out.
    """
    wide, (low, high) = inches(axes), axes.get_xlim()
    for count in range(most, 0, -1):
        found = [at for at in MaxNLocator(count).tick_values(low, high) if low <= at <= high]
        # Half of a number may stand out of its panel by what lies between two panels.
        shown = [(at, (at - low) / (high - low) * wide, _half_width(at)) for at in found]
        kept = [one for one in shown if one[1] - one[2] > -GAP_BESIDE and one[1] + one[2] < wide + GAP_BESIDE]
        apart = all(b[1] - a[1] > a[2] + b[2] + GAP_BESIDE for a, b in pairwise(kept))
        if kept and (apart or count == 1):
            axes.set_xticks([at for at, _, _ in kept], [short_number(at) for at, _, _ in kept])
            return
    axes.set_xticks([])


def _half_width(value: float) -> float:
    return columns(short_number(value)) * TICK_POINTS * 0.65 / 72 / 2


def short_number(value: float) -> str:
    """A number without a power of ten: large ones in millions and billions."""
    for size, letter in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:z,.4g}{letter}".replace("-", "−")
    return f"{value:z,.6g}".replace("-", "−")


def key(figure: Figure, entries: Sequence[tuple[Artist, str]], across: int = KEY_COLUMNS) -> None:
    """A legend under the heading, its texts literal, although matplotlib drops labels that begin with `_`."""
    width, height = size_of(figure)
    drawn = figure.legend(
        [handle for handle, _ in entries],
        [f"entry {i}" for i in range(len(entries))],
        loc="upper left",
        bbox_to_anchor=(0.06 / width, 1 - 0.3 / height),
        ncols=across,
        borderaxespad=0,
        handlelength=1.6,
        columnspacing=1.2,
    )
    for text, (_, label) in zip(drawn.get_texts(), entries, strict=True):
        text.set_parse_math(False)
        text.set_text(label)


def years_told(last: int) -> list[int]:
    """The years of an axis from that of the targets on."""
    return [LAST_YEAR] if last <= LAST_YEAR else [LAST_YEAR, last]


def mark_outlook(axes: Axes, last: int) -> None:
    """Shades the years after the plan, which no target judges."""
    if last > LAST_YEAR:
        axes.axvspan(LAST_YEAR, last + 0.4, color=OUTLOOK, linewidth=0, zorder=0)
