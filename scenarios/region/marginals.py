"""What the start population is synthesised from: configs/region/NAME/marginals.yaml as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.region.largest_firms import FILE as LARGEST_FIRMS
from scenarios.region.largest_firms import LargestFirm, Room, read_largest_firms
from scenarios.values.errors import InputError
from scenarios.values.number import read_number
from scenarios.values.tables import Vector, frozen, read_constant, read_grid, read_table
from scenarios.values.yaml_reader import read_yaml

CONSTANTS = [
    "firms",
    "value_added",
    "value_added_per_sales",
    "emerging_value_added",
    "largest_sales",
    "certified",
    "older_is_larger",
    "young_certified_odds",
    "oldest_age_mean",
    "oldest_age",
    "largest_placed",
    "research_share",
    "research_size_slope",
    "research_share_lowest",
    "research_share_highest",
    "productivity_size_slope",
    "cash_ratio",
    "cash_ratio_sd",
]
SIZE_TABLES = ["certified_size_share", "state_owned_share", "foreign_owned_share"]
MILLION = 1e6  # yuan
WHOLE = 1e-6  # how far shares may be from adding to one
ABOVE_SCALE = 20.0  # million yuan of annual sales from which firms are surveyed


@dataclass(frozen=True, eq=False)
class Marginals:
    """Marginal shares and traits of the technology firms of end-2015, in the fixed orders.

    Money in the constants is as published: 100 million yuan for value added, million yuan for sales.
    Two of them are equal only if they are one, so that what was made from them can be kept.
    """

    size_classes: tuple[str, ...]
    age_classes: tuple[str, ...]
    constants: Mapping[str, float]  # units and sources: marginals.yaml
    sectors: tuple[str, ...]
    sector: Vector  # place in `sectors` of each industry
    firms_by_size: Vector  # [sector, size class] firms, of the central total
    prefecture_share: Vector  # share of firms
    certified_prefecture_share: Vector  # share of certified firms
    share_of_sector: Vector  # of each industry in the firms of its sector
    location_quotient: Vector  # [prefecture, industry] ratio
    size_lower_bound: Vector  # million yuan of annual sales
    certified_size_share: Vector  # share of certified firms
    state_owned_share: Vector  # share of the size class
    foreign_owned_share: Vector  # share of the size class
    age_lower_bound: Vector  # quarters
    age_share: Vector  # share of firms
    largest_firms: tuple[LargestFirm, ...] = ()  # as published, by falling sales

    def with_constants(self, **changes: float) -> "Marginals":
        """The same marginals with some constants replaced, as a run's draw does."""
        strangers = sorted(set(changes) - set(self.constants))
        if strangers:
            raise KeyError(f"no such constant of the start population: {', '.join(strangers)}")
        if all(self.constants[name] == value for name, value in changes.items()):
            return self
        return _changed(self, tuple(sorted(changes.items())))

    @property
    def surveyed(self) -> NDArray[np.bool_]:
        """Whether a size class is one whose firms statistics survey."""
        return self.size_lower_bound >= ABOVE_SCALE

    @property
    def fewest_firms(self) -> float:
        """Those of the surveyed sizes, which every total contains."""
        return float(self.firms_by_size[:, self.surveyed].sum())

    @cached_property
    def industry_size_share(self) -> Vector:
        """[industry, size class] share of firms.

        Another total than the table's moves the firms below the scale that statistics survey, whose number
        is least known; those above are as the table says.

        Raises:
            InputError: no more firms in all than the table has above that scale.
        """
        surveyed = self.surveyed
        left = self.constants["firms"] - self.fewest_firms
        if left < 0.0:
            raise InputError(too_few(self.constants["firms"], self.fewest_firms))
        below = float(self.firms_by_size[:, ~surveyed].sum())
        counts = np.where(surveyed, self.firms_by_size, self.firms_by_size * (left / max(below, 1.0)))
        return frozen(counts[self.sector] * self.share_of_sector[:, None] / counts.sum())

    @property
    def size_share(self) -> Vector:
        """Share of firms by size class."""
        return self.industry_size_share.sum(axis=0)

    @property
    def industry_share(self) -> Vector:
        """Share of firms by industry."""
        return self.industry_size_share.sum(axis=1)


@lru_cache(maxsize=4)
def _changed(marginals: Marginals, changes: tuple[tuple[str, float], ...]) -> Marginals:
    """The marginals with some constants replaced: the same ones again, for the runs of one draw."""
    return replace(marginals, constants={**marginals.constants, **dict(changes)})


