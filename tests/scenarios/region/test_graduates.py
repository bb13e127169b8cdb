"""Graduates and places of a region: shares that add to one, every year, every prefecture and university."""

from pathlib import Path

import numpy as np
import pytest

from scenarios.load import CONFIGS
from scenarios.region.graduates import read_talent
from scenarios.region.region import load_region
from scenarios.values.errors import InputError

SHIPPED = CONFIGS / "region" / "hunan" / "talent.yaml"


@pytest.fixture(scope="module")
def hunan():
    return load_region("hunan")


@pytest.fixture
def read_changed(hunan, tmp_path: Path):
    """Reads the shipped file with one text replaced."""

    def read(old: str, new: str):
        text = SHIPPED.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path = tmp_path / "talent.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return read_talent(path, hunan.prefectures.names, hunan.institutions)

    return read


def test_graduates_divide_over_places_of_study_and_fields(hunan):
    for shares in (hunan.talent.graduates_share, hunan.talent.postgraduates_share):
        assert shares.shape == (14, 9) and shares.min() >= 0.0
        assert shares.sum() == pytest.approx(1.0)
    assert hunan.talent.graduates_share.sum(axis=1).min() > 0.0
    assert set(np.flatnonzero(hunan.talent.postgraduates_share.sum(axis=1))) == {0, 1, 2, 3, 13}


def test_graduates_are_persons(hunan):
    assert hunan.talent.graduates[2020] == pytest.approx(375_000)
    assert hunan.talent.postgraduates[2020] == pytest.approx(24_000)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("csu: 0.023", "csu: 0.024", "graduates_share adds to 1.001000, not to 1"),
        ("csu: 0.023, ", "", "graduates_share has no value for csu"),
        ("csu: 0.023", "cus: 0.023", "unknown name 'cus'"),
        ("csu: 0.023", "csu: -0.023", "outside 0 to 0.5"),
        ('"2018": 33.5, ', "", "graduates has no value for 2018"),
        ("changsha: 1.15, ", "", "living_cost has no value for changsha"),
        ("amenity:\n", "comfort:\n", "has no amenity"),
        ("changsha: 1, zhuzhou: 0.6", "changsha: 1.1, zhuzhou: 0.6", "outside 0 to 1"),
    ],
)
def test_a_mistake_is_one_line(old, new, words, read_changed):
    with pytest.raises(InputError) as error:
        read_changed(old, new)
    assert words in str(error.value) and str(error.value).count("\n") == 0
