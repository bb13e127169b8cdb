"""Start-up loans in a quarter: who applies and is served before founding, what is lent and paid after it.

A programme cannot tell who would have founded anyhow: where money or guarantees are short, all who apply are
served in an order of luck, the dearest loan being held ready for each.
"""

import numpy as np

from agents.economy import Economy
from agents.firms.entry import MARGINAL
from agents.founders.startup_loans import (
    Borrowers,
    StartupLoans,
    count_applicants,
    lend_to_founders,
)
from agents.founders.would_be import WouldBeFounders
from agents.money.families import STARTUP_LOANS
from agents.money.offers import Divided
from sim.founders.luck import FounderPurpose
from sim.luck.ids import member_id, numbered
from sim.moment import Founded, MarginalFounders, Moment, Served


def seek_loans(economy: Economy, now: Moment) -> None:
    """Founders apply; those for whom there is money and a guarantee will get a loan when they found."""
    loans, cells = economy.of(StartupLoans), economy.geography.cells
    if not any(one.can_pay(economy.ledger) for one in economy.offers.payers(STARTUP_LOANS)):
        return
    interest = economy.offers.at(STARTUP_LOANS, "interest", cells)
    if not interest.any():
        return
    marginal = marginal_applicants(economy, now, interest)
    where, ordinal = (
        np.concatenate(both) for both in zip(usual_applicants(economy, now, interest), marginal, strict=True)
    )
    ids = ids_of(economy, where, ordinal)
    order = now.draws.uniforms(FounderPurpose.SERVED, ids, now.quarter).argsort(kind="stable")
    served, by_programme = whom_money_serves(economy, where[order], interest)
    chosen = order[served]
    now.served = Served(ids[chosen], where[chosen], by_programme[served], interest[where[chosen]])
    kind = chosen[(ordinal[chosen] & MARGINAL) != 0]
    now.marginal = MarginalFounders(where[kind], ordinal[kind] - MARGINAL)
    loans.applied, loans.served, loans.marginal = len(ids), len(chosen), len(kind)


def marginal_applicants(economy: Economy, now: Moment, interest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cell and ordinal of those whom credit holds back and who would found with a loan."""
    waiting, s = economy.of(WouldBeFounders).held_back.persons, economy.of(StartupLoans).parameters
    luck = now.draws.uniforms(FounderPurpose.MARGINAL_COUNT, np.arange(len(waiting)), now.quarter)
    counts = np.zeros(len(waiting), np.int64)
    count_applicants(waiting, interest, s, luck, counts)
    cells, ordinal = numbered(counts)
    return cells, ordinal + MARGINAL


def usual_applicants(economy: Economy, now: Moment, interest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cell and ordinal of those who found anyhow and apply because it is cheap."""
    cells, ordinal = numbered(now.ordinary)
    ids = ids_of(economy, cells, ordinal)
    luck = now.draws.uniforms(FounderPurpose.APPLICATION, ids, now.quarter)
    applies = luck < economy.of(StartupLoans).parameters.applying * interest[cells]
    return cells[applies], ordinal[applies]


def ids_of(economy: Economy, cells: np.ndarray, ordinals: np.ndarray) -> np.ndarray:
    """The ids that firms founded this quarter will have."""
    industries, places = np.divmod(cells, economy.geography.places)
    return member_id(economy.quarter + 1, places, industries, ordinals)


def whom_money_serves(
    economy: Economy, cells: np.ndarray, interest: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Who of the applicants, in their order, is served, and for whom the lever's own programme has its part.

    In a block with an account this pays what its terms add, and the whole where the programme has no more.
    """
    loans, corporation, ledger = economy.of(StartupLoans), economy.guarantee, economy.ledger
    dearest = np.rint(interest[cells] * loans.dearest(economy.credit.highest_rate)).astype(np.int64)
    divided = economy.offers.divide(STARTUP_LOANS, dearest, cells=cells)
    by_programme = np.ones(len(cells), bool)
    for programme, parts in divided:
        if not programme.beside:
            by_programme &= has_money(parts, programme.can_pay(ledger))
    served = by_programme.copy()
    for account, _ in divided:
        if account.beside:
            own = account.cells[cells]
            wanted = parts_of_account(divided, account.name, own, by_programme)
            served[own] = has_money(wanted, account.can_pay(ledger))[own]
    most = corporation.capacity(ledger) // max(
        round(loans.parameters.guaranteed * loans.parameters.largest_loan), 1
    )
    served &= np.cumsum(served) <= most
    return served, by_programme


def has_money(parts: np.ndarray, money: int) -> np.ndarray:
    """For whom, in their order, the money [yuan] suffices; who needs none of it never lacks it."""
    return (parts == 0) | (np.cumsum(parts) <= money)


def parts_of_account(divided: Divided, account: str, own: np.ndarray, by_programme: np.ndarray) -> np.ndarray:
    """What an account pays for each [yuan]: its part, and in its cells what the programme does not pay."""
    wanted = sum(parts for one, parts in divided if one.name == account)
    for one, parts in divided:
        if not one.beside:
            wanted = wanted + np.where(own & ~by_programme, parts, 0)
    return np.asarray(wanted, np.int64)


def lend(economy: Economy, now: Moment) -> None:
    """The bank lends to those who were served, the corporation stands for it, programmes pay the interest."""
    served, loans = now.served, economy.of(StartupLoans)
    if not len(served.ids):
        return
    rows = rows_of(now.founded, served.ids)
    borrowers = Borrowers(rows, served.interest, *np.zeros((3, len(rows)), np.int64))
    firms, price, flows = economy.firms, now.circumstances.material_price, economy.totals.flows
    lend_to_founders(firms.arrays(), loans.parameters, economy.credit, price, borrowers, flows)
    loans.lent, loans.guaranteed = int(borrowers.loans.sum()), int(borrowers.guarantees.sum())
    firms_guaranteed = int(np.count_nonzero(borrowers.guarantees))
    economy.guarantee.stand_for(loans.lent, loans.lent, loans.guaranteed, firms_guaranteed)
    loans.subsidies = pay_interest(economy, borrowers, served)


def rows_of(founded: Founded, ids: np.ndarray) -> np.ndarray:
    """The rows of some of the firms just founded."""
    order = founded.ids.argsort(kind="stable")
    rows: np.ndarray = founded.rows[order[founded.ids.searchsorted(ids, sorter=order)]]
    return rows


def pay_interest(economy: Economy, borrowers: Borrowers, served: Served) -> int:
    """Pays each borrower the programmes' share of the interest for the term [yuan]; returns what was paid."""
    divided = economy.offers.divide(STARTUP_LOANS, borrowers.subsidies, cells=served.cells)
    paid = 0
    for programme, parts in divided:
        if programme.beside:
            own = programme.cells[served.cells]
            wanted = parts_of_account(divided, programme.name, own, served.by_programme)
        else:
            wanted = np.where(served.by_programme, parts, 0)
        programme.claim(int(wanted.sum()))
        paid += int(programme.disburse(economy.ledger, economy.firms, borrowers.rows, wanted).sum())
    return paid
