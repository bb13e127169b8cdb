"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

import numpy as np

from agents.economy import Economy
from agents.engine.rules import stage
from agents.firms.credit import assess_new
from agents.firms.entry import Founding, count_entrants, found_firms
from agents.parks.parks import Parks
from sim.firms.attitudes import take_attitudes
from sim.firms.luck import EntryPurpose
from sim.luck.draws import Draws
from sim.luck.ids import SPIN_OFFS, member_id
from sim.luck.of_firms import entry_luck
from sim.moment import Moment


def enter(economy: Economy, now: Moment) -> None:
    """Founds the quarter's firms, more where last quarter's cells earned more, and those on inventions.

    Their luck depends on quarter, place, industry and order alone; a firm on an invention does research.
    """
    spin_offs, ordinary = now.spin_offs, entrants(economy, now.draws, now.last_cells)
    order = np.argsort(spin_offs.cell, kind="stable")
    number = int(ordinary.sum()) + len(order)
    places, lift = np.empty((3, number), np.int64), np.empty(number)
    side_by_side = economy.geography.by_industry(ordinary)
    usual = economy.geography.by_industry(lift_of_founders(economy))
    line_up(side_by_side, usual, spin_offs.cell[order], spin_offs.lift[order], places, lift)
    found(economy, now, places, lift)
    economy.counts.entrants, economy.counts.spin_offs = number, len(order)


@stage
def line_up(ordinary, usual, cells, lifts, places, lift):
    """Writes industry, prefecture, ordinal and lift of the entrants as they will stand, by industry.

    `ordinary`: their number, `usual`: their lift [industry, place]; after them come, in each industry, those
    on inventions, of which `cells` (rising) and `lifts` tell. Ordinals count within a cell.
    """
    n, next_spin_off = 0, 0
    for k in range(ordinary.shape[0]):
        for place in range(ordinary.shape[1]):
            for ordinal in range(ordinary[k, place]):
                places[0, n], places[1, n], places[2, n] = k, place, ordinal
                lift[n] = usual[k, place]
                n += 1
        ordinal, last, first = SPIN_OFFS, -1, k * ordinary.shape[1]
        while next_spin_off < len(cells) and cells[next_spin_off] < first + ordinary.shape[1]:
            cell = cells[next_spin_off]
            ordinal = ordinal + 1 if cell == last else SPIN_OFFS
            places[0, n], places[1, n], places[2, n] = k, cell - first, ordinal
            lift[n] = lifts[next_spin_off]
            last = cell
            next_spin_off += 1
            n += 1


def found(economy: Economy, now: Moment, places: np.ndarray, lift: np.ndarray) -> None:
    """Founds firms, given industry, prefecture and ordinal of each, industry by industry, and its lift.

    The id for luck packs entry quarter, prefecture, industry and the ordinal.
    """
    industries, prefectures, ordinals = places
    ids = member_id(economy.quarter + 1, prefectures, industries, ordinals)
    luck = entry_luck(now.draws, ids, now.quarter)
    luck.research[(ids & SPIN_OFFS) != 0] = 0.0
    rows = economy.firms.add(industries, ids, prefecture=prefectures)
    stops = economy.firms.stop
    found_firms(
        economy.firms.arrays(),
        Founding(
            luck,
            lift,
            economy.emerging_quantiles,
            economy.markets.mean_productivity,
            economy.markets.mean_quality,
            economy.research_of_place,
        ),
        economy.behaviour,
        now.conditions,
        stops - np.bincount(industries, minlength=len(stops)),
        stops,
        economy.totals.flows,
    )
    take_attitudes(economy, now.draws, rows)
    assess_new(economy.firms.arrays(), economy.credit, now.conditions, rows, industries)
    now.scratch.founded(economy)


def weights_of_entry(economy: Economy) -> np.ndarray:
    """Share of entrants by cell: the usual ones as parks draw and displace them."""
    return economy.of(Parks).entry


def lift_of_founders(economy: Economy) -> np.ndarray:
    """By how much founders of a cell are better than the mean of their industry [log points, cell]."""
    return economy.of(Parks).lift


def entrants(economy: Economy, draws: Draws, last_cells: np.ndarray) -> np.ndarray:
    """New firms by cell, industry by industry: counts around an expectation, drawn cell by cell."""
    weights = weights_of_entry(economy)
    luck = draws.uniforms(EntryPurpose.COUNT, np.arange(len(weights)), economy.quarter)
    counts = np.zeros(len(weights), np.int64)
    count_entrants(economy.behaviour, economy.quarter, economy.scale, weights, last_cells, luck, counts)
    return counts
