"""Every number in configs/ says its unit, range, source and status, and the facts agree with each other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios.load import CONFIGS, load_levers, load_parameters
from scenarios.region.bases import draw_bases
from scenarios.region.region import Region, load_region
from scenarios.values.number import Status
from scenarios.values.yaml_reader import read_yaml
from scenarios.worlds.world import load_world

FOLDERS = ("region", "parameters", "lever")
FILES = sorted(path for folder in FOLDERS for path in (CONFIGS / folder).rglob("*.yaml"))
FILES = [path for path in FILES if path.parent.name != "scenario"]  # a scenario gives its reasons as a whole
FILES = [
    path for path in FILES if path.parent.name != "lever" and path.name != "levers.yaml"
]  # seen together
METADATA = ("unit", "range", "source", "status")
VALUES = ("value", "values", "rows")
# What may be a bare number: weights that are normalised, where a tile is drawn, how a table prints a value.
BARE = re.compile(
    r"\.(fields\[\d+\]|tile\[\d\]|shown\.(factor|digits)|past\.first_year|per|year|programme\..*|evidence\[\d+\].*)$"
)
# Names of settings that choose, values of parameters whose unit, range and prior stand in their own file, and
# facts, statistics, hindcasts and the largest firms, whose loaders ask for what a row must say.
CHOICES = (
    "region/hunan/facts.yaml",
    "parameters/central.yaml",
    "lever/as_in_scenario.yaml",
    "region/hunan/prior.yaml",
    "region/hunan/largest_firms.yaml",
    "region/hunan/hindcast.yaml",
    "region/hunan/statistics.yaml",
)


def entries(content: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number with metadata, and every bare number, with its path in the file."""
    if isinstance(content, dict) and any(key in content for key in VALUES):
        yield path, content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from entries(value, f"{path}.{key}")
    elif isinstance(content, list):
        for i, value in enumerate(content):
            yield from entries(value, f"{path}[{i}]")
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield path, content


def values_of(number: dict[str, Any]) -> list[float]:
    """All values of a number, however it is dated or named."""
    found: list[Any] = [number["value"]] if number.get("value") is not None else []
    found += (number.get("values") or {}).values()
    found += [cell for row in number.get("rows", {}).values() for cell in row]
    return found


def faults(content: Any) -> list[str]:
    """What is wrong with the numbers of a file."""
    found = []
    for path, number in entries(content):
        if not isinstance(number, dict):
            found += [] if BARE.search(path) else [f"{path}: {number} has no unit, range, source and status"]
            continue
        found += [f"{path} has no {key}" for key in METADATA if number.get(key) in (None, "")]
        if number.get("status") not in list(Status):
            found.append(f"{path}: status {number.get('status')!r}")
        low, high = number.get("range") or (0, 0)
        found += [f"{path}: {v} outside {low} to {high}" for v in values_of(number) if not low <= v <= high]
    return found


def test_files_are_found():
    assert len(FILES) >= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CONFIGS)))
def test_every_number_has_unit_range_source_status_and_lies_in_range(path: Path):
    if str(path.relative_to(CONFIGS)) not in CHOICES:
        assert faults(read_yaml(path)) == []


@pytest.mark.parametrize(("name", "lever"), load_levers().items(), ids=load_levers())
def test_every_value_in_force_of_a_lever_has_unit_range_source_status_and_lies_in_range(name: str, lever):
    """Unit and range stand in the lever's file, values in that of the region."""
    assert faults({key: number.model_dump() for key, number in lever.fields.items()}) == []
    assert not any(number.source.startswith("set neither") for number in lever.fields.values())


NUMBER = {"unit": "km", "range": [0, 10], "value": 5, "source": "measured", "status": "sourced"}


@pytest.mark.parametrize("key", METADATA)
def test_a_number_without_metadata_is_found(key: str):
    assert faults({"distance": {k: v for k, v in NUMBER.items() if k != key}})


@pytest.mark.parametrize("change", [{"value": 11}, {"status": "illustrative"}, {"source": ""}])
def test_a_number_with_bad_metadata_is_found(change: dict[str, Any]):
    assert faults({"distance": {**NUMBER, **change}})


def test_a_bare_number_is_found():
    assert faults({"distance": 5})


def test_an_assumption_says_why():
    for path in FILES:
        for name, number in entries(read_yaml(path)):
            if isinstance(number, dict) and number.get("status") == "assumption":
                assert len(str(number["source"])) >= 8, (path, name)


@pytest.fixture(scope="module")
def hunan() -> Region:
    return load_region("hunan")


def test_prefectures_have_the_population_of_the_province(hunan: Region):
    assert hunan.prefectures.population_2020.sum() == pytest.approx(66_444_864, abs=10)


def test_prefectures_have_about_the_gdp_of_the_province(hunan: Region):
    province = hunan.series["gdp_first_release"][2020] * 1e8
    assert hunan.prefectures.gdp_2020.sum() / province == pytest.approx(1.01, abs=0.005)


def test_prefectures_have_the_patents_of_the_province(hunan: Region):
    assert abs(hunan.prefectures.invention_patents.sum() - 55_313) <= 2
    enterprises = hunan.series["invention_patents_enterprises"][2020]
    assert hunan.prefectures.enterprise_patents.sum() == pytest.approx(enterprises, rel=0.005)


