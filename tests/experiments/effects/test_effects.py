"""Effects of levers at their doses: pairs, package, interaction, nothing, cost, and what is reclassified."""

import json
from dataclasses import replace

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.answer.dose_runs import GDP, MONEY, VALUE_ADDED
from experiments.command import lever_effects as lever_effects_verb
from experiments.effects import effects, places, runs, table
from experiments.effects.doses import doses
from experiments.effects.effects import (
    BASE,
    INTERACTION,
    NOTHING,
    PACKAGE,
    RECLASSIFIED,
    Asked,
    cases_of,
    lever_effects,
    per_yi,
)
from experiments.effects.page import page
from experiments.effects.places import Size, position
from experiments.effects.runs import JOBS, Cases, Unit, measured
from experiments.evidence.effects import Effect
from experiments.measures import stored
from experiments.store.outcome_columns import COVERAGE
from scenarios.load import central_values, load_levers, load_parameters, load_scenarios
from scenarios.targets import load_targets

CENTRAL = central_values(load_parameters())
USUAL = load_scenarios()["as_in_2020"]
TARGETS = list(load_targets())
BITS = {"rd_subsidy": 4.0, "high_tech_award": 0.001, "statistical_coverage": 0.0, PACKAGE: 9.0}


def toy(cases, sets, replications, workers=None):
    """Measures of every case: luck, and what each lever adds; the package more than the sum of its parts."""
    luck = np.random.default_rng(3).normal(0.0, 5.0, (len(sets), replications))
    found = {}
    for case in cases.scenarios:
        added = BITS.get(case, 0.0)
        found[case] = dict.fromkeys([*TARGETS, VALUE_ADDED, GDP, JOBS], 1_000.0 + luck + added)
        found[case][MONEY] = 270.0 + luck + 2.0 * added
        found[case][COVERAGE] = luck * 0.0 + (10.0 if case in ("statistical_coverage", PACKAGE) else 3.0)
    return found


@pytest.fixture
def found(monkeypatch):
    monkeypatch.setattr(effects, "measured", toy)
    return lever_effects(Asked(replications=3), [CENTRAL] * 4)


def values(found, case, indicator="sei_va"):
    one = found.effects[case][indicator]
    return pytest.approx((one.value, one.low, one.high))


def test_an_effect_is_the_difference_of_pairs_so_that_luck_cancels(found):
    assert values(found, "rd_subsidy") == (4.0, 4.0, 4.0)
    assert values(found, "rd_subsidy", MONEY) == (8.0, 8.0, 8.0)
    assert values(found, "credit_guarantee") == (0.0, 0.0, 0.0)


def test_interaction_is_the_package_less_the_sum_of_singles(found):
    assert values(found, PACKAGE) == (9.0, 9.0, 9.0)
    assert values(found, INTERACTION) == (4.999, 4.999, 4.999)
    assert list(found.effects) == [*load_levers(), PACKAGE, INTERACTION]


def test_what_is_reclassified_stands_apart_and_is_no_effect(found):
    lever = found.effects["statistical_coverage"]
    assert {lever[name].value for name in TARGETS} == {0.0}
    assert lever[RECLASSIFIED].value == pytest.approx(0.07 * 1_000.0, rel=0.01)
    others = [
        found.effects[name][RECLASSIFIED].value for name in load_levers() if name != "statistical_coverage"
    ]
    assert set(others) == {0.0}


def test_nothing_is_an_interval_within_the_tolerance_and_the_table_asks_for_the_reason(found, monkeypatch):
    assert found.does_nothing("high_tech_award", "sei_va")  # 0.001 of 1,000
    assert not found.does_nothing("rd_subsidy", "sei_va")
    assert "~0" in table.cell(found, "high_tech_award", "sei_va")
    assert table.cell(found, "credit_guarantee", "sei_va") == "0"
    assert table.reason(found, "rd_subsidy") == ""
    assert table.reason(found, "high_tech_award") == load_levers()["high_tech_award"].about.no_effect
    silent = {
        name: one.model_copy(update={"about": one.about.model_copy(update={"no_effect": None})})
        for name, one in load_levers().items()
    }
    monkeypatch.setattr(table, "load_levers", lambda region: silent)
    assert table.reason(found, "high_tech_award") == table.MISSING
    assert table.MISSING in table.lines(found, {}, "central")


