"""Tables read from a results folder: years from quarters, however many series there are."""

import sys

import pytest
import toy_province
from toy_province import INDICATORS, Indicator, results, scenario

from experiments import load_annual, load_series


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


def test_a_year_is_the_sum_the_last_or_the_mean_of_its_quarters(tmp_path):
    folder = results(tmp_path / "r", [scenario(), scenario("plan", 0.002)], replications=2)
    quarters, years = load_series(folder), load_annual(folder)
    assert list(years) == ["point", "run_id", "year", *INDICATORS]
    assert len(years) == 2 * 2 * 10
    one = quarters[(quarters.point == "plan") & (quarters.year == 2023)]
    first = one[one.run_id == one.run_id.iloc[0]].sort_values("quarter")
    year = years[(years.point == "plan") & (years.year == 2023) & (years.run_id == one.run_id.iloc[0])]
    assert year.gdp.item() == pytest.approx(first.gdp.sum())
    assert year.firms.item() == first.firms.iloc[-1]
    assert year.loan_rate.item() == pytest.approx(first.loan_rate.mean())


def test_hundreds_of_series_become_years_without_a_warning(tmp_path, monkeypatch):
    """pandas warns of a fragmented table from about a hundred columns on, and warnings are errors here."""
    for k in range(150):
        for kind in ("flow", "rate"):
            monkeypatch.setitem(INDICATORS, f"{kind}_{k}", Indicator(kind, "", "", 1.0))
    folder = results(tmp_path / "many", [scenario()], replications=1)
    assert len(load_annual(folder).columns) == 3 + len(INDICATORS) > 300
