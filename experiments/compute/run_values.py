"""What the series of a run come to: its yearly values, what programmes spent, and its targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from experiments.store.outcome_columns import COVERAGE, OutcomeColumns
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import FIRST_YEAR, LAST_YEAR, POLICY_YEAR
from scenarios.targets import evaluate, load_targets

OF_THE_PLAN = slice(POLICY_YEAR - FIRST_YEAR, LAST_YEAR - FIRST_YEAR + 1)
"""The years of the plan among yearly values, whatever the horizon."""


def end_values(
    yearly: Mapping[str, np.ndarray], bases: Mapping[str, float], region: str = DEFAULT_REGION
) -> dict[str, Any]:
    """What a run says about every target of the region, as cells of its row."""
    cells: dict[str, Any] = {}
    for name, target in load_targets(region=region).items():
        cells |= OutcomeColumns.of(name).cells(evaluate(target, yearly, bases))
    return cells


def end_coverage(yearly: Mapping[str, np.ndarray]) -> float | None:
    """Published over actual emerging value added in 2025; None where a model has no coverage."""
    return float(yearly[COVERAGE][OF_THE_PLAN][-1]) if COVERAGE in yearly else None


def programme_spending(yearly: Mapping[str, np.ndarray]) -> float:
    """What programmes paid out in 2021 to 2025, the realised side of the public cost [yuan]."""
    return float(
        sum(values[OF_THE_PLAN].sum() for name, values in yearly.items() if name.startswith("programme_"))
    )


INCENTIVES, CLAWED_BACK = "relocation_incentives", "clawed_back"
"""Series of what prefectures pay to firms that move in, and of what comes back: part of public cost."""


def public_cost(yearly: Mapping[str, np.ndarray]) -> float:
    """What programmes and prefectures paid in 2021 to 2025, less what was clawed back [yuan]."""
    own, back = (
        float(yearly[name][OF_THE_PLAN].sum()) if name in yearly else 0.0
        for name in (INCENTIVES, CLAWED_BACK)
    )
    return programme_spending(yearly) + own - back


def annual(series: np.ndarray, indicators: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Yearly values of a run's quarters: flows summed, stocks at the year's end, rates averaged."""
    of_year: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "flow": lambda quarters: quarters.sum(axis=1),
        "stock": lambda quarters: quarters[:, -1],
        "rate": lambda quarters: quarters.mean(axis=1),
    }
    quarters = series.reshape(-1, 4, series.shape[1])
    return {name: of_year[one.kind](quarters[:, :, k]) for k, (name, one) in enumerate(indicators.items())}
