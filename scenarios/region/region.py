"""A region as published: prefectures, industries, institutions, series, bases, marginals of its firms.

`load_region("hunan")` reads configs/region/hunan/ once; its arrays follow the order of the files and
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

from scenarios.load import CONFIGS
from scenarios.region.bases import Base, IndustrySplit, read_bases, read_industry_split
from scenarios.region.carriers import Carriers, read_carriers
from scenarios.region.funds import FundsOfRegion, read_funds
from scenarios.region.graduates import Talent, read_talent
from scenarios.region.institutions import Institutions, read_institutions
from scenarios.region.marginals import Marginals, load_marginals
from scenarios.region.register import ContractRegister, read_contract_register
from scenarios.values.errors import InputError, unknown
from scenarios.values.file_names import NAME
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

EARTH_RADIUS = 6371.0  # km, mean


@dataclass(frozen=True)
class Prefectures:
    """The prefectures in the fixed order, with their figures to 2020."""

    names: tuple[str, ...]
    label_zh: tuple[str, ...]
    label_en: tuple[str, ...]
    groups: tuple[str, ...]  # names of the region groups
    group_zh: tuple[str, ...]
    group_en: tuple[str, ...]
    group: NDArray[np.int64]  # index into groups
    on_railway: NDArray[np.bool_]  # on the Beijing-Guangzhou railway
    distances: Vector  # km by road between the seats [prefecture, prefecture]
    to_gateway: Vector  # km by road to where firms that move come from
    relocation_incentive: Vector  # yuan per yuan of investment offered to them at the end of 2015
    gdp_2020: Vector  # yuan
    population_2020: Vector  # persons, census of 1 November 2020
    research_intensity: Vector  # R&D over revenue of above-scale industry, 2017
    park_value_added: Vector  # yuan, above-scale industry in parks, 2017
    research_share: Vector  # share of the province's R&D, 2017
    invention_patents: Vector  # in force, November 2020
    enterprise_patents: Vector  # in force and held by enterprises, November 2020


@dataclass(frozen=True)
class Industries:
    """The strategic emerging industries in the fixed order."""

    names: tuple[str, ...]
    label_zh: tuple[str, ...]
    label_en: tuple[str, ...]
    goods: NDArray[np.bool_]  # sells goods, or services
    vat_class: tuple[str, ...]  # which VAT rate of the world applies
    digital_core: Vector  # share of value added in the core industries of the digital economy


@dataclass(frozen=True)
class Region:
    """Everything published or assumed about a region that a run starts from."""

    name: str
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


@cache
def load_region(name: str, folder: Path = CONFIGS) -> Region:
    """Reads and checks configs/region/NAME/.

    Raises:
        InputError: no such region, or one line per mistake in its files.
    """
    folders = [path for path in sorted((folder / "region").glob("*")) if path.is_dir()]
    known = [path.name for path in folders if NAME.fullmatch(path.name)]
    if name not in known:  # a name and no path: what lies elsewhere is not read
        raise InputError(unknown("region", name, known))
    home = folder / "region" / name
    prefectures = read_prefectures(home / "prefectures.yaml")
    industries = read_industries(home / "industries.yaml")
    institutions = read_institutions(home / "universities.yaml", prefectures.names, industries.names)
    return Region(
        name=name,
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


def read_prefectures(path: Path) -> Prefectures:
    """The prefectures of a region from its file."""
    content, where = read_yaml(path), str(path)
    entries, about_groups = entry(content, "prefectures", where), entry(content, "groups", where)
    groups = tuple(about_groups)
    names = tuple(entries)
    group_of = words(entries, "group", where, groups)
    empty = [group for group in groups if group not in group_of]
    if empty:
        raise InputError(f"{where}: no prefecture belongs to group {', '.join(empty)}")

    def figures(key: str, unit: float = 1.0) -> Vector:
        return frozen(read_table(content, key, names, where).array(names) * unit)

    return Prefectures(
        names=names,
        label_zh=words(entries, "zh", where),
        label_en=words(entries, "en", where),
        groups=groups,
        group_zh=words(about_groups, "zh", where),
        group_en=words(about_groups, "en", where),
        group=frozen(np.array([groups.index(g) for g in group_of], np.int64)),
        on_railway=frozen(flags(entries, "beijing_guangzhou_railway", where)),
        distances=frozen(_distances(content, names, where)),
        to_gateway=frozen(_to_gateway(content, names, where)),
        relocation_incentive=figures("relocation_incentive"),
        gdp_2020=figures("gdp_2020", YI),
        population_2020=frozen(_population(content, names, where)),
        research_intensity=figures("research_intensity", 0.01),
        park_value_added=figures("park_value_added", YI),
        research_share=figures("research_share", 0.01),
        invention_patents=figures("invention_patents"),
        enterprise_patents=figures("enterprise_patents"),
    )


def read_industries(path: Path) -> Industries:
    """The industries of a region from its file."""
    content, where = read_yaml(path), str(path)
    entries = entry(content, "industries", where)
    names = tuple(entries)
    return Industries(
        names=names,
        label_zh=words(entries, "zh", where),
        label_en=words(entries, "en", where),
        goods=frozen(flags(entries, "goods", where)),
        vat_class=words(entries, "vat", where),
        digital_core=frozen(read_table(content, "digital_core", names, where).array(names)),
    )


def words(
    entries: Mapping[str, Any], field: str, where: str, allowed: Sequence[str] | None = None
) -> tuple[str, ...]:
    """The text under `field` of each entry, one of the allowed words if they are given."""
    for name, about in entries.items():
        value = about.get(field) if isinstance(about, dict) else None
        if not isinstance(value, str):
            raise InputError(f"{where}: {name} has no {field}")
        if allowed is not None and value not in allowed:
            raise InputError(f"{where}: {name}: {unknown(field, value, allowed)}")
    return tuple(about[field] for about in entries.values())


def flags(entries: Mapping[str, Any], field: str, where: str) -> NDArray[np.bool_]:
    """The truth value under `field` of each entry."""
    for name, about in entries.items():
        if not isinstance(about, dict) or not isinstance(about.get(field), bool):
            raise InputError(f"{where}: {name}: {field} is neither true nor false")
    return np.array([about[field] for about in entries.values()], np.bool_)


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


def _to_gateway(content: Mapping[str, Any], names: Sequence[str], where: str) -> Vector:
    north, east = (read_constant(content, f"gateway_{key}", where) for key in ("latitude", "longitude"))
    places = _places(content, names, where)
    return _by_road(content, [[great_circle(place, (north, east))] for place in places], where)[:, 0]


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
