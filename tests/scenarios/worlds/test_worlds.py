"""Worlds: published paths are met, the fan has the stated mean and spread, and 2020 knows nothing later."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from agents.numbers.elementary import normal_quantile
from scenarios.load import CONFIGS
from scenarios.values.errors import InputError
from scenarios.values.yaml_reader import read_yaml
from scenarios.worlds.calendar import quarter_of, year_of
from scenarios.worlds.path import WorldPath, draw_world
from scenarios.worlds.world import World, load_world, world_names

EXPECTED, KNOWN, HAPPENED = "as_expected_in_2020", "as_known_in_august_2021", "as_happened"
ROW = WorldPath.row


def middle(name: str) -> WorldPath:
    """The path in the middle of a world's fan."""
    world = load_world(name)
    return draw_world(world, dict.fromkeys(world.fan, 0.5))


def paths(count: int) -> list[WorldPath]:
    """Paths whose uniforms fill each dimension of the fan evenly, in unrelated orders."""
    world = load_world(EXPECTED)
    places = (np.arange(count) + 0.5) / count
    shuffled = [np.random.default_rng(i).permutation(places) for i in range(len(world.fan))]
    draws = zip(*shuffled, strict=True)
    return [draw_world(world, dict(zip(world.fan, draw, strict=True))) for draw in draws]


@pytest.fixture(scope="module")
def fan() -> list[WorldPath]:
    return paths(400)


def mean_growth(index: np.ndarray) -> np.ndarray:
    """Mean growth a year from the end of 2020 to the end of 2025."""
    return (index[ROW(39)] / index[ROW(19)]) ** 0.2 - 1.0


def test_three_worlds_are_shipped():
    assert world_names(CONFIGS / "region/hunan") == [EXPECTED, HAPPENED, KNOWN]


def test_quarter_zero_is_the_first_of_2016():
    assert quarter_of("2016Q1") == 0
    assert quarter_of("2014Q1") == -8
    assert [year_of(t) for t in (-8, -1, 0, 3, 39)] == [2014, 2015, 2016, 2016, 2025]
    assert ROW(-8) == 0


def test_a_quarter_outside_the_run_has_no_row():
    with pytest.raises(IndexError):
        ROW(60)


@pytest.mark.parametrize("name", [EXPECTED, HAPPENED])
def test_the_quarters_of_a_published_year_add_to_its_gdp(name: str):
    gdp = middle(name).gdp[8:].reshape(15, 4).sum(axis=1)
    assert gdp[:5] / 1e8 == pytest.approx([30853.5, 33828.1, 36329.7, 39894.1, 41781.49])


def test_the_warm_up_holds_the_values_of_2015():
    path = middle(EXPECTED)
    assert (path.market[:8] == 1.0).all()
    assert (path.wage[:8] == 1.0).all()
    assert path.gdp[:8] == pytest.approx(np.full(8, 28538.6e8 / 4))


def test_gdp_as_it_happened_grows_as_published():
    path = middle(HAPPENED)
    assert path.gdp_real_growth[5:10].tolist() == [0.077, 0.045, 0.046, 0.048, 0.048]
    assert path.population[ROW(35)] == pytest.approx(65.39e6)


def test_gdp_as_it_happened_is_the_same_in_every_run():
    world = load_world(HAPPENED)
    high, low = (draw_world(world, dict.fromkeys(world.fan, u)) for u in (0.9, 0.1))
    for name in ("gdp", "population", "super_deduction", "vat"):
        assert (getattr(high, name)[:48] == getattr(low, name)[:48]).all()
    assert (high.market[47] > low.market[47]).all()


@pytest.mark.parametrize("name", [EXPECTED, HAPPENED])
def test_the_years_after_the_plan_are_drawn_and_rules_of_law_hold(name: str):
    world = load_world(name)
    high, low = (draw_world(world, dict.fromkeys(world.fan, u)) for u in (0.9, 0.1))
    for path in ("gdp", "population", "market", "wage", "output_price", "central_transfers"):
        assert (getattr(high, path)[52:] > getattr(low, path)[52:]).all()
    for rule in ("corporate_tax", "vat"):
        assert (getattr(high, rule)[48:] == getattr(high, rule)[47]).all()


def test_expected_growth_of_gdp_has_the_stated_mean_and_spread(fan: list[WorldPath]):
    growth = np.array([path.gdp_real_growth[5:].mean() for path in fan])
    assert growth.mean() == pytest.approx(0.06, abs=0.0005)
    assert growth.std() == pytest.approx(0.012, rel=0.1)


