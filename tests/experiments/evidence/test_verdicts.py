"""An effect beside a published one is a hit, a miss, an input, a report, or not measured."""

import json

import pytest

from experiments.__main__ import main as command
from experiments.evidence.effects import Effect
from experiments.evidence.evidence_page import page
from experiments.evidence.evidence_table import Conditions, in_json, lines
from experiments.evidence.published import Published
from experiments.evidence.verdicts import contradictory, counts, judged, sign_met, trial_r

ABOUT = Conditions(6, 1, 0.1, "hunan", "parameters: the central set")


def row(gate="range", **more):
    usual = {"lever": "rd_subsidy", "what": "research", "unit": "yuan/yuan", "citation": "Somebody (2000)",
             "trial": "grants.total", "why": "the weather"}  # fmt: skip
    return Published(**{**usual, "gate": gate, **more})


def band(low, high, **more):
    return row(low=low, high=high, kind="studies", **more)


def effect(value, low=None, high=None, draws=()):
    return Effect(
        value, value if low is None else low, value if high is None else high, tuple(draws) or (value,)
    )


def verdicts(found, **rows):
    return {one.id: one for one in judged(rows, {"grants.total": found})}


def test_an_effect_inside_the_range_is_a_hit_and_outside_a_miss():
    assert verdicts(effect(0.7), A=band(0.5, 1.3))["A"].verdict == "hit"
    assert verdicts(effect(0.4), A=band(0.5, 1.3))["A"].verdict == "miss"


def test_a_verdict_that_a_part_of_the_interval_would_turn_has_a_star():
    assert verdicts(effect(0.7, 0.4, 0.9), A=band(0.5, 1.3))["A"].word == "hit*"
    assert verdicts(effect(0.7, 0.6, 0.9), A=band(0.5, 1.3))["A"].word == "hit"
    assert verdicts(effect(0.4, 0.3, 0.6), A=band(0.5, 1.3))["A"].word == "miss*"
    assert verdicts(effect(0.4, 0.3, 0.45), A=band(0.5, 1.3))["A"].word == "MISS"


def test_ranges_of_studies_of_one_measurement_count_together():
    found = verdicts(effect(0.7), A=band(0.1, 0.2), B=band(0.6, 1.0), C=row(point=0.0))
    assert {one.verdict for one in found.values()} == {"hit"}
    assert found["A"].band == (0.0, 1.0)


def test_a_lone_number_is_met_within_a_factor_and_where_others_have_ranges_it_is_one_end():
    assert verdicts(effect(0.55), A=row(point=0.4))["A"].verdict == "hit"
    assert verdicts(effect(0.65), A=row(point=0.4))["A"].verdict == "miss"
    assert verdicts(effect(-0.5), A=row(point=-0.4))["A"].band == pytest.approx((-0.6, -0.4 / 1.5))
    assert verdicts(effect(0.55), A=row(point=0.4), B=band(0.1, 0.2))["A"].band == (0.1, 0.4)


def test_a_verdict_does_not_turn_with_the_number_of_runs_while_the_effect_stays():
    for half in (0.3, 0.001):
        assert verdicts(effect(0.42, 0.42 - half, 0.42 + half), A=row(point=0.4))["A"].verdict == "hit"


def test_no_effect_without_a_size_is_only_reported():
    assert verdicts(effect(1e-6), A=row("sign", sign="none"))["A"].verdict == "report"


@pytest.mark.parametrize(
    ("sign", "found", "expected"),
    [
        ("up", effect(1.0, 0.5, 1.5), (True, True)),
        ("up", effect(1.0, -0.5, 1.5), (True, False)),
        ("up", effect(0.0), (False, True)),
        ("down", effect(-1.0, -1.5, -0.5), (True, True)),
        ("down", effect(0.2, -0.1, 0.5), (False, False)),
        ("not up", effect(0.0), (True, True)),
        ("not down", effect(-1.0), (False, True)),
    ],
)
def test_a_sign_is_met_by_the_effect_and_sure_by_its_whole_interval(sign, found, expected):
    assert sign_met(sign, found) == expected


