"""The chart of accounts: every institution that has money, and the sector it belongs to."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents.money.flows import Sector

Account = int | slice | np.ndarray  # one account, a contiguous block, or a list that may repeat some


@dataclass(frozen=True)
class Accounts:
    """The chart of accounts: single ones first, then blocks by prefecture, by university and by fund."""

    places: int
    universities_count: int
    funds_count: int = 0
    firms: int = 0
    bank: int = 1
    guarantee: int = 2
    central: int = 3
    province: int = 4
    rest: int = 5
    outside: int = 6
    prefectures: slice = field(init=False)
    households: slice = field(init=False)
    first_university: int = field(init=False)
    sector: tuple[Sector, ...] = field(init=False)
    every: np.ndarray = field(init=False, repr=False, compare=False)  # the number of each account
    makers: np.ndarray = field(init=False, repr=False, compare=False)  # who makes works in each prefecture:
    places_of_works: np.ndarray = field(init=False, repr=False, compare=False)  # those at home, then outside

    def __post_init__(self) -> None:
        singles = list(Sector)[: self.outside + 1]
        blocks = [Sector.PREFECTURES] * self.places + [Sector.HOUSEHOLDS] * self.places
        universities = [Sector.UNIVERSITIES] * self.universities_count
        known: dict[str, Any] = {
            "prefectures": slice(len(singles), len(singles) + self.places),
            "households": slice(len(singles) + self.places, len(singles) + len(blocks)),
            "first_university": len(singles) + len(blocks),
            "sector": tuple(singles + blocks + universities + [Sector.FUNDS] * self.funds_count),
        }
        known["every"] = np.arange(len(known["sector"]))
        known["makers"] = np.repeat((self.rest, self.outside), self.places)
        known["places_of_works"] = np.tile(np.arange(self.places), 2)
        for name, value in known.items():
            object.__setattr__(self, name, value)

    @property
    def universities(self) -> slice:
        return slice(self.first_university, self.first_university + self.universities_count)

    @property
    def funds(self) -> slice:
        return slice(len(self.sector) - self.funds_count, len(self.sector))

    def __len__(self) -> int:
        return len(self.sector)

    def numbers(self, account: Account) -> np.ndarray:
        """The accounts of a block or list, one by one [int64]."""
        if isinstance(account, np.ndarray):
            return account
        return self.every[account] if isinstance(account, slice) else self.every[account : account + 1]

    def name_of(self, account: int) -> str:
        """The name of an account, as an error prints it."""
        sector = self.sector[account]
        number = account - self.sector.index(sector)
        several = sector >= Sector.PREFECTURES
        return f"{sector.name.lower()}[{number}]" if several else sector.name.lower()
