"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

from typing import NamedTuple

import numpy as np

from agents.chart import PREFECTURES
from agents.economy import Economy
from agents.firms.conditions import Conditions
from agents.firms.credit import assess_new
from agents.firms.entry import count_entrants, found_firms
from sim.draws import Draws, Purpose
from sim.luck import entry_luck
from sim.start_places import ORDINAL_BITS, member_id

SPIN_OFFS = 1 << (ORDINAL_BITS - 1)  # first ordinal of firms founded on inventions: apart from all others


class SpinOffs(NamedTuple):
    """Firms to be founded on inventions, one element each.

    cell: where, industry * 14 + prefecture. lift: productivity above that of other entrants [log points].
    """

    cell: np.ndarray
    lift: np.ndarray


def enter(
    economy: Economy,
    draws: Draws,
    last_cells: np.ndarray,
    conditions: tuple[Conditions, ...],
    spin_offs: SpinOffs,
) -> None:
    """Founds the quarter's firms, more where last quarter's cells earned more, and those on inventions.

    Their luck depends on quarter, place, industry and order alone; a firm on an invention does research.
    """
    ordinary = identities(economy.quarter, entrants(economy, draws, last_cells))
    order = np.argsort(spin_offs.cell, kind="stable")
    by_cell = np.bincount(spin_offs.cell, minlength=len(economy.entry_weights))
    on_inventions = identities(economy.quarter, by_cell, first=SPIN_OFFS)
    lift = np.concatenate([np.zeros(len(ordinary[0])), spin_offs.lift[order]])
    entering = np.concatenate([np.array(ordinary), np.array(on_inventions)], axis=1)
    by_industry = np.argsort(entering[0], kind="stable")  # as they will stand at the end of each industry
    found(economy, draws, conditions, entering[:, by_industry], lift[by_industry])
    economy.counts.entrants, economy.counts.spin_offs = len(lift), len(order)


def found(
    economy: Economy, draws: Draws, conditions: tuple[Conditions, ...], entering: np.ndarray, lift: np.ndarray
) -> None:
    """Founds firms, given industry, prefecture and id of each, industry by industry, and its lift."""
    industries, prefectures, ids = entering
    luck = entry_luck(draws, ids, economy.quarter)
    luck.research[(ids & SPIN_OFFS) != 0] = 0.0
    rows = economy.firms.add(industries, ids, prefecture=prefectures)
    stops = economy.firms.stop
    found_firms(
        economy.firms.arrays(),
        luck,
        lift,
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


def identities(quarter: int, counts: np.ndarray, first: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Industry, prefecture and id for luck of the quarter's entrants, given their number by cell.

    The id packs entry quarter, prefecture, industry and the ordinal within the cell, from `first` on.
    """
    cell = np.repeat(np.arange(len(counts)), counts)
    ordinal = np.arange(len(cell)) - np.repeat(np.cumsum(counts) - counts, counts)
    industry, prefecture = np.divmod(cell, PREFECTURES)
    return industry, prefecture, member_id(quarter + 1, prefecture, industry, first + ordinal)
