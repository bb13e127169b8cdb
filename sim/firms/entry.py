"""Entry of a quarter: how many firms are founded where, who they are, and where they go."""

from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.engine.rules import stage
from agents.firms.credit import assess_new
from agents.firms.entry import MARGINAL, Founding, count_entrants, expect_entrants, found_firms
from agents.parks.parks import Parks
from sim.firms.attitudes import take_attitudes
from sim.firms.luck import EntryPurpose
from sim.founders.pull import pull_of_cells
from sim.founders.steps import expect, settle
from sim.luck.draws import Draws
from sim.luck.ids import SPIN_OFFS, member_id
from sim.luck.of_firms import entry_luck
from sim.moment import Founded, Moment


def count_founders(economy: Economy, now: Moment) -> None:
    """How many found where: more where last quarter's cells earned more and more people would found."""
    beyond = now.setting.entry_over_usual(now.quarter)
    if now.quarter == 0:
        settle(economy, expected_entrants(economy, now.last_cells, economy.entry_weights))
    expect(economy, beyond)
    now.ordinary = entrants(economy, now.draws, now.last_cells, beyond)


def enter(economy: Economy, now: Moment) -> None:
    """Founds the quarter's firms: ordinary ones, those on inventions, those that need a start-up loan.

    Their luck depends on quarter, place, industry and order alone; a firm on an invention does research.
    """
    special, counts = special_entrants(now), economy.counts
    number = int(now.ordinary.sum()) + len(special.cells)
    places, lift = np.empty((3, number), np.int64), np.empty(number)
    side_by_side = economy.geography.by_industry(now.ordinary)
    usual = economy.geography.by_industry(lift_of_founders(economy))
    line_up(side_by_side, usual, *special, places, lift)
    now.founded = found(economy, now, places, lift)
    counts.entrants, counts.spin_offs = number, len(now.spin_offs.cell)
    counts.marginal = len(now.marginal.cell)


class SpecialEntrants(NamedTuple):
    """Entrants that are not ordinary, in the order of their cells: cell, ordinal and lift of each."""

    cells: np.ndarray
    ordinals: np.ndarray
    lifts: np.ndarray


def special_entrants(now: Moment) -> SpecialEntrants:
    """Firms on inventions, numbered within their cell, and those on loans alone by their own numbers."""
    spin_offs, marginal = now.spin_offs, now.marginal
    if not len(spin_offs.cell) and not len(marginal.cell):
        return SpecialEntrants(spin_offs.cell, marginal.ordinal, spin_offs.lift)
    order = np.argsort(spin_offs.cell, kind="stable")
    cells = spin_offs.cell[order]
    ordinals = SPIN_OFFS + np.arange(len(cells)) - np.searchsorted(cells, cells)
    cells = np.concatenate([cells, marginal.cell])
    ordinals = np.concatenate([ordinals, MARGINAL + marginal.ordinal])
    lifts = np.concatenate([spin_offs.lift[order], np.zeros(len(marginal.cell))])
    by_cell = np.lexsort((ordinals, cells))
    return SpecialEntrants(cells[by_cell], ordinals[by_cell], lifts[by_cell])


@stage
def line_up(ordinary, usual, cells, ordinals, lifts, places, lift):
    """Writes industry, prefecture, ordinal and lift of the entrants as they will stand, by industry.

    `ordinary`: their number, `usual`: their lift [industry, place], numbered within each cell; after them
    come, in each industry, the special ones, of whom `cells` (rising), `ordinals` and `lifts` tell.
    """
    n, special = 0, 0
    for k in range(ordinary.shape[0]):
        for place in range(ordinary.shape[1]):
            for ordinal in range(ordinary[k, place]):
                places[0, n], places[1, n], places[2, n] = k, place, ordinal
                lift[n] = usual[k, place]
                n += 1
        first = k * ordinary.shape[1]
        while special < len(cells) and cells[special] < first + ordinary.shape[1]:
            places[0, n], places[1, n], places[2, n] = k, cells[special] - first, ordinals[special]
            lift[n] = lifts[special]
            special += 1
            n += 1


def found(economy: Economy, now: Moment, places: np.ndarray, lift: np.ndarray) -> Founded:
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
    return Founded(ids, rows)


def weights_of_entry(economy: Economy) -> np.ndarray:
    """Share of entrants by cell: the usual ones as parks draw and displace them."""
    return economy.of(Parks).entry


def lift_of_founders(economy: Economy) -> np.ndarray:
    """By how much founders of a cell are better than the mean of their industry [log points, cell]."""
    return economy.of(Parks).lift


def entrants(economy: Economy, draws: Draws, last_cells: np.ndarray, beyond: float = 1.0) -> np.ndarray:
    """New firms by cell, industry by industry: counts around an expectation, drawn cell by cell.

    beyond: what the world lets one expect over what entry's growth to 2020 would bring.
    """
    weights = weights_of_entry(economy) * pull_of_cells(economy) * beyond
    expected = expected_entrants(economy, last_cells, weights)
    luck = draws.uniforms(EntryPurpose.COUNT, np.arange(len(expected)), economy.quarter)
    counts = np.zeros(len(expected), np.int64)
    count_entrants(expected, luck, counts)
    return counts


def expected_entrants(economy: Economy, last_cells: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """New firms that are to be expected in each cell with these weights."""
    expected = np.empty(len(weights))
    expect_entrants(economy.behaviour, economy.quarter, economy.scale, weights, last_cells, expected)
    return expected
