"""The fiscal cap of a region: a share of what was spent in 2020, refused where that is not known."""

import shutil
from pathlib import Path

import pytest

from scenarios.load import CONFIGS
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.region.folder import region_digest
from scenarios.values.errors import InputError

HUNAN = CONFIGS / "region" / "hunan"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HUNAN, tmp_path / "own"))


def test_three_per_cent_of_what_hunan_spent_is_a_year_of_252_yi():
    cap = load_fiscal_cap("hunan")
    assert (cap.share, cap.spending, round(cap.yuan)) == (0.03, 8403.1e8, 25_209_300_000)


def test_a_region_without_the_file_has_no_cap(own):
    (own / "fiscal_cap.yaml").unlink()
    assert load_fiscal_cap(str(own)) is None


def test_another_cap_is_no_other_run(own):
    before = region_digest(str(own))
    file = own / "fiscal_cap.yaml"
    file.write_text(file.read_text("utf-8").replace("value: 0.03", "value: 0.05"), "utf-8")
    region_digest.cache_clear()
    assert region_digest(str(own)) == before and load_fiscal_cap(str(own)).share == 0.05


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("fiscal_cap.yaml", "value: 0.03", "value: 3", "3"),
        ("fiscal_cap.yaml", "share:\n", "shares:\n", "expected the key 'share' alone"),
        ("series.yaml", "\nbudget_spending:", "\nbudget_spent:", "has no budget_spending of 2020"),
    ],
)
def test_a_cap_of_nothing_known_is_refused_in_one_line(own, file, old, new, said):
    path = own / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=said):
        load_fiscal_cap(str(own))
