"""Two scenarios in pairs of equal luck."""

import pandas as pd
import pytest
import toy_province

from experiments import compare
from experiments.answer.comparison_table import difference_row, render_comparison
from experiments.answer.pairs import differences, paired, within
from experiments.exits import FolderDiffers
from scenarios.targets import load_targets
from scenarios.values.errors import InputError

TARGETS = load_targets()


def runs(values, **keys):
    """Runs with these values of added value and every other target missed."""
    rows = pd.DataFrame(
        {"n": range(len(values)), "draw": 0, "seed": 1, "world": "calm", "scale": 1.0, "status": "ok"} | keys
    )
    for name in TARGETS:
        rows[name] = values if name == "sei_va" else 0.0
        rows[f"{name}_hit"] = [name == "sei_va" and value > 1e12 for value in values]
    return rows


def of_value_added(a, b):
    return next(row for row in differences(a, b) if row["target"] == "sei_va")


def test_the_mean_difference_has_the_interval_of_a_paired_t_test():
    row = of_value_added(runs([3.0, 5.0, 4.0, 8.0]), runs([1.0, 2.0, 3.0, 4.0]))
    assert row["mean"] == 2.5  # differences 2, 3, 1, 4: sd 1.291, t(3) 3.182
    assert (row["low"], row["high"]) == pytest.approx((0.4457, 4.5543), abs=1e-4)


def test_pairs_that_differ_equally_have_no_spread_although_their_levels_do():
    row = of_value_added(runs([1.0, 50.0, 9.0]), runs([0.0, 49.0, 8.0]))
    assert (row["low"], row["mean"], row["high"]) == (1.0, 1.0, 1.0)


def test_ties_count_half():
    assert of_value_added(runs([2.0, 1.0, 1.0, 0.0]), runs([1.0, 1.0, 1.0, 1.0]))["greater"] == 0.5


def test_what_differs_by_rounding_alone_is_a_tie():
    """A yuan in a treasury moves the last bits of a sum: no scenario is higher by that."""
    row = of_value_added(runs([1e12 + 0.001, 2e12 - 0.001]), runs([1e12, 2e12]))
    assert (row["mean"], row["greater"]) == (0.0, 0.5)
    assert of_value_added(runs([1e12 + 1e4] * 2), runs([1e12] * 2))["greater"] == 1.0


def test_discordant_hits_are_counted_by_side():
    row = of_value_added(runs([2e12, 2e12, 0.0, 2e12]), runs([0.0, 2e12, 2e12, 0.0]))
    assert (row["gained"], row["lost"]) == (2, 1)


def test_runs_of_one_draw_are_no_more_than_one_observation():
    a, b = runs([5.0, 5.0, 1.0, 1.0], draw=[0, 0, 1, 1]), runs([0.0] * 4, draw=[0, 0, 1, 1])
    row = of_value_added(a, b)  # two draws, differences 5 and 1: t(1) 12.706, standard error 2
    assert (row["low"], row["high"]) == pytest.approx((3 - 25.412, 3 + 25.412), abs=1e-2)


def test_a_failed_run_takes_its_pair_with_it():
    a = runs([2.0, 3.0, 4.0])
    a.loc[1, "status"] = "failed"
    assert len(paired(a, runs([1.0, 1.0, 1.0]))) == 2


def test_a_longer_sweep_is_compared_on_the_runs_both_have():
    assert len(paired(runs([1.0] * 5), runs([1.0] * 3))) == 3


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 2}, "seed is 1 in one and 2 in the other"),
        ({"world": "stormy"}, "world is calm in one and stormy in the other"),
        ({"scale": 0.1}, "scale is 1.0 in one and 0.1 in the other"),
        ({"draw": [0, 1, 2]}, "2 and 2 runs have no partner"),
    ],
)
def test_unequal_luck_is_refused(other, said):
    with pytest.raises(InputError, match=said):
        paired(runs([1.0] * 3), runs([1.0] * 3, **other))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return toy_province.results(
        tmp_path_factory.mktemp("r") / "toy",
        [toy_province.scenario(), toy_province.scenario("plan", 0.01)],
        replications=6,
    )


def test_the_settings_that_differ_come_with_the_differences(folder):
    found = compare(f"{folder}:plan", f"{folder}:as_in_2020")
    assert found["settings"] == [
        {"key": "lever.toy.rate", "a": [[2016, 0.0], [2021, 0.01]], "b": [[2016, 0.0]]}
    ]
    assert [row["target"] for row in found["differences"]] == [*TARGETS, "all"]
    assert all(
        row["greater"] == 1.0 for row in found["differences"] if row["target"] in ("sei_va", "rd_growth")
    )


def test_a_scenario_beside_itself_is_told_to_be_the_same_runs(folder):
    found = compare(f"{folder}:plan", f"{folder}:plan")
    assert found["same"] and "both sides are the same runs" in render_comparison(found)
    other = compare(f"{folder}:plan", f"{folder}:as_in_2020")
    assert not other["same"] and "the same runs" not in render_comparison(other)


def test_a_folder_of_several_scenarios_asks_which(folder):
    with pytest.raises(InputError, match=f"say which: {folder}:as_in_2020, {folder}:plan"):
        compare(folder, f"{folder}:plan")


def test_an_unknown_scenario_is_answered_with_the_nearest(folder):
    with pytest.raises(InputError, match="did you mean 'plan'"):
        compare(f"{folder}:plam", f"{folder}:plan")


def test_folders_of_other_sources_are_not_compared(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(toy_province, "TODAY", toy_province.TODAY | {"sources": {"sim/a.py": "99"}})
    other = toy_province.results(tmp_path / "other", [toy_province.scenario()], replications=6)
    with pytest.raises(FolderDiffers, match=r"sources: sim/a\.py changed"):
        compare(f"{folder}:plan", other)


def test_colons_of_the_longest_folder_that_is_there_belong_to_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "res/2026-11-29T10:00:r1"
    toy_province.results(tmp_path / name, [toy_province.scenario(), toy_province.scenario("plan", 0.1)], 2)
    (tmp_path / "res/2026-11-29T10").mkdir()
    found = compare(f"{name}:plan", f"{name}:as_in_2020")
    assert (found["a"], found["b"]) == (f"{name}:plan", f"{name}:as_in_2020")
    with pytest.raises(InputError, match=f"{name} holds 2 scenarios"):
        compare(name, name)


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (0.0, "too small to matter: none in any pair"),
        (3.6e-6, "too small to matter: within ±0.0004 pp"),
        (0.02, "+2.0 pp [+2.0 – +2.0]"),
        (-0.02, "-2.0 pp [-2.0 – -2.0]"),
    ],
)
def test_a_difference_that_no_table_would_show_is_told_by_its_bound(gap, said):
    target = TARGETS["sei_share_gdp"]
    row = {"mean": gap, "low": gap, "high": gap, "greater": 0.96, "gained": 0, "lost": 0, "pairs": 9}
    cells = difference_row(row, target)
    assert cells[1] == said
    assert bool(cells[2]) == (abs(gap) > 0.01)  # no P(higher) beside what is too small


def test_a_bound_is_rounded_up():
    assert [within(bound) for bound in (0.00036, 0.0101, 0.4, 2.3)] == [
        "within ±0.0004", "within ±0.02", "within ±0.4", "within ±3",
    ]  # fmt: skip
