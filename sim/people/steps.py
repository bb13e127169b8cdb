"""Skilled people in a quarter: scarcity always, graduates in summer, newcomers and leavers in autumn."""

import numpy as np

from agents.economy import Economy
from agents.firms import totals
from agents.firms.totals import N_PREFECTURES
from sim.luck.draws import Purpose
from sim.moment import Moment

PROGRAMME = "talent_introduction"
OF_GRADUATES = np.array([0, 1])  # members of a purpose: first degrees, postgraduates
OF_NEWCOMERS, OF_LEAVERS = np.array([2, 3]), 1_000  # with an award and without; then by kind and cell


def count_people(economy: Economy, now: Moment) -> None:
    """Skilled people by cell; at the end of the first quarter the stocks that go with its firms are set."""
    market, cells = economy.talent, economy.totals.cells
    if now.quarter == 0:
        see_demand(economy, cells, now.circumstances.wage)
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


def change_jobs(economy: Economy, now: Moment) -> None:
    """Last quarter's demand is seen; the skilled go where they are short, who works unlearned learns.

    In the first quarter nothing is scarce: the stocks are settled at its end.
    """
    market = economy.talent
    if now.quarter == 0:
        return
    market.open_quarter()
    see_demand(economy, now.last_cells, now.circumstances.wage)
    market.change_jobs()
    market.train()


def graduate(economy: Economy, now: Moment) -> None:
    """Summer: graduates choose a place."""
    luck = now.draws.uniforms(Purpose.GRADUATE_PLACE, OF_GRADUATES, now.quarter)
    economy.talent.graduate(now.year, luck)


def come_and_go(economy: Economy, now: Moment) -> None:
    """Autumn: newcomers from outside, with awards as far as the programme's money goes, and leavers."""
    market, programme = economy.talent, economy.governments.programmes[PROGRAMME]
    cells = len(market.pay)
    luck = now.draws.uniforms(Purpose.TALENT_FLOW, OF_NEWCOMERS, now.quarter)
    award = round(market.award)
    heads = programme.can_pay(economy.ledger) // award if award else 0
    granted = market.welcome(heads, market.top_up(now.circumstances.wage), luck)
    pay_awards(economy, granted, award)
    leavers = now.draws.uniforms(Purpose.TALENT_FLOW, OF_LEAVERS + np.arange(2 * cells), now.quarter)
    market.lose(leavers.reshape(2, cells))


def set_pay(economy: Economy, now: Moment) -> None:
    """Pay, hiring and the yield of research in each cell follow from who is there and wanted."""
    if now.quarter > 0:
        economy.talent.read()


def pay_awards(economy: Economy, granted: np.ndarray, award: int) -> None:
    """The award of every promised newcomer goes to the households of the prefecture."""
    accounts = economy.ledger.accounts
    by_prefecture = granted.reshape(-1, N_PREFECTURES).sum(axis=0)
    if by_prefecture.any():
        places = np.arange(N_PREFECTURES)
        economy.governments.programmes[PROGRAMME].support(
            economy.ledger, accounts.households.start + places, by_prefecture * award, places
        )
