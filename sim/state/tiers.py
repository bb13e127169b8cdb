"""The second tier of government in a quarter: yearly decisions, firms that move here, the year's revenue."""

import numpy as np

from agents.economy import Economy
from agents.firms.conditions import Conditions
from agents.firms.credit import assess_new
from agents.firms.totals import FIRMS
from agents.money.flows import Flow
from agents.numbers.shares import ration
from agents.state.prefectures import TERM
from agents.state.relocation import ELSEWHERE, choose_places, count_candidates, incentives_for, settle_movers
from sim.luck.draws import Draws, Purpose
from sim.luck.of_firms import entry_luck
from sim.start.places import member_id

FROM_OUTSIDE = (
    15  # in the place of the prefecture in a mover's id, so that its luck is the same wherever it goes
)
ALTERNATIVES = 16  # numbers of draws for one candidate


def decide_prefectures(economy: Economy, draws: Draws) -> None:
    """January: each prefecture sets its share of programmes and its incentive for firms that move."""
    prefectures, quarter = economy.prefectures, economy.quarter
    if quarter > 0:
        prefectures.close_year()
    economy.governments.match_by(prefectures.match())
    members = np.arange(len(prefectures.incentive))
    prefectures.set_incentives(draws.uniforms(Purpose.PREFECTURE_POLICY, members, quarter - quarter % TERM))


def receive_movers(
    economy: Economy, draws: Draws, conditions: tuple[Conditions, ...], cells: np.ndarray
) -> None:
    """January: firms from outside choose a place, bring capital and are paid the incentive offered there.

    `cells`: totals of the last quarter.
    """
    ids, industries = candidates(economy, draws)
    chosen = choices(economy, draws, ids, industries, cells)
    coming = np.flatnonzero(chosen != ELSEWHERE)
    rows, built = settle(economy, draws, conditions, ids[coming], industries[coming], chosen[coming])
    pay_incentives(economy, rows, chosen[coming], built)
    economy.counts.relocated = len(coming)


def candidates(economy: Economy, draws: Draws) -> tuple[np.ndarray, np.ndarray]:
    """Ids and industries of the year's candidates, industry by industry."""
    national = economy.markets.national
    counts = np.zeros(len(national), np.int64)
    luck = draws.uniforms(Purpose.RELOCATION_COUNT, np.arange(len(national)), economy.quarter)
    count_candidates(economy.scale * economy.relocation.candidates, national, luck, counts)
    industries = np.repeat(np.arange(len(counts)), counts)
    ordinal = np.arange(len(industries)) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.full(len(industries), FROM_OUTSIDE)
    return member_id(economy.quarter + 1, places, industries, ordinal), industries


def choices(
    economy: Economy, draws: Draws, ids: np.ndarray, industries: np.ndarray, cells: np.ndarray
) -> np.ndarray:
    """The prefecture that each candidate chooses, or ELSEWHERE."""
    prefectures = economy.prefectures
    places = len(prefectures.incentive) + 1
    members = (ids[:, None] * ALTERNATIVES + np.arange(places)).ravel()
    luck = draws.uniforms(Purpose.RELOCATION_CHOICE, members, economy.quarter)
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


def settle(
    economy: Economy,
    draws: Draws,
    conditions: tuple[Conditions, ...],
    ids: np.ndarray,
    industries: np.ndarray,
    places: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """The movers become firms of the province; returns their rows and what each invests in plant [yuan]."""
    firms, markets = economy.firms, economy.markets
    rows = firms.add(industries, ids, prefecture=places)
    built, cash = np.zeros((2, len(ids)), np.int64)
    settle_movers(
        firms.arrays(),
        entry_luck(draws, ids, economy.quarter),
        np.zeros(len(ids)),
        economy.emerging_quantiles,
        economy.behaviour,
        economy.relocation,
        conditions,
        markets.mean_productivity,
        markets.mean_quality,
        rows,
        industries,
        economy.totals.flows,
        built,
        cash,
    )
    assess_new(firms.arrays(), economy.credit, conditions, rows, industries)
    economy.ledger.bring_capital(int(built.sum() + cash.sum()))
    return rows, built


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


def end_quarter(economy: Economy) -> None:
    """Adds the quarter's own taxes of each prefecture to those of the year."""
    block = economy.ledger.accounts.prefectures
    economy.prefectures.remember(economy.ledger.books.revenue[block])
