"""Recorded series: finite, added up as they say, and as large as the province they are of."""

from dataclasses import replace

import numpy as np
import pytest

from agents.money.flows import Flow
from scenarios.load import load_levers, load_scenarios
from scenarios.region.region import load_region
from sim.indicators import CELL_INDICATORS, Kind, series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate

INDICATORS, COLUMN = series_of().indicators, series_of().column
PREFECTURES = load_region("hunan").prefectures.names
KINDS = {kind: {name for name, one in INDICATORS.items() if one.kind is kind} for kind in Kind}


@pytest.fixture(scope="module")
def outcomes():
    chosen = [choose(name, scale=0.01, replication=1) for name in load_scenarios()]
    return simulate(chosen)


def series(outcome, name):
    return outcome.series[:, COLUMN[name]]


def per_run(scale, runs=10, quarters=5):
    """Mean over runs and quarters of every series."""
    found = []
    for n in range(runs):
        model = IndustrialPolicyModel(choose(scale=scale, replication=n))
        for _ in range(quarters):
            model.step()
        found.append(model.series.mean(axis=0))
    return dict(zip(INDICATORS, np.mean(found, axis=0).tolist(), strict=True))


@pytest.fixture(scope="module")
def sizes():
    """Provinces of a twentieth and of a tenth of the firms; few enough that the largest ones matter."""
    return per_run(0.05), per_run(0.1)


@pytest.mark.parametrize("name", INDICATORS)
def test_every_series_is_finite_in_every_quarter_and_scenario(name, outcomes):
    assert all(np.isfinite(series(outcome, name)).all() for outcome in outcomes)


# Net of what was bought before its time, subsidised purchases fall below nothing when a subsidy ends
DIFFERENCES = {"profits", "home_demand_beyond", "purchases_beyond", "purchases_at_home", "purchases_leaked"}
DIFFERENCES |= {name for name in INDICATORS if name.startswith("change_")}


@pytest.mark.parametrize("name", sorted(set(INDICATORS) - DIFFERENCES))
def test_no_series_but_differences_can_be_negative(name, outcomes):
    assert all((series(outcome, name) >= 0.0).all() for outcome in outcomes)


def test_people_of_the_cells_are_those_of_the_province(outcomes):
    for name in ("talent", "skilled_workers"):
        of_cells = outcomes[0].cells[..., list(CELL_INDICATORS).index(name)].sum(axis=(1, 2))
        assert of_cells.tolist() == series(outcomes[0], name)[3::4].tolist()


def test_every_cell_is_finite(outcomes):
    for outcome in outcomes:
        assert outcome.cells.shape == (10, 14, 9, len(CELL_INDICATORS))
        assert np.isfinite(outcome.cells).all()


def test_every_indicator_names_its_unit_and_has_a_label_in_both_languages():
    for one in [*INDICATORS.values(), *CELL_INDICATORS.values()]:
        assert one.unit and one.label_en and any("一" <= letter <= "鿿" for letter in one.label_zh)


def test_gdp_is_technology_firms_and_the_rest(outcomes):
    for outcome in outcomes:
        model = IndustrialPolicyModel(outcome.spec)
        beyond = [
            0.0,
            *series(outcome, "home_demand_beyond")[:-1].tolist(),
        ]  # the rest answers a quarter later
        multiplier = outcome.spec.parameters["rest"]["demand_multiplier"]
        world = [model.setting.rest_value_added(quarter) for quarter in range(40)]
        rest = [given + round(multiplier * more) for given, more in zip(world, beyond, strict=True)]
        assert (series(outcome, "technology_value_added") + rest == series(outcome, "gdp_expensed")).all()
        assert (series(outcome, "technology_value_added_capitalised") + rest == series(outcome, "gdp")).all()


def test_capitalised_value_added_is_expensed_and_what_firms_spent_on_research(outcomes):
    for outcome in outcomes:
        research = series(outcome, "technology_value_added_capitalised") - series(
            outcome, "technology_value_added"
        )
        assert (research == series(outcome, "rd_firms_real")).all()
        emerging = series(outcome, "sei_value_added_capitalised") - series(outcome, "sei_value_added")
        assert (emerging > 0.0).all() and (emerging < research).all()


def test_the_convention_of_the_accounts_changes_gdp_and_no_decision():
    spec = choose(scale=0.01)
    economy = {**spec.parameters["economy"], "research_capitalised": 0.0}
    old = IndustrialPolicyModel(replace(spec, parameters={**spec.parameters, "economy": economy}))
    new = IndustrialPolicyModel(spec)
    for model in (old, new):
        for _ in range(6):
            model.step()
    differ = [
        name for name, at in new.recorded.column.items() if (new.series[:, at] != old.series[:, at]).any()
    ]
    assert differ == ["gdp"]


def test_the_stock_of_firms_moves_by_those_who_came_less_those_who_went(outcomes):
    for outcome in outcomes:
        came = series(outcome, "entrants")[1:] + series(outcome, "relocations")[1:]
        moved = came - series(outcome, "exits")[1:]
        assert (np.diff(series(outcome, "firms")) == moved).all()


