"""The years 2016 to 2020 of baseline runs, which calibration and plausibility read.

runs = pasts(baseline(replications=20))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from agents.rest.research_of_rest import RestResearch
from agents.science.other_owners import OtherOwners
from experiments.compute.parallel import in_parallel
from experiments.compute.run_values import annual
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import FIRST_YEAR, POLICY_YEAR, Parameters, RunSpec
from sim.indicators import CELL_INDICATORS, series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate

YEARS = tuple(range(FIRST_YEAR, POLICY_YEAR))
Yearly = np.ndarray  # one value for each of YEARS


class Past(NamedTuple):
    """What a baseline run did to the end of 2020.

    annual: by indicator, one value a year. cells: [years, prefectures, industries, cell indicators].
    research_of_others: of universities, institutes and other enterprises by year and prefecture [yuan/year].
    inventions: in force at the end of 2020 by owner. digital_of_firms: digital core among firms, 2020 [yuan].
    price_2015: of emerging goods, mean of 2020 = 1. value_added_2015: of the start population at the size of
    the province, research as a cost [yuan/year]. high_value: share of `inventions`, by owner.
    """

    annual: dict[str, Yearly]
    cells: np.ndarray
    research_of_others: np.ndarray
    inventions: dict[str, float]
    digital_of_firms: float
    price_2015: float
    value_added_2015: float = np.nan
    region: str = DEFAULT_REGION
    high_value: dict[str, float] | None = None

    def cell(self, name: str) -> np.ndarray:
        """One cell indicator by year and prefecture."""
        return self.cells[..., list(CELL_INDICATORS).index(name)].sum(axis=2)


def baseline(
    replications: int, parameters: Parameters | None = None, seed: int = 0, region: str = DEFAULT_REGION
) -> list[RunSpec]:
    """The descriptions of N baseline runs of a region, with its parameters or others."""
    spec = choose(region=region)
    chosen = replace(spec, parameters=parameters or spec.parameters, seed=seed)
    return [replace(chosen, replication=n) for n in range(replications)]


class Seen(NamedTuple):
    """What is seen of a model on its way to 2020 and kept in no series.

    value_added_2015: of its first firms, at the size of the province [yuan/year]. research_of_others: than
    technology firms, by year and prefecture [yuan]: of institutions and other enterprises.
    """

    value_added_2015: float
    research_of_others: np.ndarray


def past(spec: RunSpec) -> Past:
    """Runs one model to the end of 2020."""
    model = IndustrialPolicyModel(spec)
    found = past_of(model, lived_to_2020(model))
    model.__dict__.clear()  # it refers to itself: its memory is free now, not at some later collection
    return found


def value_added_of_the_start(model: IndustrialPolicyModel) -> float:
    """Value added of the firms of end-2015 [yuan/year]: their sales at the ratio the warm-up ended with."""
    firms = model.economy.firms
    rows = firms.rows()
    per_sales = float(firms.value_added[rows].sum()) / max(float(firms.sales[rows].sum()), 1.0)
    return per_sales * float(firms.trailing_sales[rows].sum()) / model.spec.scale


def lived_to_2020(model: IndustrialPolicyModel, *looks: Callable[[IndustrialPolicyModel, int], None]) -> Seen:
    """Takes a model that has just begun to the end of 2020.

    looks: what is done after each quarter, with the model and the number of the quarter.
    """
    started = value_added_of_the_start(model)
    others = np.zeros((len(YEARS), model.economy.geography.places))
    for quarter in range(4 * len(YEARS)):
        model.step()
        of = model.economy.universities
        np.add.at(others[quarter // 4], of.prefecture, of.research)
        others[quarter // 4] += model.economy.of(RestResearch).by_prefecture
        for look in looks:
            look(model, quarter)
    return Seen(started, others)


def past_of(model: IndustrialPolicyModel, seen: Seen) -> Past:
    """What a model that stands at the end of 2020 did."""
    by_industry = model.cells[-1, ..., list(CELL_INDICATORS).index("value_added")].sum(axis=0)
    return Past(
        annual=annual(model.series, model.recorded.indicators),
        cells=model.cells,
        research_of_others=seen.research_of_others,
        value_added_2015=seen.value_added_2015,
        inventions=inventions(model),
        digital_of_firms=float(by_industry @ model.setting.digital_core),
        price_2015=model.setting.price_relative_to_2020(-1),
        region=model.spec.region,
        high_value=high_value_shares(model),
    )


def demand_over_implied(spec: RunSpec) -> float:
    """What firms buy at home in the last year of a run over what their national markets imply [ratio]."""
    (run,) = simulate([spec])
    of_year = annual(run.series, series_of(spec.region).indicators)
    return float(of_year["home_demand_firms"][-1] / of_year["home_demand_firms_implied"][-1])


def demands_over_implied(specs: Sequence[RunSpec], workers: int | None = None) -> list[float]:
    """The same of several runs, in parallel over processes."""
    return in_parallel(demand_over_implied, specs, workers)


def inventions(model: IndustrialPolicyModel) -> dict[str, float]:
    """Inventions in force by kind of owner."""
    universities, firms = model.economy.universities, model.economy.firms
    held = np.bincount(universities.kind, universities.valid, minlength=2)
    return {
        "enterprises": float(firms.patents[firms.rows()].sum()),
        "universities": float(held[0]),
        "institutes": float(held[1]),
        "others": float(model.economy.of(OtherOwners).valid),
    }


def high_value_shares(model: IndustrialPolicyModel) -> dict[str, float]:
    """Share of the inventions in force that is of high value by the rules, by kind of owner."""
    universities, firms = model.economy.universities, model.economy.firms
    of_institutions = np.bincount(universities.kind, universities.high_value, minlength=2)
    others = float(model.economy.of(OtherOwners).high_value)
    valued = (float(firms.high_value_patents[firms.rows()].sum()), *of_institutions.tolist(), others)
    return {
        owner: high / held if held else 0.0
        for (owner, held), high in zip(inventions(model).items(), valued, strict=True)
    }


def pasts(specs: Sequence[RunSpec], workers: int | None = None) -> list[Past]:
    """Runs all to the end of 2020, in parallel over processes."""
    return in_parallel(past, specs, workers)
