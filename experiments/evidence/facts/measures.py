"""Every measurement that a row of facts.yaml may name, with its unit and where it is read.

MEASURES["gdp"].of(run)        # an array of five years
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from experiments.evidence.facts import accounts, paths
from experiments.evidence.facts.lived import Lived
from experiments.evidence.firm_moments import productivity_persistence, productivity_spread
from experiments.evidence.past import Past

Gives = Literal["years", "places", "period"]


@dataclass(frozen=True)
class Measure:
    """One measurement.

    of: takes a run, or its past alone where `needs` says so. gives: one value a year of 2016-20, one for each
    prefecture and year, or one for the period of the panel. surveyed: takes the error of a survey as well.
    """

    unit: str
    of: Callable[..., Any]
    needs: Literal["past", "run"] = "past"
    gives: Gives = "years"
    surveyed: bool = False

    def read(self, run: Lived, error: float | None = None) -> np.ndarray:
        """Its values in a run, shape () or (years,) or (years, places)."""
        given = run.past if self.needs == "past" else run
        return np.asarray(self.of(given, error) if self.surveyed else self.of(given), np.float64)

    def read_past(self, past: Past) -> np.ndarray:
        """Its values in the past of a run. Raises: ValueError if it needs the firms, too."""
        if self.needs != "past":
            raise ValueError(f"a measurement in {self.unit} needs the panel of firms")
        return np.asarray(self.of(past), np.float64)


def moment(name: str, unit: str) -> Measure:
    """A moment of the panel of firms."""
    return Measure(unit, lambda run: run.moments[name], "run", "period")


def of_firms(unit: str, value: accounts.OfFirms) -> Measure:
    """A value of all firms, year by year."""
    return Measure(unit, accounts.each_year(value), "run")


def of_above_scale(unit: str, value: accounts.OfFirms) -> Measure:
    """A value of above-scale firms of goods industries, year by year."""
    return Measure(unit, accounts.of_above_scale(value), "run")


YUAN, PERCENT, POINTS = "100 million yuan", "%", "log points"

PATHS: dict[str, Measure] = {
    "gdp": Measure(YUAN, paths.series("gdp")),
    "emerging_value_added": Measure(YUAN, paths.series("sei_value_added")),
    "technology_value_added": Measure(YUAN, paths.series("technology_value_added")),
    "research": Measure(YUAN, paths.series("rd_total")),
    "research_of_enterprises": Measure(YUAN, paths.series("rd_enterprises")),
    "research_of_universities": Measure(YUAN, paths.series("rd_universities")),
    "research_of_institutes": Measure(YUAN, paths.series("rd_institutes")),
    "local_revenue": Measure(YUAN, paths.series("budget_revenue")),
    "contracts": Measure(YUAN, paths.series("contracts_registered")),
    "contracts_of_universities": Measure(YUAN, paths.series("contracts_registered_universities")),
    "real_growth_from_2016": Measure("%/year", paths.real_growth_from_2016),
    "real_growth_from_2015": Measure("%/year", paths.real_growth_from_2015),
    "research_share_of_enterprises": Measure(PERCENT, paths.ratio("rd_enterprises", "rd_total")),
    "research_share_of_universities": Measure(PERCENT, paths.ratio("rd_universities", "rd_total")),
    "research_share_of_institutes": Measure(PERCENT, paths.ratio("rd_institutes", "rd_total")),
    "research_to_gdp": Measure(PERCENT, paths.ratio("rd_total", "gdp")),
    "certified": Measure("enterprises", paths.series("hnte", 1.0)),
    "new_certificates": Measure("enterprises", paths.series("hnte_new", 1.0)),
    "firms": Measure("firms", paths.series("firms", 1.0)),
    "entrants": Measure("firms", paths.series("entrants", 1.0)),
    "exits": Measure("firms", paths.series("exits", 1.0)),
    "tenants": Measure("firms", paths.series("tenants", 1.0)),
    "tenants_certified": Measure("firms", paths.series("tenants_certified", 1.0)),
    "tenants_sales": Measure(YUAN, paths.series("tenants_sales")),
    "entry": Measure("% of firms", paths.entry_rate),
    "exit": Measure("% of firms", paths.exit_rate),
    "employment": Measure("10,000 workers", paths.series("employment", 1e4)),
    "inventions": Measure("inventions", paths.series("patents_valid", 1.0)),
    "inventions_of_enterprises": Measure("inventions", paths.at_the_end("enterprises")),
    "inventions_of_universities": Measure("inventions", paths.at_the_end("universities")),
    "inventions_of_institutes": Measure("inventions", paths.at_the_end("institutes")),
    "inventions_of_others": Measure("inventions", paths.series("patents_other_owners", 1.0)),
    "high_value_share": Measure(
        "% of inventions in force", paths.ratio("high_value_patents", "patents_valid")
    ),
    "research_per_worker": Measure("10,000 yuan", paths.per_research_worker),
    "core_share_of_research": Measure(PERCENT, paths.research_of_the_core),
    "place_share_of_research": Measure(PERCENT, paths.research_by_place, gives="places"),
    "place_share_of_certified": Measure(PERCENT, paths.certified_by_place, gives="places"),
    "place_certified": Measure("enterprises", paths.cell("certified", 1.0), gives="places"),
    "place_research": Measure(YUAN, paths.cell("research"), gives="places"),
    "place_value_added": Measure(YUAN, paths.cell("value_added"), gives="places"),
    "place_sales": Measure(YUAN, paths.cell("sales"), gives="places"),
}

ACCOUNTS: dict[str, Measure] = {
    "certificate_relief": of_firms(YUAN, accounts.total("certificate_relief")),
    "deduction_relief": of_firms(YUAN, accounts.total("deduction_relief")),
    "deduction_users": of_firms("% of certified", accounts.deduction_users),
    "certified_value_added": of_firms(YUAN, accounts.of_certified("value_added")),
    "firms_above_100m": of_firms("firms", accounts.large_firms),
    "value_added_above_100m": of_firms(PERCENT, accounts.share_of_large("value_added")),
    "sales_above_100m": of_firms(PERCENT, accounts.share_of_large("sales")),
    "profit_to_sales": of_firms(PERCENT, accounts.profit_margin),
    "value_added_per_worker": of_firms("10,000 yuan", accounts.per_worker),
    "small_performers": of_firms("enterprises", accounts.small_performers),
    "debt_to_assets": of_firms(PERCENT, accounts.debt_ratio),
    "investment": of_firms("at constant prices", accounts.total("investment")),
    "above_scale_firms": of_above_scale("firms", lambda firms: float(len(firms))),
    "above_scale_research": of_above_scale(YUAN, accounts.total("research")),
    "above_scale_sales_of_performers": of_above_scale(YUAN, accounts.sales_of_performers),
    "place_research_intensity": Measure("ratio", accounts.relative_intensity, "run", "places"),
    "place_profit_to_sales": Measure(PERCENT, accounts.margin_by_place, "run", "places"),
}

MOMENTS: dict[str, Measure] = {
    "tail_of_sales": moment("tail exponent of sales", "exponent"),
    "tail_of_labour": moment("tail exponent of labour", "exponent"),
    "tail_of_capital": moment("tail exponent of capital", "exponent"),
    "growth_shape": moment("growth: Subbotin shape", "shape"),
    "growth_sd": moment("growth: standard deviation", POINTS),
    "growth_kurtosis": moment("growth: excess kurtosis", "excess"),
    "growth_sd_by_size": moment("growth: slope of log sd on log size", "slope"),
    "growth_sd_by_age": moment("growth: sd falls with age, share of steps", "share"),
    "physical_productivity_90_10": moment("physical productivity: 90-10, log points", POINTS),
    "revenue_productivity_sd": Measure(
        POINTS, lambda run, error: productivity_spread(run.panel, error), "run", "period", surveyed=True
    ),
    "revenue_productivity_persistence": Measure(
        "coefficient", lambda run, error: productivity_persistence(run.followed, error), "run", "period", True
    ),
    "productivity_growth": moment("productivity of survivors: growth, %/year", "%/year"),
    "net_entry_in_productivity": moment("net entry: share of productivity growth", "share"),
    "above_scale_new": moment("above 20 m yuan: new, % a year", "% a year"),
    "above_scale_gone": moment("above 20 m yuan: gone, % a year", "% a year"),
    "above_scale_performers": moment("firms above 20 m yuan doing research, 2017", "firms"),
    "research_persistence": moment("log research: autoregression", "coefficient"),
    "research_sd_to_investment": moment("sd of research growth over that of investment", "ratio"),
    "no_application": moment("firms without an application in the year", "share"),
    "applications_dispersion": moment("applications: variance over mean", "ratio"),
    "applications_across_firms": moment("applications: elasticity across firms", "elasticity"),
    "applications_within_firms": moment("applications: elasticity within firms", "elasticity"),
    "bunching_3": moment("excess mass at 3% of sales", "relative mass"),
    "bunching_4": moment("excess mass at 4% of sales", "relative mass"),
    "bunching_5": moment("excess mass at 5% of sales", "relative mass"),
    "relabelled": moment("relabelled share of reported research", "share"),
    "grant_persistence": moment("grant after a grant over grant at large", "ratio"),
    "grant_and_productivity": moment("correlation of a grant with productivity before", "correlation"),
    "mission_persistence": moment("mission after a mission over mission at large", "ratio"),
    "mission_and_productivity": moment("correlation of a mission with productivity before", "correlation"),
    "investment_spikes": moment("firm-years with I/K above 20 %", "share"),
    "investment_near_zero": moment("firm-years with I/K below 1 %", "share"),
    "spikes_in_investment": moment("spikes' share of investment", "share"),
}

MEASURES: dict[str, Measure] = PATHS | ACCOUNTS | MOMENTS
