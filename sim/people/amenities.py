"""Amenities in a quarter: places open and wear, whom they serve, what is built anew."""

import numpy as np

from agents.economy import Economy
from agents.money.families import AMENITIES
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, Shares, parts_of
from agents.people.amenities import Amenities
from sim.moment import Moment
from sim.state.claims import buy_works


def open_amenities(economy: Economy, now: Moment) -> None:
    """What is ready opens, some wears out; skilled people whom it serves earn in kind beside their pay."""
    amenities = economy.of(Amenities)
    if not amenities.any:
        return
    market, by_industry = economy.talent, economy.geography.by_industry
    amenities.move(now.quarter)
    talent, skilled = (by_industry(one.persons).sum(axis=0) for one in (market.talent, market.skilled))
    amenities.serve(talent, skilled, now.circumstances.material_price)
    wage, researcher = now.circumstances.wage, market.parameters.researcher_pay
    market.talent.in_kind = amenities.in_kind(amenities.talent, market.net_pay(wage, researcher))
    market.skilled.in_kind = amenities.in_kind(amenities.skilled, market.net_pay(wage, 1.0))


def build_amenities(economy: Economy, now: Moment) -> None:
    """Builders are paid for places with what is released, where skilled people are."""
    spent = np.zeros(economy.geography.places, np.int64)
    for programme in economy.offers.payers(AMENITIES):
        spent += pay_for_places(economy, programme)
    if spent.any():
        amenities = economy.of(Amenities)
        cost = round(amenities.parameters.place_cost * now.circumstances.material_price)
        amenities.build(spent, cost, now.quarter)


def pay_for_places(economy: Economy, programme: Programme) -> np.ndarray:
    """Pays builders at home and outside all that is released; returns what for in each prefecture [yuan]."""
    market, budget = economy.talent, programme.can_pay(economy.ledger)
    persons, parameters = market.talent.persons + market.skilled.persons, economy.of(Amenities).parameters
    if programme.beside:  # homes serve whoever lives there: an account builds where the people it means are
        persons = np.where(programme.cells, persons, 0)
    there = economy.geography.by_industry(persons).sum(axis=0)
    if not budget or not there.any():
        return np.zeros(len(there), np.int64)
    wanted = Shares(there).split(budget)
    at_home = parts_of(wanted, round(parameters.works_at_home * MILLION))
    paid = buy_works(economy, programme, at_home, wanted - at_home).reshape(2, -1)
    by_place: np.ndarray = paid.sum(axis=0)
    return by_place
