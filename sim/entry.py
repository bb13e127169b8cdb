"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

import numpy as np

from agents.chart import PREFECTURES
from agents.economy import Economy
from agents.firms.conditions import Conditions
from agents.firms.entry import count_entrants, found_firms
from sim.draws import Draws, Purpose
from sim.luck import entry_luck
from sim.synthesis import member_id


def enter(
    economy: Economy, draws: Draws, last_cells: np.ndarray, conditions: tuple[Conditions, ...]
) -> None:
    """Founds the quarter's firms, more where last quarter's cells earned more.

    Their luck depends on quarter, place, industry and order alone.
    """
    counts = entrants(economy, draws, last_cells)
    economy.counts.entrants = int(counts.sum())
    for k, c in enumerate(conditions):
        prefectures = np.repeat(np.arange(PREFECTURES), counts[k])
        if not len(prefectures):
            continue
        ids = entrant_ids(economy.quarter, prefectures, k)
        rows = economy.firms.add(k, ids, prefecture=prefectures)
        found_firms(
            economy.firms.arrays(), entry_luck(draws, ids, economy.quarter), economy.emerging_quantiles,
            economy.behaviour, c, float(economy.markets.mean_productivity[k]),
            float(economy.markets.mean_quality[k]), rows, economy.totals.flows,
        )


def entrants(economy: Economy, draws: Draws, last_cells: np.ndarray) -> np.ndarray:
    """New firms by industry and prefecture [9, 14]: counts around an expectation, drawn cell by cell."""
    weights = economy.entry_weights
    luck = draws.uniforms(Purpose.ENTRY_COUNT, np.arange(len(weights)), economy.quarter)
    counts = np.zeros(len(weights), np.int64)
    count_entrants(economy.behaviour, economy.scale, weights, last_cells, luck, counts)
    return counts.reshape(-1, PREFECTURES)


def entrant_ids(quarter: int, prefectures: np.ndarray, industry: int) -> np.ndarray:
    """Ids for luck: entry quarter, prefecture, industry, ordinal within the cell and quarter."""
    ordinal = np.arange(len(prefectures)) - np.searchsorted(prefectures, prefectures)
    return member_id(quarter + 1, prefectures, industry, ordinal)
