"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

import numpy as np

from agents.chart import PREFECTURES
from agents.distributions import poisson_quantile
from agents.economy import Economy
from agents.firms.conditions import Conditions
from agents.firms.entry import expected_entrants, found_firms
from agents.firms.totals import FIRMS, PROFIT, SALES
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
    margins = relative_margins(last_cells)
    luck = draws.uniforms(Purpose.ENTRY_COUNT, np.arange(len(weights)), economy.quarter)
    counts = [
        poisson_quantile(
            economy.scale * expected_entrants(float(w), float(m), 0.0, economy.behaviour), float(u)
        )
        for w, m, u in zip(weights, margins, luck, strict=True)
    ]
    return np.array(counts, np.int64).reshape(-1, PREFECTURES)


def relative_margins(cells: np.ndarray) -> np.ndarray:
    """Profit margin of each cell last quarter relative to the mean of all; 1 where there is no firm."""
    profit, sales, firms = cells[:, PROFIT], cells[:, SALES], cells[:, FIRMS]
    if profit.sum() <= 0 or sales.sum() <= 0:
        return np.ones(len(cells))
    mean = profit.sum() / sales.sum()
    return np.where((firms > 0) & (sales > 0), profit / np.maximum(sales, 1) / mean, 1.0)


def entrant_ids(quarter: int, prefectures: np.ndarray, industry: int) -> np.ndarray:
    """Ids for luck: entry quarter, prefecture, industry, ordinal within the cell and quarter."""
    ordinal = np.arange(len(prefectures)) - np.searchsorted(prefectures, prefectures)
    return np.array(
        [member_id(quarter + 1, int(p), industry, int(n)) for p, n in zip(prefectures, ordinal, strict=True)],
        np.int64,
    )