@pytest.mark.parametrize(
    ("added", "ratio", "said"),
    [
        (Effect(4.0, 1.0, 7.0, ()), 3.0, "3 亿 spent 2021-25 per 亿"),
        (Effect(4.0, -1.0, 9.0, ()), None, "not determined"),
        (Effect(0.0, 0.0, 0.0, ()), None, "not determined"),
        (Effect(-4.0, -5.0, -3.0, ()), None, "value added falls"),
    ],
)
def test_a_cost_is_told_only_where_value_added_gains(found, added, ratio, said):
    cost = Effect(12.0, 11.0, 13.0, ())
    assert per_yi(cost, added) == ratio
    mine = replace(found, effects={"rd_subsidy": {MONEY: cost, "sei_va": added}})
    assert table.cost_said(mine, "rd_subsidy").startswith(said)


def test_a_lever_without_programme_has_no_cost_per_yi(found):
    assert table.cost_said(found, "inventor_share") == "no budget of its own"


def test_named_levers_alone_make_no_package(monkeypatch):
    monkeypatch.setattr(effects, "measured", toy)
    found = lever_effects(Asked(("rd_subsidy",), replications=3), [CENTRAL])
    assert list(found.effects) == ["rd_subsidy"]


def test_one_base_serves_all_levers_and_against_zero_each_has_its_own():
    dosed = doses(["rd_subsidy", "credit_guarantee"])
    scenarios, bases = cases_of(dosed, USUAL, Asked())
    assert set(bases.values()) == {BASE}
    assert list(scenarios) == [BASE, "rd_subsidy", "credit_guarantee", PACKAGE]
    _, bases = cases_of(dosed, USUAL, Asked(against="zero"))
    assert bases["rd_subsidy"] == f"rd_subsidy {NOTHING}"
    assert bases[PACKAGE] == NOTHING


def test_where_a_size_lies():
    size = Size(low=5, middle=25, high=70, words="a study")
    assert [position(size, one) for one in (4.0, 5.0, 71.0)] == ["below", "within", "above"]
    with pytest.raises(ValueError, match="not in order"):
        Size(low=5, middle=80, high=70, words="a study")
    assert set(places.load_sizes()) >= {"statistical_coverage", "supply_chain_completion"}


def test_places_are_told_with_the_words_whence(found):
    told = places.places(found, [])["statistical_coverage"]
    assert "within 0 to 670 亿 expected (" in told.said
    assert places.places(found, [])["inventor_share"].said.startswith("nothing published")


def test_no_line_is_wider_than_the_terminal(found, terminal):
    assert "package" in terminal(table.lines(found, {}, "parameters: " + "central " * 20))


def test_the_page_holds_every_lever_and_its_command(found):
    text = page(found, places.places(found, []), "central", "sanxiang levers --effects")
    assert "Made on " in text and "`sanxiang levers --effects`" in text
    for name in load_levers():
        assert f"`{name}`" in text
    assert "N = 12 pairs" in text


# --- with the model --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Two levers in two tiny provinces, kept."""
    kept = tmp_path_factory.mktemp("kept") / "of"
    asked = Asked(("super_deduction", "statistical_coverage"), "2020", 2, 0.01, workers=1, kept=kept)
    return asked, lever_effects(asked, [CENTRAL])


def test_coverage_has_no_effect_on_any_indicator_of_activity(small):
    _, found = small
    effect = found.effects["statistical_coverage"]
    assert {(one.value, one.low, one.high) for name, one in effect.items() if name != RECLASSIFIED} == {
        (0.0, 0.0, 0.0)
    }
    assert effect[RECLASSIFIED].value > 100.0
    assert found.effects["super_deduction"][RECLASSIFIED].value == 0.0
    assert found.effects["super_deduction"]["rd_growth"].value > 0.0


def test_what_was_measured_is_kept_and_not_run_again(small, monkeypatch):
    asked, found = small

    def never(*_):
        raise AssertionError("run again")

    monkeypatch.setattr(runs, "simulated", never)
    again = lever_effects(asked, [CENTRAL])
    assert again.effects == found.effects
    with pytest.raises(AssertionError, match="run again"):
        lever_effects(replace(asked, replications=3), [CENTRAL])
    next(asked.kept.iterdir()).write_text("{", encoding="utf-8")
    with pytest.raises(AssertionError, match="run again"):
        lever_effects(asked, [CENTRAL])


