"""Would-be founders in a quarter: some found, new ones come, some give up, those who failed may try again."""

import numpy as np

from agents.economy import Economy
from agents.founders.incubators import Incubators
from agents.founders.would_be import WouldBeFounders
from sim.founders.luck import FounderPurpose
from sim.moment import Moment

FLOWS = np.arange(4)  # members of a purpose: those who come and those who give up, each by kind of founder


def settle(economy: Economy, entrants: np.ndarray) -> None:
    """The stock at the beginning, with which entry is as usual; entrants: expected, by cell."""
    rows = economy.firms.rows()
    firms = np.bincount(economy.cells_of(rows), minlength=economy.geography.cells)
    economy.of(WouldBeFounders).settle(entrants, firms.astype(np.float64))


def expect(economy: Economy, beyond: float) -> None:
    """Those who would found are more, or fewer, as the world's entry is; beyond: over the usual."""
    economy.of(WouldBeFounders).expect(beyond)


def found(economy: Economy, now: Moment) -> None:
    """Who has founded a firm leaves the stock; inventors, who leave an institution, were never in it."""
    stock, cells = economy.of(WouldBeFounders), economy.geography.cells
    stock.free.found(now.ordinary)
    stock.held_back.found(np.bincount(now.marginal.cell, minlength=cells))


def come_and_give_up(economy: Economy, now: Moment) -> None:
    """Staff of firms, graduates and founders who failed join the stock; some of it give up."""
    stock, market = economy.of(WouldBeFounders), economy.talent
    luck = now.draws.uniforms(FounderPurpose.FLOWS, FLOWS, now.quarter)
    stock.come(
        by_place(economy, market.skilled.persons + market.talent.persons),
        by_place(economy, market.skilled.graduated + market.talent.graduated),
        luck[:2],
    )
    stock.give_up(luck[2:])


def by_place(economy: Economy, persons: np.ndarray) -> np.ndarray:
    """Persons of each prefecture, from those of each cell."""
    here: np.ndarray = economy.geography.by_industry(persons).sum(axis=0)
    return here


def see_leavers(economy: Economy, now: Moment) -> None:
    """Counts firms that are about to close, by cell, and those of them that sit in an incubator."""
    if not now.leaving:
        return
    firms, stock = economy.firms, economy.of(WouldBeFounders)
    rows = firms.exit_reason.nonzero()[0]
    stock.closed += np.bincount(economy.cells_of(rows), minlength=len(stock.closed))
    left = int(np.count_nonzero(firms.seat_until[rows] > now.quarter))
    economy.of(Incubators).leave(left)
