"""A lever in its blocks: what it offers where blocks give other values, and the accounts of their budgets.

Where several blocks of a lever mean a firm, each gives other fields: two that give one are refused before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Any, Protocol

import numpy as np

from scenarios.blocks import BUDGET, Meant, is_block, meant
from scenarios.spec import Scenario


class Acting(Protocol):
    """What acts on the economy at the beginning of a quarter: a lever, or one in its blocks."""

    def apply(self, economy: Any) -> None:
        """Makes offers and asks for budgets."""
        ...


@dataclass(frozen=True)
class LeverHere:
    """A lever where its blocks give other values than the province's, in one year.

    values: the province's by field. blocks: by name, those whom each means and the fields that it gives.
    """

    name: str
    make: Callable[..., Any]
    values: Mapping[str, float]
    blocks: Mapping[str, tuple[Meant, Mapping[str, float]]]

    def apply(self, economy: Any) -> None:
        """Asks for the budget of each block, then offers the lever's terms of every part of the province."""
        cells = {
            name: economy.geography.meant(whom.where, whom.industries)
            for name, (whom, _) in self.blocks.items()
        }
        for name, (_, given) in self.blocks.items():
            if BUDGET in given:
                economy.appropriate_beside(self.name, name, given[BUDGET], cells[name])
        for part, those in parts(cells):
            given = {key: value for name in those for key, value in self.blocks[name][1].items()}
            if not given.get(BUDGET):
                given.pop(BUDGET, None)
            account = next((name for name in those if BUDGET in self.blocks[name][1]), None)
            self.make(self.name, values={**self.values, **given}).offer(Here(economy, part, account))


@dataclass(frozen=True)
class Here:
    """Stands in for the economy while a lever says what it offers in some cells; account: by name."""

    economy: Any
    cells: np.ndarray
    account: str | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.economy, name)

    def offer(self, family: str, lever: str, to: np.ndarray | None = None, **terms: float) -> None:
        """As Economy.offer, in these cells alone and in place of what the lever offers elsewhere."""
        self.economy.offer_here(family, lever, self.cells, self.account, to, **terms)


def parts(cells: Mapping[str, np.ndarray]) -> Iterator[tuple[np.ndarray, list[str]]]:
    """The cells that the same blocks mean, and these blocks; cells that no block means are left out."""
    names, which = list(cells), np.stack(list(cells.values()))
    for those in dict.fromkeys(map(tuple, which.T.tolist())):
        if any(those):
            wanted = np.array(those)[:, None]
            yield np.all(which == wanted, axis=0), list(compress(names, those))


def levers_here(scenario: Scenario, year: int, make: Callable[..., Any]) -> list[LeverHere]:
    """The levers that have blocks, with their values of a year."""
    found: dict[str, dict[str, tuple[Meant, Mapping[str, float]]]] = {}
    for name in scenario.levers:
        if is_block(name):
            whom = meant(name)
            found.setdefault(whom.lever, {})[name] = whom, scenario.lever_values(name, year)
    return [
        LeverHere(name, make, scenario.lever_values(name, year), blocks) for name, blocks in found.items()
    ]
