"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

import numpy as np

from agents.chart import PREFECTURES
from agents.economy import Economy
from agents.firms.conditions import Conditions
from agents.firms.credit import assess_new
from agents.firms.entry import count_entrants, found_firms
from sim.draws import Draws, Purpose
from sim.luck import entry_luck
from sim.start_places import member_id


def enter(economy: Economy, draws: Draws, last_cells: np.ndarray, conditions: tuple[Conditions, ...]) -> None:
    """Founds the quarter's firms, more where last quarter's cells earned more.

    Their luck depends on quarter, place, industry and order alone.
    """
    counts = entrants(economy, draws, last_cells)
    economy.counts.entrants = int(counts.sum())
    industries, prefectures, ids = identities(economy.quarter, counts)
    rows = economy.firms.add(industries, ids, prefecture=prefectures)
    stops = economy.firms.stop  # entrants stand last in their industry, in the order of their ids
    found_firms(
        economy.firms.arrays(),
        entry_luck(draws, ids, economy.quarter),
        economy.emerging_quantiles,
        economy.behaviour,
        conditions,
        economy.markets.mean_productivity,
        economy.markets.mean_quality,
        stops - np.bincount(industries, minlength=len(stops)),
        stops,
        economy.totals.flows,
    )
    assess_new(economy.firms.arrays(), economy.credit, conditions, rows, industries)


def entrants(economy: Economy, draws: Draws, last_cells: np.ndarray) -> np.ndarray:
    """New firms by cell [126], industry by industry: counts around an expectation, drawn cell by cell."""
    weights = economy.entry_weights
    luck = draws.uniforms(Purpose.ENTRY_COUNT, np.arange(len(weights)), economy.quarter)
    counts = np.zeros(len(weights), np.int64)
    count_entrants(economy.behaviour, economy.scale, weights, last_cells, luck, counts)
    return counts


def identities(quarter: int, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Industry, prefecture and id for luck of the quarter's entrants, given their number by cell.

    The id packs entry quarter, prefecture, industry and the ordinal within the cell.
    """
    cell = np.repeat(np.arange(len(counts)), counts)
    ordinal = np.arange(len(cell)) - np.repeat(np.cumsum(counts) - counts, counts)
    industry, prefecture = np.divmod(cell, PREFECTURES)
    return industry, prefecture, member_id(quarter + 1, prefecture, industry, ordinal)
