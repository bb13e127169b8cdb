"""Where programmes pay what is claimed: each its part of every claim, all the same share if money is short.

    paid = pay_firms(economy, CERTIFICATION_AWARD, rows, claims)

What is claimed and not paid is counted by the programme as cut; sim/state/identities.py checks it.

A block's account stands beside the programme of its lever, which pays as if there were no block: its part of
a claim is what the province's terms give. The account pays what the block's terms add, and what the lever's
programme cut of the claims of those meant, as far as its own money goes.
"""

import numpy as np

from agents.economy import Economy
from agents.money.families import DIGITAL_VOUCHER, RESEARCH_SUPPORT, Family
from agents.money.flows import Flow
from agents.money.programme import Programme
from agents.numbers.shares import Shares
from agents.state.grants import select

ACCOUNT_OF = {DIGITAL_VOUCHER: Flow.PRODUCTION_SUBSIDY}  # where firms book it otherwise than the programme


def pay_firms(
    economy: Economy, family: Family, rows: np.ndarray, claims: np.ndarray, term: str = ""
) -> np.ndarray:
    """Pays the firms in `rows` what they claim [yuan]; returns what each got.

    term: of the offers, by which programmes divide claims, if it is not the first.
    """
    paid, own = np.zeros(len(claims), np.int64), economy.firms.id[rows]
    left = Left(cells_where_they_differ(economy, family, rows))
    for programme, parts in economy.offers.divide(family, claims, own, term, left.cells):
        wanted = parts + left.for_account(programme) if programme.beside else parts
        programme.claim(int(wanted.sum()))
        got = programme.disburse(economy.ledger, economy.firms, rows, wanted, ACCOUNT_OF.get(family))
        left.note(programme, wanted - got)
        paid += got
    return paid


class Left:
    """What levers' own programmes have left unpaid of each claim, for the accounts beside them to pay.

    cells: of the claimants; None where no account is.
    """

    def __init__(self, cells: np.ndarray | None) -> None:
        self.cells = cells
        self._left: dict[str, np.ndarray] = {}

    def note(self, programme: Programme, unpaid: np.ndarray) -> None:
        """A programme has paid; `unpaid` is left of each claim on it [yuan]."""
        if self.cells is not None:
            self._left[programme.name] = unpaid

    def for_account(self, account: Programme) -> np.ndarray:
        """What an account may be asked for in place of its lever's programme [yuan]."""
        assert self.cells is not None
        return np.where(account.cells[self.cells], self._left[account.beside], 0)


def cells_where_they_differ(economy: Economy, family: Family, rows: np.ndarray) -> np.ndarray | None:
    """The cells of the firms in `rows` where blocks offer of the family; else None, which costs nothing."""
    return economy.cells_of(rows) if economy.offers.differs(family) else None


def pay_accounts(
    economy: Economy, family: Family, payees: np.ndarray, claims: np.ndarray, places: np.ndarray
) -> np.ndarray:
    """Pays accounts, each in its prefecture, what is claimed for them [yuan]; returns what each got."""
    paid = np.zeros(len(claims), np.int64)
    for programme, parts in economy.offers.divide(family, claims):
        programme.claim(int(parts.sum()))
        paid += programme.support(economy.ledger, payees, parts, places)
    return paid


def buy_works(economy: Economy, programme: Programme, at_home: np.ndarray, outside: np.ndarray) -> np.ndarray:
    """Pays for works in each prefecture, makers of the province and makers outside [yuan].

    Returns what each got, those at home first.
    """
    accounts, claims = economy.ledger.accounts, np.concatenate((at_home, outside))
    programme.claim(int(claims.sum()))
    return programme.support(economy.ledger, accounts.makers, claims, accounts.places_of_works)


def pay_standing(economy: Economy, rows: np.ndarray, scores_by: dict[str, np.ndarray | None]) -> np.ndarray:
    """Decides the standing claims of the firms in `rows` and pays them; returns what each got [yuan].

    scores_by: of the firms, by the rule of a programme; see agents/state/grants.py.
    """
    paid = np.zeros(len(rows), np.int64)
    left = Left(cells_where_they_differ(economy, RESEARCH_SUPPORT, rows))
    for programme, claims in economy.standing.of(economy.firms.id[rows]):
        wanted = claims
        if programme.beside:
            wanted = claims + left.for_account(programme)
            programme.claim(int(wanted.sum()) - int(claims.sum()))
        granted = select(wanted, scores_by[programme.rule], programme.can_pay(economy.ledger))
        programme.cut(int(wanted.sum()) - int(granted.sum()))
        got = programme.disburse(economy.ledger, economy.firms, rows, granted)
        left.note(programme, wanted - got)
        paid += got
    economy.standing.close()
    return paid


def register_claims(economy: Economy) -> None:
    """What firms claim of research support for the year stands until it is decided."""
    firms = economy.firms
    rows = np.flatnonzero(firms.grant_claim != 0)
    ids = firms.id[rows]
    cells = cells_where_they_differ(economy, RESEARCH_SUPPORT, rows)
    divided = economy.offers.divide(RESEARCH_SUPPORT, firms.grant_claim[rows], ids, cells=cells)
    economy.standing.register(ids, divided)


def share_paid(economy: Economy, family: Family, rows: np.ndarray, money: tuple) -> float:
    """The share of claims that was paid, of `money` (paid, claimed) by firm in `rows` [yuan].

    Of firms whom an account means only where there are no others: what others may expect is the same.
    """
    paid, claimed = money
    cells = cells_where_they_differ(economy, family, rows)
    beside = [one for one in economy.offers.payers(family) if one.beside]
    if cells is not None and beside:
        meant = np.any([one.cells[cells] for one in beside], axis=0)
        if claimed[~meant].any():
            paid, claimed = paid[~meant], claimed[~meant]
    return float(paid.sum()) / float(claimed.sum())


def order(programme: Programme, paid: np.ndarray, economy: Economy) -> None:
    """Books what a programme ordered of firms, which a stage has paid, by prefecture [yuan]."""
    programme.claim(int(paid.sum()))
    programme.account_for(economy.ledger, paid)


def of_those_meant(economy: Economy, cells: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """The weights of firms in these cells, zero for others, and their sum in the order of the firms."""
    rows = economy.firms.rows()
    kept = np.zeros(len(weights))
    kept[rows] = np.where(cells[economy.cells_of(rows)], weights[rows], 0.0)
    return kept, sum(kept[rows].tolist())


def shares_meant(economy: Economy, programme: Programme, shares: Shares) -> Shares | None:
    """How works that serve all of a place are divided: by `shares`, of an account among the places it means.

    None for an account of some industries alone, which no such work serves.
    """
    if not programme.beside:
        return shares
    places = economy.geography.by_industry(programme.cells)
    if not (places == places[:1]).all():
        return None
    return Shares(np.where(places[0], shares.millionths, 0))
