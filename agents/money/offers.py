"""Offers of the quarter: what levers offer, to whom, and which programme pays what is claimed on each.

    offers.make(firms, "research_support", "rd_subsidy", programme, to=None, rate=0.1, cap=1e7)
    offers.post(firms)                                      # firms read what they are offered
    offers.of(GUARANTEE).share                              # what all levers offer together
    for programme, parts in offers.divide(RESEARCH_SUPPORT, claims, firms.id[rows]): ...

Offers lapse each quarter; a lever that should last offers again. In a part of the cells a lever may offer
other terms than elsewhere; what these add may be paid from an account of their own (Programme.beside).
"""

from collections.abc import Mapping
from copy import deepcopy
from itertools import chain
from operator import add
from typing import Any, NamedTuple

import numpy as np

from agents.engine.population import Population
from agents.money.families import FAMILIES, Family
from agents.money.flows import AccountingError
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, parts_of

WITH_COLUMNS = tuple(family for family in FAMILIES.values() if family.columns)
Divided = list[tuple[Programme, np.ndarray]]


class OfferHere(NamedTuple):
    """What a lever offers in some cells in place of its offer elsewhere.

    cells: whether each is meant. account: pays what the terms add to those elsewhere, and what is cut; None:
    the lever's own programme pays all.
    """

    cells: np.ndarray
    terms: Any
    account: Programme | None
    to: np.ndarray | None


class Offer(NamedTuple):
    """What one lever offers of one family. to: ids of the firms that are meant, in order; None: everybody."""

    family: str
    lever: str
    programme: Programme | None
    terms: Any
    to: np.ndarray | None
    here: list[OfferHere]

    def __deepcopy__(self, memo: dict[int, Any]) -> "Offer":
        """The same offer in a copy of the economy, whose programmes pay it; its terms are never changed."""
        return self._replace(programme=deepcopy(self.programme, memo), here=deepcopy(self.here, memo))

    def sizes(self, term: int, cells: np.ndarray, ids: np.ndarray | None) -> np.ndarray:
        """One term as each claimant is offered it, by cell and id."""
        sizes = self.usual(term, cells, ids)
        for one in self.here:
            sizes = np.where(one.cells[cells], _to(one.to, ids, one.terms[term]), sizes)
        return sizes

    def usual(self, term: int, cells: np.ndarray, ids: np.ndarray | None) -> np.ndarray:
        """The term as the lever offers it elsewhere."""
        return np.broadcast_to(_to(self.to, ids, self.terms[term]), len(cells))


def _to(to: np.ndarray | None, ids: np.ndarray | None, size: float) -> np.ndarray:
    return np.asarray(size if to is None or ids is None else np.where(np.isin(ids, to), size, 0.0), float)


