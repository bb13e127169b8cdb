"""The yearly panel of firms of one baseline run: sums of flows and what stood at the year's end.

panel = firm_panel(choose(), first=2017, last=2020)
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from agents.firms.innovation import grant_quarters
from scenarios.spec import FIRST_YEAR, RunSpec
from sim.model import IndustrialPolicyModel

FLOWS = ("sales", "value_added", "research", "relabelled", "investment")
STOCKS = (
    "prefecture", "entry_quarter", "log_productivity", "capital", "labour", "trailing_sales", "does_research",
    "certificate_expiry", "grants_received",
)  # fmt: skip


def firm_panel(
    spec: RunSpec,
    first: int = 2017,
    last: int = 2020,
    model_class: type[IndustrialPolicyModel] = IndustrialPolicyModel,
) -> pd.DataFrame:
    """One row per firm and year, for firms alive at the year's end; of another model where one is given.

    Columns: year, id, industry; FLOWS summed over the firm's quarters of the year; STOCKS at its end;
    applications for inventions of the year; age in quarters; certified at the year's end.
    """
    model = model_class(spec)
    years, quarters = [], []
    for quarter in range(4 * (last - FIRST_YEAR + 1)):
        model.step()
        year = FIRST_YEAR + quarter // 4
        if year < first:
            continue
        quarters.append(flows_of(model))
        if quarter % 4 == 3:
            years.append(year_of(model, quarters, year, quarter))
            quarters = []
    return pd.concat(years, ignore_index=True)


def flows_of(model: IndustrialPolicyModel) -> pd.DataFrame:
    """What each living firm did in the quarter, by id."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    return pd.DataFrame(
        {name: getattr(firms, name)[rows].astype(np.float64) for name in FLOWS}, index=firms.id[rows]
    )


def year_of(
    model: IndustrialPolicyModel, quarters: list[pd.DataFrame], year: int, quarter: int
) -> pd.DataFrame:
    """The year of the firms that are alive at its end, the quarter just done."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    sums = pd.concat(quarters).groupby(level=0, sort=False).sum().loc[firms.id[rows]]
    lag = grant_quarters(model.economy.behaviour)  # an application of quarter t stands in row t modulo it
    filed = [(quarter - back) % lag for back in range(4)]
    stood = {name: getattr(firms, name)[rows] for name in STOCKS}
    return pd.DataFrame(
        stood
        | {name: sums[name].to_numpy() for name in FLOWS}
        | {
            "year": year,
            "id": firms.id[rows],
            "industry": firms.segment_of(rows),
            "applications": firms.pending_patents[filed][:, rows].sum(axis=0),
            "age": quarter - stood["entry_quarter"],
            "certified": stood["certificate_expiry"] > quarter,
        }
    )


def pairs(panel: pd.DataFrame, years: tuple[int, ...] = (2018, 2019, 2020)) -> pd.DataFrame:
    """Each firm-year beside the same firm's year before (columns in _before); young firms left out."""
    before = panel.assign(year=panel["year"] + 1)
    joined = panel[panel["year"].isin(years)].merge(before, on=["id", "year"], suffixes=("", "_before"))
    return joined[joined["age_before"] >= 4]
