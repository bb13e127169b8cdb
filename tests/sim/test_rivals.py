"""Rivals outside: what moved them in 2016-20 is known of these years alone; later they answer policy."""

from dataclasses import replace

import pytest

from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

COLUMN = series_of().column


def yearly_growth(year: int, **changed: float) -> float:
    """Growth of rivals' attraction from the first quarter of a year to the first of the next."""
    spec = choose(scale=0.004)
    economy = spec.parameters["economy"] | {"outside_growth": -0.04} | changed
    model = IndustrialPolicyModel(replace(spec, parameters={**spec.parameters, "economy": economy}))
    economy_then, setting = model.economy, model.setting
    economy_then.quarter = 4 * (year - 2016) + 1
    before = economy_then.markets.outside.copy()
    for _ in range(4):
        setting.move_markets(economy_then)
        economy_then.quarter += 1
    (growth,) = set((economy_then.markets.outside / before).round(12).tolist())
    return growth - 1.0


def test_to_2020_rivals_move_by_what_was_solved():
    assert yearly_growth(2017, outside_growth_persistence=0.0) == pytest.approx(0.99**4 - 1.0)


@pytest.mark.parametrize(("persists", "quarterly"), [(0.0, 1.0), (0.5, 0.995), (1.0, 0.99)])
def test_after_2020_the_stated_part_of_it_goes_on(persists, quarterly):
    assert yearly_growth(2022, outside_growth_persistence=persists) == pytest.approx(quarterly**4 - 1.0)


# --- their answer to policy ------------------------------------------------------------------------------


def rule_stays(model) -> bool:
    """Whether the run's deduction from 2021 to 2025 is that of 2020, in which nothing provokes rivals."""
    world = model.setting.world
    first, last = world.row(19), world.row(39)
    rules = (world.super_deduction, world.super_deduction_small)
    return all((rule[first : last + 1] == rule[first]).all() for rule in rules)


@pytest.fixture(scope="module")
def end_of_2020():
    """700 firms at the end of 2020, in the first run that draws no change of the deduction."""
    specs = (choose(world="as_expected_in_2020", scale=0.05, replication=n) for n in range(100))
    model = next(model for model in map(IndustrialPolicyModel, specs) if rule_stays(model))
    for _ in range(20):
        model.step()
    return model


def sales_of_2024(model, changes, **responses):
    """Sales of 2024 under other levers since 2021, and how far rivals are ahead."""
    scenario = model.spec.scenario.changed({field: ((2021, value),) for field, value in changes.items()})
    other = model.branch(replace(model.spec, scenario=scenario))
    given = {f"rival_response_{name}": value for name, value in responses.items()}
    other.economy.parameters = other.economy.parameters._replace(**given)
    for _ in range(16):
        other.step()
    return other.series[-4:, COLUMN["sales"]].sum(), other.economy.markets.rivals_ahead


DEDUCTION = {("super_deduction", "addition"): 1.0}
CARRIERS = {("innovation_carriers", "budget"): 1e10}
ORDERS = {("innovation_procurement", "budget"): 1e10}


def test_without_new_policy_rivals_do_not_answer_to_the_last_bit(end_of_2020):
    asleep, awake = (
        sales_of_2024(end_of_2020, {}, national=response, provincial=response) for response in (0.0, 1.0)
    )
    assert asleep[0] == awake[0] and not awake[1].any()


def test_a_deduction_for_all_provinces_wins_the_firms_little(end_of_2020):
    usual, _ = sales_of_2024(end_of_2020, {})
    alone, ahead = sales_of_2024(end_of_2020, DEDUCTION, national=0.0)
    shared, rivals = sales_of_2024(end_of_2020, DEDUCTION, national=1.0)
    assert not ahead.any() and (rivals > 0.0).all()
    assert alone > usual and alone - shared > 0.5 * (alone - usual)


def test_a_provincial_programme_is_imitated_and_wins_less(end_of_2020):
    alone, ahead = sales_of_2024(end_of_2020, CARRIERS, provincial=0.0)
    imitated, rivals = sales_of_2024(end_of_2020, CARRIERS, provincial=1.0)
    assert not ahead.any() and (rivals > 0.0).all() and imitated < alone


def test_public_orders_and_cuts_provoke_nobody(end_of_2020):
    for changes in (ORDERS, dict.fromkeys(CARRIERS, 0.0)):
        assert not sales_of_2024(end_of_2020, changes, provincial=1.0)[1].any()