class Offers:
    """All offers of the quarter; by_family: of each family in the order in which levers made them."""

    def __init__(self) -> None:
        self.by_family: dict[str, list[Offer]] = {}
        self._together: dict[str, Any] = {}  # what `of` has answered since the last offer

    def __getstate__(self) -> dict[str, Any]:
        return {"by_family": self.by_family}  # a copy adds up anew what it is asked for

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.by_family, self._together = state["by_family"], {}

    @property
    def made(self) -> list[Offer]:
        """Every offer, family by family."""
        return list(chain.from_iterable(self.by_family.values()))

    def withdraw(self, firms: Population) -> None:
        """Nothing is offered any more."""
        self.by_family, self._together = {}, {}
        for family in WITH_COLUMNS:
            for column in family.columns:
                getattr(firms, column)[:] = 0.0

    def make(
        self,
        firms: Population,
        family: str,
        lever: str,
        programme: Programme | None,
        to: np.ndarray | None = None,
        **terms: float,
    ) -> None:
        """Adds what a lever offers. to: whether each row of firms is meant, where not everybody is.

        Raises:
            ValueError: no such family or term, a choice of firms where all are treated alike, or no programme
                where claims arise.
        """
        kind, offered = terms_of(family, terms)
        if to is not None and not kind.columns:
            raise ValueError(f"{lever}: {family} is offered to everybody alike")
        meant = None if to is None else np.sort(firms.id[living(firms, to)])
        self.add(kind, lever, programme, offered, meant)

    def add(
        self,
        family: Family,
        lever: str,
        programme: Programme | None,
        terms: Any,
        ids: np.ndarray | None = None,
    ) -> None:
        """Adds terms that were understood. ids: of the firms that are meant, in order; None: everybody.

        Raises:
            ValueError: no programme where claims arise.
        """
        if family.account is None:
            programme = None
        elif programme is None:
            raise ValueError(f"{lever}: offers {family.name}, and has no programme that pays what is claimed")
        offer = Offer(family.name, lever, programme, terms, ids, [])
        self.by_family.setdefault(family.name, []).append(offer)
        self._together.pop(family.name, None)

    def make_here(
        self,
        firms: Population,
        offered: tuple[str, str, Mapping[str, float]],
        cells: np.ndarray,
        account: Programme | None,
        to: np.ndarray | None = None,
    ) -> None:
        """What a lever offers in some cells in place of its own offer: family, lever and terms.

        Nothing is added where they offer the same and no account is there to pay.

        Raises:
            ValueError: the family is read for all cells alike, or the lever offers it nowhere else.
        """
        family, lever, terms = offered
        kind, given = terms_of(family, terms)
        if not kind.local:
            raise ValueError(f"{lever}: {family} is offered to all places and industries alike")
        own = [one for one in self.by_family.get(family, ()) if one.lever == lever]
        left = [one for one in own if not any(here.cells is cells for here in one.here)]
        if not left:
            raise ValueError(f"{lever}: offers {family} in a block alone, and nothing elsewhere")
        if account is not None or given != left[0].terms:
            meant = None if to is None else np.sort(firms.id[living(firms, to)])
            left[0].here.append(OfferHere(cells, given, account, meant))

    def post(self, firms: Population) -> None:
        """Writes into the columns of firms what they are offered, once every lever has spoken.

        Raises:
            AccountingError: somebody wrote there without an offer, so that nobody would pay.
        """
        for family in WITH_COLUMNS:
            self._post_family(firms, family)

    def _post_family(self, firms: Population, family: Family) -> None:
        for column in family.columns:
            if getattr(firms, column).any():
                raise AccountingError(f"{column} was written by hand: a lever offers {family.name} instead")
        for offer in self.by_family.get(family.name, ()):
            if offer.here:
                _post_by_cell(firms, family, offer)
                continue
            rows = slice(None) if offer.to is None else living(firms, np.isin(firms.id, offer.to))
            for column, value in zip(family.columns, offer.terms, strict=False):
                if value != 0.0:
                    getattr(firms, column)[rows] += value

    # --- what is offered, and who pays -------------------------------------------------------------------

    def of[T: tuple](self, family: Family[T]) -> T:
        """The terms that all levers offer together."""
        total: T | None = self._together.get(family.name)
        if total is None:
            total = family.terms()
            for offer in self.by_family.get(family.name, ()):
                total = family.terms(*map(add, total, offer.terms))
            self._together[family.name] = total
        return total

    def at(self, family: Family, term: str, cells: int) -> np.ndarray:
        """One term that all levers offer together, by cell, of which there are so many."""
        if not self.differs(family):
            return np.full(cells, float(getattr(self.of(family), term)))
        number, every, total = family.terms._fields.index(term), np.arange(cells), np.zeros(cells)  # type: ignore[attr-defined]
        for offer in self.by_family.get(family.name, ()):
            total = total + offer.sizes(number, every, None)
        return total

    def differs(self, family: Family) -> bool:
        """Whether some cells are offered other terms of a family than others, or have an account for it."""
        return any(offer.here for offer in self.by_family.get(family.name, ()))

    def parts_of(self, family: Family, account: Programme) -> list[OfferHere]:
        """What is offered where an account pays, part by part of its block."""
        made = self.by_family.get(family.name, ())
        return [here for offer in made for here in offer.here if here.account is account]

    @property
    def programmes(self) -> list[Programme]:
        """Every programme on which something may be claimed this quarter."""
        return [one for made in self.by_family.values() for offer in made for one in payers_of(offer)]

    def payers(self, family: Family) -> list[Programme]:
        """The programmes that pay what is claimed on a family, each once: the levers' own, then accounts."""
        made = self.by_family.get(family.name, [])
        paying = [one for offer in made for one in payers_of(offer)] if len(made) != 1 else payers_of(made[0])
        if len(paying) < 2:
            return paying
        return sorted({one.name: one for one in paying}.values(), key=lambda one: one.beside != "")

    def divide(
        self,
        family: Family,
        claims: np.ndarray,
        ids: np.ndarray | None = None,
        term: str = "",
        cells: np.ndarray | None = None,
    ) -> Divided:
        """Each claim [yuan] divided among the programmes in proportion to what each offered the claimant.

        To the last yuan, as one would by hand: the first programmes together pay their share of a claim, in
        whole millionths and rounded down, and each what it adds to those before it.
        ids: of the claimants, where not everybody was meant. term: by which what was offered is compared; the
        first one, unless another is named. cells: of the claimants, where the family differs by cell; on an
        account falls what its terms add to those elsewhere.

        Raises:
            AccountingError: something is claimed that no programme has offered.
        """
        made = [one for one in self.by_family.get(family.name, ()) if one.programme is not None]
        sizes = [1.0 if family.alone else getattr(one.terms, term or one.terms._fields[0]) for one in made]
        programmes = self.payers(family)
        alone = len(made) == 1 and made[0].to is None and sizes[0] > 0.0
        if (alone and (cells is None or not self.differs(family))) or not claims.any():
            return [(programme, claims) for programme in programmes]
        names, offered = [one.name for one in programmes], np.zeros((len(programmes), len(claims)))
        for one, size in zip(made, sizes, strict=True):
            if cells is not None and one.here:
                _offered_by_cell(
                    one, one.terms._fields.index(term or one.terms._fields[0]), cells, ids, (names, offered)
                )
                continue
            meant = True if one.to is None or ids is None else np.isin(ids, one.to)
            offered[names.index(one.lever)] += np.where(meant, size, 0.0)
        lost = claims[offered.sum(axis=0) <= 0.0]
        if lost.any():
            raise AccountingError(
                f"{lost.sum()} yuan are claimed on {family.name} that no programme has offered"
            )
        return list(zip(programmes, in_proportion(claims, offered), strict=True))


