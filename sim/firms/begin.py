"""Firms at the end of 2015: their parameters, and who will found others where."""

from typing import Any

import numpy as np

from agents.economy import Counts, Economy
from agents.engine.population import Population
from agents.firms import FirmParameters
from agents.geography import Geography
from agents.products.markets import segments
from scenarios.region.region import Region
from sim.part import Start
from sim.start.emerging import beta_quantiles
from sim.start.research_by_place import log_research_by_place

EMERGING_QUANTILES = 512


def begin(start: Start) -> dict[str, Any]:
    """The firms as they were synthesised, what entrants will be like, take-up of certificates by place."""
    values = start.spec.parameters["firms"]
    return {
        "firms": start.firms,
        "behaviour": FirmParameters.of(values),
        "entry_weights": entry_weights(start.firms, start.region.geography),
        "certificate_take_up": take_up_by_place(start.region),
        "emerging_quantiles": beta_quantiles(EMERGING_QUANTILES, values),
        "research_of_place": log_research_by_place(
            start.region.prefectures.industry_research,
            sales_by_place(start.firms, start.region.geography),
            values["research_place_weight"],
        ),
    }


def forget(economy: Economy) -> None:
    """Sums over firms and counts of what came and went begin anew."""
    for sums in economy.totals:
        sums[...] = 0
    economy.counts = Counts()


def sales_by_place(firms: Population, geography: Geography) -> np.ndarray:
    """Annual sales of the firms of each prefecture [yuan]; whole yuan, so their order does not matter."""
    rows = firms.rows()
    return np.bincount(firms.prefecture[rows], firms.trailing_sales[rows], geography.places)


def entry_weights(firms: Population, geography: Geography) -> np.ndarray:
    """Share of entrants by cell: where the firms of end-2015 are."""
    weights = np.zeros(geography.cells)
    for own, (start, stop) in zip(geography.by_industry(weights), segments(firms), strict=True):
        own[:] = np.bincount(firms.prefecture[start:stop], minlength=geography.places)
    return weights / weights.sum()


def take_up_by_place(region: Region) -> np.ndarray:
    """How often firms of a prefecture seek a certificate, over the mean; its own mean over firms is one."""
    published = region.prefectures.certificate_take_up
    mean = sum((region.marginals.prefecture_share * published).tolist())
    return published / mean
