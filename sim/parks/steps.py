"""Parks in a quarter: land opens and draws founders, works are paid, firms use land; density in January."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import EMPLOYMENT, FIRMS
from agents.money.families import CLUSTERS, COORDINATION
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, parts_of, ration
from agents.parks.density import raise_firms
from agents.parks.land import capital_by_place
from agents.parks.parks import Parks
from agents.state.government import LAST_KNOWN_YEAR
from sim.moment import Moment
from sim.parks.luck import ParkPurpose
from sim.state.claims import buy_works, shares_meant

HALF = 0.5  # of a year: works and organisations are paid twice


def offer_land(economy: Economy, now: Moment) -> None:
    """Serviced land that is ready opens; it and what prefectures imitate say where founders go."""
    parks = economy.of(Parks)
    parks.open_land(now.quarter)
    parks.look(economy.offers.of(COORDINATION).coordination)


def grow_dense(economy: Economy, now: Moment) -> None:
    """January: where workers came closer together last year, firms are more productive."""
    parks, firms, last = economy.of(Parks), economy.firms, now.last_cells
    observed = now.year <= LAST_KNOWN_YEAR + 1  # the change over 2020 is seen in January 2021
    if parks.crowd(last[:, EMPLOYMENT], last[:, FIRMS], observed):
        share = economy.behaviour.innovation.process_share
        raise_firms(firms.arrays(), parks.gain, share, firms.start, firms.stop)


def build_parks(economy: Economy, now: Moment) -> None:
    """Organisations of clusters are paid, and land is serviced with what is left."""
    parks, paying = economy.of(Parks), economy.offers.payers(CLUSTERS)
    paid_for = np.zeros(economy.geography.cells)
    if not paying:
        parks.organise(paid_for)
        return
    offered = np.minimum(economy.offers.at(CLUSTERS, "organisation", economy.geography.cells), 1.0)
    cost = max(1, round(parks.parameters.works_cost * now.circumstances.material_price))
    works = np.zeros(economy.geography.places, np.int64)
    for programme in paying:
        falls_on = what_falls_on(economy, programme, offered)
        paid_for += pay_organisations(economy, programme, np.maximum(falls_on - paid_for, 0.0))
        works += pay_works(economy, programme, np.maximum(parks.most_works(cost) - works, 0))
    parks.organise(paid_for)
    if works.any():
        parks.begin_works(works, cost, now.quarter)


def what_falls_on(economy: Economy, programme: Programme, offered: np.ndarray) -> np.ndarray:
    """Up to which index [cell] a programme organises clusters, those before it included.

    A lever's own: what it offers everywhere, and all where no account pays. An account: all, where it means.
    """
    if programme.beside:
        return np.where(programme.cells, offered, 0.0)
    accounts = [one.cells for one in economy.offers.payers(CLUSTERS) if one.beside]
    if not accounts:
        return offered
    usual = economy.offers.of(CLUSTERS).organisation
    return np.where(np.any(accounts, axis=0), np.minimum(offered, usual), offered)


def pay_organisations(economy: Economy, programme: Programme, wanted: np.ndarray) -> np.ndarray:
    """Pays half a year of organising clusters as far as the money goes; returns what of it [index, cell].

    wanted: index by cell. A prefecture's organisation costs its mean over the industries.
    """
    places = np.arange(economy.geography.places)
    by_place = economy.geography.by_industry(wanted).mean(axis=0)
    each = HALF * economy.of(Parks).parameters.organisation_cost * economy.scale
    asked = np.rint(by_place * each).astype(np.int64)
    if not asked.any():
        return np.zeros(len(wanted))
    paid = ration(programme.can_pay(economy.ledger), asked)
    programme.claim(int(paid.sum()))
    payees = np.full(len(places), economy.ledger.accounts.rest)
    programme.support(economy.ledger, payees, paid, places)
    share = np.divide(paid, asked, out=np.zeros(len(asked)), where=asked > 0)
    of_cells: np.ndarray = economy.geography.by_industry(wanted) * share
    return of_cells.ravel()


def pay_works(economy: Economy, programme: Programme, most: np.ndarray) -> np.ndarray:
    """Pays builders at home and outside for what is released; returns what for in each prefecture [yuan].

    most: what may be spent in each, for no park is larger than its land. Money beyond it stays.
    """
    shares = shares_meant(economy, programme, economy.of(Parks).shares)
    if shares is None:  # of some industries alone: it pays organisations only
        return np.zeros_like(most)
    wanted = np.minimum(shares.split(programme.can_pay(economy.ledger)), most)
    if not wanted.any():
        return wanted
    at_home = parts_of(wanted, round(economy.of(Parks).parameters.works_at_home * MILLION))
    buy_works(economy, programme, at_home, wanted - at_home)
    return wanted


def use_land(economy: Economy, now: Moment) -> None:
    """Firms and others take and leave land; at the end of the first quarter it is set who uses it."""
    parks, firms = economy.of(Parks), economy.firms
    capital = np.empty(economy.geography.places)
    capital_by_place(firms.arrays(), firms.start, firms.stop, capital)
    if parks.settled is None:
        places = np.arange(len(capital))
        parks.settle(capital, now.draws.uniforms(ParkPurpose.FREE_LAND, places, 0), now.quarter)
    else:
        parks.use_land(capital, now.quarter)
