"""The second tier of government in a quarter: yearly decisions and the year's revenue."""

import numpy as np

from agents.economy import Economy
from agents.money.families import COORDINATION
from agents.state.prefectures import TERM
from sim.moment import Moment
from sim.state.luck import StatePurpose


def decide_prefectures(economy: Economy, now: Moment) -> None:
    """Each prefecture sets its share of programmes and its incentive for firms that move."""
    prefectures, quarter = economy.prefectures, now.quarter
    if quarter > 0:
        prefectures.close_year()
    economy.governments.match_by(prefectures.match())
    members = np.arange(len(prefectures.incentive))
    term = quarter - quarter % TERM
    known = economy.offers.of(COORDINATION).coordination  # of last quarter: this one's is not yet offered
    prefectures.set_incentives(now.draws.uniforms(StatePurpose.PREFECTURE_POLICY, members, term), known)


def spend(economy: Economy, now: Moment) -> None:
    """Province and prefectures spend what is not a programme's."""
    economy.governments.spend(economy.ledger)


def remember_taxes(economy: Economy, now: Moment) -> None:
    """Adds the quarter's own taxes of each prefecture to those of the year."""
    block = economy.ledger.accounts.prefectures
    economy.prefectures.remember(economy.ledger.books.revenue[block])
