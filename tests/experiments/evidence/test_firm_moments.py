"""Stylised facts: each measure on numbers whose answer is known, and a panel of a small world."""

import numpy as np
import pandas as pd
import pytest

from experiments.evidence import firm_moments
from experiments.evidence.facts.measures import MOMENTS
from experiments.evidence.firm_panel import firm_panel, pairs
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


def test_flows_are_kept_from_the_first_year_asked_for_alone():
    panel = firm_panel(choose(scale=0.02), first=2016, last=2017)
    later = firm_panel(choose(scale=0.02), first=2017, last=2017)
    pd.testing.assert_frame_equal(panel[panel["year"] == 2017].reset_index(drop=True), later)


def test_every_moment_is_measured_on_a_panel(small_panel):
    found = firm_moments.facts_of(small_panel, pairs(small_panel))
    assert np.isfinite(list(found.values())).all()
    assert len(found) + len(firm_moments.MISSION_MOMENTS) + 2 == len(MOMENTS)


def surveyed(values: np.ndarray, **columns: object) -> pd.DataFrame:
    """Firms of one industry and year whose log revenue productivity is `values`."""
    table = {"value_added": np.exp(values), "capital": 1.0, "labour": 1.0, "industry": 0, "year": 2018}
    return pd.DataFrame(table | columns)


def test_a_survey_errs_in_the_spread_of_productivity_and_not_without_its_error():
    deviations = np.array([3.0, -3.0] * 5000)
    table = surveyed(np.zeros(10_000), survey=deviations / 3.0)
    assert firm_moments.productivity_spread(table, 0.0) == pytest.approx(0.0)
    assert firm_moments.productivity_spread(table, 0.2) == pytest.approx(0.2, rel=1e-3)


def test_a_survey_hides_a_part_of_persistence():
    lasting, errors = np.array([1.0, -1.0, 1.0, -1.0]), np.array([1.0, 1.0, -1.0, -1.0])
    now = surveyed(lasting, survey=errors[[0, 2, 3, 1]], id=range(4), age=8)
    table = pd.concat([surveyed(lasting, survey=errors, id=range(4), age=4).assign(year=2017), now])
    assert firm_moments.productivity_persistence(pairs(table), 0.0) == pytest.approx(1.0)
    slope = firm_moments.productivity_persistence(pairs(table), 0.5)
    before, after = lasting + 0.5 * errors, lasting + 0.5 * errors[[0, 2, 3, 1]]
    assert slope == pytest.approx(np.polyfit(before, after, 1)[0])
    assert slope < 1.0


def test_the_error_of_a_survey_is_the_firms_and_the_years_own(small_panel):
    wide = small_panel.pivot(index="id", columns="year", values="survey").dropna()
    assert abs(small_panel["survey"].mean()) < 0.05 and small_panel["survey"].std() == pytest.approx(
        1, abs=0.05
    )
    assert abs(np.corrcoef(wide[2018], wide[2019])[0, 1]) < 0.1
    again = firm_panel(choose(scale=0.05), first=2020, last=2020)
    both = small_panel[small_panel["year"] == 2020].merge(again, on="id")
    assert (both["survey_x"] == both["survey_y"]).all()
    other = firm_panel(choose(scale=0.05, replication=1), first=2020, last=2020).merge(again, on="id")
    assert abs(np.corrcoef(other["survey_x"], other["survey_y"])[0, 1]) < 0.2


def test_net_entry_is_what_newcomers_and_leavers_add_to_mean_productivity():
    first = pd.DataFrame({"year": 2017, "id": [1, 2], "sales": 1.0, "log_productivity": [1.0, 0.0]})
    last = pd.DataFrame({"year": 2020, "id": [1, 3], "sales": 1.0, "log_productivity": [1.2, 1.0]})
    # the mean rises from .5 to 1.1; the newcomer adds .5 * (1 - .5), the leaver .5 * (.5 - 0)
    assert firm_moments.net_entry(pd.concat([first, last])) == pytest.approx(0.5 / 0.6)


def test_firms_pass_the_line_of_above_scale_statistics_both_ways():
    sales = {2018: [3e7, 3e7, 1e7], 2019: [3e7, 1e7, 3e7], 2020: [3e7, 3e7]}
    rows = [(year, n, sold) for year, own in sales.items() for n, sold in enumerate(own)]
    found = firm_moments.turnover(pd.DataFrame(rows, columns=["year", "id", "sales"]))
    assert found == {"above 20 m yuan: new, % a year": 50.0, "above 20 m yuan: gone, % a year": 50.0}


def test_the_elasticity_within_firms_leaves_differences_between_them_out():
    effort = np.array([[0.0, 1.0, 2.0], [5.0, 6.0, 7.0]])
    counts = np.array([[300.0], [2.0]]) * np.exp(0.5 * (effort - effort[:, :1]))
    assert firm_moments.within_firms(counts, effort) == pytest.approx(0.5)


def test_dispersion_of_applications_is_their_variance_over_their_mean():
    last = pd.DataFrame({"applications": [0, 0, 0, 8] * 30, "research": np.linspace(1.0, 9.0, 120)})
    found = firm_moments.applications(last)["applications: variance over mean"]
    assert found == pytest.approx(last["applications"].var() / 2.0)


def awarded(awards: list[list[int]], productivity: list[float]) -> pd.DataFrame:
    """Firms by year whose log revenue productivity never changes."""
    rows = [
        {"year": 2020 + n, "id": i, "awards": won, "age": 8 + 4 * n, "value_added": np.exp(productivity[i]),
         "capital": 1.0, "labour": 1.0}
        for n, year in enumerate(awards)
        for i, won in enumerate(year)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_discretionary_grants_are_followed_from_award_to_award():
    panel = awarded([[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]], [0.0, 0.0, 1.0, 1.0])
    again, seeking = firm_moments.missions(panel, (2021, 2022, 2023)).values()
    assert again == pytest.approx((1 / 2) / (3 / 12))  # of two firm-years after an award one has another
    assert seeking < 0.0


def test_without_an_award_nothing_is_said_of_discretionary_grants():
    panel = awarded([[0, 0], [0, 0], [0, 0]], [0.0, 1.0])
    assert np.isnan(list(firm_moments.missions(panel, (2021, 2022)).values())).all()
