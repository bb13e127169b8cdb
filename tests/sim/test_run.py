"""A unit of work: the years to 2020 once, then every scenario; the same bits as whole runs."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from scenarios.load import load_scenarios
from scenarios.spec import BASELINE
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of, simulate, simulate_from

SHIPPED = list(load_scenarios())
FEW = [BASELINE, "no_policy", "plan", "adaptive_plan"]
"""What is run once more: more of them would say nothing else."""
TO_2021 = 20  # quarters
COLUMN = series_of().column


def specs(names=SHIPPED, **rest):
    return [choose(name, scale=0.01, **{"replication": 2, **rest}) for name in names]


def same_bits(one, other):
    return one.series.tobytes() == other.series.tobytes() and one.cells.tobytes() == other.cells.tobytes()


@pytest.fixture(scope="module")
def together():
    return dict(zip(SHIPPED, simulate(specs()), strict=True))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_unit_of_work_equals_whole_runs(name, together):
    model = IndustrialPolicyModel(specs([name])[0])
    for _ in range(model.quarters):
        model.step()
    whole = together[name]
    assert whole.series.tobytes() == model.series.tobytes()
    assert whole.cells.tobytes() == model.cells.tobytes()


def test_the_order_of_scenarios_does_not_matter(together):
    backwards = FEW[::-1]
    for name, outcome in zip(backwards, simulate(specs(backwards)), strict=True):
        assert same_bits(outcome, together[name])


def test_outcomes_come_in_the_order_of_their_specs(together):
    assert [outcome.spec.scenario.name for outcome in together.values()] == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_is_the_baseline_until_2020(name, together):
    past, baseline = together[name].series[:TO_2021], together[BASELINE].series[:TO_2021]
    assert past.tobytes() == baseline.tobytes()
    assert together[name].cells[:5].tobytes() == together[BASELINE].cells[:5].tobytes()


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != BASELINE])
def test_every_other_shipped_scenario_moves_money_after_2020(name, together):
    """In some year: a pool with more than its losses is not filled up in the first."""
    programmes = [place for series, place in COLUMN.items() if series.startswith("programme_")]
    spent, baseline = (together[n].series[TO_2021:, programmes] for n in (name, BASELINE))
    assert not np.array_equal(spent, baseline)


def test_scenarios_share_their_world_and_their_bases(together):
    for name in ("population", "price_index"):
        paths = {outcome.series[:, COLUMN[name]].tobytes() for outcome in together.values()}
        assert len(paths) == 1
    assert len({tuple(outcome.bases.items()) for outcome in together.values()}) == 1


def test_a_replication_is_the_same_whatever_ran_before_it(together):
    simulate(specs([BASELINE], replication=0))
    assert same_bits(simulate(specs([BASELINE]))[0], together[BASELINE])


def test_replications_differ(together):
    assert not same_bits(simulate(specs([BASELINE], replication=3))[0], together[BASELINE])


def test_public_cost_is_what_the_scenario_appropriates_after_2020(together):
    assert together["no_policy"].public_cost == 0.0
    assert together["plan"].public_cost > together[BASELINE].public_cost > 0.0


def test_a_scenario_of_equal_cost_costs_the_same(together):
    assert together["award_instead_of_subsidy"].public_cost == together[BASELINE].public_cost


@pytest.mark.parametrize("other", [{"replication": 4}, {"seed": 9}, {"world": "as_happened"}])
def test_specs_with_another_past_are_refused(other):
    with pytest.raises(ValueError, match="do not share their past"):
        simulate([*specs([BASELINE]), *specs(["plan"], **other)])


def test_a_lever_changed_before_2021_is_another_past():
    spec = specs([BASELINE])[0]
    changed = spec.scenario.changed({("rd_subsidy", "rate"): ((2019, 0.2),)})
    with pytest.raises(ValueError, match="do not share their past"):
        simulate([spec, replace(spec, scenario=changed)])


def test_a_past_that_is_kept_and_sent_about_gives_the_same_bits_as_often_as_asked(together):
    past = past_of(specs([BASELINE])[0])
    for one in (past, pickle.loads(pickle.dumps(past)), past):
        for name, outcome in zip(FEW, simulate_from(one, specs(FEW)), strict=True):
            assert same_bits(outcome, together[name])


def test_specs_of_another_past_do_not_go_on_from_this_one():
    past = past_of(choose(scale=0.004, replication=1))
    with pytest.raises(ValueError, match="do not share their past"):
        simulate_from(past, [choose(scale=0.004, replication=2)])