def test_money_spent_is_a_flow_and_what_is_counted_is_a_stock():
    assert KINDS[Kind.STOCK] >= {
        "firms",
        "hnte",
        "patents_valid",
        "carriers_wide",
        "population",
        "firm_loans",
    }
    assert KINDS[Kind.FLOW] >= {name for name in INDICATORS if name.startswith("programme_")}
    assert KINDS[Kind.FLOW] >= {"gdp", "rd_total", "sei_value_added", "hnte_new", "corporate_tax_paid"}
    by_place = {f"{what}_{name}" for what in ("incentive", "matching") for name in PREFECTURES}
    assert KINDS[Kind.RATE] >= {"price_index", "tightness", "pay_premium", "talent_yield", "digitalised"}
    assert KINDS[Kind.RATE] >= by_place | {"loan_rate", "default_rate"}


def test_yearly_cells_add_up_to_the_series(outcomes):
    names = {"firms": "firms", "certified": "hnte", "value_added": "technology_value_added",
             "sei_value_added": "sei_value_added", "research": "rd_firms_real", "sales": "sales"}  # fmt: skip
    for place, (name, one) in enumerate(CELL_INDICATORS.items()):
        if name not in names:
            continue
        by_year = series(outcomes[0], names[name]).reshape(10, 4)
        expected = by_year.sum(axis=1) if one.kind is Kind.FLOW else by_year[:, -1]
        assert (outcomes[0].cells[..., place].sum(axis=(1, 2)) == expected).all()


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("sei_value_added", "technology_value_added"), ("technology_value_added", "gdp"),
        ("digital_core_value_added", "gdp"), ("rd_firms_real", "rd_total"), ("rd_universities", "rd_total"),
        ("hnte", "firms"), ("research_firms", "firms"), ("high_value_patents", "patents_valid"),
        ("carriers_listed", "carriers_wide"), ("rd_total", "gdp"),
    ],
)  # fmt: skip
def test_a_part_is_no_larger_than_its_whole(part, whole, outcomes):
    assert all((series(outcome, part) <= series(outcome, whole)).all() for outcome in outcomes)


def test_real_value_added_is_nominal_over_the_price_index(outcomes):
    for outcome in outcomes:
        nominal = series(outcome, "sei_value_added")
        real = series(outcome, "sei_value_added_real") * series(outcome, "price_index")
        np.testing.assert_allclose(real, nominal, rtol=1e-12)


def test_the_price_index_is_one_on_average_in_2020(outcomes):
    assert series(outcomes[0], "price_index")[16:20].mean() == pytest.approx(1.0, abs=1e-12)


def test_what_a_programme_spent_is_what_the_ledger_booked_under_its_name():
    model = IndustrialPolicyModel(choose("plan", scale=0.01))
    for _ in range(4):
        model.step()
    ledger = model.economy.ledger
    row = ledger.tagged[Flow.PROCUREMENT, "innovation_procurement"]
    assert model.series[-1, COLUMN["programme_innovation_procurement"]] == ledger.cells[row].sum() > 0


@pytest.mark.parametrize(
    "name",
    [
        "firms",
        "employment",
        "sales",
        "technology_value_added",
        "hnte",
        "rd_total",
        "patents_valid",
        "wages_paid",
    ],
)
def test_twice_the_scale_is_twice_the_province(name, sizes):
    half, whole = sizes
    assert whole[name] == pytest.approx(2.0 * half[name], rel=0.12)


@pytest.mark.parametrize(
    ("part", "whole"),
    [("hnte", "firms"), ("rd_firms_real", "sales"), ("sei_value_added", "technology_value_added"),
     ("wages_paid", "technology_value_added"), ("research_firms", "firms"), ("rd_total", "gdp")],
)  # fmt: skip
def test_a_share_does_not_depend_on_the_scale(part, whole, sizes):
    half, twice = (found[part] / found[whole] for found in sizes)
    assert twice == pytest.approx(half, rel=0.12)


def test_population_and_prices_scale_exactly(sizes):
    half, whole = sizes
    assert whole["population"] == pytest.approx(2.0 * half["population"], rel=1e-12)
    assert whole["price_index"] == half["price_index"]


def test_the_number_of_universities_does_not_depend_on_the_scale():
    small, large = (IndustrialPolicyModel(choose(scale=scale)).economy for scale in (0.01, 0.02))
    assert len(small.universities) == len(large.universities)
    assert small.carriers.count() == large.carriers.count()


def with_programme():
    return [name for name, lever in load_levers().items() if lever.about.programme is not None]


def test_what_each_tier_paid_adds_up_to_the_programmes(outcomes):
    for outcome in outcomes:
        spent = sum(series(outcome, f"programme_{name}") for name in with_programme())
        tiers = series(outcome, "programmes_by_province") + series(outcome, "programmes_by_prefectures")
        assert (spent == tiers).all()
        assert spent.sum() > 0


def test_money_of_a_programme_goes_to_the_recipients_named(outcomes):
    recipients = ("firms", "universities", "households", "rest", "outside", "funds", "guarantee")
    for outcome in outcomes:
        for name in with_programme():
            went = sum(series(outcome, f"flow_{name}_{recipient}") for recipient in recipients)
            assert (went == series(outcome, f"programme_{name}")).all()


def test_prefectures_pay_between_three_and_five_tenths_and_incentives_stay_within_bounds(outcomes):
    for outcome in outcomes:
        for name in PREFECTURES:
            share = series(outcome, f"matching_{name}")
            assert ((share >= 0.3) & (share <= 0.5)).all()
            assert (series(outcome, f"incentive_{name}") <= 0.3).all()


def test_taxes_of_prefectures_are_part_of_local_taxes(outcomes):
    for outcome in outcomes:
        theirs = sum(series(outcome, f"revenue_{name}") for name in PREFECTURES)
        assert ((theirs > 0) & (theirs < series(outcome, "budget_revenue"))).all()