def load_marginals(path: Path, prefectures: Sequence[str], industries: Sequence[str]) -> Marginals:
    """Reads and checks the marginals of a region.

    Raises:
        InputError: a number without its metadata, a missing name, or shares that do not add to one.
    """
    content, where = read_yaml(path), str(path)
    sizes = _names_of(content, "size_lower_bound", where)
    ages = _names_of(content, "age_lower_bound", where)
    orders: dict[str, Sequence[str]] = dict.fromkeys(["size_lower_bound", *SIZE_TABLES], sizes)
    orders |= {"age_lower_bound": ages, "age_share": ages, "share_of_sector": industries}
    orders |= {"prefecture_share": prefectures, "certified_prefecture_share": prefectures}
    tables = {k: frozen(read_table(content, k, names, where).array(names)) for k, names in orders.items()}
    sectors, sector = _sectors(content, industries, where)
    _check_shares(tables, where)
    _check_shares_of_sectors(tables["share_of_sector"], sectors, sector, where)
    by_size = read_grid(content, "firms_by_size", sectors, len(sizes), where).array(sectors)
    quotient = read_grid(content, "location_quotient", prefectures, len(industries), where).array(prefectures)
    constants = {name: read_constant(content, name, where) for name in CONSTANTS}
    _check_firms(by_size, constants["firms"], sizes, where)
    marginals = Marginals(
        tuple(sizes),
        tuple(ages),
        constants,
        tuple(sectors),
        frozen(sector),
        frozen(by_size),
        location_quotient=frozen(quotient),
        largest_firms=(),
        **tables,
    )
    _check_range_of_firms(marginals, path.parent / "parameters" / "synthesis.yaml")
    listed = read_largest_firms(path.parent / LARGEST_FIRMS, prefectures, industries, _open_class(marginals))
    return replace(marginals, largest_firms=listed)


def too_few(firms: float, above: float) -> str:
    """What is wrong with a number of firms that leaves no room for those of the surveyed sizes."""
    return (
        f"firms is {firms:,.0f}, fewer than the {above:,.0f} that firms_by_size has from 20 million yuan on"
    )


def _check_range_of_firms(marginals: Marginals, file: Path) -> None:
    """Where a region lets runs set the number of firms, the whole range must be possible."""
    table = read_yaml(file).get("firms") if file.is_file() else None
    if table is None:
        return
    lowest = read_number(table, f"{file}: firms").range[0]
    if lowest < marginals.fewest_firms:
        raise InputError(f"{file}: firms.range: {too_few(lowest, marginals.fewest_firms)}")


def _open_class(marginals: Marginals) -> Room:
    firms = marginals.industry_size_share[:, -1] * marginals.constants["firms"]
    return Room(
        firms, marginals.size_lower_bound[-1] * MILLION, marginals.constants["largest_sales"] * MILLION
    )


def _names_of(content: Mapping[str, object], key: str, where: str) -> list[str]:
    """The classes that a table of lower bounds names, which must rise."""
    table = content.get(key)
    values = table.get("values") if isinstance(table, dict) else None
    if not isinstance(values, dict) or list(values.values()) != sorted(set(values.values())):
        raise InputError(f"{where}: {key} needs values that rise from class to class")
    return list(values)


def _sectors(
    content: Mapping[str, object], industries: Sequence[str], where: str
) -> tuple[list[str], np.ndarray]:
    """The sectors of the table of firms, and the place of each industry's sector among them."""
    named = content.get("sectors")
    if not isinstance(named, dict) or not all(isinstance(own, list) for own in named.values()):
        raise InputError(f"{where}: sectors names the industries of each sector in a list")
    listed = [str(industry) for own in named.values() for industry in own]
    if sorted(listed) != sorted(industries):
        wrong = sorted(set(listed) ^ set(industries)) or sorted({n for n in listed if listed.count(n) > 1})
        raise InputError(f"{where}: sectors has each industry once; not so: {', '.join(wrong)}")
    place = {str(industry): n for n, own in enumerate(named.values()) for industry in own}
    return list(named), np.array([place[industry] for industry in industries])


def _check_firms(by_size: Vector, firms: float, sizes: Sequence[str], where: str) -> None:
    """A table of whole firms that adds up, with firms in every class."""
    if abs(by_size.sum() - firms) > 0.5:
        raise InputError(f"{where}: firms_by_size adds to {by_size.sum():,.0f}, firms says {firms:,.0f}")
    empty = [size for size, number in zip(sizes, by_size.sum(axis=0), strict=True) if number < 1.0]
    if empty or (by_size < 0.0).any():
        raise InputError(
            f"{where}: firms_by_size has no firms in {', '.join(empty) or 'a class: below zero'}"
        )


def _check_shares_of_sectors(shares: Vector, sectors: Sequence[str], sector: Vector, where: str) -> None:
    for n, name in enumerate(sectors):
        if abs(total := float(shares[sector == n].sum()) - 1.0) > WHOLE:
            raise InputError(f"{where}: share_of_sector of {name} adds to {1.0 + total:.6f}, not to 1")


def _check_shares(tables: Mapping[str, Vector], where: str) -> None:
    owned = ("state_owned_share", "foreign_owned_share")
    for key, shares in tables.items():
        if key.endswith("_share") and key not in owned and abs(np.sum(shares) - 1.0) > WHOLE:
            raise InputError(f"{where}: {key} adds to {np.sum(shares):.6f}, not to 1")
