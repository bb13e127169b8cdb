"""Ranks of known truths as a figure: even bars where the method is right."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from experiments.calibration.ranks import BINS, KEPT, REJECTED, Ranks
from experiments.calibration.ranks_told import KINDS
from experiments.figures.drawing.style import BLACK, COLOURS, PALE, looks, sheet

COLUMNS, WORST = 3, 6
LEVEL = 0.99
TITLES = {"parameter": "all parameters", "held out": "held-out statistics", "future": "2019 and 2020"}


def ranks_figure(found: Ranks) -> Figure:
    """Histograms of all names of each kind, and of the names whose ranks are least uniform."""
    alone = found.alone()
    worst = np.argsort(alone, kind="stable")[:WORST]
    rows = 1 + -(-len(worst) // COLUMNS)
    with looks():
        figure, panels = sheet(
            f"{len(found.ranks)} known truths: ranks among {KEPT} draws",
            [small_print(found)],
            rows, COLUMNS, 1.0, left=0.45, gap=(0.55, 0.5),
        )  # fmt: skip
        flat = [axes for row in panels for axes in row]
        for axes, kind in zip(flat, KINDS, strict=False):
            _bars(axes, counts(found.of(kind)), len(found.ranks), TITLES[kind])
        for axes, k in zip(flat[COLUMNS:], worst, strict=False):
            title = f"{short(found.names[k])}, p {alone[k]:.3f}"
            _bars(axes, counts(found.ranks[:, k]), len(found.ranks), title)
    return figure


def small_print(found: Ranks) -> str:
    """What the panels show."""
    return (
        "Upper row: share of ranks in each tenth over all names of a kind. Below: truths in each tenth for "
        f"the names whose ranks are least uniform (p of each alone; corrected for {len(found.names)} tests, "
        f"{len(found.rejected)} fail at {REJECTED:.0%}). Shaded: where {LEVEL:.0%} of bars of one name lie "
        "if ranks are uniform. High in the middle: intervals too wide; at both ends: narrow; sloping: off to "
        "one side."
    )


def short(name: str) -> str:
    """A name without its group, cut to what a panel has room for."""
    own = name.rpartition(".")[2]
    return own if len(own) <= 26 else f"{own[:25]}…"


def counts(ranks: np.ndarray) -> np.ndarray:
    """Share of ranks in each tenth, over all names."""
    return np.bincount((ranks.ravel() * BINS) // (KEPT + 1), minlength=BINS) / max(1, ranks.size)


def _bars(axes: Axes, shares: np.ndarray, truths: int, title: str) -> None:
    low, high = (np.array(stats.binom.interval(LEVEL, truths, 1.0 / BINS)) / truths).tolist()
    axes.axhspan(low, high, color=PALE, linewidth=0)
    places = (np.arange(BINS) + 0.5) / BINS
    axes.bar(places, shares, 0.86 / BINS, color=COLOURS[0])
    axes.axhline(1.0 / BINS, color=BLACK, linewidth=0.8)
    axes.set_title(title)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, max(2.0 / BINS, 1.1 * float(shares.max()), high))
    axes.set_xticks([0.0, 0.5, 1.0], ["0", "½", "1"])
    axes.set_yticks([0.0, 1.0 / BINS, 2.0 / BINS], ["0", "10 %", "20 %"])
