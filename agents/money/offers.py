"""Offers of the quarter: what levers offer, to whom, and which programme pays what is claimed on each.

    offers.make(firms, "research_support", "rd_subsidy", programme, to=None, rate=0.1, cap=1e7)
    offers.post(firms)                                      # firms read what they are offered
    offers.of(GUARANTEE).share                              # what all levers offer together
    for programme, parts in offers.divide(RESEARCH_SUPPORT, claims, firms.id[rows]): ...

Offers lapse each quarter; a lever that should last offers again.
"""

from itertools import chain
from operator import add
from typing import Any, NamedTuple

import numpy as np

from agents.engine.population import Population
from agents.money.families import FAMILIES, Family
from agents.money.flows import AccountingError
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, parts_of

Divided = list[tuple[Programme, np.ndarray]]


class Offer(NamedTuple):
    """What one lever offers of one family. to: ids of the firms that are meant, in order; None: everybody."""

    family: str
    lever: str
    programme: Programme | None
    terms: Any
    to: np.ndarray | None


class Offers:
    """All offers of the quarter; by_family: of each family in the order in which levers made them."""

    def __init__(self) -> None:
        self.by_family: dict[str, list[Offer]] = {}

    @property
    def made(self) -> list[Offer]:
        """Every offer, family by family."""
        return list(chain.from_iterable(self.by_family.values()))

    def withdraw(self, firms: Population) -> None:
        """Nothing is offered any more."""
        self.by_family = {}
        for family in FAMILIES.values():
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
        if kind.account is not None and programme is None:
            raise ValueError(f"{lever}: offers {family}, and has no programme that pays what is claimed")
        payer = None if kind.account is None else programme
        meant = None if to is None else np.sort(firms.id[living(firms, to)])
        offer = Offer(family, lever, payer, offered, meant)
        self.by_family.setdefault(family, []).append(offer)

    def post(self, firms: Population) -> None:
        """Writes into the columns of firms what they are offered, once every lever has spoken.

        Raises:
            AccountingError: somebody wrote there without an offer, so that nobody would pay.
        """
        for family in FAMILIES.values():
            if family.columns:
                self._post_family(firms, family)

    def _post_family(self, firms: Population, family: Family) -> None:
        for column in family.columns:
            if getattr(firms, column).any():
                raise AccountingError(f"{column} was written by hand: a lever offers {family.name} instead")
        for offer in self.by_family.get(family.name, ()):
            rows = slice(None) if offer.to is None else living(firms, np.isin(firms.id, offer.to))
            for column, value in zip(family.columns, offer.terms, strict=False):
                getattr(firms, column)[rows] += value

    # --- what is offered, and who pays -------------------------------------------------------------------

    def of[T: tuple](self, family: Family[T]) -> T:
        """The terms that all levers offer together."""
        total = family.terms()
        for offer in self.by_family.get(family.name, ()):
            total = family.terms(*map(add, total, offer.terms))
        return total

    @property
    def programmes(self) -> list[Programme]:
        """Every programme on which something may be claimed this quarter."""
        return [offer.programme for offer in self.made if offer.programme is not None]

    def payers(self, family: Family) -> list[Programme]:
        """The programmes that pay what is claimed on a family, each once, in the order of their offers."""
        offers = self.by_family.get(family.name, ())
        return list({one.programme.name: one.programme for one in offers if one.programme}.values())

    def divide(
        self, family: Family, claims: np.ndarray, ids: np.ndarray | None = None, term: str = ""
    ) -> Divided:
        """Each claim [yuan] divided among the programmes in proportion to what each offered the claimant.

        To the last yuan, as one would by hand: the first programmes together pay their share of a claim, in
        whole millionths and rounded down, and each what it adds to those before it.
        ids: of the claimants, where not everybody was meant. term: by which what was offered is compared; the
        first one, unless another is named.

        Raises:
            AccountingError: something is claimed that no programme has offered.
        """
        made = [one for one in self.by_family.get(family.name, ()) if one.programme is not None]
        sizes = [1.0 if family.alone else getattr(one.terms, term or one.terms._fields[0]) for one in made]
        programmes = self.payers(family)
        if not claims.any() or (len(made) == 1 and made[0].to is None and sizes[0] > 0.0):
            return [(programme, claims) for programme in programmes]
        names, offered = [one.name for one in programmes], np.zeros((len(programmes), len(claims)))
        for one, size in zip(made, sizes, strict=True):
            meant = True if one.to is None or ids is None else np.isin(ids, one.to)
            offered[names.index(one.lever)] += np.where(meant, size, 0.0)
        lost = claims[offered.sum(axis=0) <= 0.0]
        if lost.any():
            raise AccountingError(
                f"{lost.sum()} yuan are claimed on {family.name} that no programme has offered"
            )
        return list(zip(programmes, in_proportion(claims, offered), strict=True))


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
