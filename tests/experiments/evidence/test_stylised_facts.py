"""Stylised facts: each measure on numbers whose answer is known, and a panel of a small world."""

import numpy as np
import pandas as pd
import pytest

from experiments.evidence import firm_moments
from experiments.evidence.firm_panel import firm_panel, pairs
from experiments.evidence.stylised_facts import FACTS, facts_table
from sim.model import choose

QUANTILES = (np.arange(20_000) + 0.5) / 20_000


@pytest.fixture(scope="module")
def small_panel() -> pd.DataFrame:
    return firm_panel(choose(scale=0.05))


@pytest.mark.parametrize("exponent", [1.0, 1.5])
def test_the_tail_exponent_of_a_pareto_sample_is_found(exponent):
    assert firm_moments.hill(QUANTILES ** (-1.0 / exponent)) == pytest.approx(exponent, rel=0.03)


def test_the_shape_of_a_laplace_sample_is_one():
    laplace = np.sign(QUANTILES - 0.5) * -np.log(1.0 - 2.0 * np.abs(QUANTILES - 0.5))
    assert firm_moments.subbotin_shape(laplace) == pytest.approx(1.0, abs=0.03)


def test_the_shape_of_a_normal_sample_is_two():
    from scipy.stats import norm

    assert firm_moments.subbotin_shape(norm.ppf(QUANTILES)) == pytest.approx(2.0, abs=0.05)


def test_firms_heaped_at_a_threshold_are_excess_mass():
    def year_of(intensity: np.ndarray) -> pd.DataFrame:
        sales = np.full(len(intensity), 3e7)
        return pd.DataFrame(
            {"sales": sales, "trailing_sales": sales, "research": intensity * sales, "relabelled": 0.0}
        )

    even = np.linspace(0.03, 0.07, 4000)
    flat = firm_moments.certificates(year_of(even))["excess mass at 5% of sales"]
    heaped = firm_moments.certificates(year_of(np.append(even, np.full(1000, 0.0501))))
    assert flat == pytest.approx(0.0, abs=0.02)
    assert heaped["excess mass at 5% of sales"] == pytest.approx(1.0, abs=0.02)


def test_relabelling_is_a_share_of_what_is_reported():
    rows = pd.DataFrame({"sales": [1e8], "trailing_sales": [1e8], "research": [3.0], "relabelled": [1.0]})
    assert firm_moments.certificates(rows)["relabelled share of reported research"] == 0.25


def test_spikes_are_investment_above_a_fifth_of_capital():
    both = pd.DataFrame({"investment": [30.0, 10.0, 0.0, 10.0], "capital_before": [100.0] * 4})
    found = firm_moments.investment(both)
    assert found["firm-years with I/K above 20 %"] == 0.25
    assert found["firm-years with I/K below 1 %"] == 0.25
    assert found["spikes' share of investment"] == pytest.approx(0.6)


def test_a_group_is_compared_with_its_own_mean():
    values, groups = pd.Series([1.0, 3.0, 10.0]), [pd.Series(["a", "a", "b"])]
    assert firm_moments.beside(values, groups).tolist() == [-1.0, 1.0, 0.0]


def test_a_firm_is_paired_with_itself_a_year_before(small_panel):
    both = pairs(small_panel)
    assert (both["entry_quarter"] == both["entry_quarter_before"]).all()
    assert (both["age"] == both["age_before"] + 4).all()
    assert (both["age_before"] >= 4).all()


def test_each_firm_stands_once_a_year(small_panel):
    assert not small_panel.duplicated(["year", "id"]).any()
    assert sorted(set(small_panel["year"])) == [2017, 2018, 2019, 2020]


def test_flows_of_a_year_are_four_quarters_of_a_firm(small_panel):
    old = small_panel[(small_panel["age"] >= 8) & (small_panel["sales"] > 0)]
    ratio = old["sales"] / old["trailing_sales"]
    assert 0.8 < ratio.median() < 1.25


def test_every_fact_is_measured_on_a_panel(small_panel):
    found = firm_moments.facts_of(small_panel)
    assert set(found) == {fact.name for fact in FACTS}
    assert np.isfinite(list(found.values())).all()


def test_a_fact_outside_its_range_misses(small_panel):
    found = firm_moments.facts_of(small_panel) | {
        "growth: Subbotin shape": 1.9,
        "tail exponent of sales": 1.2,
    }
    table = facts_table([found]).set_index("fact")["hit"]
    assert not table["growth: Subbotin shape"]
    assert table["tail exponent of sales"]
