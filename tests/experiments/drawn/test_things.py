"""What runs draw, by name: nothing is missed, one thing alone is exchanged, values are the run's."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.drawn.quantities import quantities, totals, values_of
from experiments.drawn.things import (
    BASE,
    LUCK,
    PARAMETER,
    SPLIT,
    TAUGHT,
    WORLD,
    Thing,
    drawn_parameters,
    exchanged,
    things_of,
)
from experiments.plan.drawn_sets import ParameterSets
from experiments.plan.sweep_plan import plan_sweep
from scenarios.drawn import drawn_values
from scenarios.load import load_parameters
from scenarios.worlds.calendar import PLAN_ENDS
from scenarios.worlds.given import DEFAULT_WORLD
from scenarios.worlds.path import draw_world
from scenarios.worlds.world import load_world
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate
from sim.setting import drawn_places

WORDS = ("scenario=as_in_2020", "parameters=central", "replications=4", "population.scale=.004")
OF_WORLD = load_world(DEFAULT_WORLD)


@pytest.fixture(scope="module")
def drawn():
    """Four runs with parameters of their own, two of which figures taught about."""
    plan = plan_sweep(WORDS)
    values = tuple(drawn_values(load_parameters(), n) for n in range(4))
    learnt = ("firms.user_cost_elasticity", "rest.demand_multiplier")
    return things_of(replace(plan, sets=ParameterSets("posterior", "", values, learnt)), 4)


def test_every_uniform_of_the_years_of_the_plan_decides_one_quantity():
    members = [name for one in quantities(OF_WORLD).values() for name in one.members]
    later = tuple(f"_{year}" for year in range(PLAN_ENDS + 1, 2031))
    plan = [name for name in OF_WORLD.fan if not name.endswith(("_outlook", *later))]
    assert sorted(members) == sorted(plan)
    assert len(set(members)) == len(members)


def test_quantities_are_what_the_path_of_a_run_has():
    spec = choose(scale=0.004, replication=7)
    places = drawn_places(spec)
    path = draw_world(OF_WORLD, places)
    found = values_of([*quantities(OF_WORLD).values(), *totals().values()], OF_WORLD, places)
    last = path.row(39)
    assert found["entry"] / 100 == pytest.approx(path.entry[last])
    assert found["recognition"] / 100 == pytest.approx(path.recognition[last])
    assert found["coverage"] / 100 == pytest.approx(path.coverage_drift[last])
    assert found["institutions_money"] / 100 == pytest.approx(path.institutions_money[last])
    assert found["high_value_share"] / 100 == pytest.approx(path.high_value_shift[last])
    assert found["missed_research"] / 100 + 1.0 == pytest.approx(path.discrepancy["research"][last])
    rows = slice(path.row(20), path.row(39) + 1)
    assert found["deduction"] / 100 == pytest.approx(path.super_deduction[rows].mean())
    wages = path.wage[last] / path.wage[path.row(19)]
    assert found["wages"] / 100 == pytest.approx(wages ** (1 / 5) - 1.0)
    market = path.market[path.row(36) : last + 1].sum(axis=0) / path.market[
        path.row(16) : path.row(19) + 1
    ].sum(axis=0)
    assert found["markets"] / 100 == pytest.approx(np.mean(market ** (1 / 5) - 1.0))


def test_all_that_runs_draw_is_told_by_kind(drawn):
    kinds = {kind: {one.name for one in drawn.of(kind)} for kind in (PARAMETER, WORLD, BASE, LUCK)}
    assert len(kinds[PARAMETER]) > 500
    assert kinds[WORLD] == set(quantities(OF_WORLD))
    assert kinds[BASE] == {"digital_core_share_2020", "high_value_share_2020", "carriers_wide_2020", SPLIT}
    assert kinds[LUCK] == {LUCK}
    assert drawn.things["firms.user_cost_elasticity"].file == TAUGHT
    assert drawn.things["firms.markup_response"].file == "firms"


def test_values_are_those_of_the_run(drawn):
    one = drawn.draw(2)
    found = drawn.values(one)
    assert found["firms.user_cost_elasticity"] == one.first.parameters["firms"]["user_cost_elasticity"]
    setting = IndustrialPolicyModel(one.first).setting
    assert found["digital_core_share_2020"] / 100 == pytest.approx(setting.bases["digital_core_share_2020"])
    assert LUCK not in found and SPLIT not in found


def test_a_world_that_states_a_path_does_not_draw_it(tmp_path):
    (tmp_path / "w.yaml").write_text(
        f"base: {DEFAULT_WORLD}\nlabel: {{en: w, zh: w}}\nentry_growth_sd: {{unit: share a year, "
        'range: [0, 1], value: 0, source: "s", status: assumption}\n'
    )
    plan = plan_sweep([*WORDS, f"world={tmp_path / 'w.yaml'}"])
    found = things_of(plan, 4).things
    assert "entry" not in found and "recognition" in found


def test_parameters_that_a_command_gives_are_not_drawn():
    sets = [{("firms", "a"): 1.0, ("firms", "b"): 3.0}, {("firms", "a"): 2.0, ("firms", "b"): 3.0}]
    numbers = {"hunan": {}}
    assert drawn_parameters(sets, [("firms", "a")], [], "hunan") == []
    assert numbers


def series(spec):
    (run,) = simulate([spec])
    return run.series.tobytes()


def test_with_nothing_taken_it_is_the_run_itself_to_the_last_bit(drawn):
    one, other = drawn.draw(0), drawn.draw(1)
    (spec,) = exchanged(one, other, [])
    assert series(spec) == series(one.first)


def test_with_everything_taken_it_is_the_other_run_to_the_last_bit(drawn):
    one, other = drawn.draw(0), drawn.draw(1)
    (spec,) = exchanged(one, other, drawn.things.values())
    assert series(spec) == series(other.first)


def test_one_thing_alone_is_exchanged(drawn):
    one, other = drawn.draw(0), drawn.draw(1)
    mine, theirs = drawn.values(one), drawn.values(other)
    for name in ("entry", "digital_core_share_2020", "firms.user_cost_elasticity", "missed_patents"):
        (spec,) = exchanged(one, other, [drawn.things[name]])
        found = drawn.values(type(one)((spec,), drawn_places(spec)))
        differ = {each for each in found if found[each] != mine[each]}
        assert differ == {name} and found[name] == theirs[name]


def test_luck_and_the_split_are_taken_by_replication(drawn):
    one, other = drawn.draw(0), drawn.draw(1)
    (lucky,) = exchanged(one, other, [drawn.things[LUCK]])
    (split,) = exchanged(one, other, [drawn.things[SPLIT]])
    assert (lucky.replication, lucky.bases_of, split.replication, split.bases_of) == (1, 0, 0, 1)
    assert lucky.places == split.places
    (twin,) = exchanged(one, one, [], luck=99)
    assert (twin.replication, twin.bases_of, twin.parameters) == (99, 0, one.first.parameters)


def test_a_thing_knows_its_key_and_where_it_is_told():
    found = Thing("firms.a", PARAMETER, None, None)
    assert (found.key, found.file) == (("firms", "a"), "firms")
