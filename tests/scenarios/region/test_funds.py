"""Funds of the region as data, and a line for each mistake in them."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from scenarios.load import CONFIGS
from scenarios.region.funds import KINDS, read_funds
from scenarios.region.region import load_region
from scenarios.values.errors import InputError

FILE = CONFIGS / "region" / "hunan" / "funds.yaml"
INDUSTRIES = load_region("hunan").industries.names


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copy(FILE, tmp_path / "funds.yaml"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_master_fund_one_fund_for_each_industry_and_eight_of_the_market():
    funds = load_region("hunan").funds
    assert np.bincount(funds.kind).tolist() == [1, 9, 8]
    assert funds.industry[funds.kind == KINDS.index("sector")].tolist() == list(range(9))
    assert (funds.industry[funds.kind != KINDS.index("sector")] == -1).all()


def test_nobody_has_called_more_than_was_committed():
    funds = load_region("hunan").funds
    assert (funds.called <= funds.committed).all()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("kind: sector", "kind: sektor", "unknown kind 'sektor' - did you mean 'sector'?"),
        ("industry: biotech", "industry: biotec", "unknown industry 'biotec' - did you mean 'biotech'?"),
        ("guidance: {kind: master", "guidance: {kind: market", "exactly one fund of kind master is needed"),
        ("venture_1: 0.25, venture_2", "venture_1: 0.35, venture_2", "of market funds adds to 1.100000"),
        ("venture_1: 300000000", "venture_1: 3000000000", "venture_1 has called more than was committed"),
        ("guidance: 200000000", "guidance: 50000000", "9e+07 yuan into other funds and called 5e+07"),
        ("vehicles: 0.3,", "vehicles: 1.3,", "government_share.vehicles is 1.3, outside 0 to 1"),
        (", zh: 新材料子基金", "", "materials has no zh"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line(copy, old, new, line):
    spoil(copy, old, new)
    with pytest.raises(InputError) as refused:
        read_funds(copy, INDUSTRIES)
    assert len(refused.value.messages) == 1 and line in refused.value.messages[0]
    assert refused.value.messages[0].startswith(str(copy))
