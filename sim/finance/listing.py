"""Listing in a year: some of those who are counselled are listed, others take their places in the reserve."""

import numpy as np

from agents.economy import Economy
from agents.finance.listing import (
    COUNSELLED,
    LISTED,
    PRIVATE,
    Listing,
    draw_candidates,
    raise_equity,
    usual_share,
    weigh_candidates,
)
from agents.money.families import DIRECT_FINANCE
from agents.money.flows import Flow
from agents.numbers.distributions import poisson_quantile
from sim.finance.luck import ListingPurpose
from sim.luck.draws import Draws, Purpose
from sim.moment import Moment

PROVINCE = 0  # the member whose luck says how many are listed


def list_firms(economy: Economy, now: Moment) -> None:
    """January: exchanges let in some of the firms that are counselled; the reserve is filled up."""
    listing, firms = economy.of(Listing), economy.firms
    rows = firms.rows()
    if now.quarter == 0:
        begin_listed(economy, rows)
    else:
        end_counselling(economy, rows)
        admit(economy, now, rows[firms.listing[rows] == COUNSELLED])
    p = listing.parameters
    usual = int(np.count_nonzero(firms.listing[rows] == COUNSELLED)) - len(listing.beyond)
    lacking = max(0, listing.whole(p.reserve) - usual)
    take_in(economy, candidates(economy, now.draws, lacking))


def begin_listed(economy: Economy, rows: np.ndarray) -> None:
    """Those of highest standing were listed before 2016: which they are is not published with their data.

    Without luck, or the largest of the province would be listed anew sooner or later.
    """
    firms, listing = economy.firms, economy.of(Listing)
    first = ready(economy, rows)
    first = first[np.argsort(-standings(economy, first), kind="stable")]
    firms.listing[first[: listing.whole(listing.parameters.listed_2015)]] = LISTED
    listing.before = int(np.count_nonzero(firms.listing[rows] == LISTED))


def end_counselling(economy: Economy, rows: np.ndarray) -> None:
    """Who was counselled long enough without being listed is private again."""
    firms, listing = economy.firms, economy.of(Listing)
    over = rows[(firms.listing[rows] == COUNSELLED) & (firms.counselled_until[rows] <= economy.quarter)]
    firms.listing[over] = PRIVATE
    forget_others(economy, listing)


def forget_others(economy: Economy, listing: Listing) -> None:
    """Of the firms that programmes counsel only those are remembered that are counselled still."""
    row_of = economy.firms.rows_among(listing.beyond)
    listing.beyond = listing.beyond[(row_of >= 0) & (economy.firms.listing[row_of] == COUNSELLED)]


def ready(economy: Economy, rows: np.ndarray) -> np.ndarray:
    """Those of the rows whose profit and age an exchange asks for."""
    firms, p = economy.firms, economy.of(Listing).parameters
    old = firms.entry_quarter[rows] <= economy.quarter - 4.0 * p.least_age
    found: np.ndarray = rows[old & (firms.profit[rows] >= p.least_profit)]
    return found


def standings(economy: Economy, rows: np.ndarray) -> np.ndarray:
    """Log odds of the rows among candidates, by profit, size and age."""
    odds = np.empty(len(rows))
    weigh_candidates(economy.firms.arrays(), economy.of(Listing).parameters, economy.quarter, rows, odds)
    return odds


def best(economy: Economy, draws: Draws, purpose: Purpose, rows: np.ndarray) -> np.ndarray:
    """The rows in the order in which candidates stand: by profit, size, age and luck."""
    firms, keys = economy.firms, np.empty(len(rows))
    luck = draws.uniforms(purpose, firms.id[rows], economy.quarter)
    draw_candidates(standings(economy, rows), luck, keys)
    return rows[np.argsort(-keys, kind="stable")]


def candidates(economy: Economy, draws: Draws, number: int) -> np.ndarray:
    """The first so many private firms in that order."""
    rows = economy.firms.rows()
    private = ready(economy, rows[economy.firms.listing[rows] == PRIVATE])
    return best(economy, draws, ListingPurpose.CANDIDATE, private)[:number]


def take_in(economy: Economy, rows: np.ndarray) -> None:
    """These firms are counselled from now on, for some years."""
    years = economy.of(Listing).parameters.counselling_years
    economy.firms.listing[rows] = COUNSELLED
    economy.firms.counselled_until[rows] = economy.quarter + round(4.0 * years)


def admit(economy: Economy, now: Moment, pool: np.ndarray) -> None:
    """As many of the pool as exchanges let in are listed, by luck; owners outside buy their new shares."""
    firms, listing, ledger = economy.firms, economy.of(Listing), economy.ledger
    expected = usual_share(listing.parameters, float(len(listing.beyond)), economy.scale)
    luck = now.draws.uniform(ListingPurpose.COUNT, PROVINCE, now.quarter)
    number = int(poisson_quantile(expected, luck))
    rows = ready(economy, pool)
    turn = np.argsort(now.draws.uniforms(ListingPurpose.LISTED, firms.id[rows], now.quarter), kind="stable")
    rows = rows[turn[:number]]
    if not len(rows):
        return
    proceeds, price = np.zeros(len(rows), np.int64), now.circumstances.material_price
    arrival = now.quarter + int(economy.behaviour.production.investment_lag)
    spent = economy.totals.flows[Flow.CAPITAL_EXPENDITURE]
    raise_equity(firms.arrays(), listing.parameters, arrival, price, rows, proceeds, spent)
    ledger.issue_equity(int(proceeds.sum()))
    listing.new, listing.proceeds = len(rows), int(proceeds.sum())
    forget_others(economy, listing)


def counsel(economy: Economy, now: Moment) -> None:
    """Programmes pay the advisers of firms beyond the reserve, as many as the year's money pays for."""
    for programme in economy.offers.payers(DIRECT_FINANCE):
        listing, ledger = economy.of(Listing), economy.ledger
        cost = max(1, round(listing.parameters.counselling_cost))
        most = programme.can_pay(ledger) // cost
        if not most:
            continue
        rows = candidates(economy, now.draws, most)
        places = economy.firms.prefecture[rows].astype(np.int64)
        claims = cost * np.bincount(places, minlength=economy.geography.places).astype(np.int64)
        programme.claim(int(claims.sum()))
        payees = np.full(len(claims), ledger.accounts.rest)
        programme.support(ledger, payees, claims, np.arange(len(claims)))
        take_in(economy, rows)
        listing.beyond = np.concatenate([listing.beyond, economy.firms.id[rows].astype(np.int64)])
        listing.counselled_now += len(rows)