def test_performers_of_research_add_to_all_research(hunan: Region):
    s = hunan.series
    for year in (2016, 2017, 2020):
        parts = s["rd_enterprises"][year] + s["rd_universities"][year] + s["rd_institutes"][year]
        assert parts == pytest.approx(s["rd_total"][year], rel=0.015), year


def test_published_research_of_universities_is_that_of_the_institutions(hunan: Region):
    for year in (2016, 2017, 2020):
        published = (hunan.series["rd_universities"][year] + hunan.series["rd_institutes"][year]) * 1e8
        assert hunan.institutions.research(year).sum() == pytest.approx(published)


def test_bases_agree_with_the_series(hunan: Region):
    bases = {name: base.central for name, base in hunan.bases.items()}
    for base, series, factor in [
        ("sei_value_added_2020", "sei_value_added", 1e8),
        ("rd_total_2020", "rd_total", 1e8),
        ("hnte_2020", "hnte", 1),
        ("invention_patents_2020", "invention_patents", 1),
        ("gdp_2020", "gdp_first_release", 1e8),
    ]:
        assert bases[base] == pytest.approx(hunan.series[series][2020] * factor), base
    share = bases["sei_value_added_2020"] / bases["gdp_2020"]
    assert bases["sei_share_gdp_2020"] == pytest.approx(share, abs=1e-4)


def test_research_shares_follow_from_published_shares_and_intensities(hunan: Region):
    p = hunan.prefectures
    assert p.research_share[0] == pytest.approx(0.436)
    assert p.research_share[:3].sum() == pytest.approx(0.595, abs=1e-4)
    intensity_times_size = (p.research_intensity * p.park_value_added)[3:]
    rest = 0.405 * intensity_times_size / intensity_times_size.sum()
    assert p.research_share[3:] == pytest.approx(rest, abs=1e-4)


def test_firm_shares_follow_from_parks_and_patents(hunan: Region):
    p, shares = hunan.prefectures, hunan.marginals.prefecture_share
    parks, patents = p.park_value_added[1:], p.enterprise_patents[1:]
    rest = 0.58 * 0.5 * (parks / parks.sum() + patents / patents.sum())
    assert shares[0] == pytest.approx((0.480 + 0.356) / 2, abs=0.003)
    assert shares[1:] == pytest.approx(rest, abs=1e-4)


def test_certified_shares_follow_from_firms_and_patents(hunan: Region):
    m = hunan.marginals
    weights = (m.prefecture_share * hunan.prefectures.enterprise_patents)[1:] ** 0.5
    assert m.certified_prefecture_share[0] == pytest.approx(4142 / 8621, abs=0.001)
    assert m.certified_prefecture_share[1:] == pytest.approx(0.52 * weights / weights.sum(), abs=1e-4)


def test_listed_carriers_are_the_base_of_the_plan(hunan: Region):
    assert hunan.carriers.count(2020, listed_only=True) == hunan.bases["carriers_listed_2020"].central
    assert hunan.carriers.count(2020) == hunan.bases["carriers_wide_2020"].central


def test_the_unknown_base_of_carriers_lies_between_what_is_published_and_the_target(hunan: Region):
    low, high = hunan.bases["carriers_wide_2020"].number.range
    assert low == 56 + 49 + 1
    assert high < read_yaml(CONFIGS / "region/hunan/targets.yaml")["national_carriers"]["threshold"]["value"]


def test_emerging_value_added_of_2015_is_the_base_taken_back_at_real_growth_and_prices(hunan: Region):
    of_2015_at_prices_of_2020 = hunan.series["sei_value_added"][2020] / 1.099**5
    spliced = of_2015_at_prices_of_2020 / 1.064  # producer prices 2015-20
    assert hunan.marginals.constants["emerging_value_added"] == pytest.approx(spliced, abs=1)


def test_gdp_of_the_world_is_that_of_the_series(hunan: Region):
    published = load_world("as_happened").paths["gdp"]
    for year in range(2016, 2020):
        assert published[year] == hunan.series["gdp"][year]
    assert published[2020] == hunan.series["gdp_first_release"][2020]


def test_nothing_of_the_region_is_later_than_2020(hunan: Region):
    for name, series in hunan.series.items():
        assert max(series.years) <= 2020, name


def test_a_draw_of_the_industry_split_adds_to_one_and_moves_what_is_drawn_up(hunan: Region):
    split = hunan.industry_split
    middle, up = split.draw([0.5] * 9), split.draw([0.9] + [0.5] * 8)
    assert middle == pytest.approx(split.shares)
    assert up.sum() == pytest.approx(1.0)
    assert up[0] > middle[0]
    assert (up[1:] < middle[1:]).all()


def test_a_draw_of_the_bases_is_in_plain_units(hunan: Region):
    uniforms = {name: 0.5 for name, base in hunan.bases.items() if not base.known}
    bases = draw_bases(hunan.bases, uniforms)
    assert bases["rd_total_2020"] == 898.7e8
    assert bases["digital_core_share_2020"] == pytest.approx(0.0625)
    assert bases["carriers_wide_2020"] == 120
    assert bases["high_value_per_10k_2020"] == pytest.approx(56285 * 0.375 / 6644.4864)


def test_budgets_to_2020_are_parameters_out_of_the_series():
    government = load_parameters()["government"]
    assert government["revenue_2018"].at(2018) == 286_080_000_000.0
    assert government["revenue_2015"].status is Status.UNVERIFIED
    assert government["spending_2015"].status is Status.ASSUMPTION
