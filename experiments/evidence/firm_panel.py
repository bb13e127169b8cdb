"""The yearly panel of firms of one baseline run: sums of flows and what stood at the year's end.

panel = firm_panel(choose(), first=2017, last=2020)
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from agents.firms.innovation import grant_quarters
from scenarios.spec import FIRST_YEAR, RunSpec
from sim.luck.draws import Draws
from sim.model import IndustrialPolicyModel
from sim.setting import luck_seed
from sim.start.luck import StartPurpose

FLOWS = ("sales", "value_added", "research", "relabelled", "investment")
TAXES = ("pretax", "certificate_relief", "deduction_relief")
STOCKS = (
    "prefecture", "entry_quarter", "log_productivity", "capital", "labour", "trailing_sales", "does_research",
    "certificate_expiry", "grants_received", "deposits", "loans", "inventory_value",
)  # fmt: skip
OF_SURVEYS = 1 << 31
"""Turns the key of a run's luck into one that no run has: what a survey errs by moves nothing in a run."""


class FirmYears:
    """Looks at a model after each of its quarters and keeps the panel of its firms.

    first: year from which on rows are kept.
    """

    def __init__(self, spec: RunSpec, first: int = FIRST_YEAR) -> None:
        self.first, self.survey = first, Draws(luck_seed(spec) ^ OF_SURVEYS)
        self._years: list[pd.DataFrame] = []
        self._quarters: list[pd.DataFrame] = []
        self._profit: pd.Series | None = None
        self._on_mission = np.zeros(0, np.int64)
        self._awards: list[np.ndarray] = []

    def look(self, model: IndustrialPolicyModel, quarter: int) -> None:
        """Takes down what firms did in the quarter just done; 0 is 2016Q1."""
        firms, rows = model.economy.firms, model.economy.firms.rows()
        flows = flows_of(model) | taxes_of(model, quarter, self._profit)
        self._profit = pd.Series(firms.profit[rows], index=firms.id[rows])
        missions = model.economy.missions
        running = missions.firm[missions.stage == 1]
        self._awards.append(np.setdiff1d(running, self._on_mission))
        self._on_mission = running
        self._quarters.append(pd.DataFrame(flows, index=firms.id[rows]))
        if quarter % 4 == 3:
            if FIRST_YEAR + quarter // 4 >= self.first:
                self._years.append(self._year(model, quarter))
            self._quarters, self._awards = [], []

    def panel(self) -> pd.DataFrame:
        """One row per firm and year, for firms alive at the year's end.

        Columns: year, id, industry; FLOWS and TAXES summed over the firm's quarters of the year; STOCKS at
        its end, and capital at its price; the part of log productivity that passes; applications for
        inventions, and whether a mission was awarded, in the year; age in quarters; certified at the year's
        end; survey, a standard Normal number that its answer to a survey errs by.
        """
        return pd.concat(self._years, ignore_index=True)

    def _year(self, model: IndustrialPolicyModel, quarter: int) -> pd.DataFrame:
        firms, rows = model.economy.firms, model.economy.firms.rows()
        ids = firms.id[rows]
        sums = pd.concat(self._quarters).groupby(level=0, sort=False).sum().loc[ids]
        lag = grant_quarters(model.economy.behaviour)  # an application of quarter t stands in row t modulo it
        filed = [(quarter - back) % lag for back in range(4)]
        stood = {name: getattr(firms, name)[rows] for name in STOCKS}
        price = model.setting.circumstances(quarter, active=True).material_price
        return pd.DataFrame(
            stood
            | {name: sums[name].to_numpy() for name in (*FLOWS, *TAXES)}
            | {
                "year": FIRST_YEAR + quarter // 4,
                "id": ids,
                "industry": firms.segment_of(rows),
                "applications": firms.pending_patents[filed][:, rows].sum(axis=0),
                "awards": np.isin(ids, np.concatenate(self._awards)).astype(np.int64),
                "age": quarter - stood["entry_quarter"],
                "passing_shock": firms.log_lasting_shock[rows] + firms.log_brief_shock[rows],
                "capital_value": price * stood["capital"],
                "certified": stood["certificate_expiry"] > quarter,
                "survey": normals(self.survey, ids, quarter),
            }
        )


def firm_panel(
    spec: RunSpec,
    first: int = 2017,
    last: int = 2020,
    model_class: type[IndustrialPolicyModel] = IndustrialPolicyModel,
) -> pd.DataFrame:
    """The panel of a run from `first` to `last`; of another model where one is given."""
    model, years = model_class(spec), FirmYears(spec, first)
    for quarter in range(4 * (last - FIRST_YEAR + 1)):
        model.step()
        years.look(model, quarter)
    return years.panel()


def flows_of(model: IndustrialPolicyModel) -> dict[str, np.ndarray]:
    """What each living firm did in the quarter, by row."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    return {name: getattr(firms, name)[rows].astype(np.float64) for name in FLOWS}


def taxes_of(model: IndustrialPolicyModel, quarter: int, before: pd.Series | None) -> dict[str, np.ndarray]:
    """Profit before tax, and what certificate and super-deduction take off certified firms' tax [yuan].

    before: trailing profit by id a quarter ago. The quarter's own is what moved it; a firm that was not there
    has none yet. The certificate takes ten points off what is left after the deduction, and the deduction
    is counted at the certified rate: the order of the law.
    """
    firms, rows = model.economy.firms, model.economy.firms.rows()
    now = model.setting.circumstances(quarter, active=True)
    trailing = firms.profit[rows]
    earlier = np.full(len(rows), np.nan) if before is None else before.reindex(firms.id[rows]).to_numpy()
    pretax = np.where(np.isnan(earlier), 0.0, trailing - 0.75 * earlier)
    reported = firms.research[rows] + firms.relabelled[rows]
    share = np.asarray(now.super_deduction)[firms.segment_of(rows)] + firms.super_deduction_addition[rows]
    certified = firms.certificate_expiry[rows] > quarter
    taxable = np.maximum(0.0, pretax - share * reported)
    deducted = np.maximum(0.0, pretax) - taxable
    return {
        "pretax": pretax,
        "certificate_relief": np.where(certified, (now.standard_tax - now.certified_tax) * taxable, 0.0),
        "deduction_relief": np.where(certified, now.certified_tax * deducted, 0.0),
    }


def normals(draws: Draws, members: np.ndarray, quarter: int) -> np.ndarray:
    """A standard Normal number for each member, by Box and Muller (1958)."""
    first = draws.uniforms(StartPurpose.PRODUCTIVITY, members, quarter)
    second = draws.uniforms(StartPurpose.QUALITY, members, quarter)
    return np.asarray(np.sqrt(-2.0 * np.log(first)) * np.cos(2.0 * np.pi * second))


def pairs(panel: pd.DataFrame, years: tuple[int, ...] = (2018, 2019, 2020)) -> pd.DataFrame:
    """Each firm-year beside the same firm's year before (columns in _before); young firms left out."""
    before = panel.assign(year=panel["year"] + 1)
    joined = panel[panel["year"].isin(years)].merge(before, on=["id", "year"], suffixes=("", "_before"))
    return joined[joined["age_before"] >= 4]
