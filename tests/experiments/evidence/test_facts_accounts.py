"""Statistics that are read off the panel of firms: each on a few firms whose answer is known."""

import numpy as np
import pandas as pd
import pytest

from experiments.evidence.facts import accounts
from experiments.evidence.facts.fact import load_facts
from experiments.evidence.facts.lived import MISSION_YEARS, Lived, lived
from experiments.evidence.facts.measures import MEASURES
from experiments.evidence.firm_panel import FirmYears, taxes_of
from experiments.evidence.past import YEARS, Past, past
from scenarios.region.region import load_region
from sim.model import IndustrialPolicyModel, choose

GOODS, SERVICES = 0, 7  # industries of Hunan


@pytest.fixture(scope="module")
def small() -> Lived:
    return lived(choose(scale=0.03))


def run_of(firms: pd.DataFrame) -> Lived:
    nothing = Past({}, np.zeros(0), np.zeros(0), {}, 0.0, 1.0)
    return Lived(nothing, firms)


def firms_of(year: int = 2017, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"year": year, "industry": GOODS, "prefecture": 0} | columns)


def test_a_value_is_taken_of_the_firms_of_each_year():
    table = pd.concat([firms_of(year, sales=[year * 1e8]) for year in YEARS])
    assert accounts.each_year(accounts.total("sales"))(run_of(table)).tolist() == list(YEARS)


def test_only_certified_firms_count_among_the_certified():
    table = firms_of(
        value_added=[1e8, 2e8, 4e8], certified=[True, False, True], deduction_relief=[1.0, 1.0, 0]
    )
    assert accounts.of_certified("value_added")(table) == 5.0
    assert accounts.deduction_users(table) == 50.0


def test_large_firms_are_those_above_a_hundred_million():
    table = firms_of(sales=[1e8, 9e7, 9e8], value_added=[2e7, 1e7, 7e7])
    assert accounts.large_firms(table) == 2.0
    assert accounts.share_of_large("value_added")(table) == pytest.approx(90.0)


def test_margins_and_value_added_per_worker():
    table = firms_of(sales=[100.0, 300.0], pretax=[30.0, -10.0], value_added=[4e6, 6e6], labour=[10.0, 40.0])
    assert accounts.profit_margin(table) == pytest.approx(5.0)
    assert accounts.per_worker(table) == pytest.approx(20.0)


def test_small_performers_are_small_in_sales_and_staff_and_do_research():
    table = firms_of(sales=[2e8, 3e8, 1e8, 1e8], labour=[500, 10, 501, 10], research=[1.0, 1.0, 1.0, 0.0])
    assert accounts.small_performers(table) == 1.0


def test_debt_is_a_share_of_all_assets():
    table = firms_of(loans=[30], deposits=[20], inventory_value=[30], capital_value=[50.0])
    assert accounts.debt_ratio(table) == pytest.approx(30.0)


def test_above_scale_are_goods_industries_from_twenty_million_on():
    table = firms_of(sales=[2e7, 1.9e7, 9e7], industry=[GOODS, GOODS, SERVICES])
    assert not load_region("hunan").industries.goods[SERVICES]
    assert accounts.of_above_scale(lambda firms: float(len(firms)))(run_of(table)).tolist() == [0, 1, 0, 0, 0]
    doing = table.assign(research=[1.0, 1.0, 1.0])
    assert accounts.of_above_scale(accounts.sales_of_performers)(run_of(doing))[1] == pytest.approx(0.2)


def test_intensity_is_relative_to_all_above_scale_firms():
    table = firms_of(sales=[1e8, 3e8], research=[4e6, 4e6], prefecture=[0, 13])
    found = accounts.relative_intensity(run_of(table))[1]
    assert found[[0, 13]] == pytest.approx([2.0, 2.0 / 3.0])


def test_margins_by_place():
    table = firms_of(sales=[100.0, 300.0], pretax=[5.0, 30.0], prefecture=[0, 13])
    assert accounts.margin_by_place(run_of(table))[1][[0, 13]] == pytest.approx([5.0, 10.0])


def followed(scale: float, quarters: int) -> tuple[IndustrialPolicyModel, FirmYears]:
    """A model after so many quarters, and the panel of its firms."""
    spec = choose(scale=scale)
    model, years = IndustrialPolicyModel(spec), FirmYears(spec)
    for quarter in range(quarters):
        model.step()
        years.look(model, quarter)
    return model, years


def test_tax_that_certified_firms_save_is_a_part_of_what_the_law_forgoes():
    model, years = followed(0.03, 8)
    year = years.panel()[lambda panel: panel["year"] == 2017]
    saved = year["certificate_relief"].sum() + year["deduction_relief"].sum()
    forgone = model.series[4:, model.recorded.column["tax_expenditure"]].sum()
    assert 0.3 * forgone < saved < forgone
    assert not year["deduction_relief"][~year["certified"] & (year["age"] < 4)].any()


def test_the_certificate_takes_ten_points_off_what_the_deduction_leaves():
    model, _ = followed(0.02, 4)
    firms, rows = model.economy.firms, model.economy.firms.rows()
    before = pd.Series(firms.profit[rows], index=firms.id[rows])
    some = rows[:2]
    firms.profit[some] = 0.75 * firms.profit[some] + 1000.0  # a pretax profit of 1,000 in the quarter
    firms.research[some], firms.relabelled[some] = 300.0, 100.0
    firms.super_deduction_addition[some] = 0.0
    firms.certificate_expiry[some] = [99, -1]
    found = taxes_of(model, 3, before)
    share = np.asarray(model.setting.circumstances(3, active=True).super_deduction)
    left = 1000.0 - share[firms.segment_of(some)] * 400.0
    assert found["pretax"][:2] == pytest.approx([1000.0, 1000.0])
    assert found["certificate_relief"][:2] == pytest.approx([0.10 * left[0], 0.0])
    assert found["deduction_relief"][:2] == pytest.approx([0.15 * (1000.0 - left[0]), 0.0])


def test_a_firm_that_was_not_there_has_no_profit_yet():
    model = IndustrialPolicyModel(choose(scale=0.02))
    model.step()
    nobody = pd.Series(np.zeros(0), index=np.zeros(0, np.int64))
    assert not taxes_of(model, 0, nobody)["pretax"].any()


def test_the_past_of_a_run_is_the_same_whether_its_firms_are_followed_or_not(small):
    alone = past(choose(scale=0.03))
    assert all((alone.annual[name] == values).all() for name, values in small.past.annual.items())
    assert sorted(set(small.panel["year"])) == list(YEARS)
    assert sorted(set(small.later["year"])) == [*YEARS, *MISSION_YEARS]
    assert not small.panel["awards"].any()
    assert small.later["awards"][small.later["year"] == 2021].any()


def test_every_fact_of_the_file_can_be_taken_of_a_run(small):
    region = load_region("hunan")
    for name, fact in load_facts("hunan").items():
        if fact.measurement is not None:
            values = fact.changes(fact.measurement.read(small, fact.reporting_error))
            assert all(np.isfinite(values[cell.place]) for cell in fact.cells(region)), name


def test_every_measurement_is_asked_for_by_a_fact():
    asked = {fact.measure for fact in load_facts("hunan").values()}
    assert set(MEASURES) - asked == set()


def test_what_needs_firms_is_not_read_off_a_past(small):
    with pytest.raises(ValueError, match="needs the panel"):
        MEASURES["profit_to_sales"].read_past(small.past)
