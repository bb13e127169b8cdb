"""Any figure of some results, in the place of some axes where a user gives them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from experiments.figures import figure_named
from experiments.figures.form import formed, split_form
from experiments.figures.material.folder import evidence_of
from experiments.figures.options import checked_options


def drawn(
    folder: Path, which: str, name: str, ax: Axes | None, options: Mapping[str, Any]
) -> tuple[Any, Any, pd.DataFrame]:
    """A figure of a sweep: (figure, axes, rows drawn). ax: in whose place it is drawn.

    Raises: InputError for an unknown figure or option, or where it finds no room.
    """
    draw = figure_named(name)
    form, others = split_form(options)
    checked = checked_options(name, others)
    with formed(form._replace(axes=ax)):
        found: tuple[Any, Any, pd.DataFrame] = draw(evidence_of(folder, which), **checked)
    return found
