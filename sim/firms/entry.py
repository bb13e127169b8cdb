"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.engine.rules import stage
from agents.firms.conditions import Conditions
from agents.firms.credit import assess_new
from agents.firms.entry import count_entrants, found_firms
from agents.money.chart import PREFECTURES
from sim.luck.draws import Draws, Purpose
from sim.luck.of_firms import entry_luck
from sim.start.places import ORDINAL_BITS, member_id

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
    ordinary, order = entrants(economy, draws, last_cells), np.argsort(spin_offs.cell, kind="stable")
    number = int(ordinary.sum()) + len(order)
    places, lift = np.empty((3, number), np.int64), np.empty(number)
    line_up(ordinary, spin_offs.cell[order], spin_offs.lift[order], places, lift)
    found(economy, draws, conditions, places, lift)
    economy.counts.entrants, economy.counts.spin_offs = number, len(order)


@stage
def line_up(ordinary, cells, lifts, places, lift):
    """Writes industry, prefecture, ordinal and lift of the entrants as they will stand, by industry.

    `ordinary`: their number by cell; after them come, in each industry, those on inventions, of which `cells`
    (rising) and `lifts` tell. Ordinals count within a cell.
    """
    n, next_spin_off = 0, 0
    for first in range(0, len(ordinary), PREFECTURES):
        for cell in range(first, first + PREFECTURES):
            for ordinal in range(ordinary[cell]):
                places[0, n], places[1, n], places[2, n] = cell // PREFECTURES, cell - first, ordinal
                lift[n] = 0.0
                n += 1
        ordinal, last = SPIN_OFFS, -1
        while next_spin_off < len(cells) and cells[next_spin_off] < first + PREFECTURES:
            cell = cells[next_spin_off]
            ordinal = ordinal + 1 if cell == last else SPIN_OFFS
            places[0, n], places[1, n], places[2, n] = cell // PREFECTURES, cell - first, ordinal
            lift[n] = lifts[next_spin_off]
            last = cell
            next_spin_off += 1
            n += 1


def found(
    economy: Economy, draws: Draws, conditions: tuple[Conditions, ...], places: np.ndarray, lift: np.ndarray
) -> None:
    """Founds firms, given industry, prefecture and ordinal of each, industry by industry, and its lift.

    The id for luck packs entry quarter, prefecture, industry and the ordinal.
    """
    industries, prefectures, ordinals = places
    ids = member_id(economy.quarter + 1, prefectures, industries, ordinals)
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
