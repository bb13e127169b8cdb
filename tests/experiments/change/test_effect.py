"""Effects taken apart: parts that add up, whom blocks leave untreated, cost per unit, the fiscal cap."""

import json

import numpy as np
import pandas as pd
import pytest

from experiments.change import cost
from experiments.change.effect import columns_needed, effect_of, untreated
from experiments.change.interval import DETERMINED, FREE, LOSS, OPEN, by_observation, ratio_of
from experiments.change.parts import INDUSTRY, PREFECTURE, TOTAL, columns_of, parts_of
from experiments.change.words import against_cap, cap_lines, effect_lines, in_json, names_in
from scenarios.region.fiscal_cap import FiscalCap, load_fiscal_cap
from scenarios.region.region import load_region

HUNAN = load_region("hunan")
PLACES, INDUSTRIES = HUNAN.prefectures.names, HUNAN.industries.names
BASE = 4190.73e8


def rows(side, pairs=3, scale=0.5, levers="{}"):
    """Finished runs of a case."""
    return pd.DataFrame(
        {
            "n": range(pairs), "draw": 0, "seed": 1, "world": "calm", "scale": scale, "status": "ok",
            "run_id": [f"{side}{n}" for n in range(pairs)], "levers": levers,
            "base_sei_value_added_2020": BASE, "sei_share_gdp": [0.11 + 0.01 * (side == "a")] * pairs,
        }
    )  # fmt: skip


def annual(of_a=(), pairs=3, own=2e11):
    """Yearly series of cases a and b: all parts zero, 2025 as in 2020, but for what differs in a in 2023."""
    found = []
    for run in [f"{side}{n}" for side in "ab" for n in range(pairs)]:
        for year in range(2020, 2026):
            row = dict.fromkeys(columns_needed(HUNAN), 0.0) | {"run_id": run, "year": year, TOTAL: own}
            if run[0] == "a" and year == 2023:
                row |= dict(of_a)
            if run[0] == "a" and year == 2025:
                row[TOTAL] += dict(of_a).get("change_growth", 0.0) + dict(of_a).get("change_entry", 0.0)
            found.append(row)
    return pd.DataFrame(found)


def mean(effect, group, name, part, table="rows"):
    held = getattr(effect, table)
    return float(held[(held.group == group) & (held.name == name) & (held.part == part)]["mean"].iloc[0])


GAIN = {
    "change_growth": 3e9, "change_entry": 1e9, "change_by_start": 3e9, "change_by_arrived_lately": 1e9,
    "change_growth_changsha": 3e9, "change_entry_zhuzhou": 1e9, "change_growth_information": 4e9,
    "programmes_by_province": 2e9, "programme_rd_subsidy": 3e9, "programmes_by_prefectures": 1e9,
    "relocation_incentives": 5e8, "clawed_back": 1e8, "flow_rd_subsidy_firms": 3e9,
}  # fmt: skip


@pytest.fixture
def effect():
    return effect_of(rows("a"), rows("b"), annual(GAIN), HUNAN)


def test_parts_are_scaled_as_the_target_is_and_add_up_to_it(effect):
    factor = BASE / 2e11
    assert mean(effect, "province", "province", "all") == pytest.approx(4e9 * factor)
    assert mean(effect, "province", "province", "growth") == pytest.approx(3e9 * factor)
    assert mean(effect, PREFECTURE, "zhuzhou", "all") == pytest.approx(1e9 * factor)
    assert mean(effect, INDUSTRY, "information", "growth") == pytest.approx(4e9 * factor)
    assert mean(effect, "displaced", "elsewhere", "all") == pytest.approx(1e9 * factor)
    assert mean(effect, "displaced", "home", "all") == pytest.approx(3e9 * factor)
    assert effect.remainder == 0.0 and effect.pairs == 3


def test_a_yuan_that_no_part_explains_is_told():
    known = effect_of(rows("a"), rows("b"), annual(GAIN | {"change_by_start": 3e9 - 1}), HUNAN)
    assert known.remainder == 1.0


def test_coverage_comes_on_top_of_activity_and_is_no_effect_of_firms(effect):
    more = effect_of(rows("a"), rows("b"), annual(GAIN | {"change_coverage": 7e9}), HUNAN)
    for group, name in (("displaced", "home"), ("displaced", "elsewhere")):
        assert mean(more, group, name, "all") == mean(effect, group, name, "all")
    assert mean(more, "province", "province", "all") == pytest.approx(11e9 * BASE / 2e11)
    assert more.per_value == effect.per_value and more.remainder == 0.0


def test_cost_is_of_the_real_province_by_tier_programme_and_recipient(effect):
    def costs(group, name):
        return mean(effect, group, name, "cost", "costs")

    assert costs("total", "all") == pytest.approx((2e9 + 1e9 + 5e8 - 1e8) / 0.5)
    assert costs("tier", "incentives") == costs("programme", cost.TO_MOVERS) == pytest.approx(1e9)
    assert costs("programme", "rd_subsidy") == pytest.approx(6e9)
    assert costs("recipient", "firms") == pytest.approx((3e9 + 5e8 - 1e8) / 0.5)


