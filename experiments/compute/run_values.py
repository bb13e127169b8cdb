"""What the series of a run come to: its yearly values, what programmes spent, and its targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import FIRST_YEAR, POLICY_YEAR
from scenarios.targets import also_path, evaluate, load_targets


def end_values(
    yearly: Mapping[str, np.ndarray], bases: Mapping[str, float], region: str = DEFAULT_REGION
) -> dict[str, Any]:
    """Per target of the region its value scaled to the 2020 base, the unscaled one, and whether it is met.

    A target with a second definition has its scaled value and whether it is met under _also and _also_hit.
    """
    values: dict[str, Any] = {}
    for name, target in load_targets(region=region).items():
        scaled, unscaled, hit = evaluate(target, yearly, bases)
        values |= {name: float(scaled), f"{name}_unscaled": float(unscaled), f"{name}_hit": bool(hit)}
        other = also_path(target, yearly, bases)
        if other is not None:
            end = float(other[target.about.year - FIRST_YEAR])
            values |= {f"{name}_also": end, f"{name}_also_hit": target.is_met_by(end)}
    return values


def programme_spending(yearly: Mapping[str, np.ndarray]) -> float:
    """What programmes paid out from 2021 on, the realised side of the public cost [yuan]."""
    return float(
        sum(
            values[POLICY_YEAR - FIRST_YEAR :].sum()
            for name, values in yearly.items()
            if name.startswith("programme_")
        )
    )


def annual(series: np.ndarray, indicators: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Yearly values of a run's quarters: flows summed, stocks at the year's end, rates averaged."""
    of_year: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "flow": lambda quarters: quarters.sum(axis=1),
        "stock": lambda quarters: quarters[:, -1],
        "rate": lambda quarters: quarters.mean(axis=1),
    }
    quarters = series.reshape(-1, 4, series.shape[1])
    return {name: of_year[one.kind](quarters[:, :, k]) for k, (name, one) in enumerate(indicators.items())}
