"""The second tier of government in a quarter: yearly decisions, firms that move here, the year's revenue."""

import numpy as np

from agents.economy import Economy
from agents.firms.credit import assess_new
from agents.firms.entry import Founding
from agents.firms.totals import FIRMS
from agents.money.families import COORDINATION
from agents.money.flows import Flow
from agents.numbers.shares import ration
from agents.state.prefectures import TERM
from agents.state.relocation import (
    ELSEWHERE,
    Movers,
    choose_places,
    count_candidates,
    incentives_for,
    settle_movers,
)
from sim.firms.attitudes import take_attitudes
from sim.luck.draws import Draws
from sim.luck.ids import mover_id, mover_in
from sim.luck.of_firms import entry_luck
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


def receive_movers(economy: Economy, now: Moment) -> None:
    """Firms from outside choose a place, bring capital and are paid the incentive offered there."""
    ids, industries = candidates(economy, now.draws)
    chosen = choices(economy, now.draws, ids, industries, now.last_cells)
    coming = np.flatnonzero(chosen != ELSEWHERE)
    rows, built = settle(economy, now, ids[coming], industries[coming], chosen[coming])
    pay_incentives(economy, rows, chosen[coming], built)
    economy.counts.relocated = len(coming)


def candidates(economy: Economy, draws: Draws) -> tuple[np.ndarray, np.ndarray]:
    """Ids and industries of the year's candidates, industry by industry."""
    national = economy.markets.national
    counts = np.zeros(len(national), np.int64)
    luck = draws.uniforms(StatePurpose.RELOCATION_COUNT, np.arange(len(national)), economy.quarter)
    count_candidates(economy.scale * economy.relocation.candidates, national, luck, counts)
    industries = np.repeat(np.arange(len(counts)), counts)
    ordinal = np.arange(len(industries)) - np.repeat(np.cumsum(counts) - counts, counts)
    return mover_id(economy.quarter + 1, industries, ordinal), industries


def choices(
    economy: Economy, draws: Draws, ids: np.ndarray, industries: np.ndarray, cells: np.ndarray
) -> np.ndarray:
    """The prefecture that each candidate chooses, or ELSEWHERE."""
    prefectures, luck = economy.prefectures, luck_of_choices(economy, draws, ids)
    firms, chosen = cells[:, FIRMS].astype(np.float64), np.full(len(ids), ELSEWHERE)
    choose_places(
        industries,
        prefectures.incentive,
        prefectures.to_gateway,
        prefectures.on_railway,
        firms,
        luck,
        economy.relocation,
        np.empty_like(firms),
        chosen,
    )
    return chosen


def luck_of_choices(economy: Economy, draws: Draws, ids: np.ndarray) -> np.ndarray:
    """Draws of each candidate for every place in turn, and then for not coming."""
    members = mover_in(ids[:, None], np.arange(economy.geography.places)[None, :])
    there = draws.uniforms(StatePurpose.RELOCATION_CHOICE, members.ravel(), economy.quarter)
    away = draws.uniforms(StatePurpose.RELOCATION_STAYING, ids, economy.quarter)
    return np.column_stack([there.reshape(members.shape), away]).ravel()


def settle(
    economy: Economy, now: Moment, ids: np.ndarray, industries: np.ndarray, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The movers become firms of the province; returns their rows and what each invests in plant [yuan]."""
    firms, markets = economy.firms, economy.markets
    rows = firms.add(industries, ids, prefecture=places)
    movers = Movers(rows, industries, *np.zeros((2, len(ids)), np.int64))
    founding = Founding(
        entry_luck(now.draws, ids, now.quarter),
        np.zeros(len(ids)),  # founded on no invention
        economy.emerging_quantiles,
        markets.mean_productivity,
        markets.mean_quality,
        economy.research_of_place,
    )
    p, m, flows = economy.behaviour, economy.relocation, economy.totals.flows
    settle_movers(firms.arrays(), founding, p, m, now.conditions, movers, flows)
    take_attitudes(economy, now.draws, rows)
    assess_new(firms.arrays(), economy.credit, now.conditions, rows, industries)
    economy.ledger.bring_capital(int(movers.built.sum() + movers.cash.sum()))
    return rows, movers.built


def pay_incentives(economy: Economy, rows: np.ndarray, places: np.ndarray, built: np.ndarray) -> None:
    """Each prefecture pays what it offered for the plant, out of its own treasury and no more than it has."""
    prefectures, firms, ledger = economy.prefectures, economy.firms, economy.ledger
    block = ledger.accounts.prefectures
    prefectures.attracted[:] = prefectures.incentives_paid[:] = 0
    np.add.at(prefectures.attracted, places, built)
    paid = np.empty(len(rows), np.int64)
    incentives_for(places, prefectures.incentive, built, paid)
    np.add.at(prefectures.incentives_paid, places, paid)
    treasuries = np.maximum(ledger.balance[block], 0)
    for place in np.flatnonzero(prefectures.incentives_paid > treasuries).tolist():
        ours = places == place
        paid[ours] = ration(int(treasuries[place]), paid[ours])
        prefectures.incentives_paid[place] = paid[ours].sum()
    firms.deposits[rows] += paid
    ledger.post_each(block, ledger.accounts.firms, prefectures.incentives_paid, Flow.GRANT_INVESTMENT)


def spend(economy: Economy, now: Moment) -> None:
    """Province and prefectures spend what is not a programme's."""
    economy.governments.spend(economy.ledger)


def remember_taxes(economy: Economy, now: Moment) -> None:
    """Adds the quarter's own taxes of each prefecture to those of the year."""
    block = economy.ledger.accounts.prefectures
    economy.prefectures.remember(economy.ledger.books.revenue[block])
