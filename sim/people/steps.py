"""Skilled people in a quarter: scarcity always, graduates in summer, newcomers and leavers in autumn."""

import numpy as np

from agents.economy import Economy
from agents.firms import totals
from agents.firms.totals import N_PREFECTURES
from sim.luck.draws import Draws, Purpose

PROGRAMME = "talent_introduction"
THIRD, FOURTH = 2, 3  # quarters of the year
OF_GRADUATES = np.array([0, 1])  # members of a purpose: first degrees, postgraduates
OF_NEWCOMERS, OF_LEAVERS = np.array([2, 3]), 1_000  # with an award and without; then by kind and cell


def count_people(economy: Economy, wage: float) -> None:
    """Skilled people by cell; at the end of the first quarter the stocks that go with its firms are set."""
    market, cells = economy.talent, economy.totals.cells
    if economy.quarter == 0:
        see_demand(economy, cells, wage)
        market.settle()
    cells[:, totals.SKILLED] = market.skilled.persons
    cells[:, totals.TALENT] = market.talent.persons


def see_demand(economy: Economy, cells: np.ndarray, wage: float) -> None:
    """The market learns who was employed, wanted and paid for research in a quarter."""
    economy.talent.see(
        cells[:, totals.STAFF],
        cells[:, totals.STAFF_WANTED],
        cells[:, totals.RESEARCH],
        wage,
        economy.behaviour.research_staff_share,
    )


def move_people(economy: Economy, draws: Draws, last_cells: np.ndarray, wage: float) -> None:
    """Last quarter's demand is seen; the skilled change jobs; people come and go; pay and hiring follow.

    In the first quarter nothing is scarce: the stocks are settled at its end.
    """
    market, of_year = economy.talent, economy.quarter % 4
    if economy.quarter == 0:
        return
    market.open_quarter()
    see_demand(economy, last_cells, wage)
    market.change_jobs()
    market.train()
    if of_year == THIRD:
        luck = draws.uniforms(Purpose.GRADUATE_PLACE, OF_GRADUATES, economy.quarter)
        market.graduate(economy.year, luck)
    if of_year == FOURTH:
        come_and_go(economy, draws, wage)
    market.read()


def come_and_go(economy: Economy, draws: Draws, wage: float) -> None:
    """Autumn: newcomers from outside, with awards as far as the programme's money goes, and leavers."""
    market, programme = economy.talent, economy.governments.programmes[PROGRAMME]
    cells = len(market.pay)
    luck = draws.uniforms(Purpose.TALENT_FLOW, OF_NEWCOMERS, economy.quarter)
    award = round(market.award)
    heads = programme.can_pay(economy.ledger) // award if award else 0
    granted = market.welcome(heads, market.top_up(wage), luck)
    pay_awards(economy, granted, award)
    leavers = draws.uniforms(Purpose.TALENT_FLOW, OF_LEAVERS + np.arange(2 * cells), economy.quarter)
    market.lose(leavers.reshape(2, cells))


def pay_awards(economy: Economy, granted: np.ndarray, award: int) -> None:
    """The award of every promised newcomer goes to the households of the prefecture."""
    accounts = economy.ledger.accounts
    by_prefecture = granted.reshape(-1, N_PREFECTURES).sum(axis=0)
    if by_prefecture.any():
        places = np.arange(N_PREFECTURES)
        economy.governments.programmes[PROGRAMME].support(
            economy.ledger, accounts.households.start + places, by_prefecture * award, places
        )
