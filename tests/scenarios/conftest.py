"""A small set of configuration files with two levers, so that no test hangs on shipped values."""

from pathlib import Path
from textwrap import dedent

import pytest

ABOUT = """
id: {id}
label: {{en: {name}, zh: 工具}}
plan: [{{section: 四（一）, quote: 加强}}]
authority: province
programme: {programme}
evidence: []
measures: []
reason: a tool of a test
thrust: none
"""

VOUCHER = """
share:
  {unit: share of research cost, range: [0, 0.9], values: {2016: 0, 2018: 0.1}, source: s, status: assumption}
budget: {unit: yuan/year, range: [0, 1e9], values: {"2016": 1e8}, source: s, status: assumption}
"""

PRIZE = """
winners: {unit: firms/year, range: [0, 100], values: {"2016": 10}, source: s, status: assumption}
largest_sales: {unit: yuan/year, range: [1e6, 1e9], values: {"2016": 4e8}, source: s, status: assumption}
"""

PROGRAMME = "{account: GRANT_RD, rule: alike}"

OFFERS = {
    "voucher": '"research_support", self.name, to=economy.firms.labour < 300, rate=self.share, cap=1e6',
    "prize": '"inventor_share", self.name, share=self.winners / 1000',
}

MODULE = """
from dataclasses import dataclass
from scenarios.lever import Lever

@dataclass(frozen=True)
class {title}(Lever):
    {fields}

    def offer(self, economy):
        economy.offer({offer})
"""

FIRMS = """
intensity: {unit: share of revenue, range: [0, 0.5], value: 0.04, source: OECD, status: sourced}
step: {unit: share, range: [0, 1], value: 1, source: s, status: assumption}
"""


def write(path: Path, text: str) -> Path:
    """The path, after writing the text there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return path


@pytest.fixture
def small_configs(tmp_path: Path) -> Path:
    """A folder with two levers, one group of parameters and the scenarios as_in_2020, no_policy and plan."""
    folder = tmp_path / "configs"
    write(
        folder / "lever/voucher.yaml", ABOUT.format(id="L41", name="voucher", programme=PROGRAMME) + VOUCHER
    )
    write(folder / "lever/yearly_prize.yaml", ABOUT.format(id="L40", name="prize", programme="null") + PRIZE)
    write(folder / "parameters/firms.yaml", FIRMS)
    write(folder / "region/hunan/levers.yaml", "{}")
    write(folder / "region/hunan/scenario/as_in_2020.yaml", "closure: reprioritise")
    write(folder / "region/hunan/scenario/no_policy.yaml", "{base: as_in_2020, lever: off}")
    write(folder / "region/hunan/scenario/plan.yaml", "{base: as_in_2020, lever: {voucher: {share: 0.5}}}")
    return folder


@pytest.fixture
def small_levers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package with the modules of the two levers; its name is new each time, as Python keeps modules."""
    package = f"levers_{abs(hash(tmp_path))}"
    write(tmp_path / package / "__init__.py", "")
    voucher, prize = "share: float\n    budget: float", "winners: int\n    largest_sales: float"
    write(
        tmp_path / package / "voucher.py",
        MODULE.format(title="Voucher", fields=voucher, offer=OFFERS["voucher"]),
    )
    write(
        tmp_path / package / "yearly_prize.py",
        MODULE.format(title="YearlyPrize", fields=prize, offer=OFFERS["prize"]),
    )
    monkeypatch.syspath_prepend(tmp_path)
    return package