def test_cost_per_point_and_per_yuan(effect):
    assert effect.per_point.status == effect.per_value.status == DETERMINED
    assert effect.per_point.value == pytest.approx(6.8e9)  # for one percentage point
    assert effect.per_value.value == pytest.approx(6.8e9 / (4e9 * BASE / 2e11))


@pytest.mark.parametrize(
    ("costs", "effects", "status"),
    [
        ([1.0, 1.0, 1.0], [-1.0, 0.0, 2.0], OPEN),
        ([1.0], [2.0], OPEN),
        ([1.0, 1.0, 1.0], [0.0, 0.0, 0.0], OPEN),
        ([1.0, 1.0, 1.0], [-2.0, -2.1, -1.9], LOSS),
        ([0.0, 0.0, 0.0], [2.0, 2.1, 1.9], FREE),
        ([1.0, 2.0, 3.0], [2.0, 2.1, 1.9], DETERMINED),
    ],
)
def test_cost_over_an_effect_that_may_be_zero_is_not_determined(costs, effects, status):
    found = ratio_of(costs, effects)
    assert found.status == status and (found.value is None) == (status != DETERMINED)


def test_fiellers_interval_meets_every_ratio_that_the_two_means_do_not_contradict():
    """The cost fixed, it is that cost over the ends of the effect's interval."""
    found = ratio_of([6.0] * 4, [2.0, 3.0, 4.0, 3.0])
    half = 3.18245 * np.std([2.0, 3.0, 4.0, 3.0], ddof=1) / 2
    assert (found.value, found.low, found.high) == pytest.approx((2.0, 6 / (3 + half), 6 / (3 - half)), 1e-4)


def test_pairs_of_one_draw_are_one_observation():
    table, draw = pd.DataFrame({"x": [1.0, 3.0, 5.0, 7.0]}), pd.Series([0, 0, 1, 1])
    assert by_observation(table, draw).x.tolist() == [2.0, 6.0]
    assert len(by_observation(table, draw * 0)) == len(by_observation(table, pd.Series(range(4)))) == 4


def test_whom_no_block_means_is_told_apart_where_blocks_alone_differ():
    block = {"talent_introduction@changsha+zhuzhou:information": {"budget": [[2023, 1e8]]}}
    both = pd.DataFrame({"levers_a": [json.dumps(block)], "levers_b": ["{}"]})
    found = untreated(both, HUNAN)
    assert found[PREFECTURE] == [name for name in PLACES if name not in ("changsha", "zhuzhou")]
    assert found[INDUSTRY] == [name for name in INDUSTRIES if name != "information"]
    both.levers_a = json.dumps(block | {"rd_subsidy": {"rate": [[2021, 0.2]]}})
    assert untreated(both, HUNAN) == {}


def test_the_effect_on_those_not_treated_is_a_row():
    levers = json.dumps({"talent_introduction@changsha": {"budget": [[2023, 1e8]]}})
    found = effect_of(rows("a", levers=levers), rows("b"), annual(GAIN), HUNAN)
    assert mean(found, "displaced", "other prefecture", "all") == pytest.approx(1e9 * BASE / 2e11)


def test_series_that_do_not_tell_parts_have_no_effect():
    assert effect_of(rows("a"), rows("b"), annual().drop(columns="change_exit"), HUNAN) is None


def test_every_series_of_the_change_is_read_and_named():
    known = columns_of(HUNAN)
    assert len(known) == 7 + 7 + 7 * len(PLACES) + 6 * len(INDUSTRIES)
    assert "transfer" not in parts_of(INDUSTRY) and "transfer" in parts_of(PREFECTURE)


def test_it_is_said_in_words(effect):
    said = "\n".join(effect_lines(in_json(effect), names_in(HUNAN)))
    for words in (
        "growth of incumbents",
        "by prefecture",
        "Zhuzhou",
        "displaced elsewhere",
        "per percentage",
    ):
        assert words in said
    assert "cost 2021–25 per percentage point of the emerging share in 2025: 68.0 亿" in said


def test_the_cap_of_the_region_is_its_share_of_what_was_spent_in_2020():
    assert load_fiscal_cap("hunan").yuan == pytest.approx(0.03 * 8403.1e8)
    assert load_fiscal_cap(str(HUNAN.folder)).share == 0.03


def test_cost_above_the_cap_is_said():
    found = against_cap(
        FiscalCap(0.1, 1e11),
        {"cheap": pd.Series({2020: 9e11, 2021: 1e9, 2025: 2e9}), "dear": pd.Series({2021: 2e10, 2022: 1e9})},
    )
    assert [found["cases"][case]["within"] for case in ("cheap", "dear")] == [True, False]
    assert "cheap: highest in 2025, 20.0 亿: within it" in cap_lines(found)
    assert "dear: highest in 2021, 200.0 亿: ABOVE IT" in cap_lines(found)
