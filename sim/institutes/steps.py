"""New-type institutes: in January they are founded and take clients, each quarter they are paid.

Their research is performed with that of all institutions, out of what they are paid (sim/science/steps.py).
"""

from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.firms.lift import lift_firms
from agents.firms.totals import RESEARCH
from agents.money.families import NEW_INSTITUTES
from agents.money.flows import Flow
from agents.money.programme import Programme
from agents.numbers.shares import parts_of, ration
from agents.science.joining import Joined, join_institutions
from agents.science.new_institutes import (
    ROOM,
    Clients,
    NewInstitutes,
    cells_to_found,
    name_of,
    no_clients,
    weigh_clients,
)
from sim.institutes.luck import InstitutePurpose
from sim.luck.ids import member_id
from sim.luck.of_firms import LASTING_QUARTER
from sim.moment import Moment


def begin_year(economy: Economy, now: Moment) -> None:
    """January: what institutes are due, who is founded with the money left, who has contracts with them."""
    institutes = economy.of(NewInstitutes)
    payers = economy.offers.payers(NEW_INSTITUTES)
    if not len(institutes) and not any(one.appropriated + one.carried_in for one in payers):
        return
    institutes.settle_year(now.quarter, price_of(economy, now))
    for programme in payers:
        for number, meant in calls_of(economy, programme):
            found(economy, now, programme, number, meant)
    take_clients(economy, now)


def price_of(economy: Economy, now: Moment) -> float:
    """Price of research, 1 in 2016Q1, times the size of the economy: small ones have smaller institutes."""
    return now.circumstances.material_price * economy.scale


# --- who is founded --------------------------------------------------------------------------------------


def calls_of(economy: Economy, programme: Programme) -> list[tuple[int, np.ndarray | None]]:
    """How many a programme may found, and in which cells; None: in all."""
    if not programme.beside:
        return [(round(economy.offers.of(NEW_INSTITUTES).number), None)]
    parts = economy.offers.parts_of(NEW_INSTITUTES, programme)
    return [(round(one.terms.number), one.cells) for one in parts]


def found(economy: Economy, now: Moment, programme: Programme, number: int, meant: np.ndarray | None) -> None:
    """Founds as many as are called for, as far as money for their first year is left beside all dues."""
    institutes = economy.of(NewInstitutes)
    founding = int(institutes.of_year(price_of(economy, now)).founding)
    promised = int(institutes.due[institutes.paid_by(programme.name)].sum())
    affordable = max(0, programme.can_commit() - promised) // max(founding, 1)
    most = min(number, affordable, ROOM - len(institutes))
    research = now.last_cells[:, RESEARCH].astype(np.float64)
    if meant is not None:
        research = np.where(meant, research, 0.0)
    cells = np.array(cells_to_found(research, institutes.there, most), np.int64)
    if len(cells):
        join(economy, now, programme, cells)
        institutes.due[-len(cells) :] = founding


def join(economy: Economy, now: Moment, programme: Programme, cells: np.ndarray) -> None:
    """New institutes get a row among all institutions, and their account."""
    institutes, places = economy.of(NewInstitutes), economy.geography.places
    fields, prefecture = np.divmod(cells, places)
    first, p = len(institutes), institutes.parameters
    there, ordinal = institutes.there.tolist(), []
    for cell in cells.tolist():
        ordinal.append(there[cell])
        there[cell] += 1
    ids = member_id(now.quarter + 1, prefecture, fields, np.array(ordinal, np.int64))
    names = tuple(name_of(first + n) for n in range(len(cells)))
    planned = institutes.of_year(now.circumstances.material_price).core * (1.0 + p.contracts_per_core)
    rows = np.eye(economy.geography.industries)[fields]
    joined = Joined(names, ids, prefecture, rows, planned * economy.scale)
    join_institutions(economy.universities, joined, now.year)
    institutes.join(ids, cells, now.quarter, programme.name)
    economy.technology.institutions = len(economy.universities)


# --- whose research they do ------------------------------------------------------------------------------


class Researching(NamedTuple):
    """Firms of an industry that do research and have no contract with an institute, one element each.

    luck: for whichever institute. outside: what each pays others for research [yuan/year].
    """

    ids: np.ndarray
    prefecture: np.ndarray
    luck: np.ndarray
    outside: np.ndarray


