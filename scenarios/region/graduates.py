"""Skilled people of a region: who graduates where, and what life is like in each prefecture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.region.institutions import Institutions
from scenarios.spec import FIRST_YEAR, POLICY_YEAR
from scenarios.values.errors import InputError
from scenarios.values.number import read_number
from scenarios.values.tables import WAN, Vector, entry, frozen, read_table
from scenarios.values.yaml_reader import read_yaml


@dataclass(frozen=True)
class Talent:
    """Graduates by year [persons], their shares by place of study and field, and the prefectures."""

    graduates: Mapping[int, float]
    postgraduates: Mapping[int, float]
    graduates_share: Vector  # [prefecture, industry], adding to one
    postgraduates_share: Vector
    living_cost: Vector  # by prefecture
    amenity: Vector


def read_talent(path: Path, prefectures: Sequence[str], institutions: Institutions) -> Talent:
    """The skilled people of a region's file.

    Raises:
        InputError: a university or prefecture without figure or unknown, shares that do not add to one, a
            year of 2016-2020 without graduates.
    """
    content, where = read_yaml(path), str(path)
    return Talent(
        graduates=_by_year(content, "graduates", where),
        postgraduates=_by_year(content, "postgraduates", where),
        graduates_share=_by_field(content, "graduates_share", len(prefectures), institutions, where),
        postgraduates_share=_by_field(content, "postgraduates_share", len(prefectures), institutions, where),
        living_cost=frozen(read_table(content, "living_cost", prefectures, where).array(prefectures)),
        amenity=frozen(read_table(content, "amenity", prefectures, where).array(prefectures)),
    )


def _by_year(content: Mapping[str, Any], key: str, where: str) -> dict[int, float]:
    number = read_number(entry(content, key, where), f"{where}: {key}")
    values = {year: value * WAN for year, value in number.dated}
    missing = [str(year) for year in range(FIRST_YEAR, POLICY_YEAR) if year not in values]
    if missing:
        raise InputError(f"{where}: {key} has no value for {', '.join(missing)}")
    return values


def _by_field(
    content: Mapping[str, Any], key: str, prefectures: int, institutions: Institutions, where: str
) -> Vector:
    """Shares of universities, divided among their fields, by the prefecture where they stand."""
    numbers = [n for n, kind in enumerate(institutions.kind) if kind == "university"]
    names = [institutions.names[n] for n in numbers]
    shares = read_table(content, key, names, where).array(names).tolist()
    if abs(sum(shares) - 1.0) > 1e-6:
        raise InputError(f"{where}: {key} adds to {sum(shares):.6f}, not to 1")
    by_field = np.zeros((prefectures, institutions.fields.shape[1]))
    for number, share in zip(numbers, shares, strict=True):
        by_field[institutions.prefecture[number]] += share * institutions.fields[number]
    return frozen(by_field)
