"""A region's largest firms: without a name, optional, and a mistake in the file is one line."""

import shutil
from pathlib import Path

import pytest

from scenarios.load import CONFIGS
from scenarios.region.check import faults
from scenarios.region.largest_firms import FILE, Row
from scenarios.region.region import load_region
from scenarios.values.errors import InputError

FIRST = "{prefecture: zhuzhou, industry: equipment, sales: 300, year: 2015, share_here: 1, status: sourced,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Hunan that a test may spoil."""
    return Path(shutil.copytree(CONFIGS / "region" / "hunan", tmp_path / "mine"))


def spoil(folder: Path, old: str, new: str) -> None:
    text = (folder / FILE).read_text("utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new, 1), "utf-8")


def test_they_come_by_falling_sales_in_yuan_of_this_place():
    firms = load_region("hunan").marginals.largest_firms
    assert [firm.sales for firm in firms] == sorted((firm.sales for firm in firms), reverse=True)
    assert (firms[6].industry, firms[6].sales) == (3, 0.7 * 17_227_000_000)


def test_a_firm_has_no_name():
    assert set(Row.model_fields) == {
        "prefecture", "industry", "sales", "year", "share_here", "source", "status"
    }  # fmt: skip


def test_a_region_need_not_list_any(folder: Path):
    (folder / FILE).unlink()
    assert load_region(str(folder)).marginals.largest_firms == ()
    assert faults(str(folder)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("zhuzhou", "zhuzou", "firm 1: unknown prefecture 'zhuzou' - did you mean 'zhuzhou'?"),
        ("equipment", "equipmnt", "firm 1: unknown industry 'equipmnt' - did you mean 'equipment'?"),
        ("sales: 300", "sales: 0", "firm 1 sells 0 x 100 million yuan here"),
        ("sales: 300", "sales: -3", "firm 1 sells -3 x 100 million yuan here"),
        ("sales: 300", "sales: 9.99", "a firm of the largest size class sells 10 to 600"),
        ("sales: 300", "sales: 601", "a firm of the largest size class sells 10 to 600"),
        ("sales: 300", "sales: much", "firm 1.sales is the text 'much'"),
        ("share_here: 1", "share_here: 1.1", "firm 1: share_here is 1.1, outside 0 to 1"),
        ("year: 2015", "year: 2021", "firm 1: year is 2021, outside 2010 to 2020"),
        ("year: 2015", "yaer: 2015", "did you mean 'year'?"),
        ("{prefecture", "{name: X, prefecture", "firm 1: unknown key 'name'"),
        ("largest_firms:\n", "largest:\n", "expected a list under the key 'largest_firms' alone"),
    ],
)
def test_a_mistake_is_refused_with_one_line(folder: Path, old: str, new: str, message: str):
    text = (folder / FILE).read_text("utf-8")
    (folder / FILE).write_text(text[text.index("largest_firms:\n") :], "utf-8")  # without the comment
    spoil(folder, old, new)
    with pytest.raises(InputError) as refused:
        load_region(str(folder))
    assert any(message in line for line in refused.value.messages), refused.value.messages
    assert all("\n" not in line for line in refused.value.messages)


def test_more_firms_than_the_industry_has_are_refused(folder: Path):
    row = f'  - {FIRST.replace("equipment", "future")} source: "made up"}}\n'
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(row * 11)
    with pytest.raises(InputError, match="11 firms of future, which has 10 of the largest size class"):
        load_region(str(folder))
