"""Where programmes pay what is claimed: each its part of every claim, all the same share if money is short.

    paid = pay_firms(economy, CERTIFICATION_AWARD, rows, claims)

What is claimed and not paid is counted by the programme as cut; sim/state/identities.py checks it.
"""

import numpy as np

from agents.economy import Economy
from agents.money.families import DIGITAL_VOUCHER, RESEARCH_SUPPORT, Family
from agents.money.flows import Flow
from agents.money.programme import Programme
from agents.state.grants import select

ACCOUNT_OF = {DIGITAL_VOUCHER: Flow.PRODUCTION_SUBSIDY}  # where firms book it otherwise than the programme


def pay_firms(
    economy: Economy, family: Family, rows: np.ndarray, claims: np.ndarray, term: str = ""
) -> np.ndarray:
    """Pays the firms in `rows` what they claim [yuan]; returns what each got.

    term: of the offers, by which programmes divide claims, if it is not the first.
    """
    paid = np.zeros(len(claims), np.int64)
    for programme, parts in economy.offers.divide(family, claims, economy.firms.id[rows], term):
        programme.claim(int(parts.sum()))
        paid += programme.disburse(economy.ledger, economy.firms, rows, parts, ACCOUNT_OF.get(family))
    return paid


def pay_accounts(
    economy: Economy, family: Family, payees: np.ndarray, claims: np.ndarray, places: np.ndarray
) -> np.ndarray:
    """Pays accounts, each in its prefecture, what is claimed for them [yuan]; returns what each got."""
    paid = np.zeros(len(claims), np.int64)
    for programme, parts in economy.offers.divide(family, claims):
        programme.claim(int(parts.sum()))
        paid += programme.support(economy.ledger, payees, parts, places)
    return paid


def pay_standing(economy: Economy, rows: np.ndarray, scores_by: dict[str, np.ndarray | None]) -> np.ndarray:
    """Decides the standing claims of the firms in `rows` and pays them; returns what each got [yuan].

    scores_by: of the firms, by the rule of a programme; see agents/state/grants.py.
    """
    paid = np.zeros(len(rows), np.int64)
    for programme, claims in economy.standing.of(economy.firms.id[rows]):
        granted = select(claims, scores_by[programme.rule], programme.can_pay(economy.ledger))
        programme.cut(int(claims.sum()) - int(granted.sum()))
        paid += programme.disburse(economy.ledger, economy.firms, rows, granted)
    economy.standing.close()
    return paid


def register_claims(economy: Economy) -> None:
    """What firms claim of research support for the year stands until it is decided."""
    firms = economy.firms
    rows = np.flatnonzero(firms.grant_claim)
    ids = firms.id[rows]
    economy.standing.register(ids, economy.offers.divide(RESEARCH_SUPPORT, firms.grant_claim[rows], ids))


def order(programme: Programme, paid: np.ndarray, economy: Economy) -> None:
    """Books what a programme ordered of firms, which a stage has paid, by prefecture [yuan]."""
    programme.claim(int(paid.sum()))
    programme.account_for(economy.ledger, paid)
