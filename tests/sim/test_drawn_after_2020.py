"""What the world draws after 2020 in the model: it acts where it is said to, and only from 2021 on."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.region.region import load_region
from scenarios.worlds.fan import DISCREPANCIES
from sim.indicators import series_of
from sim.model import choose
from sim.run import past_of, simulate, simulate_from

COLUMN = series_of().column
NUMBER = "{{unit: x, range: [-1, 3], value: {}, source: a test, status: assumption}}"
CALM = {
    "institutions_money_sd": 0.0, "entry_growth_sd": 0.0, "research_coverage_sd": 0.0, "slump_chance": 0.0,
    "deduction_rise_goods": 0.0, "deduction_rise_others": 0.0, "deduction_lapse": 0.0,
    **{f"discrepancy_{name}_sd": 0.0 for name in DISCREPANCIES},
}  # fmt: skip
DEDUCTION = """super_deduction_manufacturing:
  {unit: x, range: [0, 2], source: a test, status: assumption,
   values: {2014Q1: 0.5, 2018Q1: 0.75, 2021Q1: 1.25}}
"""
CASES = {
    "calm": ({}, ""),
    "missed": ({f"discrepancy_{name}_sd": 0.1 for name in DISCREPANCIES}, ""),
    "surveyed": ({"research_coverage_sd": 0.05}, ""),
    "money": ({"institutions_money_sd": 0.2}, ""),
    "slower": ({"entry_growth_after": -0.1}, ""),
    "faster": ({"entry_growth_after": 0.2}, ""),
    "deducted": ({}, DEDUCTION),
}


@pytest.fixture(scope="module")
def specs(tmp_path_factory):
    """One run in each world, with the same luck."""
    folder, found = tmp_path_factory.mktemp("worlds"), {}
    for name, (values, text) in CASES.items():
        lines = [f"{key}: {NUMBER.format(value)}" for key, value in (CALM | values).items()]
        path = folder / f"{name}.yaml"
        path.write_text("\n".join(["base: as_expected_in_2020", *lines, text]))
        found[name] = choose(world=str(path), scale=0.02, replication=1)
    return found


@pytest.fixture(scope="module")
def runs(specs):
    return {name: simulate([spec])[0] for name, spec in specs.items()}


def of(run, name):
    return run.series[:, COLUMN[name]]


def differing(a, b):
    return {name for name, k in COLUMN.items() if not np.array_equal(a.series[:, k], b.series[:, k])}


@pytest.mark.parametrize("name", [name for name in CASES if name != "calm"])
def test_to_2020_no_bit_is_another(runs, name):
    assert runs[name].series[:20].tobytes() == runs["calm"].series[:20].tobytes()
    assert runs[name].cells[:5].tobytes() == runs["calm"].cells[:5].tobytes()


def test_what_the_model_may_miss_is_in_its_own_series_alone(runs):
    assert differing(runs["missed"], runs["calm"]) == {f"discrepancy_{name}" for name in DISCREPANCIES}
    for name in DISCREPANCIES:
        by_year = of(runs["missed"], f"discrepancy_{name}").reshape(-1, 4)
        assert (by_year[:5] == 1.0).all() and (by_year == by_year[:, :1]).all()
        assert (by_year[5:] != 1.0).all()


def test_it_is_the_same_in_every_scenario():
    past = past_of(choose(scale=0.01, replication=2))
    specs = [replace(past.spec, scenario=choose(name).scenario) for name in ("as_in_2020", "plan")]
    one, other = simulate_from(past, specs)
    assert {name for name in differing(one, other) if name.startswith("discrepancy")} == set()
    assert "sei_value_added" in differing(one, other)


def test_another_surveyed_population_moves_published_research_alone(runs):
    assert differing(runs["surveyed"], runs["calm"]) == {
        "statistical_coverage_of_research",
        "rd_total_published",
    }


def test_money_of_institutions_grows_by_what_the_world_adds(runs):
    growth = {}
    for name in ("calm", "money"):
        research = of(runs[name], "rd_universities").reshape(-1, 4).sum(axis=1)
        growth[name] = (research[9] / research[4]) ** 0.2
    assert abs(growth["money"] - growth["calm"]) > 0.01


def test_fewer_or_more_firms_are_founded(runs):
    entrants = {name: of(runs[name], "entrants").reshape(-1, 4).sum(axis=1) for name in ("slower", "faster")}
    ratio = entrants["faster"][5:10] / entrants["slower"][5:10]
    years = np.arange(5) + 0.625  # of a year's quarters since the end of 2020
    assert ratio == pytest.approx((1.2 / 0.9) ** years, rel=0.25)
    assert ratio[-1] > 2.5


def test_a_higher_deduction_for_all_of_the_country_makes_rivals_research_too(specs):
    model = past_of(specs["deducted"])
    assert not model.economy.markets.rivals_encouraged.any()
    for _ in range(4):
        model.step()
    goods = load_region("hunan").industries.goods
    encouraged = model.economy.markets.rivals_encouraged
    assert (encouraged[goods] > 0.01).all() and not encouraged[~goods].any()


def test_and_firms_here(runs):
    assert of(runs["deducted"], "rd_firms")[36:40].sum() > 1.03 * of(runs["calm"], "rd_firms")[36:40].sum()
