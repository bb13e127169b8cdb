"""Hunan as data: fixed orders, distances, series with their reliability, and refusals in one line each."""

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from scenarios.load import CONFIGS
from scenarios.region.inputs import read_household_spending
from scenarios.region.region import Region, great_circle, load_region
from scenarios.values.errors import InputError
from scenarios.values.number import Status

PREFECTURES = (
    "changsha zhuzhou xiangtan hengyang shaoyang yueyang changde zhangjiajie yiyang chenzhou yongzhou huaihua"
    " loudi xiangxi"
)
INDUSTRIES = "equipment materials aerospace information biotech environment vehicles services future"


NOWHERE = "0, dongting: 0, xiangzhongnan: 0, daxiangxi: 0"


@pytest.fixture(scope="module")
def hunan() -> Region:
    return load_region("hunan")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of configuration with a copy of Hunan that a test may spoil."""
    shutil.copytree(CONFIGS / "region" / "hunan", tmp_path / "region" / "hunan")
    return tmp_path


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "region" / "hunan" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_prefectures_and_industries_stand_in_the_fixed_order(hunan: Region):
    assert hunan.prefectures.names == tuple(PREFECTURES.split())
    assert hunan.industries.names == tuple(INDUSTRIES.split())


def test_distances_are_symmetric_and_obey_the_triangle(hunan: Region):
    d = hunan.prefectures.distances
    assert (d == d.T).all()
    assert (np.diag(d) == 0).all()
    assert (d[:, None, :] <= d[:, :, None] + d[None, :, :] + 2).all()  # whole kilometres


def test_changsha_to_zhuzhou_is_about_sixty_kilometres_by_road(hunan: Region):
    assert hunan.prefectures.distances[0, 1] == pytest.approx(60, abs=3)


def test_the_south_is_nearest_to_guangdong(hunan: Region):
    far = dict(zip(hunan.prefectures.names, hunan.prefectures.to_gateway.tolist(), strict=True))
    assert min(far, key=lambda name: far[name]) == "chenzhou"
    assert far["chenzhou"] == pytest.approx(1.25 * great_circle((25.77, 113.01), (23.13, 113.26)), abs=1)
    assert 600 < far["changsha"] < 800


def test_a_degree_along_a_meridian_is_111_kilometres():
    assert great_circle((27.0, 112.0), (28.0, 112.0)) == pytest.approx(111.2, abs=0.1)
    assert great_circle((60.0, 0.0), (60.0, 1.0)) == pytest.approx(55.6, abs=0.1)


def test_groups_are_those_of_the_four_transfer_centres(hunan: Region):
    p = hunan.prefectures
    assert p.groups == ("changzhutan", "dongting", "xiangzhongnan", "daxiangxi")
    assert [p.names[i] for i in np.flatnonzero(p.group == 0)] == ["changsha", "zhuzhou", "xiangtan"]
    assert np.bincount(p.group).tolist() == [3, 3, 5, 3]
    assert (p.group_en[1], p.group_zh[1]) == ("Dongting Lake", "环洞庭湖")


def test_money_and_people_are_in_plain_units(hunan: Region):
    assert hunan.prefectures.gdp_2020[0] == pytest.approx(12142.52e8)
    assert hunan.prefectures.population_2020[0] == pytest.approx(10_047_914)
    assert hunan.prefectures.research_share.sum() == pytest.approx(1.0)


def test_only_services_are_taxed_as_services(hunan: Region):
    assert [kind == "modern_services" for kind in hunan.industries.vat_class] == [False] * 7 + [True, False]
    assert [hunan.industries.names[i] for i in np.flatnonzero(~hunan.industries.goods)] == ["services"]


def test_fields_of_every_institution_add_to_one(hunan: Region):
    assert hunan.institutions.fields.sum(axis=1) == pytest.approx(np.ones(len(hunan.institutions.names)))


def test_every_prefecture_has_an_institution_that_does_research(hunan: Region):
    assert set(hunan.institutions.prefecture.tolist()) == set(range(14))


def test_research_grows_from_year_to_year(hunan: Region):
    yearly = [hunan.institutions.research(year).sum() for year in range(2015, 2021)]
    assert all(later > earlier for earlier, later in pairwise(yearly))


def test_of_two_values_of_a_year_the_more_reliable_counts(hunan: Region):
    assert hunan.series["hnte"][2018] == 4660
    assert hunan.series["hnte"][2017] == 3153
    assert hunan.series["hnte"].status(2015) is Status.UNVERIFIED
    assert hunan.series["hnte"].status(2020) is Status.SOURCED


def test_a_year_without_a_figure_is_an_error(hunan: Region):
    with pytest.raises(KeyError):
        hunan.series["rd_universities"][2018]


def test_shares_of_the_marginals_add_to_one(hunan: Region):
    m = hunan.marginals
    for shares in (m.prefecture_share, m.industry_share, m.size_share, m.age_share, m.certified_size_share):
        assert shares.sum() == pytest.approx(1.0)


def test_arrays_cannot_be_written_to(hunan: Region):
    with pytest.raises(ValueError, match="read-only"):
        hunan.prefectures.distances[0, 0] = 1.0


def test_parks_larger_than_their_land_are_refused(copy: Path):
    spoil(copy, "prefectures.yaml", "value: 947", "value: 2400")
    with pytest.raises(
        InputError, match=r"parks_developed is 2400 km2, more than the 2354\.06 km2 of parks_pl"
    ):
        load_region("hunan", copy)


def test_an_unknown_region_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="did you mean 'hunan'"):
        load_region("hunnan")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("prefectures.yaml", "changsha: 28.23", "changsha: 82.3", "82.3, outside 24 to 31 (degrees north)"),
        ("prefectures.yaml", "changsha: 28.23, ", "", "latitude has no value for changsha"),
        ("prefectures.yaml", "changsha: 28.23", "changsa: 28.23", "did you mean 'changsha'"),
        ("prefectures.yaml", "  status: unverified", "  status: illustrative", "latitude.status"),
        ("prefectures.yaml", "group: dongting", "group: dongtin", "did you mean 'dongting'"),
        ("prefectures.yaml", "group: dongting, ", "", "has no group"),
        ("prefectures.yaml", "{changsha: 0.06,", "{changsha: -0.06,", "-0.06, outside 0 to 0.5"),
        ("prefectures.yaml", "{changsha: 0.06, ", "{", "relocation_incentive has no value for changsha"),
        ("prefectures.yaml", "value: 113.26", "value: 13.26", "13.26, outside 110 to 117 (degrees east)"),
        ("prefectures.yaml", "[hengyang, chenz", "[hengyan, chenz", "did you mean 'hengyang'"),
        ("prefectures.yaml", "[hengyang, chenzhou, yongzhou]", "hengyang", "expected a list of places"),
        ("prefectures.yaml", "zhangjiajie: 153.", "changsha: 153.", "population is needed exactly once"),
        ("industries.yaml", "services: 0.40", "services: 1.40", "1.4, outside 0 to 1"),
        ("industries.yaml", "goods: false", "goods: nein", "goods is neither true nor false"),
        (
            "industries.yaml",
            "equipment: [0.3185,",
            "equipment: [0.4185,",
            "input_shares of equipment add to 1.1",
        ),
        ("industries.yaml", "services: 0.0213,", "services: 0.9213,", "household_spending adds to 1.0175"),
        ("industries.yaml", "biotech: [0.0047, ", "biotech: [", "input_shares needs 10 values for biotech"),
        ("industries.yaml", "biotech: [0.0047, ", "biotec: [0.0047, ", "did you mean 'biotech'"),
        ("marginals.yaml", "changsha: 0.42", "changsha: 0.52", "prefecture_share adds to 1.1"),
        ("marginals.yaml", "changsha:    [1.1, ", "changsha:    [", "needs 9 values for changsha"),
        ("marginals.yaml", "from_5m: 5,", "from_5m: 25,", "rise from class to class"),
        ("universities.yaml", "prefecture: hengyang", "prefecture: hangzhou", "unknown prefecture"),
        ("universities.yaml", "csu: 0.26", "csu: 0.27", "adds to 1.01"),
        ("universities.yaml", "fields: [2, 1, 3,", "fields: [-2, 1, 3,", "9 field weights"),
        ("carriers.yaml", "host: firm", "host: farm", "host (firm or university)"),
        ("contract_register.yaml", "{changzhutan: 3.13", "{changzutan: 3.13", "did you mean 'changzhutan'"),
        ("contract_register.yaml", "dongting: 1, ", "", "by_group has no value for dongting"),
        ("contract_register.yaml", "3.13, dongting: 1, xiangzhongnan: 1, daxiangxi: 1", NOWHERE, "at least"),
        ("contract_register.yaml", '"2017": 2.39, ', "", "needs 2016 to 2020"),
        ("contract_register.yaml", '"2020": 5.88}', '"2020": 5.88, "2021": 7}', "needs 2016 to 2020"),
        ("contract_register.yaml", '"2016": 1.30', '"2016": 130', "130, outside 0.5 to 10"),
        (
            "prefectures.yaml",
            "  daxiangxi: {",
            "  dabie: {zh: 大别, en: Dabie}\n  daxiangxi: {",
            "no prefecture belongs to group dabie",
        ),
        ("prefectures.yaml", ", group: dongting, ", ", ", "yueyang has no group"),
        ("base.yaml", "values: {equipment: 0.24", "values: {equipment: 0.34", "industry_split adds to 1.1"),
        ("base.yaml", "value: 4190.73", "value: 41907.3", "41907.3, outside 4190 to 4191"),
    ],
)
def test_a_mistake_in_a_file_is_refused_in_words(copy: Path, name: str, old: str, new: str, message: str):
    spoil(copy, name, old, new)
    with pytest.raises(InputError) as refused:
        load_region("hunan", copy)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("tile: [1, 3]", "tile: [2, 3]", "zhuzhou and changsha stand on one tile"),
        ("tile: [1, 3]", "tile: 5", "changsha: tile is 5; expected [row, column] from 0 to 99"),
        ("short_zh: 长沙, ", "", "changsha has no short_zh"),
    ],
)
def test_a_place_needs_a_name_and_a_tile_of_its_own(copy: Path, old: str, new: str, message: str):
    spoil(copy, "prefectures.yaml", old, new)
    with pytest.raises(InputError) as refused:
        load_region("hunan", copy)
    assert message in str(refused.value)


def test_a_region_without_household_spending_has_none():
    assert read_household_spending({}, ("drugs", "ships"), "here").tolist() == [0.0, 0.0]