def test_where_studies_found_both_signs_nothing_is_judged():
    found = verdicts(effect(1.0), A=row("sign", sign="up"), B=row("sign", sign="none"))
    assert {one.verdict for one in found.values()} == {"report"}
    assert contradictory(["up", "down"]) and not contradictory(["up", "not down"])


def test_a_coefficient_gets_no_verdict_and_what_has_no_experiment_is_not_measured():
    found = verdicts(effect(0.1), A=band(0.5, 1.3, gate="input"), B=band(0.5, 1.3, trial=None),
                     C=row("input", trial=None))  # fmt: skip
    assert [one.verdict for one in found.values()] == ["input", "not measured", "input"]


def test_a_row_that_waits_for_a_lever_is_not_judged():
    assert verdicts(effect(1.0), A=band(0.5, 1.3, lever=None, waits="parks", trial=None)) == {}


def test_the_share_of_sets_of_parameters_inside_is_told_where_there_are_several():
    found = verdicts(effect(0.7, 0.4, 0.9, draws=(0.4, 0.7, 0.9, 2.0)), A=band(0.5, 1.3))["A"]
    assert found.inside == 0.5
    assert "50% of sets inside" in lines([found], [], {}, ABOUT)


def test_a_reason_is_printed_where_the_row_misses_and_not_where_it_hits():
    for value, there in ((0.7, False), (0.1, True)):
        found = list(verdicts(effect(value), A=band(0.5, 1.3)).values())
        assert ("the weather" in page(found, [], {}, ABOUT, "sanxiang evidence")) is there
        assert ("the weather" in json.dumps(in_json(found, [], {}, ABOUT))) is there


def test_the_table_names_row_effect_interval_range_verdict_and_citation():
    found = list(verdicts(effect(0.7, 0.6, 0.8), A=band(0.5, 1.3, point=1.0)).values())
    text = lines(found, [], {"W": row(lever=None, waits="parks", trial=None, point=1)}, ABOUT)
    for word in ("research [yuan/yuan]", "0.7", "0.6 to 0.8", "1 (0.5 to 1.3)", "hit", "Somebody (2000)"):
        assert word in text
    assert "1 rows: 1 hit" in text and "1 more rows wait for a lever" in text
    assert counts(found)["hit"] == 1


def test_no_line_is_wider_than_the_terminal(terminal):
    found = list(verdicts(effect(0.7, 0.6, 0.8), A=band(0.5, 1.3, point=1.0)).values())
    (nominal,) = trial_r({"returns.own_return": effect(20.0, -1.0, 30.0, draws=(-1.0, 20.0, 30.0, 40.0))})
    drawn = "parameters: 16 sets drawn from their priors that meet 2016-20, of 100 that were kept"
    many = Conditions(6, 16, 0.1, "hunan", drawn)
    text = terminal(lines(found, [nominal], {"W": row(lever=None, waits="parks", trial=None, point=1)}, many))
    assert "with the luck left in" in text


def test_trial_r_says_in_how_many_sets_the_return_is_negative():
    (nominal,) = trial_r({"returns.own_return": effect(20.0, -1.0, 30.0, draws=(-1.0, 20.0, 30.0, 40.0))})
    assert nominal.below_zero == 0.25 and nominal.in_range
    assert "below 0 in 25%" in lines([], [nominal], {}, ABOUT)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["talents"], "unknown row or experiment 'talents' - did you mean 'talent'"),
        (["talent", "--replications", "1"], "--replications of at least 2"),
        (["talent", "--write"], "--write writes the page of all rows; name none with it"),
        (["talent", "--draws", "0"], "--draws 0"),
        (["talent", "region=nowhere"], "nowhere"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line(words, said, capsys):
    assert command(["evidence", *words]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and said in told


def test_the_command_prints_what_it_was_asked_for(capsys):
    assert command(["evidence", "E7", "--replications", "2", "--scale", "0.01", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in told["rows"]] == ["E7"]
    assert told["rows"][0]["verdict"] == "input" and told["trial_r"] == []
