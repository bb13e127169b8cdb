"""A past plan: paths that start as published, probabilities before anybody knew, and what they score."""

import json

import pytest
from made_up_forecast import PLAN, SETTING, grown

from experiments.__main__ import main
from experiments.command.printed_json import printed_json
from experiments.hindcast.past_plan import check_series, judge, value_of
from experiments.hindcast.past_plan_table import in_json, lines
from experiments.hindcast.scores import brier
from scenarios.values.errors import InputError


def test_a_path_starts_from_what_was_published_of_its_year():
    values = {name: value_of(goal, 2020, grown(1.5)) for name, goal in PLAN.goals.items()}
    assert values["certified"] == pytest.approx(2168 * 2.25)  # from 2015
    assert values["inventions"] == pytest.approx(3.29 * 2.25)
    assert values["research"] == pytest.approx(468.7 * 1.5)  # from 2016
    assert values["research_to_gdp"] == pytest.approx(1.5 * 1.5)


def test_the_score_is_that_of_the_share_of_runs_that_reach_a_goal():
    runs = [grown(1.0), grown(1.0), grown(1.6), grown(1.6)]
    judged = judge(PLAN, runs, range(4))
    certified = next(one for one in judged.goals if one.goal.name == "certified")
    assert certified.probability.value == 0.5 and certified.brier == 0.25
    assert judged.base_rate == 0.4
    assert judged.constant(0.5) == 0.25 and judged.constant(0.4) == pytest.approx(0.24)
    assert judged.skill(0.5) == pytest.approx(1 - judged.brier / 0.25)


def test_a_forecast_that_knew_scores_nothing_and_one_that_erred_scores_one():
    assert brier(1.0, True) == 0 and brier(1.0, False) == 1
    sure = judge(PLAN, [grown(1.6)] * 3, range(3))
    by_name = {one.goal.name: one.brier for one in sure.goals}
    assert by_name["certified"] == 0 and by_name["high_tech_value_added"] == 1


def test_a_run_without_a_number_widens_the_interval_and_is_no_hit():
    judged = judge(PLAN, [grown(1.6), grown(1.6), grown(broken=True)], range(3))
    certified = next(one for one in judged.goals if one.goal.name == "certified")
    assert (certified.probability.hits, certified.probability.failed) == (2, 1)
    assert certified.probability.value == 1.0


def test_three_goals_were_missed_and_two_beaten():
    met = {name for name, goal in PLAN.goals.items() if goal.was_met}
    assert met == {"certified", "inventions"} and len(PLAN.goals) == 5


def test_a_goal_for_a_series_that_no_run_records_is_refused():
    with pytest.raises(InputError, match="unknown series 'rd_total' - did you mean 'rd_totals'"):
        check_series(
            PLAN, ["hnte", "patents_valid", "population", "technology_value_added", "gdp", "rd_totals"], "f"
        )


def test_text_and_json_say_the_same_and_name_both_yardsticks():
    judged = judge(PLAN, [grown(1.0), grown(1.6)], range(2))
    text = lines(judged, SETTING, ["world: known"])
    plain = json.loads(printed_json(in_json(judged, SETTING, ["world: known"])))
    assert "always 50%" in text and "always 40%, the base rate, known only afterwards" in text
    assert plain["brier"] == judged.brier and plain["base_rate"]["probability"] == 0.4
    assert [one["met"] for one in plain["goals"]] == [one.goal.was_met for one in judged.goals]
    assert all(one["numbers"]["goal"]["source"] and one["why"] in text for one in plain["goals"])


def test_no_line_of_it_is_wider_than_the_terminal(monkeypatch, terminal, capsys):
    judged = judge(PLAN, [grown(1.0), grown(1.6)], range(2))
    monkeypatch.setattr("experiments.hindcast.runs.lives", lambda *_: [])
    monkeypatch.setattr("experiments.command.hindcast.judge", lambda *_: judged)
    assert main(["hindcast", "past-plan"]) == 0
    assert "the base rate" in terminal(capsys.readouterr().out)