def payers_of(offer: Offer) -> list[Programme]:
    """The programme of an offer's lever and the accounts of its blocks, if anybody pays."""
    if offer.programme is None:
        return []
    if not offer.here:
        return [offer.programme]
    return [offer.programme, *(one.account for one in offer.here if one.account is not None)]


def _offered_by_cell(
    offer: Offer,
    term: int,
    cells: np.ndarray,
    ids: np.ndarray | None,
    table: tuple[list[str], np.ndarray],
) -> None:
    """Adds what an offer's lever and its accounts offer each claimant to a table [programme, claim]."""
    names, offered = table
    sizes, usual = offer.sizes(term, cells, ids), offer.usual(term, cells, ids)
    added = np.maximum(sizes - usual, 0.0)
    of_accounts = np.zeros(len(cells))
    for one in offer.here:
        if one.account is not None:
            part = np.where(one.cells[cells], added, 0.0)
            offered[names.index(one.account.name)] += part
            of_accounts += part
    offered[names.index(offer.lever)] += sizes - of_accounts


def _post_by_cell(firms: Population, family: Family, offer: Offer) -> None:
    """Writes an offer that differs by cell into the columns of firms."""
    rows = firms.rows()
    places = len(offer.here[0].cells) // firms.segments
    cells, ids = firms.segment_of(rows) * places + firms.prefecture[rows], firms.id[rows]
    for number, column in enumerate(family.columns):
        getattr(firms, column)[rows] += offer.sizes(number, cells, ids)


def in_proportion(claims: np.ndarray, offered: np.ndarray) -> np.ndarray:
    """Parts [yuan] of each claim by what each programme offered [programme, claim], adding up to it."""
    sums = np.cumsum(offered, axis=0)
    whole = np.where(sums[-1:] > 0.0, sums[-1:], 1.0)
    together = np.rint(sums / whole * MILLION).astype(np.int64)
    return np.diff(parts_of(claims, together), axis=0, prepend=0)


def living(firms: Population, chosen: np.ndarray) -> np.ndarray:
    """Rows of the firms that are chosen and exist."""
    rows = firms.rows()
    return rows[chosen[rows]]


def terms_of(family: str, terms: Any) -> tuple[Family, Any]:
    """The family of that name, and its terms. Raises: ValueError, which says what there is."""
    kind = FAMILIES.get(family)
    if kind is None:
        raise ValueError(f"nothing called {family} can be offered; there is: {', '.join(FAMILIES)}")
    try:
        return kind, kind.terms(**terms)
    except TypeError:
        fields = kind.terms._fields  # type: ignore[attr-defined]
        wrong = next(term for term in terms if term not in fields)
        raise ValueError(f"{family} has no term {wrong}; it has: {', '.join(fields)}") from None
