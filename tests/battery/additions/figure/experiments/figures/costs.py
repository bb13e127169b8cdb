"""What the programmes of each scenario may spend, and what they spent."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.drawing import style, text
from experiments.figures.material.evidence import Evidence

YI = 1e8


def costs(evidence: Evidence, language: str | None = None) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A bar per scenario [亿 yuan, 2021–25]; returns the figure, its axes and the rows drawn."""
    language = text.language(language)
    rows = evidence.costs.assign(spent=evidence.costs.spent / YI)
    with style.looks():
        figure, grid = style.sheet("Spent 2021–25", [], 1, 1, 2.0)
        grid[0][0].barh(rows.case, rows.spent)
    return figure, np.array(grid), rows
