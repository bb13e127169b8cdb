"""The chart of accounts: every institution that has money, and the sector it belongs to."""

from dataclasses import dataclass, field

import numpy as np

from agents.flows import Sector

PREFECTURES = 14

Account = int | slice | np.ndarray  # one account, a contiguous block, or a list that may repeat some

_EVERY = np.arange(4096)


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
    first_of_sectors: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        blocks = [Sector.PREFECTURES] * PREFECTURES + [Sector.HOUSEHOLDS] * PREFECTURES
        singles = list(Sector)[: self.outside + 1]
        universities = [Sector.UNIVERSITIES] * self.universities_count
        sector = tuple(singles + blocks + universities)
        object.__setattr__(self, "sector", sector)
        object.__setattr__(self, "first_of_sectors", tuple(sector.index(one) for one in sorted(set(sector))))

    @property
    def universities(self) -> slice:
        return slice(self.first_university, self.first_university + self.universities_count)

    def __len__(self) -> int:
        return len(self.sector)

    def numbers(self, account: Account) -> np.ndarray:
        """The accounts of a block or list, one by one [int64]."""
        if isinstance(account, np.ndarray):
            return account
        every = _EVERY[: len(self.sector)]
        return every[account] if isinstance(account, slice) else every[account : account + 1]

    def name_of(self, account: int) -> str:
        """The name of an account, as an error prints it."""
        sector = self.sector[account]
        number = account - self.sector.index(sector)
        several = sector in (Sector.PREFECTURES, Sector.HOUSEHOLDS, Sector.UNIVERSITIES)
        return f"{sector.name.lower()}[{number}]" if several else sector.name.lower()
