"""Families of national innovation carriers: how many there are, and how their number moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.region.entries import adding_to_one, distinct, words
from scenarios.values.errors import InputError
from scenarios.values.tables import Vector, entry, frozen, read_constant, read_partial_table, read_table
from scenarios.values.yaml_reader import read_yaml

HOSTS = ("firm", "university")


@dataclass(frozen=True)
class CarrierFamily:
    """One family; counts are those of the region."""

    name: str
    label_zh: str
    label_en: str
    listed: bool  # one of the families the plan itself counts
    host: str  # firm or university
    count_2015: int
    count_2020: int
    yearly_designations: float  # new ones a year when candidates are as good as elsewhere
    provincial_2020: int  # provincial carriers they are chosen from; 0 where nothing is published


@dataclass(frozen=True)
class Carriers:
    """All families, in the order of the file, and what holds for each of them."""

    families: tuple[CarrierFamily, ...]
    designation_spread: float  # sd of the log of a year's designations
    review_years: int  # years between two national reviews
    demotion_probability: float  # per review
    prefecture_share: Vector  # share of carriers by prefecture

    def count(self, year: int, listed_only: bool = False) -> int:
        """National carriers at the end of 2015 or 2020, in all families or only in the listed ones."""
        counts = {2015: "count_2015", 2020: "count_2020"}[year]
        return sum(getattr(f, counts) for f in self.families if f.listed or not listed_only)


def read_carriers(path: Path, prefectures: Sequence[str]) -> Carriers:
    """The carrier families of a region's file.

    Raises:
        InputError: one line per mistake.
    """
    content, where = read_yaml(path), str(path)
    entries = entry(content, "families", where)
    names = distinct(entries, "family of carriers", where)
    words(entries, "zh", where), words(entries, "en", where)
    keys = ("count_2015", "count_2020", "yearly_designations")
    tables = {key: read_table(content, key, names, where).values for key in keys}
    tables["provincial_2020"] = read_partial_table(content, "provincial_2020", names, where).values
    places = read_table(content, "prefecture_share", prefectures, where)
    return Carriers(
        families=tuple(_family(name, entries[name], tables, where) for name in names),
        designation_spread=read_constant(content, "designation_spread", where),
        review_years=int(read_constant(content, "review_years", where)),
        demotion_probability=read_constant(content, "demotion_probability", where),
        prefecture_share=frozen(adding_to_one(places.array(prefectures), "prefecture_share", where)),
    )


def _family(
    name: str, about: Mapping[str, Any], tables: Mapping[str, Mapping[str, float]], where: str
) -> CarrierFamily:
    if about.get("host") not in HOSTS or not isinstance(about.get("listed"), bool):
        raise InputError(f"{where}: {name} needs listed (true or false) and host ({' or '.join(HOSTS)})")
    return CarrierFamily(
        name=name,
        label_zh=about["zh"],
        label_en=about["en"],
        listed=about["listed"],
        host=about["host"],
        count_2015=int(tables["count_2015"][name]),
        count_2020=int(tables["count_2020"][name]),
        yearly_designations=tables["yearly_designations"][name],
        provincial_2020=int(tables["provincial_2020"].get(name, 0)),
    )