def test_markets_of_two_industries_move_together_in_part(fan: list[WorldPath]):
    growth = np.array([mean_growth(path.market) for path in fan])
    shared = np.corrcoef(growth.T)[0, 1]
    assert 0.2 < shared < 0.6


def test_population_stays_flat_in_expectation(fan: list[WorldPath]):
    last = np.array([path.population[ROW(39)] for path in fan])
    assert last.mean() == pytest.approx(66.444864e6, rel=0.001)
    assert last.std() / last.mean() == pytest.approx(0.01, rel=0.15)


def test_certificates_are_given_as_strictly_as_known_to_2020_and_then_a_tenth_more_or_less(
    fan: list[WorldPath],
):
    known = np.array([path.recognition[: ROW(20)] for path in fan])
    after = np.array([path.recognition[ROW(20) :] for path in fan])
    assert (known == 1.0).all()
    assert (after == after[:, :1]).all()
    assert after[:, 0].mean() == pytest.approx(1.0, abs=0.001)
    assert after[:, 0].std() == pytest.approx(0.1, rel=0.02)
    assert np.median(after[:, 0]) == pytest.approx(1.0, abs=0.002)


def test_to_2020_all_runs_of_both_worlds_are_equal(fan: list[WorldPath]):
    other = middle(HAPPENED)
    for name in ("market", "wage", "material_price", "gdp", "population", "super_deduction", "vat",
                 "patent_applications", "high_value_shift"):  # fmt: skip
        for path in fan[:3]:
            assert (getattr(path, name)[: ROW(20)] == getattr(other, name)[: ROW(20)]).all(), name


def test_patents_after_2020_differ_between_runs_up_and_down(fan: list[WorldPath]):
    level = np.array([path.patent_applications[ROW(20) :] for path in fan])
    shift = np.array([path.high_value_shift[ROW(20) :] for path in fan])
    for drawn, mean, sd in ((level, 1.0, 0.1), (shift, 0.0, 0.05)):
        assert (drawn == drawn[:, :1]).all()
        assert drawn[:, 0].mean() == pytest.approx(mean, abs=0.01)
        assert drawn[:, 0].std() == pytest.approx(sd, rel=0.05)
    assert all((path.patent_applications[: ROW(20)] == 1.0).all() for path in fan)
    assert all((path.high_value_shift[: ROW(20)] == 0.0).all() for path in fan)


def test_both_worlds_draw_patents_alike():
    paths = [
        draw_world(load_world(name), dict.fromkeys(load_world(name).fan, 0.8))
        for name in (EXPECTED, HAPPENED)
    ]
    assert load_world(EXPECTED).fan == load_world(HAPPENED).fan
    assert paths[0].patent_applications[ROW(39)] == paths[1].patent_applications[ROW(39)] > 1.0
    assert paths[0].high_value_shift[ROW(39)] == paths[1].high_value_shift[ROW(39)] > 0.0


def test_the_pandemic_hits_the_first_quarter_of_2020():
    path = middle(EXPECTED)
    assert (path.market[ROW(16)] < path.market[ROW(15)]).all()
    assert path.gdp[ROW(16)] < path.gdp[ROW(15)]
    assert (path.market[ROW(17)] > path.market[ROW(16)]).all()


def test_tax_rules_change_on_their_dates():
    path = middle(HAPPENED)
    goods, services = 0, 7

    def at(rates: np.ndarray, industry: int, *quarters: str) -> list[float]:
        return [rates[ROW(quarter_of(quarter)), industry] for quarter in quarters]

    assert at(path.super_deduction, goods, "2017Q4", "2018Q1", "2021Q1") == [0.5, 0.75, 1.0]
    assert at(path.super_deduction, services, "2021Q1", "2022Q3", "2022Q4") == [0.75, 0.75, 1.0]
    assert at(path.super_deduction_small, services, "2017Q4", "2021Q4", "2022Q1") == [0.75, 0.75, 1.0]
    assert at(path.vat, goods, "2018Q1", "2018Q3", "2019Q2") == [0.17, 0.16, 0.13]
    assert (path.vat[:, services] == 0.06).all()
    assert (path.corporate_tax == 0.25).all()
    assert (path.corporate_tax_certified == 0.15).all()


def test_the_expected_world_keeps_the_deduction_in_force_in_2020():
    path = middle(EXPECTED)
    assert (path.super_deduction[ROW(8) :] == 0.75).all()
    assert (path.super_deduction_small[ROW(8) :] == 0.75).all()


