"""A level is compared on the path through the base of 2020; growth needs no base."""

from pathlib import Path

import numpy as np
import pytest

from scenarios.load import CONFIGS
from scenarios.targets import also_path, check_targets, evaluate, load_targets, names_in, scaled_path
from scenarios.values.errors import InputError
from scenarios.worlds.fan import DISCREPANCIES

TARGETS = load_targets()
YI = 1e8


def path(in_2020: float, in_2025: float) -> np.ndarray:
    return np.concatenate([np.full(5, in_2020), np.linspace(in_2020, in_2025, 6)[1:]])


NOTHING_MISSED = {f"discrepancy_{name}": path(1.0, 1.0) for name in DISCREPANCIES}


def test_the_plan_has_its_seven_targets():
    assert {name: (t.about.comparison, t.threshold) for name, t in TARGETS.items()} == {
        "sei_share_gdp": (">=", 0.18),
        "sei_va": (">", 10_000 * YI),
        "rd_growth": (">=", 0.12),
        "hv_patents_per_10k": (">=", 6),
        "digital_core_share": (">=", 0.11),
        "hnte_count": (">=", 13_000),
        "national_carriers": (">", 150),
    }


def test_a_level_is_scaled_by_the_base_over_the_runs_own_2020_value():
    result = evaluate(
        TARGETS["sei_va"],
        {
            "sei_value_added": path(4000 * YI, 8000 * YI),
            "sei_value_added_published": path(4000 * YI, 9000 * YI),
            "sei_value_added_capitalised_published": path(4300 * YI, 9900 * YI),
            **NOTHING_MISSED,
        },
        {"sei_value_added_2020": 4400 * YI},
    )
    assert result.value == pytest.approx(9900 * YI)
    assert result.unscaled == 9000 * YI
    assert result.activity == pytest.approx(8800 * YI)
    assert (result.hit, result.activity_hit) == (False, False)


def test_a_share_is_scaled_as_a_share():
    annual = {"sei_value_added_published": path(8, 30), "gdp": path(100, 150)}
    annual |= {"sei_value_added": path(8, 20), "sei_value_added_capitalised_published": path(9, 33)}
    annual |= NOTHING_MISSED
    result = evaluate(TARGETS["sei_share_gdp"], annual, {"sei_share_gdp_2020": 0.10})
    assert (result.activity, result.activity_hit) == (pytest.approx(0.1 / 0.08 * 20 / 150), False)
    assert (result.value, result.unscaled, result.hit) == (pytest.approx(0.25), pytest.approx(0.20), True)


def test_the_other_definition_of_a_share_is_a_share_as_well():
    annual = {"sei_value_added_capitalised_published": path(8, 33), "gdp": path(100, 150), **NOTHING_MISSED}
    other = also_path(TARGETS["sei_share_gdp"], annual, {"sei_share_gdp_2020": 0.10})
    assert other is not None
    assert other[-1] == pytest.approx(0.275)


def test_a_count_of_a_few_dozen_is_shifted():
    annual = {"carriers_wide": path(100, 140), "carriers_listed": path(50, 70)}
    bases = {"carriers_wide_2020": 110.0, "carriers_listed_2020": 56.0}
    assert evaluate(TARGETS["national_carriers"], annual, bases)[:2] == (150, 140)
    other = also_path(TARGETS["national_carriers"], annual, bases)
    assert other is not None
    assert other[-1] == 76


def test_patents_are_counted_per_ten_thousand_persons():
    annual = {"high_value_patents": path(20_000, 40_000), "population": path(66e6, 66e6), **NOTHING_MISSED}
    result = evaluate(TARGETS["hv_patents_per_10k"], annual, {"high_value_per_10k_2020": 3.0})
    assert result.unscaled == pytest.approx(40_000 / 6600)
    assert result.value == pytest.approx(6.0)


def test_twelve_percent_a_year_from_the_2020_base_is_1583_8_yi():
    annual = {"rd_total": path(898.7 * YI, 898.7 * YI * 1.12**5), **NOTHING_MISSED}
    assert annual["rd_total"][-1] / YI == pytest.approx(1583.8, abs=0.05)
    annual["rd_total_published"] = annual["rd_total"] * 1.0
    assert evaluate(TARGETS["rd_growth"], annual, {}).value == pytest.approx(0.12)


@pytest.mark.parametrize(("name", "value", "hit"), [
    ("national_carriers", 150, False), ("national_carriers", 151, True),
    ("hnte_count", 12_999, False), ("hnte_count", 13_000, True),
])  # fmt: skip
def test_exceeds_and_reaches_differ_as_the_plan_words_them(name: str, value: float, hit: bool):
    assert TARGETS[name].is_met_by(value) is hit


