"""What ranks of known truths say: lines for a terminal, a section of docs/CALIBRATION.md."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.answer.text_table import fitted, terminal_width
from experiments.calibration.page import table
from experiments.calibration.ranks import EARLY, KEPT, LEVELS, REJECTED, Ranks, inside
from experiments.evidence.page_sections import listed, made_by

SECTION = "ranks"
WORST = 8
KINDS = {
    "parameter": "parameters",
    "held out": "statistics held out of learning",
    "future": f"2019 and 2020 as forecast from figures to {EARLY}",
}
HEADS = ("of", "number", *(f"inside {level:.0%}" for level in LEVELS), "not uniform")
WORST_HEADS = ("least uniform", "of", "p alone", "corrected", *(f"inside {level:.0%}" for level in LEVELS))
ABOUT = f"""Each truth is a row of the table: its parameters are known, and its figures, errors added, are all
that the method is shown. **Inside 50, 80, 90 %**: how often what is true lies in the central interval, over
all truths and names. **Not uniform**: names whose ranks fail a chi-squared test at {REJECTED:.0%}, corrected
by Holm for the number of tests. What a run gives of a statistic that was held out, or of 2019 and 2020 when
nothing after {EARLY} is shown, is a future that nobody but the run knows."""


def cells(found: Ranks, kind: str) -> list[str]:
    """One row: all names of a kind."""
    names = [name for name, one in zip(found.names, found.kinds, strict=True) if one == kind]
    uneven = [name for name in found.rejected if name in names]
    return [
        KINDS[kind],
        str(len(names)),
        *(f"{found.coverage(level, kind):.1%}" for level in LEVELS),
        ", ".join(uneven) or "none",
    ]


def worst_cells(found: Ranks) -> list[list[str]]:
    """The names whose ranks are least uniform."""
    alone, corrected = found.alone(), found.p_values()
    return [
        [
            found.names[k],
            found.kinds[k],
            f"{alone[k]:.3f}",
            f"{corrected[k]:.2f}",
            *(f"{inside(found.ranks[:, k], level).mean():.0%}" for level in LEVELS),
        ]
        for k in np.argsort(alone, kind="stable")[:WORST]
    ]


def summary(found: Ranks) -> list[str]:
    """What was done, in a few lines."""
    uneven = f"{len(found.rejected)} of {len(found.names)}"
    return [
        f"{len(found.ranks)} known truths, each ranked among {KEPT} draws",
        f"least effective sample size of any truth {found.effective:.0f}; {found.divergent:.2%} divergent",
        f"names whose ranks are not uniform at {REJECTED:.0%} after correction: {uneven}",
    ]


def lines(found: Ranks) -> list[str]:
    """What the command prints."""
    limit = terminal_width()
    return [
        *summary(found),
        "",
        *fitted([list(HEADS), *(cells(found, kind) for kind in KINDS)], left=(0, 5), limit=limit),
        "",
        *fitted([list(WORST_HEADS), *worst_cells(found)], left=(0, 1), limit=limit),
    ]


def section(found: Ranks, command: str, figure: str | None = None) -> str:
    """Ranks as a section of the page; figure: a file that the page shows."""
    picture: Sequence[str] = [f"![Ranks of known truths]({figure})"] if figure else []
    return "\n\n".join(
        [
            f"## Are known truths recovered? {len(found.ranks)} of them",
            made_by(command),
            ABOUT,
            listed(summary(found)),
            table(HEADS, [cells(found, kind) for kind in KINDS]),
            table(WORST_HEADS, worst_cells(found)),
            *picture,
        ]
    )
