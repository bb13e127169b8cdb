"""The table of firms by sector and size: what it says of industries, and what is refused in one line."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from scenarios.load import CONFIGS
from scenarios.region.check import faults
from scenarios.region.marginals import Marginals
from scenarios.region.region import load_region
from scenarios.values.errors import InputError


@pytest.fixture(scope="module")
def marginals() -> Marginals:
    return load_region("hunan").marginals


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Hunan that a test may spoil."""
    return Path(shutil.copytree(CONFIGS / "region" / "hunan", tmp_path / "mine"))


def spoil(folder: Path, old: str, new: str, name: str = "marginals.yaml") -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def test_a_sector_of_one_industry_is_that_industry(marginals: Marginals):
    services = marginals.industry_size_share[7]
    assert services == pytest.approx(np.array([1650, 1300, 300, 130, 80, 50, 12, 8]) / 17_530)
    assert marginals.industry_share[7] == pytest.approx(3530 / 17_530)


def test_an_industry_has_its_share_of_its_sector_in_every_size(marginals: Marginals):
    goods = np.array([2800, 4800, 1700, 1320, 1420, 1200, 418, 342])
    assert marginals.industry_size_share[0] == pytest.approx(0.236 * goods / 17_530)
    assert marginals.size_share[0] == pytest.approx((2800 + 1650) / 17_530)


def test_another_total_moves_the_firms_below_the_surveyed_sizes_alone(marginals: Marginals):
    """4,450 and 6,100 below 20 million, 6,980 above: 10,000 more below are 1.948 times as many."""
    more = marginals.with_constants(firms=27_530.0)
    counts = more.size_share * 27_530
    assert counts[2:] == pytest.approx([2000, 1450, 1500, 1250, 430, 350])
    assert counts[:2] == pytest.approx(np.array([4450, 6100]) * 20_550 / 10_550)
    assert more.industry_size_share.sum() == pytest.approx(1.0)


def test_as_many_firms_as_are_above_scale_leave_none_below(marginals: Marginals):
    assert marginals.with_constants(firms=6980.0).size_share[:2] == pytest.approx([0.0, 0.0])


def test_fewer_firms_than_are_above_scale_are_refused(marginals: Marginals):
    with pytest.raises(InputError) as refused:
        _ = marginals.with_constants(firms=6979.0).industry_size_share
    assert refused.value.messages == (
        "firms is 6,979, fewer than the 6,980 that firms_by_size has from 20 million yuan on",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("goods:    [2800,", "goods:    [2900,", "firms_by_size adds to 17,630, firms says 17,530"),
        ("value: 17530", "value: 17529", "firms_by_size adds to 17,530, firms says 17,529"),
        ("[2800, 4800,", "[4800,", "firms_by_size needs 8 values for goods"),
        ("services: [1650,", "services: [-50,", "-50, outside 1 to 8000"),
        ("    services: [1650", "    servces: [1650", "servces"),
        ("sectors:\n", "sektors:\n", "sectors names the industries of each sector in a list"),
        (
            "services: [services]",
            "services: services",
            "sectors names the industries of each sector in a list",
        ),
        ("vehicles, future]", "vehicles]", "sectors has each industry once; not so: future"),
        ("services: [services]", "services: [services, future]", "each industry once; not so: future"),
        ("services: [services]", "services: [services, 7]", "each industry once; not so: 7"),
        (
            "services: [services]",
            "services: [services]\n  farms: []",
            "share_of_sector of farms adds to 0.000000",
        ),
        ("equipment: 0.236", "equipment: 0.336", "share_of_sector of goods adds to 1.100000, not to 1"),
        (
            "services: 1, future",
            "services: 0.9, future",
            "share_of_sector of services adds to 0.900000, not to 1",
        ),
    ],
)
def test_a_mistake_in_the_table_is_one_line(folder: Path, old: str, new: str, message: str):
    spoil(folder, old, new)
    with pytest.raises(InputError) as refused:
        load_region(str(folder))
    assert message in refused.value.messages[0]
    assert len(refused.value.messages) == 1


def test_a_class_without_firms_is_refused(folder: Path):
    spoil(folder, "range: [1, 8000]", "range: [0, 9000]")
    spoil(folder, "goods:    [2800, 4800,", "goods:    [0, 7600,")
    spoil(folder, "services: [1650, 1300,", "services: [0, 2950,")
    with pytest.raises(InputError, match="firms_by_size has no firms in under_5m"):
        load_region(str(folder))


def test_firms_below_none_are_refused_even_where_the_range_lets_them_in(folder: Path):
    spoil(folder, "range: [1, 8000]", "range: [-100, 9000]")
    spoil(folder, "goods:    [2800, 4800,", "goods:    [2900, 4800,")
    spoil(folder, "12, 8]", "12, -92]")
    with pytest.raises(InputError, match="firms_by_size has no firms in a class: below zero"):
        load_region(str(folder))


def test_a_range_that_a_sweep_may_not_use_up_is_refused_before_any_run(folder: Path):
    """Or `parameters.synthesis.firms=5000` would be let in, and every run of it would fail."""
    spoil(folder, "range: [13000, 22000]", "range: [5000, 22000]", "parameters/synthesis.yaml")
    lines = faults(str(folder))
    assert [line.split("parameters/synthesis.yaml: ")[1] for line in lines] == [
        "firms.range: firms is 5,000, fewer than the 6,980 that firms_by_size has from 20 million yuan on"
    ]


def test_a_region_need_not_let_runs_change_the_number_of_firms(folder: Path):
    (folder / "parameters" / "synthesis.yaml").unlink()
    assert load_region(str(folder)).marginals.constants["firms"] == 17_530


def test_marginals_with_the_same_constants_are_the_same_ones(marginals: Marginals):
    firms = 1.01 * marginals.constants["firms"]
    assert marginals.with_constants(firms=firms) is marginals.with_constants(firms=firms)
    assert marginals.with_constants(firms=firms) is not marginals.with_constants(firms=firms + 1.0)
