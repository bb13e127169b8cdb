"""What is drawn after 2020: each with its stated distribution, to both sides, and nothing before 2021."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.worlds.calendar import YEARS
from scenarios.worlds.fan import DISCREPANCIES, DRAWN_YEARS
from scenarios.worlds.path import WorldPath, draw_world
from scenarios.worlds.world import World, load_world

EXPECTED, KNOWN, HAPPENED = (
    load_world(name) for name in ("as_expected_in_2020", "as_known_in_august_2021", "as_happened")
)
COUNT = 1500
ROW = WorldPath.row
TO_2020 = slice(0, ROW(20))
GOODS, SERVICES = 0, 7
LUCK = np.random.default_rng(20).random((COUNT, len(EXPECTED.fan)))
"""Plain random numbers: errors of a mean or share are those of Monte Carlo."""


def drawn(world: World, count: int = COUNT) -> list[WorldPath]:
    return [draw_world(world, dict(zip(world.fan, row, strict=True))) for row in LUCK[:count].tolist()]


@pytest.fixture(scope="module")
def fan() -> list[WorldPath]:
    return drawn(EXPECTED)


def each(fan: list[WorldPath], name: str) -> np.ndarray:
    return np.array([getattr(path, name) for path in fan])


def growth(index: np.ndarray) -> np.ndarray:
    """Growth by year from 2021 to 2030, of indices by quarter [run, year, ...]."""
    ends = index[:, ROW(19) :: 4]
    return ends[:, 1:] / ends[:, :-1] - 1.0


def january(path: np.ndarray) -> np.ndarray:
    """The first quarter of each year from 2021 on [run, year, ...]."""
    return path[:, ROW(20) :: 4]


def is_near(values: np.ndarray, mean: float, sd: float) -> None:
    """Mean and standard deviation within four standard errors."""
    error = sd / np.sqrt(len(values))
    assert values.mean() == pytest.approx(mean, abs=4.0 * error)
    assert values.std() == pytest.approx(sd, abs=4.0 * error / np.sqrt(2.0))


def is_symmetric(values: np.ndarray) -> None:
    centred = (values - values.mean()) / values.std()
    assert abs((centred**3).mean()) < 4.0 * np.sqrt(6.0 / len(values))


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def test_to_2020_nothing_is_drawn(fan: list[WorldPath]):
    for name in WorldPath.__dataclass_fields__:
        if name in ("discrepancy", "gdp_real_growth", "carrier_rounds"):
            continue
        known = each(fan[:200], name)[:, TO_2020]
        assert ((known == known[0]) | np.isnan(known)).all(), name
    for path in fan[:200]:
        assert all((path.discrepancy[name][TO_2020] == 1.0).all() for name in DISCREPANCIES)
        assert (path.gdp_real_growth[:5] == fan[0].gdp_real_growth[:5]).all()


def test_prices_vary_from_year_to_year_about_an_uncertain_mean(fan: list[WorldPath]):
    outputs = growth(each(fan, "output_price"))
    for year in range(len(DRAWN_YEARS)):
        is_near(outputs[:, year], 0.012, np.hypot(0.033, 0.012))
        is_symmetric(outputs[:, year])
    of_the_year, of_the_mean = 0.033**2, 0.012**2
    lasting = (0.4 * of_the_year + of_the_mean) / (of_the_year + of_the_mean)
    assert correlation(outputs[:, 1], outputs[:, 0]) == pytest.approx(lasting, abs=0.08)
    assert correlation(outputs[:, 9], outputs[:, 8]) == pytest.approx(lasting, abs=0.08)


def test_materials_move_further_than_outputs_and_with_them(fan: list[WorldPath]):
    outputs, materials = growth(each(fan, "output_price"))[:, 2], growth(each(fan, "material_price"))[:, 2]
    is_near(materials, 0.012, np.hypot(0.043, 0.012))
    shared = (0.95 * 0.033 * 0.043 + 0.012**2) / (np.hypot(0.033, 0.012) * np.hypot(0.043, 0.012))
    assert correlation(outputs, materials) == pytest.approx(shared, abs=0.01)


@pytest.fixture(scope="module")
def of_all() -> np.ndarray:
    """Growth of national markets common to all industries, without slumps [run, year]."""
    apart = {"market_industry_sd": 0.0, "slump_chance": 0.0}
    world = replace(EXPECTED, constants={**EXPECTED.constants, **apart})
    return growth(each(drawn(world), "market"))[:, :, GOODS]


def test_five_years_of_national_markets_spread_by_three_points(of_all: np.ndarray):
    five = of_all[:, :5].mean(axis=1)
    back_from_2020 = 1.0 / EXPECTED.shocks["market_shock"][19] - 1.0  # the last quarter before, in five years
    is_near(five, 0.08 + back_from_2020 / 5.0, 0.0307)
    is_symmetric(five)


def test_a_year_of_them_spreads_by_four_and_lasts_in_part(of_all: np.ndarray):
    for year in range(len(DRAWN_YEARS)):
        assert of_all[:, year].std() == pytest.approx(0.0435, abs=0.0035)
    luck = (0.4 * 0.033**2 + 0.3 * 0.02**2) / (0.033**2 + 0.02**2)
    means = 0.012**2 + 0.016**2
    years = 0.033**2 + 0.02**2
    assert correlation(of_all[:, 1], of_all[:, 0]) == pytest.approx(
        (luck * years + means) / (years + means), abs=0.08
    )


def test_with_what_industries_have_of_their_own_all_of_them_spread_by_little_more(fan: list[WorldPath]):
    world = replace(EXPECTED, constants={**EXPECTED.constants, "slump_chance": 0.0})
    five = growth(each(drawn(world), "market"))[:, :5].mean(axis=(1, 2))
    assert five.std() == pytest.approx(0.0325, abs=0.0025)


def test_markets_are_dearer_when_prices_are(fan: list[WorldPath], of_all: np.ndarray):
    assert correlation(of_all[:, 0], growth(each(fan, "output_price"))[:, 0]) > 0.7


def slumps_of(fan: list[WorldPath]) -> np.ndarray:
    """Markets over what they would be without slumps [run, quarter from 2021 on]."""
    calm = replace(EXPECTED, constants={**EXPECTED.constants, "slump_chance": 0.0})
    return (each(fan, "market") / each(drawn(calm, len(fan)), "market"))[:, ROW(20) :, GOODS]


def test_one_run_in_five_has_a_slump_within_five_years(fan: list[WorldPath]):
    level = slumps_of(fan)
    for years, begins in ((slice(0, 20), 0), (slice(20, 40), 20)):
        struck = level[:, years] < 0.999
        begun = struck & ~np.pad(level < 0.999, ((0, 0), (1, 0)))[:, begins : begins + 20]
        assert begun.any(axis=1).mean() == pytest.approx(0.2, abs=0.04)
    alone = level[(level[:, 20:] > 0.999).all(axis=1) & (level[:, 17:20] > 0.999).all(axis=1)]
    hit = alone[(alone < 0.999).any(axis=1)]
    depth, length = 1.0 - hit.min(axis=1), (hit < 0.999).sum(axis=1)
    assert 0.05 - 1e-9 <= depth.min() < 0.055 and 0.115 < depth.max() <= 0.12 + 1e-9
    assert depth.mean() == pytest.approx(0.085, abs=0.005)
    assert np.bincount(length, minlength=5)[2:] / len(length) == pytest.approx([1 / 3] * 3, abs=0.12)
    assert (level[:, :] <= 1.0 + 1e-12).all()


def test_a_slump_takes_nine_tenths_as_much_of_gdp_but_of_no_published_year(fan: list[WorldPath]):
    calm = replace(EXPECTED, constants={**EXPECTED.constants, "slump_chance": 0.0})
    lost = 1.0 - (each(fan[:500], "gdp") / each(drawn(calm, 500), "gdp"))[:, ROW(20) :]
    assert lost == pytest.approx(0.9 * (1.0 - slumps_of(fan[:500])), abs=1e-9)
    published = each(drawn(HAPPENED, 500), "gdp")[:, : ROW(40)]
    assert (published == published[0]).all()


def test_the_deduction_rises_and_lapses_at_the_stated_rates(fan: list[WorldPath]):
    rates = each(fan, "super_deduction")
    goods, others = (january(rates[:, :, industry]) for industry in (GOODS, SERVICES))
    to = {rate: (np.isclose(goods[:, 0], rate)).mean() for rate in (0.5, 0.75, 1.0)}
    assert to[1.0] == pytest.approx(0.25 * 0.9, abs=0.03)
    assert to[0.5] == pytest.approx(0.1 * 0.75, abs=0.02)
    before = np.pad(others, ((0, 0), (1, 0)), constant_values=0.75)[:, :-1]
    assert (others > before)[before < 1.2].mean() == pytest.approx(0.15 * 0.9, abs=0.015)
    assert (others < before)[(before > 0.6) & (before < 1.2)].mean() == pytest.approx(0.1 * 0.85, abs=0.015)
    assert set(np.unique(rates[:, ROW(20) :])) == {0.5, 0.75, 1.0, 1.25}
    assert (goods >= others).all()
    within = np.diff(rates[:, ROW(20) :], axis=1).reshape(COUNT, 39, -1)
    assert not within[:, [i for i in range(39) if i % 4 != 3]].any()


def test_technology_smes_have_at_least_what_their_industry_has(fan: list[WorldPath]):
    small, usual = each(fan[:300], "super_deduction_small"), each(fan[:300], "super_deduction")
    assert (small >= usual).all()
    assert (small[:, ROW(20) :, SERVICES] == usual[:, ROW(20) :, SERVICES]).all()


def test_in_august_2021_makers_of_goods_have_their_yuan_deducted_twice():
    rates = each(drawn(KNOWN, 500), "super_deduction")
    assert (rates[:, ROW(20) : ROW(24), GOODS] == 1.0).all()
    assert (rates[:, ROW(20) : ROW(24), SERVICES] == 0.75).all()
    assert rates[:, ROW(24) : ROW(32)].min(axis=(0, 1))[[GOODS, SERVICES]].tolist() == [1.0, 0.75]
    assert rates[:, ROW(32) :].min(axis=(0, 1))[[GOODS, SERVICES]].tolist() == [0.5, 0.5]
    assert rates[:, ROW(24), GOODS].max() == 1.25


def test_what_is_known_in_august_2021_is_law_and_all_else_is_the_fan_of_2020():
    first, second = drawn(EXPECTED, 20), drawn(KNOWN, 20)
    for name in WorldPath.__dataclass_fields__:
        if name.startswith("super_deduction"):
            continue
        for a, b in zip(first, second, strict=True):
            same = a.discrepancy["patents"] == b.discrepancy["patents"]
            one, other = getattr(a, name), getattr(b, name)
            assert same.all() and (name == "discrepancy" or np.array_equal(one, other, equal_nan=True)), name


def test_as_it_happened_the_deduction_is_as_published_in_every_run():
    rates = each(drawn(HAPPENED, 200), "super_deduction")
    assert (rates == rates[0]).all()
    assert set(np.unique(rates[:, ROW(30) :])) == {1.0}


@pytest.mark.parametrize(
    ("name", "mean", "sd"),
    [("institutions_money", 0.0, 0.05), ("entry", 0.05, 0.06), ("research_coverage", 0.0, 0.014)],
)
def test_what_is_drawn_once_has_its_mean_and_spread(fan: list[WorldPath], name: str, mean: float, sd: float):
    after = each(fan, name)[:, ROW(20) :]
    assert (after == after[:, :1]).all()
    is_near(after[:, 0], mean, sd)
    is_symmetric(after[:, 0])


def test_reported_research_drifts_by_a_point_and_a_half_in_all(fan: list[WorldPath]):
    after = ROW(20)
    parts = each(fan, "coverage_of_research")[:, after] * each(fan, "coverage_drift")[:, after]
    is_near(parts + each(fan, "research_coverage")[:, after], 0.0, np.sqrt(0.014**2 + 0.01**2 / 3.0))


@pytest.mark.parametrize("name", DISCREPANCIES)
def test_what_the_model_may_miss_spreads_with_the_root_of_the_years(fan: list[WorldPath], name: str):
    logs = np.log(january(np.array([path.discrepancy[name] for path in fan])))
    sd = EXPECTED.constants[f"discrepancy_{name}_sd"]
    for t in (1, 2, 5, 10):
        is_near(logs[:, t - 1], 0.0, sd * np.sqrt(t))
        is_symmetric(logs[:, t - 1])
    assert correlation(logs[:, 4], logs[:, 3]) == pytest.approx(0.8 * np.sqrt(4 / 5), abs=0.05)


def test_what_is_missed_of_one_target_says_nothing_of_another(fan: list[WorldPath]):
    in_2025 = [[path.discrepancy[name][ROW(39)] for path in fan] for name in DISCREPANCIES]
    assert abs(np.corrcoef(in_2025) - np.eye(len(DISCREPANCIES))).max() < 0.12


def test_what_follows_the_plan_takes_luck_of_its_own():
    fan = EXPECTED.fan
    later = [name for name in fan if (name[-4:].isdigit() and int(name[-4:]) > 2025) or "outlook" in name]
    assert fan[-len(later) :] == tuple(later) and len(set(fan)) == len(fan)
    still, moved = dict.fromkeys(fan, 0.5), dict.fromkeys(fan, 0.5) | dict.fromkeys(later, 0.05)
    one, other = draw_world(EXPECTED, still), draw_world(EXPECTED, moved)
    for name in WorldPath.__dataclass_fields__:
        pairs = [(getattr(one, name), getattr(other, name))]
        if name == "discrepancy":
            pairs = list(zip(one.discrepancy.values(), other.discrepancy.values(), strict=True))
        to_2025 = len(YEARS) - 5 if len(pairs[0][0]) == len(YEARS) else ROW(40)
        assert all(np.array_equal(a[:to_2025], b[:to_2025], equal_nan=True) for a, b in pairs), name
    assert (one.market[ROW(59)] != other.market[ROW(59)]).all()
