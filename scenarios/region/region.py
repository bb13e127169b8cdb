"""A region as published: prefectures, industries, institutions, series, bases, marginals of its firms.

`load_region(NAME)` reads configs/region/NAME/ once; its arrays follow the order of the files and
cannot be written to. Money is in yuan and people in persons here; the files hold the published units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.geography import Geography
from scenarios.region.bases import Base, IndustrySplit, read_bases, read_industry_split
from scenarios.region.carriers import Carriers, read_carriers
from scenarios.region.entries import adding_to_one, distinct, flags, one_of, read_tiles, words
from scenarios.region.folder import CONFIGS, region_folder
from scenarios.region.funds import FundsOfRegion, read_funds
from scenarios.region.graduates import Talent, read_talent
from scenarios.region.inputs import read_household_spending, read_inputs
from scenarios.region.institutions import Institutions, read_institutions
from scenarios.region.marginals import Marginals, load_marginals
from scenarios.region.register import ContractRegister, read_contract_register
from scenarios.values.errors import InputError, quoted
from scenarios.values.record import Label, read_record
from scenarios.values.tables import (
    WAN,
    YI,
    Series,
    Vector,
    entry,
    frozen,
    read_constant,
    read_partial_table,
    read_series,
    read_table,
)
from scenarios.values.yaml_reader import read_yaml

VAT_CLASSES = ("manufacturing", "modern_services")  # a world has a rate for each
KM2 = 1e6  # m2
EARTH_RADIUS = 6371.0  # km, mean


@dataclass(frozen=True)
class Prefectures:
    """The prefectures in the fixed order, with their figures to 2020."""

    names: tuple[str, ...]
    label_zh: tuple[str, ...]
    label_en: tuple[str, ...]
    short_zh: tuple[str, ...]  # as on a tile
    tiles: tuple[tuple[int, int], ...]  # row and column on a map of equal tiles
    groups: tuple[str, ...]  # names of the region groups
    group_zh: tuple[str, ...]
    group_en: tuple[str, ...]
    group: NDArray[np.int64]  # index into groups
    on_railway: NDArray[np.bool_]  # on the main line, along which firms that move look for places
    distances: Vector  # km by road between the seats [prefecture, prefecture]
    to_gateway: Vector  # km by road to where most projects come from
    to_second_gateway: Vector  # km by road to where others come from
    in_zone: NDArray[np.bool_]  # in a national zone for industrial transfer
    relocation_incentive: Vector  # yuan per yuan of investment offered to them at the end of 2015
    certificate_take_up: Vector  # certificates per technology firm over those of other places; 1 if unknown
    gdp_2020: Vector  # yuan
    population_2020: Vector  # persons, census of 1 November 2020
    research_intensity: Vector | None  # R&D over revenue of above-scale industry, 2017; None: not published
    industry_value_added: Vector | None  # of above-scale industry, 2017 [yuan]; goes with the former
    park_value_added: Vector  # yuan, above-scale industry in parks, 2017
    parks_developed: float  # serviced land of all parks at the end of 2015 [m2]
    parks_planned: float  # land that they may ever service [m2]
    research_share: Vector  # share of the province's R&D, 2017
    invention_patents: Vector  # in force, November 2020
    enterprise_patents: Vector  # in force and held by enterprises, November 2020

    @property
    def industry_research(self) -> Vector | None:
        """Research of above-scale industry, 2017, in proportion: None where its intensity is not published.

        Value added stands for revenue, which is published for four prefectures alone.
        """
        if self.research_intensity is None or self.industry_value_added is None:
            return None
        return self.research_intensity * self.industry_value_added


@dataclass(frozen=True)
class Industries:
    """The strategic emerging industries in the fixed order."""

    names: tuple[str, ...]
    label_zh: tuple[str, ...]
    label_en: tuple[str, ...]
    short_zh: tuple[str, ...]  # as over a panel
    short_en: tuple[str, ...]
    goods: NDArray[np.bool_]  # sells goods, or services
    vat_class: tuple[str, ...]  # which VAT rate of the world applies
    digital_core: Vector  # share of value added in the core industries of the digital economy
    household_spending: Vector  # share of what households spend, by industry; 0 if unknown
    network_supplier: int  # whose firms supply the public works of digital networks
    inputs: Vector  # share of the purchases of each industry spent on each [buyer, supplier]; 0 if unknown


@dataclass(frozen=True)
class Region:
    """Everything published or assumed about a region that a run starts from."""

    name: str
    label: Label
    folder: str  # where its files lie
    prefectures: Prefectures
    industries: Industries
    institutions: Institutions
    series: Mapping[str, Series]  # published unit, by year
    bases: Mapping[str, Base]
    industry_split: IndustrySplit
    carriers: Carriers
    funds: FundsOfRegion
    contract_register: ContractRegister
    marginals: Marginals
    talent: Talent

    @property
    def geography(self) -> Geography:
        """How many places and industries there are, and their names."""
        places, industries = self.prefectures.names, self.industries.names
        return Geography(len(places), len(industries), places, industries)


@cache
def load_region(name: str, folder: Path = CONFIGS) -> Region:
    """Reads and checks configs/region/NAME/, or the folder of a path.

    Raises:
        InputError: no such region, or one line per mistake in its files.
    """
    home = region_folder(name, folder)
    prefectures = read_prefectures(home / "prefectures.yaml")
    industries = read_industries(home / "industries.yaml")
    institutions = read_institutions(home / "universities.yaml", prefectures.names, industries.names)
    return Region(
        name=home.name,
        label=read_label(home / "prefectures.yaml"),
        folder=str(home),
        prefectures=prefectures,
        industries=industries,
        institutions=institutions,
        series=read_series(home / "series.yaml"),
        bases=read_bases(home / "base.yaml"),
        industry_split=read_industry_split(home / "base.yaml", industries.names),
        carriers=read_carriers(home / "carriers.yaml", prefectures.names),
        funds=read_funds(home / "funds.yaml", industries.names),
        contract_register=read_contract_register(home / "contract_register.yaml", prefectures.groups),
        marginals=load_marginals(home / "marginals.yaml", prefectures.names, industries.names),
        talent=read_talent(home / "talent.yaml", prefectures.names, institutions),
    )


def read_label(path: Path) -> Label:
    """What a region is called in both languages."""
    return read_record(Label, entry(read_yaml(path), "region", str(path)), f"{path}: region")


def read_prefectures(path: Path) -> Prefectures:
    """The prefectures of a region from its file."""
    content, where = read_yaml(path), str(path)
    entries, about_groups = entry(content, "prefectures", where), entry(content, "groups", where)
    groups = tuple(about_groups)
    names = distinct(entries, "place", where)
    group_of = words(entries, "group", where, groups)
    empty = [group for group in groups if group not in group_of]
    if empty:
        raise InputError(f"{where}: no prefecture belongs to group {', '.join(empty)}")

    def figures(key: str, unit: float = 1.0) -> Vector:
        return frozen(read_table(content, key, names, where).array(names) * unit)

    developed, planned = _park_land(content, where)
    return Prefectures(
        names=names,
        label_zh=words(entries, "zh", where),
        label_en=words(entries, "en", where),
        short_zh=words(entries, "short_zh", where),
        tiles=read_tiles(entries, where),
        groups=groups,
        group_zh=words(about_groups, "zh", where),
        group_en=words(about_groups, "en", where),
        group=frozen(np.array([groups.index(g) for g in group_of], np.int64)),
        on_railway=frozen(flags(entries, "on_railway", where)),
        distances=frozen(_distances(content, names, where)),
        to_gateway=frozen(_to_gateway(content, names, "gateway", where)),
        to_second_gateway=frozen(_to_gateway(content, names, "second_gateway", where)),
        in_zone=frozen(_in_zone(content, names, where)),
        relocation_incentive=figures("relocation_incentive"),
        certificate_take_up=frozen(_take_up(content, names, where)),
        gdp_2020=figures("gdp_2020", YI),
        population_2020=frozen(_population(content, names, where)),
        research_intensity=_research_intensity(content, names, where),
        industry_value_added=_industry_value_added(content, names, where),
        park_value_added=figures("park_value_added", YI),
        parks_developed=developed,
        parks_planned=planned,
        research_share=adding_to_one(figures("research_share", 0.01), "research_share", where),
        invention_patents=figures("invention_patents"),
        enterprise_patents=figures("enterprise_patents"),
    )


def read_industries(path: Path) -> Industries:
    """The industries of a region from its file."""
    content, where = read_yaml(path), str(path)
    entries = entry(content, "industries", where)
    names = distinct(entries, "industry", where)
    return Industries(
        names=names,
        label_zh=words(entries, "zh", where),
        label_en=words(entries, "en", where),
        short_zh=words(entries, "short_zh", where),
        short_en=words(entries, "short_en", where),
        goods=frozen(flags(entries, "goods", where)),
        vat_class=words(entries, "vat", where, VAT_CLASSES),
        digital_core=frozen(read_table(content, "digital_core", names, where).array(names)),
        household_spending=frozen(read_household_spending(content, names, where)),
        network_supplier=one_of(entry(content, "network_supplier", where), "network_supplier", names, where),
        inputs=frozen(read_inputs(content, names, where)),
    )


def _industry_value_added(content: Mapping[str, Any], names: Sequence[str], where: str) -> Vector | None:
    """Yuan; None where no intensity of research is published, which it weighs."""
    if "research_intensity" not in content:
        return None
    return frozen(read_table(content, "industry_value_added", names, where).array(names) * YI)


def _research_intensity(content: Mapping[str, Any], names: Sequence[str], where: str) -> Vector | None:
    """Share of revenue; None where nothing is published. Its logarithm is taken, so it must be above zero."""
    if "research_intensity" not in content:
        return None
    shares = read_table(content, "research_intensity", names, where).array(names) * 0.01
    wrong = [
        f"{name} {share:.0%}"
        for name, share in zip(names, shares.tolist(), strict=True)
        if not 0.0 < share < 1.0
    ]
    if wrong:
        raise InputError(f"{where}: research_intensity must lie between 0 and 100 %, not {', '.join(wrong)}")
    return frozen(shares)


def _park_land(content: Mapping[str, Any], where: str) -> tuple[float, float]:
    """Serviced and planned land of all parks together [m2]."""
    developed, planned = (read_constant(content, f"parks_{key}", where) for key in ("developed", "planned"))
    if developed > planned:
        raise InputError(
            f"{where}: parks_developed is {developed:g} km2, more than the {planned:g} km2 of parks_planned"
        )
    return developed * KM2, planned * KM2


def _take_up(content: Mapping[str, Any], names: Sequence[str], where: str) -> Vector:
    """Take-up of certificates where it is known, 1 elsewhere; a region need not know any."""
    if "certificate_take_up" not in content:
        return np.ones(len(names))
    known = read_partial_table(content, "certificate_take_up", names, where).values
    return np.array([known.get(name, 1.0) for name in names])


def _population(content: Mapping[str, Any], names: Sequence[str], where: str) -> Vector:
    """Persons at the census: published for some prefectures, derived for the rest, each once."""
    published = read_partial_table(content, "population_census", names, where).values
    derived = read_partial_table(content, "population_rest", names, where).values
    twice_or_never = [name for name in names if (name in published) == (name in derived)]
    if twice_or_never:
        raise InputError(f"{where}: population is needed exactly once for {', '.join(twice_or_never)}")
    return np.array([{**published, **derived}[name] for name in names]) * WAN


def _distances(content: Mapping[str, Any], names: Sequence[str], where: str) -> Vector:
    places = _places(content, names, where)
    return _by_road(content, [[great_circle(a, b) for b in places] for a in places], where)


def _to_gateway(content: Mapping[str, Any], names: Sequence[str], gateway: str, where: str) -> Vector:
    north, east = (read_constant(content, f"{gateway}_{key}", where) for key in ("latitude", "longitude"))
    places = _places(content, names, where)
    return _by_road(content, [[great_circle(place, (north, east))] for place in places], where)[:, 0]


def _in_zone(content: Mapping[str, Any], names: Sequence[str], where: str) -> NDArray[np.bool_]:
    """Whether each place lies in the zone; a region need not have one."""
    zone = content.get("transfer_zone", [])
    if not isinstance(zone, list):
        raise InputError(f"{where}: transfer_zone is {quoted(zone)}; expected a list of places")
    for name in zone:
        one_of(name, "transfer_zone", names, where)
    return np.isin(names, zone)


def _places(content: Mapping[str, Any], names: Sequence[str], where: str) -> list[tuple[float, float]]:
    latitude = read_table(content, "latitude", names, where).array(names)
    longitude = read_table(content, "longitude", names, where).array(names)
    return list(zip(latitude.tolist(), longitude.tolist(), strict=True))


def _by_road(content: Mapping[str, Any], straight: list[list[float]], where: str) -> Vector:
    factor = read_constant(content, "road_factor", where)
    # Whole kilometres: what the sines of another machine change in the last bit must not reach a firm.
    return np.array([[float(round(factor * one)) for one in row] for row in straight])


def great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two (latitude, longitude) in degrees over a sphere [km], by the haversine formula."""
    (north_a, east_a), (north_b, east_b) = (tuple(map(radians, place)) for place in (a, b))
    h = sin((north_b - north_a) / 2) ** 2 + cos(north_a) * cos(north_b) * sin((east_b - east_a) / 2) ** 2
    return 2.0 * EARTH_RADIUS * asin(sqrt(h))
