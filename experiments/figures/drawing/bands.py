"""Which bands a number of runs supports, and how bands, medians and single paths are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

SINGLE_PATHS_BELOW = 20  # runs: quantiles of fewer say more about luck than about the model
OUTER_BAND_FROM = 400  # runs: a 90 % band rests on the 5 % of runs beyond either edge
ROWS = ["kind", "level", "run", "year", "low", "value", "high"]
TINTS = {30: 0.60, 60: 0.36, 90: 0.18}


def levels(runs: int) -> tuple[int, ...]:
    """The central bands, in percent of runs, widest first, that so many runs support."""
    if runs < SINGLE_PATHS_BELOW:
        return ()
    return (90, 60, 30) if runs >= OUTER_BAND_FROM else (60, 30)


def spread(paths: pd.DataFrame, runs: int | None = None) -> pd.DataFrame:
    """Tidy rows {kind, level, run, year, low, value, high} of one fan from rows {run_id, year, value}.

    Bands hold the central share of the runs in each year; `median` is the median of the runs in that year.
    """
    if paths.empty:
        return pd.DataFrame(columns=ROWS)
    table = paths.pivot(index="run_id", columns="year", values="value")
    chosen = levels(len(table) if runs is None else runs)
    if not chosen:
        rows = paths[["run_id", "year", "value"]].rename(columns={"run_id": "run"})
        rows["run"] = rows["run"].astype(str)
        return rows.assign(kind="path", level=np.nan, low=np.nan, high=np.nan)
    parts = [_quantiles(table, "median", np.nan, 0.5, 0.5)]
    parts += [_quantiles(table, "band", level, 0.5 - level / 200, 0.5 + level / 200) for level in chosen]
    return pd.concat(parts, ignore_index=True)


def _quantiles(table: pd.DataFrame, kind: str, level: float, low: float, high: float) -> pd.DataFrame:
    edges = np.nanquantile(table.to_numpy(), [low, 0.5, high], axis=0)
    value = edges[1] if kind == "median" else np.full(table.shape[1], np.nan)
    edges = np.full_like(edges, np.nan) if kind == "median" else edges
    return pd.DataFrame(
        {
            "kind": kind,
            "level": level,
            "run": "",
            "year": table.columns.to_numpy(),
            "low": edges[0],
            "value": value,
            "high": edges[2],
        }
    )


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """The colour mixed with white: opaque, so that print and PDF viewers agree on it."""
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return red, green, blue


def path_look(colour: str) -> dict[str, Any]:
    """How the path of a single run looks."""
    return {"color": tint(colour, 0.6), "linewidth": 0.6}


def draw(axes: Axes, rows: pd.DataFrame, colour: str) -> None:
    """Draws what `spread` gave: bands widest first, then the median, or single paths."""
    for level in sorted(rows.loc[rows.kind == "band", "level"].unique(), reverse=True):
        band = rows[(rows.kind == "band") & (rows.level == level)]
        axes.fill_between(band.year, band.low, band.high, color=tint(colour, TINTS[int(level)]), linewidth=0)
    for _, path in rows[rows.kind == "path"].groupby("run", sort=False):
        axes.plot(path.year, path.value, **path_look(colour))
    median = rows[rows.kind == "median"]
    axes.plot(median.year, median.value, color=colour, linewidth=1.4)
