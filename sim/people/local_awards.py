"""Awards for newcomers where they differ by cell: who is promised one, and which account pays what.

The lever's programme promises awards everywhere as if there were no block. Where a block has an account, this
pays what its terms add to each of these awards, and further awards in full, as far as its money goes.
"""

import numpy as np

from agents.economy import Economy
from agents.money.families import TALENT_AWARD
from agents.money.programme import Programme
from agents.numbers.sums import sum_in_order

Parts = list[tuple[Programme, np.ndarray]]


def welcome_by_cell(economy: Economy, wage: float, luck: np.ndarray) -> None:
    """Newcomers of the year and their awards; luck: as TalentMarket.welcome."""
    market, cells = economy.talent, np.arange(economy.geography.cells)
    awards = np.rint(economy.offers.at(TALENT_AWARD, "award", len(cells))).astype(np.int64)
    within = market.invited(market.top_up(awards.astype(float), wage))
    each = economy.offers.divide(TALENT_AWARD, awards, cells=cells)  # what of one award falls on whom
    usual = share_of_programmes(economy, each, within)
    further = further_shares(economy, each, within, usual, awards)
    granted = market.take_in(usual + sum(further.values()), within, luck)
    pay(economy, each, granted, usual, further, awards)


def share_of_programmes(economy: Economy, each: Parts, within: np.ndarray) -> float:
    """Share of the pool to which levers' own programmes can promise their part of the award."""
    needed = [(p, sum_in_order(within * parts)) for p, parts in each if not p.beside]
    able = [p.can_pay(economy.ledger) / money for p, money in needed if money > 0.0]
    return min(1.0, *able) if able else 0.0


def further_shares(
    economy: Economy, each: Parts, within: np.ndarray, usual: float, awards: np.ndarray
) -> dict[str, np.ndarray]:
    """Share of the pool of each cell that every account can promise the whole award beyond the usual one."""
    found = {}
    for account, parts in each:
        if account.beside:
            left = account.can_pay(economy.ledger) - usual * sum_in_order(within * parts)
            whole = sum_in_order(within * awards * account.cells)
            more = min(1.0 - usual, max(left, 0.0) / whole) if whole > 0.0 else 0.0
            found[account.name] = np.where(account.cells, more, 0.0)
    return found


def pay(
    economy: Economy,
    each: Parts,
    granted: np.ndarray,
    usual: float,
    further: dict[str, np.ndarray],
    awards: np.ndarray,
) -> None:
    """The award of every promised newcomer goes to the households of the prefecture.

    Of the newcomers of a cell so many are paid for by each as its promise has in all promises there.
    """
    promised = usual + sum(further.values())
    accounts, places = economy.ledger.accounts, np.arange(economy.geography.places)
    homes = accounts.households.start + places
    base = np.divide(granted * usual, promised, out=np.zeros(len(granted)), where=promised > 0.0)
    for programme, parts in each:
        due = np.floor(base * parts)
        if programme.beside:
            own = np.divide(
                granted * further[programme.name], promised, out=np.zeros(len(granted)), where=promised > 0.0
            )
            due = due + np.floor(own * awards)
        by_prefecture = due.astype(np.int64).reshape(-1, len(places)).sum(axis=0)
        if by_prefecture.any():
            programme.claim(int(by_prefecture.sum()))
            programme.support(economy.ledger, homes, by_prefecture, places)
