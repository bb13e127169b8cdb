"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

import numpy as np

from agents.chart import PREFECTURES
from agents.economy import Economy
from agents.firms.conditions import Conditions
from agents.firms.entry import count_entrants, found_firms
from sim.draws import Draws, Purpose
from sim.luck import entry_luck
from sim.start_places import ORDINAL_BITS, member_id

SPIN_OFFS = 1 << (ORDINAL_BITS - 1)  # first ordinal of firms founded on inventions: apart from all others


def enter(economy: Economy, draws: Draws, last_cells: np.ndarray, conditions: tuple[Conditions, ...]) -> None:
    """Founds the quarter's firms, more where last quarter's cells earned more.

    Their luck depends on quarter, place, industry and order alone.
    """
    counts = entrants(economy, draws, last_cells)
    newcomers = identities(economy.quarter, counts)
    found(economy, draws, conditions, newcomers, np.zeros(len(newcomers[0])), does_research=False)


def enter_spin_offs(
    economy: Economy, draws: Draws, lift: np.ndarray, cell: np.ndarray, conditions: tuple[Conditions, ...]
) -> None:
    """Founds firms on inventions: each in a cell, more productive by `lift` [log points], doing research."""
    order = np.argsort(cell, kind="stable")
    counts = np.bincount(cell, minlength=len(economy.entry_weights))
    newcomers = identities(economy.quarter, counts, first=SPIN_OFFS)
    found(economy, draws, conditions, newcomers, lift[order], does_research=True)
    economy.counts.spin_offs += len(cell)


def found(
    economy: Economy,
    draws: Draws,
    conditions: tuple[Conditions, ...],
    newcomers: tuple[np.ndarray, np.ndarray, np.ndarray],
    lift: np.ndarray,
    does_research: bool,
) -> None:
    """Makes firms of industries, prefectures and ids; those who must do research have the luck to."""
    industries, prefectures, ids = newcomers
    economy.counts.entrants += len(ids)
    luck = entry_luck(draws, ids, economy.quarter)
    if does_research:
        luck = luck._replace(research=np.zeros(len(ids)))
    rows = economy.firms.add(industries, ids, prefecture=prefectures)
    found_firms(
        economy.firms.arrays(),
        luck,
        lift,
        economy.emerging_quantiles,
        economy.behaviour,
        conditions,
        economy.markets.mean_productivity,
        economy.markets.mean_quality,
        rows,
        industries,
        economy.totals.flows,
    )


def entrants(economy: Economy, draws: Draws, last_cells: np.ndarray) -> np.ndarray:
    """New firms by cell [126], industry by industry: counts around an expectation, drawn cell by cell."""
    weights = economy.entry_weights
    luck = draws.uniforms(Purpose.ENTRY_COUNT, np.arange(len(weights)), economy.quarter)
    counts = np.zeros(len(weights), np.int64)
    count_entrants(economy.behaviour, economy.scale, weights, last_cells, luck, counts)
    return counts


def identities(quarter: int, counts: np.ndarray, first: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Industry, prefecture and id for luck of the quarter's entrants, given their number by cell.

    The id packs entry quarter, prefecture, industry and the ordinal within the cell, from `first` on.
    """
    cell = np.repeat(np.arange(len(counts)), counts)
    ordinal = np.arange(len(cell)) - np.repeat(np.cumsum(counts) - counts, counts)
    industry, prefecture = np.divmod(cell, PREFECTURES)
    return industry, prefecture, member_id(quarter + 1, prefecture, industry, first + ordinal)