def test_what_has_no_value_is_no_hit():
    annual = {"hnte": path(0, 20_000), **NOTHING_MISSED}
    result = evaluate(TARGETS["hnte_count"], annual, {"hnte_2020": 8621.0})
    assert np.isnan(result.value)
    assert not result.hit


def test_the_scaled_path_goes_through_the_base_in_2020():
    scaled = scaled_path(
        TARGETS["hnte_count"], {"hnte": path(8000, 16_000), **NOTHING_MISSED}, {"hnte_2020": 8621.0}
    )
    assert scaled[4] == pytest.approx(8621)


def test_a_missing_base_is_an_error():
    with pytest.raises(KeyError, match="hnte_2020"):
        evaluate(TARGETS["hnte_count"], {"hnte": path(8000, 16_000), **NOTHING_MISSED}, {})


REFUSED = {
    "another comparison": ('comparison: ">"', 'comparison: "<"', "comparison is the text '<'"),
    "another statistic": ("statistic: mean_growth", "statistic: median", "statistic is the text 'median'"),
    "no source": ("    source:", "    sauce:", "threshold: unknown key 'sauce' - did you mean 'source'?"),
    "a base without anchor": ("  anchor: difference\n", "", "base and anchor belong together"),
    "an unknown key": ("  over: population", "  under: population", "unknown key 'under'"),
}


@pytest.mark.parametrize(("old", "new", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_no_target(tmp_path: Path, old: str, new: str, reason: str):
    text = (CONFIGS / "region/hunan/targets.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "region/hunan").mkdir(parents=True)
    (tmp_path / "region/hunan/targets.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_targets(tmp_path)
    assert reason in str(refusal.value)


BASES = [base for target in TARGETS.values() for kind, base in names_in(target.about) if kind == "base"]
SERIES = [one for target in TARGETS.values() for kind, one in names_in(target.about) if kind == "indicator"]


def test_a_target_on_recorded_series_and_known_bases_is_accepted():
    check_targets(TARGETS, SERIES, BASES)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ((["gdpp"], BASES), "sei_share_gdp: unknown indicator 'gdp' - did you mean 'gdpp'?"),
        (
            ([name for name in SERIES if name != "carriers_listed"], BASES),
            "national_carriers: unknown indicator 'carriers_listed' - did you mean 'carriers_wide'?",
        ),
        ((SERIES, ["sei_value_added_2O20"]), "sei_va: unknown base 'sei_value_added_2020'"),
    ],
)
def test_a_target_on_what_no_run_has_is_refused_with_the_nearest_name(known, said):
    with pytest.raises(InputError) as refusal:
        check_targets(TARGETS, *known)
    assert any(said in line and "targets.yaml: " in line for line in refusal.value.messages)


def test_another_definition_says_in_its_file_which_one_it_is():
    also = TARGETS["national_carriers"].about.also
    assert also is not None
    assert also.label.en == "under the plan's four listed families"


def test_what_the_model_may_miss_moves_the_value_and_never_activity():
    annual = {"hnte": path(8000, 14_000), "discrepancy_certified": path(1.0, 1.1)}
    found = evaluate(TARGETS["hnte_count"], annual, {"hnte_2020": 8621.0})
    as_modelled = 14_000 * 8621 / 8000
    assert found.modelled == found.activity == pytest.approx(as_modelled)
    assert found.value == pytest.approx(1.1 * as_modelled)
    assert found.unscaled == pytest.approx(1.1 * 14_000)


def test_coverage_and_what_is_missed_are_told_apart():
    annual = {
        "sei_value_added": path(4000, 6000),
        "sei_value_added_published": path(4000, 6600),
        "sei_value_added_capitalised_published": path(4300, 7000),
        "discrepancy_emerging": path(1.0, 0.9),
    }
    found = evaluate(TARGETS["sei_va"], annual, {"sei_value_added_2020": 4000.0})
    assert (found.activity, found.modelled) == (pytest.approx(6000), pytest.approx(6600))
    assert (found.value, found.also) == (pytest.approx(5940), pytest.approx(0.9 * 7000 * 4000 / 4300))


def test_growth_is_missed_by_the_yearly_part_of_the_level():
    annual = {"rd_total": path(100, 200), "rd_total_published": path(100, 200)}
    annual["discrepancy_research"] = path(1.0, 1.05)
    found = evaluate(TARGETS["rd_growth"], annual, {})
    assert found.value == pytest.approx((2.0 * 1.05) ** 0.2 - 1.0)
    assert found.modelled == pytest.approx(2.0**0.2 - 1.0)


def test_carriers_miss_nothing():
    annual = {"carriers_wide": path(100, 140), "carriers_listed": path(50, 70)}
    found = evaluate(
        TARGETS["national_carriers"], annual, {"carriers_wide_2020": 110, "carriers_listed_2020": 56}
    )
    assert (found.modelled, found.activity) == (None, None)
