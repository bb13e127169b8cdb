"""What a place offers a project by industry: named terms of utility by cell, summed up in one place.

    appeal(economy)                                 # what firms compare, incentives and distance apart

A term of another part (land and plant of a park, an anchor firm, the time of approval) is one entry of TERMS.
"""

from collections.abc import Callable

import numpy as np

from agents.economy import Economy
from agents.firms.totals import FIRMS
from agents.parks.parks import Parks
from agents.projects.choice import cluster_terms, wage_terms
from agents.projects.projects import Projects
from agents.regulation.regulation import Regulation
from agents.supply.links import SupplyLinks

Term = Callable[[Economy, np.ndarray], np.ndarray]  # given the totals of the last quarter by cell


def belt(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """On the railway along which projects are sought."""
    own = economy.relocation.railway_weight * economy.of(Projects).grounds.railway
    return np.tile(own, economy.geography.industries)


def zone(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """In the national zone for industrial transfer."""
    return np.tile(
        economy.relocation.zone_weight * economy.of(Projects).grounds.zone, economy.geography.industries
    )


def cluster(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """Firms of the industry that are there."""
    return cluster_with(economy, cells, np.zeros(len(cells)))


def cluster_with(economy: Economy, cells: np.ndarray, enclave: np.ndarray) -> np.ndarray:
    """Firms of the industry that are there, or in part those of the place that runs an enclave there."""
    worth = np.empty(len(cells))
    firms = cells[:, FIRMS].astype(np.float64)
    cluster_terms(firms, economy.geography.places, enclave, economy.relocation, worth)
    return worth


def wages(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """What labour costs there over the country."""
    worth = np.empty(len(cells))
    wage_terms(np.asarray(economy.talent.local.wage), economy.relocation, worth)
    return worth


def parks(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """Serviced land and plant that is free there, and what the place is specialised in."""
    return economy.of(Parks).appeal()


def chain(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """How much of what the industry needs is made within reach, over the mean of places."""
    complete = economy.of(SupplyLinks).completeness
    means = np.array([sum(row) / len(row) for row in complete.tolist()])
    return economy.relocation.chain_weight * (complete - means[:, None]).ravel()


def approval(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """How much sooner than usual a plant is approved there."""
    return economy.of(Regulation).worth(economy.relocation.incentive_weight)


TERMS: dict[str, Term] = {
    "belt": belt, "zone": zone, "cluster": cluster, "wages": wages, "parks": parks, "chain": chain,
    "approval": approval,
}  # fmt: skip


def appeal(economy: Economy, cells: np.ndarray) -> np.ndarray:
    """The sum of all terms by cell [utility]."""
    total = np.zeros(economy.geography.cells)
    for term in TERMS.values():
        total = total + term(economy, cells)
    return total