def test_the_expected_world_states_nothing_dated_after_2020():
    for key, number in read_yaml(CONFIGS / "region/hunan/world" / f"{EXPECTED}.yaml").items():
        dates = [*number.get("values", {}), *number.get("rows", {})] if isinstance(number, dict) else []
        years = [int(match[1]) for date in dates if (match := re.match(r"(\d{4})", date))]
        assert all(year <= 2020 for year in years), key


def test_a_published_year_of_the_happened_world_is_gdp_prices_population_or_a_rule():
    later = {key for key, path in load_world(HAPPENED).paths.items() if max(path) > 2020}
    assert later == {"gdp_real_growth", "gdp_deflator_growth", "population"}


def test_a_fan_without_a_uniform_is_an_error():
    world = load_world(EXPECTED)
    with pytest.raises(KeyError, match="wage"):
        draw_world(world, {name: 0.5 for name in world.fan if name != "wage"})


def test_a_run_one_deviation_up_has_wages_one_deviation_up():
    world = load_world(EXPECTED)
    up = 0.8413447460685429
    assert normal_quantile(up) == pytest.approx(1.0, abs=1e-5)
    path = draw_world(world, dict.fromkeys(world.fan, 0.5) | {"wage": up})
    assert mean_growth(path.wage) == pytest.approx(0.06 + 0.01, abs=1e-6)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(CONFIGS / "region", tmp_path / "region")
    return tmp_path


def spoilt(folder: Path, name: str, old: str, new: str) -> World:
    path = folder / "region/hunan/world" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_world(HAPPENED, "hunan", folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (HAPPENED, "base: as_expected_in_2020", "base: as_hoped", "unknown world 'as_hoped'"),
        (HAPPENED, "base: as_expected_in_2020", "base: as_happened", "bases go in a circle"),
        (HAPPENED, "population:", "populaton:", "did you mean 'population'"),
        (HAPPENED, "2021Q1: 1.0", "2021Q5: 1.0", "'2021Q5' is not a quarter"),
        (HAPPENED, '"2021": 0.077', '"2021": 0.77', "0.77, outside -0.05 to 0.15"),
        (EXPECTED, "{2014Q1: 0.25}", "{2019Q1: 0.25}", "corporate_tax has no value for 2014Q1"),
        (EXPECTED, '    "2018": [0.108, ', '    "2018": [', "market_growth needs 9 values for 2018"),
        (EXPECTED, '    "2018": [', '    "2028": [', "a row for each year from 2016 on"),
        (EXPECTED, '    "2020": [', '    # "2020": [', "a row for each year to 2020"),
        (EXPECTED, "price_year_sd:", "price_yaer_sd:", "did you mean 'price_year_sd'"),
        (EXPECTED, "  status: derived\n\nmarket_growth_after", "\nmarket_growth_after", "status"),
    ],
)
def test_a_mistake_in_a_world_is_refused_in_words(copy: Path, name: str, old: str, new: str, message: str):
    with pytest.raises(InputError) as refused:
        spoilt(copy, name, old, new)
    assert message in str(refused.value)


def test_statistical_coverage_drifts_either_way_after_2020_only(fan: list[WorldPath]):
    to_2020, after = slice(0, ROW(20)), ROW(39)
    assert all((path.coverage_drift[to_2020] == 0.0).all() for path in fan)
    drift = np.array([path.coverage_drift[after] for path in fan])
    assert drift.mean() == pytest.approx(0.0, abs=1e-4)
    assert drift.std() == pytest.approx(0.01, rel=0.02)
    assert (np.abs(drift) < 0.02).mean() == pytest.approx(0.95, abs=0.01)
    assert all(np.ptp(path.coverage_drift[ROW(20) :]) == 0.0 for path in fan)


def test_reported_research_moves_with_any_part_of_the_drift(fan: list[WorldPath]):
    parts = np.array([path.coverage_of_research[ROW(39)] for path in fan])
    assert np.histogram(parts, bins=4, range=(0.0, 1.0))[0].tolist() == [100] * 4
    assert abs(np.corrcoef(parts, [path.coverage_drift[ROW(39)] for path in fan])[0, 1]) < 0.15


def test_both_worlds_share_the_draw_of_coverage():
    worlds = [load_world(name) for name in (EXPECTED, HAPPENED)]
    drawn = [draw_world(world, dict.fromkeys(world.fan, 0.9)) for world in worlds]
    assert (drawn[0].coverage_drift == drawn[1].coverage_drift).all()
    assert worlds[0].fan.index("statistical_coverage") == worlds[1].fan.index("statistical_coverage")


def test_an_unknown_world_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="did you mean 'as_happened'"):
        load_world("as_hapened")