def test_a_unit_has_the_parameters_and_the_luck_that_it_is_asked_for():
    other = {**CENTRAL, "rest": {**CENTRAL["rest"], "demand_multiplier": 0.3}}
    cases = Cases({BASE: USUAL}, 0.01)
    (spec,) = cases.specs(Unit(2, other, 5))
    assert (spec.parameters, spec.draw, spec.replication, spec.scale) == (other, 2, 5, 0.01)


def test_measures_are_ordered_by_set_and_replication(monkeypatch):
    monkeypatch.setattr(
        runs, "of_unit", lambda cases, unit: {BASE: {"x": 10.0 * unit.place + unit.replication}}
    )
    found = measured(Cases({BASE: USUAL}, 0.01), [CENTRAL, CENTRAL], 3, workers=1)
    assert found[BASE]["x"].tolist() == [[0.0, 1.0, 2.0], [10.0, 11.0, 12.0]]


# --- the command -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--replications", "1"], "--replications 1: at least 2"),
        (["--scale", "0"], "--scale 0 is outside"),
        (["--workers", "0"], "--workers 0 is not"),
        (["--draws", "0"], "--draws 0 is not"),
        (["rd_subsidi"], "did you mean 'rd_subsidy'"),
        (["rd_subsidy", "--write"], "name none with it"),
        (["--against", "2019"], "invalid choice"),
        (["--draw", "2", "--nonsense"], "unrecognized"),
        (["region=hunnan"], "did you mean 'hunan'"),
    ],
)
def test_bad_options_are_refused_in_one_line_before_any_run(words, said, monkeypatch, capsys):
    monkeypatch.setattr(effects, "measured", lambda *_: pytest.fail("it ran"))
    assert main(["levers", "--effects", *words]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert said in told[0]


def test_the_command_prints_json(monkeypatch, capsys):
    monkeypatch.setattr(effects, "measured", toy)
    assert main(["levers", "--effects", "--no-trials", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["conditions"]["pairs"] == 6
    assert [one["lever"] for one in told["levers"]] == list(load_levers())
    assert told["interaction"]["effects"]["sei_va"]["value"] == pytest.approx(4.999)
    one = next(one for one in told["levers"] if one["lever"] == "mission_projects")
    assert one["dose"]["values"]["mission_projects"]["stage_gate"]["2022"] == 0.4


def test_the_command_prints_the_table(monkeypatch, capsys):
    monkeypatch.setattr(effects, "measured", toy)
    assert main(["levers", "--effects", "--no-trials"]) == 0
    told = capsys.readouterr().out
    assert "N = 6 pairs of runs of equal luck" in told
    assert "reclassified (no activity), 亿" in told
    assert "  does nothing: " in told


def test_rows_of_evidence_are_judged_with_the_same_sets_and_replications(monkeypatch, found):
    asked = []

    def noted(names, sets, replications, scale, region, workers):
        asked.append((tuple(names), len(sets), replications, scale))
        return {"talent.inflow": Effect(1.0, 0.9, 1.1, (1.0,))}

    monkeypatch.setattr(places, "measured", noted)
    rows = places.judged_rows(Asked(replications=3, scale=0.05), ["talent_introduction"], [CENTRAL] * 4)
    assert asked == [(("talent",), 4, 3, 0.05)]
    told = places.places(found, rows)["talent_introduction"].said
    assert "1 beside " in told


def test_writing_the_page_stores_the_effects_for_the_plan(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(effects, "measured", toy)
    monkeypatch.setattr(lever_effects_verb, "PAGE", tmp_path / "EFFECTS.md")
    monkeypatch.setattr(stored, "STORED", tmp_path / "effects.json")
    assert main(["levers", "--effects", "--no-trials", "--replications", "3", "--write"]) == 0
    kept = stored.load_stored(tmp_path / "effects.json")
    assert kept.levers["rd_subsidy"]["effects"]["sei_va"]["value"] == pytest.approx(4.0)
    assert kept.made["command"].startswith("sanxiang levers --effects --no-trials")
    assert kept.stale() == []
