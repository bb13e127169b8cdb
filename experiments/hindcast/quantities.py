"""The yearly indicators that an outcomes file may name: unit, how a run gives them, and what they start from.

QUANTITIES["rd_total"].read(annual, scale)      # one value a year from 2016 on, in the published unit
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.targets import Annual
from scenarios.values.tables import YI

Yearly = NDArray[np.float64]
PERCENT = 100.0
GDP = "gdp"


@dataclass(frozen=True)
class Quantity:
    """One yearly indicator as it is published.

    of: its yearly values in a run [plain units: yuan, counts, shares]. factor: published units per plain
    one. sized: whether it grows with the scale of a run. base: that of 2020 to which a path is scaled where
    the jump-off year is 2020. anchor: how a path is scaled; None: never. rate: it is a growth rate itself.
    """

    label: str
    unit: str
    of: Callable[[Annual], Yearly]
    factor: float = 1.0
    sized: bool = False
    base: str | None = None
    anchor: Literal["ratio", "difference"] | None = None
    rate: bool = False

    def read(self, annual: Annual, scale: float) -> Yearly:
        """Its values by year from 2016 on, as the run has them [published unit]."""
        return self.of(annual) * (self.factor / (scale if self.sized else 1.0))

    def scaled(self, path: Yearly, at: int, level: float) -> Yearly:
        """The path through `level` in the year at that place; not a number where it stands at nothing."""
        own = path[at]
        if self.anchor == "difference":
            return path + (level - own)
        return path * (level / own) if own != 0 else np.full_like(path, np.nan)


def series(name: str, over: str | None = None) -> Callable[[Annual], Yearly]:
    """Reads an indicator of a run, or its ratio to another."""
    if over is None:
        return lambda annual: np.asarray(annual[name], np.float64)
    return lambda annual: np.asarray(annual[name], np.float64) / annual[over]


def per_10k_residents(annual: Annual) -> Yearly:
    """High-value inventions in force over residents, as the base of 2020 counts them."""
    return np.asarray(annual["high_value_patents"], np.float64) / annual["population"] * 1e4


def reported_enterprise_share(annual: Annual) -> Yearly:
    """Share of enterprises in reported research: what coverage adds or takes is theirs."""
    return (
        annual["rd_enterprises"] * annual["statistical_coverage_of_research"] / annual["rd_total_published"]
    )


def reported_real_growth(annual: Annual) -> Yearly:
    """Growth on the year of reported emerging value added at constant prices; not a number in the first."""
    real = annual["sei_value_added_real"] * annual["statistical_coverage"]
    return np.concatenate([[np.nan], real[1:] / real[:-1] - 1.0])


def money(label: str, name: str, base: str | None = None) -> Quantity:
    """A sum of the year in 100 million yuan."""
    return Quantity(label, "100 million yuan", series(name), 1.0 / YI, True, base, "ratio")


QUANTITIES: Mapping[str, Quantity] = {
    "rd_total": money("R&D", "rd_total_published", "rd_total_2020"),
    "rd_enterprise_share": Quantity(
        "R&D, share of enterprises", "%", reported_enterprise_share, PERCENT
    ),
    "hnte_count": Quantity(
        "certified high-tech enterprises", "enterprises", series("hnte"), 1.0, True, "hnte_2020", "ratio"
    ),
    "hv_patents_per_10k": Quantity(
        "high-value inventions", "per 10,000 residents", per_10k_residents, 1.0, False,
        "high_value_per_10k_2020", "ratio",
    ),
    "sei_va": money("emerging value added", "sei_value_added_published", "sei_value_added_2020"),
    "sei_share_gdp": Quantity(
        "emerging value added, share of GDP", "%", series("sei_value_added_published", "gdp"), PERCENT,
        False, "sei_share_gdp_2020", "ratio",
    ),
    "sei_va_real_growth": Quantity(
        "emerging value added, real growth", "%/year", reported_real_growth, PERCENT, rate=True
    ),
    "digital_core_share": Quantity(
        "digital core industries, share of GDP", "%", series("digital_core_value_added", "gdp"), PERCENT,
        False, "digital_core_share_2020", "ratio",
    ),
    "national_carriers": Quantity(
        "national innovation carriers", "carriers", series("carriers_wide"), 1.0, False,
        "carriers_wide_2020", "difference",
    ),
    "tech_contracts": money("technology contracts registered", "contracts_registered"),
    GDP: money("GDP", "gdp", "gdp_2020"),
}  # fmt: skip
"""Names, units and definitions as outcomes files have them. GDP is never pooled with the others."""
