"""What the start population is synthesised from: configs/region/NAME/marginals.yaml as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.values.errors import InputError
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
    "emerging_share_alpha",
    "emerging_share_beta",
    "research_share",
    "research_size_slope",
    "research_share_lowest",
    "research_share_highest",
    "research_propensity_sd",
    "patent_propensity_sd",
    "productivity_sd",
    "productivity_size_slope",
    "quality_sd",
    "markup",
    "markup_sd",
    "markup_lowest",
    "markup_highest",
    "cash_ratio",
    "cash_ratio_sd",
]
SIZE_TABLES = ["size_share", "certified_size_share", "state_owned_share", "foreign_owned_share"]
WHOLE = 1e-6  # how far shares may be from adding to one


@dataclass(frozen=True, eq=False)
class Marginals:
    """Marginal shares and traits of the technology firms of end-2015, in the fixed orders.

    Money in the constants is as published: 100 million yuan for value added, million yuan for sales.
    Two of them are equal only if they are one, so that what was made from them can be kept.
    """

    size_classes: tuple[str, ...]
    age_classes: tuple[str, ...]
    constants: Mapping[str, float]  # units and sources: marginals.yaml
    prefecture_share: Vector  # share of firms
    certified_prefecture_share: Vector  # share of certified firms
    industry_share: Vector  # share of firms
    location_quotient: Vector  # [prefecture, industry] ratio
    size_lower_bound: Vector  # million yuan of annual sales
    size_share: Vector  # share of firms
    certified_size_share: Vector  # share of certified firms
    state_owned_share: Vector  # share of the size class
    foreign_owned_share: Vector  # share of the size class
    age_lower_bound: Vector  # quarters
    age_share: Vector  # share of firms

    def with_constants(self, **changes: float) -> "Marginals":
        """The same marginals with some constants replaced, as a run's draw does."""
        strangers = sorted(set(changes) - set(self.constants))
        if strangers:
            raise KeyError(f"no such constant of the start population: {', '.join(strangers)}")
        if all(self.constants[name] == value for name, value in changes.items()):
            return self
        return Marginals(**{**self.__dict__, "constants": {**self.constants, **changes}})


def load_marginals(path: Path, prefectures: Sequence[str], industries: Sequence[str]) -> Marginals:
    """Reads and checks the marginals of a region.

    Raises:
        InputError: a number without its metadata, a missing name, or shares that do not add to one.
    """
    content, where = read_yaml(path), str(path)
    sizes = _names_of(content, "size_lower_bound", where)
    ages = _names_of(content, "age_lower_bound", where)
    orders: dict[str, Sequence[str]] = dict.fromkeys(["size_lower_bound", *SIZE_TABLES], sizes)
    orders |= {"age_lower_bound": ages, "age_share": ages, "industry_share": industries}
    orders |= {"prefecture_share": prefectures, "certified_prefecture_share": prefectures}
    tables = {k: frozen(read_table(content, k, names, where).array(names)) for k, names in orders.items()}
    _check_shares(tables, where)
    quotient = read_grid(content, "location_quotient", prefectures, len(industries), where).array(prefectures)
    constants = {name: read_constant(content, name, where) for name in CONSTANTS}
    return Marginals(tuple(sizes), tuple(ages), constants, location_quotient=frozen(quotient), **tables)


def _names_of(content: Mapping[str, object], key: str, where: str) -> list[str]:
    """The classes that a table of lower bounds names, which must rise."""
    table = content.get(key)
    values = table.get("values") if isinstance(table, dict) else None
    if not isinstance(values, dict) or list(values.values()) != sorted(set(values.values())):
        raise InputError(f"{where}: {key} needs values that rise from class to class")
    return list(values)


def _check_shares(tables: Mapping[str, Vector], where: str) -> None:
    owned = ("state_owned_share", "foreign_owned_share")
    for key, shares in tables.items():
        if key.endswith("_share") and key not in owned and abs(np.sum(shares) - 1.0) > WHOLE:
            raise InputError(f"{where}: {key} adds to {np.sum(shares):.6f}, not to 1")
