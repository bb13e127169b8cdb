"""The chart of accounts: every institution that has money, and the sector it belongs to."""

from dataclasses import dataclass, field

import numpy as np

from agents.flows import Sector

PREFECTURES = 14

Account = int | slice | np.ndarray      # one account, a contiguous block, or a list that may repeat some


@dataclass(frozen=True)
class Accounts:
    """The chart of accounts: single ones first, then blocks by prefecture and by university."""

    universities_count: int
    firms: int = 0
    bank: int = 1
    guarantee: int = 2
    funds: int = 3
    central: int = 4
    province: int = 5
    rest: int = 6
    outside: int = 7
    prefectures: slice = slice(8, 8 + PREFECTURES)
    households: slice = slice(8 + PREFECTURES, 8 + 2 * PREFECTURES)
    first_university: int = 8 + 2 * PREFECTURES
    sector: tuple[Sector, ...] = field(init=False)

    def __post_init__(self) -> None:
        blocks = [Sector.PREFECTURES] * PREFECTURES + [Sector.HOUSEHOLDS] * PREFECTURES
        singles = list(Sector)[: self.outside + 1]
        universities = [Sector.UNIVERSITIES] * self.universities_count
        object.__setattr__(self, "sector", tuple(singles + blocks + universities))

    @property
    def universities(self) -> slice:
        return slice(self.first_university, self.first_university + self.universities_count)

    def __len__(self) -> int:
        return len(self.sector)

    def sector_of(self, account: Account) -> Sector:
        return self.sector[first_of(account)]

    def name_of(self, account: int) -> str:
        """The name of an account, as an error prints it."""
        sector = self.sector[account]
        number = account - self.sector.index(sector)
        several = sector in (Sector.PREFECTURES, Sector.HOUSEHOLDS, Sector.UNIVERSITIES)
        return f"{sector.name.lower()}[{number}]" if several else sector.name.lower()


def first_of(account: Account) -> int:
    """The first account of a block or list."""
    if isinstance(account, slice):
        return account.start
    return int(account[0]) if isinstance(account, np.ndarray) else account
