"""Which columns of a table hold amounts of yuan, and the table with them in 亿 (100 million)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.read.series_names import cells_of, series_of
from experiments.store.outcome_columns import OutcomeColumns, base_column
from scenarios.region.region import load_region
from scenarios.targets import load_targets
from scenarios.values.tables import YI

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.own.own_lever import OwnLever
    from scenarios.targets import Target

OF_RUNS = ("public_cost", "public_spending")
SUFFIX = "_yi"


def yuan_columns(rows: pd.DataFrame, region: str, own: tuple[OwnLever, ...] = ()) -> list[str]:
    """The columns of runs, series or cells that are amounts of yuan, whatever year's prices they are at.

    own: levers from outside that the runs had.
    """
    recorded = {**series_of(region, own), **cells_of()}
    money = {name for name, one in recorded.items() if is_yuan(getattr(one, "unit", ""))}
    money |= {base_column(name) for name, base in load_region(region).bases.items() if base.factor == YI}
    for name, target in load_targets(region=region).items():
        columns = OutcomeColumns.of(name)
        money |= {columns.value, columns.unscaled, columns.also} if unit_of(target) == "yuan" else set()
    return [str(name) for name in rows if name in money or name in OF_RUNS]


def is_yuan(unit: str) -> bool:
    """Whether a recorded series with this unit is an amount of yuan, and no ratio of two."""
    return unit == "yuan" or unit.startswith("yuan at ")


def unit_of(target: Target) -> str:
    """The unit of a target's values as they are stored."""
    if target.about.shown.factor == 1 / YI:
        return "yuan"
    return "share" if target.about.shown.factor == 100 else target.about.shown.unit_en


def in_yi(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows with these columns in 亿, each named so that nobody takes it for yuan."""
    scaled = rows.assign(**{name: rows[name].astype(float) / YI for name in columns})
    return scaled.rename(columns={name: f"{name}{SUFFIX}" for name in columns})