def researching(economy: Economy, now: Moment, field: int) -> Researching:
    """Those of an industry before any institute has asked."""
    firms, first = economy.firms, int(economy.firms.start[field])
    rows = first + (firms.research[first : int(firms.stop[field])] > 0.0).nonzero()[0]
    ids = firms.id[rows]
    luck = now.draws.uniforms(InstitutePurpose.INSTITUTE_CLIENT, ids, LASTING_QUARTER)
    return Researching(ids, firms.prefecture[rows].astype(np.int64), luck, 4.0 * contracted(economy, rows))


def take_clients(economy: Economy, now: Moment) -> None:
    """Each institute takes firms of its field within reach, one by one, until its staff is busy."""
    institutes, places = economy.of(NewInstitutes), economy.geography.places
    rooms, free, taken = institutes.rooms(now.quarter, price_of(economy, now)), {}, [no_clients()]
    for number, cell in enumerate(institutes.cell.tolist()):
        field, place = divmod(cell, places)
        if field not in free:
            free[field] = researching(economy, now, field)
        firms = free[field]
        keys = np.empty(len(firms.ids))
        weigh_clients(firms.luck, institutes.reach[place, firms.prefecture], keys)
        order = (-keys).argsort(kind="stable")
        ids, outside = firms.ids[order], firms.outside[order]
        chosen, clients = institutes.take_contracts(ids, outside, rooms[number], number)
        left = np.ones(len(order), bool)
        left[order[chosen]] = False
        free[field] = Researching(*(column[left] for column in firms))
        taken.append(clients)
    institutes.clients = Clients(*(np.concatenate(column) for column in zip(*taken, strict=True)))


def contracted(economy: Economy, rows: np.ndarray) -> np.ndarray:
    """What firms pay others for research [yuan/quarter]: what staff, material and equipment leave."""
    p = economy.behaviour.bill
    own = p.research_staff_share + p.research_material_share + p.research_equipment_share
    found: np.ndarray = (1.0 - own) * economy.firms.research[rows]
    return found


# --- what they are paid ----------------------------------------------------------------------------------


def pay(economy: Economy, now: Moment) -> None:
    """Programmes pay the quarter's part of what is due, clients their contracts, from which they gain."""
    institutes = economy.of(NewInstitutes)
    if not len(institutes):
        return
    for programme in economy.offers.payers(NEW_INSTITUTES):
        own = institutes.paid_by(programme.name)
        if len(own):
            support(economy, now, programme, own)
    rows = economy.firms.rows_among(institutes.clients.firm)
    there = rows >= 0
    book_contracts(economy, rows[there], there)
    gains, process = 0.25 * institutes.clients.gain[there], economy.behaviour.innovation.process_share
    if len(gains):
        lift_firms(economy.firms.arrays(), rows[there], gains, process)


def support(economy: Economy, now: Moment, programme: Programme, own: np.ndarray) -> None:
    """A programme pays the institutes that it has founded, all the same share if it is short."""
    institutes, every = economy.of(NewInstitutes), economy.universities
    until = (0, *programme.release_by_quarter)  # as the budget is released
    due = parts_of(institutes.due[own], until[now.of_year + 1])
    due -= parts_of(institutes.due[own], until[now.of_year])
    rows = institutes.first + own
    programme.claim(int(due.sum()))
    payees = economy.ledger.accounts.first_university + rows
    institutes.public += int(programme.support(economy.ledger, payees, due, every.prefecture[rows]).sum())


def book_contracts(economy: Economy, rows: np.ndarray, there: np.ndarray) -> None:
    """A quarter of the contracts with clients still there, within what all firms pay others for research."""
    institutes, ledger, clients = economy.of(NewInstitutes), economy.ledger, economy.of(NewInstitutes).clients
    agreed = np.minimum(clients.yearly[there] // 4, contracted(economy, rows).astype(np.int64))
    amounts = np.zeros(len(institutes), np.int64)
    np.add.at(amounts, clients.institute[there], agreed)
    total = int(economy.totals.flows[Flow.RESEARCH_CONTRACTS].sum())
    amounts = ration(total - ledger.sharing.contracts_of_institutions(total), amounts)
    payees = ledger.accounts.first_university + institutes.first + np.arange(len(institutes))
    ledger.sharing = ledger.sharing._replace(booked=(payees, amounts))
    institutes.contracts = amounts
    institutes.contracts_year += amounts


def remember_research(economy: Economy, now: Moment) -> None:
    """What institutes spent on research by cell: next quarter they are seen to look for researchers."""
    institutes, every = economy.of(NewInstitutes), economy.universities
    if len(institutes):
        spent = np.zeros_like(institutes.research_of_cells)
        np.add.at(spent, institutes.cell, every.research[every.core :])
        institutes.research_of_cells = spent
