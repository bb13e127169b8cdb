"""Skilled people in a quarter: scarcity always, graduates in summer, newcomers and leavers in autumn."""

import numpy as np

from agents.economy import Economy
from agents.firms import totals
from agents.money.families import TALENT_AWARD
from agents.people.education import Education
from agents.science.new_institutes import NewInstitutes
from sim.moment import Moment
from sim.people.local_awards import welcome_by_cell
from sim.people.luck import PeoplePurpose
from sim.state.claims import pay_accounts

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


class TooFewPeople(Exception):
    """Parameters under which technology firms become more than people; no fault of the books."""


def see_demand(economy: Economy, cells: np.ndarray, wage: float) -> None:
    """The market learns who was employed, wanted and paid for research in a quarter."""
    research, institutes = cells[:, totals.RESEARCH], economy.of(NewInstitutes)
    if len(institutes):
        research = research + institutes.research_of_cells  # they look for the same people
    economy.talent.see(
        cells[:, totals.STAFF],
        cells[:, totals.STAFF_WANTED],
        research,
        wage,
        economy.behaviour.bill.research_staff_share,
    )


def change_jobs(economy: Economy, now: Moment) -> None:
    """Last quarter's demand is seen; the skilled go where they are short, who works unlearned learns.

    In the first quarter nothing is scarce: the stocks are settled at its end.
    """
    market = economy.talent
    if now.quarter == 0:
        return
    market.open_quarter()
    refuse_more_than_live_there(economy, now)
    see_demand(economy, now.last_cells, now.circumstances.wage)
    market.change_jobs()
    market.train()


def refuse_more_than_live_there(economy: Economy, now: Moment) -> None:
    """Wages answer to skilled people alone: of all others founders and firms find as many as they want.

    That is so while they are a small part of the province. A run whose firms become more than its people is
    of no use, and would go on until memory ends.

    Raises:
        TooFewPeople: with the firms and the persons that there are.
    """
    firms, residents = len(economy.firms), now.setting.population(now.quarter)
    if firms > residents:
        raise TooFewPeople(
            f"quarter {now.quarter}: {firms:,} technology firms and {residents:,.0f} people of the province; "
            "no economy is like that: change the parameters"
        )


def graduate(economy: Economy, now: Moment) -> None:
    """Summer: graduates choose a place, those of a lever's places of study among them."""
    luck = now.draws.uniforms(PeoplePurpose.GRADUATE_PLACE, OF_GRADUATES, now.quarter)
    economy.talent.graduate(now.year, luck, economy.of(Education).finish_study(now.quarter))


def come_and_go(economy: Economy, now: Moment) -> None:
    """Autumn: newcomers from outside, with awards as far as the programme's money goes, and leavers."""
    market, award = economy.talent, economy.offers.of(TALENT_AWARD).award
    luck = now.draws.uniforms(PeoplePurpose.TALENT_FLOW, OF_NEWCOMERS, now.quarter)
    if economy.offers.differs(TALENT_AWARD):
        welcome_by_cell(economy, now.circumstances.wage, luck)
    else:
        granted = market.welcome(heads_paid_for(economy), market.top_up(award, now.circumstances.wage), luck)
        pay_awards(economy, granted, round(award))
    members = OF_LEAVERS + np.arange(2 * len(market.pay))
    leavers = now.draws.uniforms(PeoplePurpose.TALENT_FLOW, members, now.quarter)
    market.lose(leavers.reshape(2, -1))


def heads_paid_for(economy: Economy) -> int:
    """Newcomers whose award every programme can pay its part of."""
    parts = economy.offers.divide(TALENT_AWARD, np.array([round(economy.offers.of(TALENT_AWARD).award)]))
    able = [p.can_pay(economy.ledger) // int(part[0]) for p, part in parts if part[0] > 0]
    return min(able, default=0)


def set_pay(economy: Economy, now: Moment) -> None:
    """Pay, hiring and the yield of research in each cell follow from who is there and wanted."""
    if now.quarter > 0:
        economy.talent.read()


def pay_awards(economy: Economy, granted: np.ndarray, award: int) -> None:
    """The award of every promised newcomer goes to the households of the prefecture."""
    accounts = economy.ledger.accounts
    places = np.arange(len(economy.prefectures.incentive))
    by_prefecture = granted.reshape(-1, len(places)).sum(axis=0)
    if by_prefecture.any():
        homes = accounts.households.start + places
        pay_accounts(economy, TALENT_AWARD, homes, by_prefecture * award, places)
