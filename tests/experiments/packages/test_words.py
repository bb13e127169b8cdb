"""Bad words are told in one line each before any run; good ones mean what they say."""

import pytest

from experiments.__main__ import main
from experiments.exits import Exit
from experiments.packages.asked import asked_of
from experiments.packages.objectives import objectives_named
from experiments.packages.reach import question_of
from experiments.packages.search import question_of as search_question
from scenarios.values.errors import InputError

pytest.importorskip("optuna")


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch):
    for module in ("reach", "search"):
        monkeypatch.setattr(
            f"experiments.packages.{module}.judged", lambda *_: pytest.fail("runs were begun")
        )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "reach needs a target first"),
        (["probability=.5"], "reach needs a target first"),
        (["hnte_cuont"], "unknown target 'hnte_cuont' - did you mean 'hnte_count'"),
        (["hnte_count", "probability=1.2"], "probability=1.2 is not between 0 and 1"),
        (["hnte_count", "probability=0"], "probability=0 is not between 0 and 1"),
        (["hnte_count", "probability=nan"], "probability=nan is no number"),
        (["hnte_count", "probability=half"], "probability=half is no number"),
        (["hnte_count", "probability=.999"], "replications=100 cannot tell a probability of 0.999 from 1"),
        (["hnte_count", "probabilty=.5"], "unknown key 'probabilty' - did you mean 'probability'"),
        (["hnte_count", "cost<=-3"], "cost<=-3: public cost is no less than 0"),
        (["hnte_count", "cap=-3"], "public cost is no less than 0"),
        (["hnte_count", "cap=1", "cost<=2"], "cap stands twice"),
        (["hnte_count", "levers=rd_subsdy"], "unknown lever 'rd_subsdy' - did you mean 'rd_subsidy'"),
        (["hnte_count", "levers="], "levers names none"),
        (["hnte_count", "levers=statistical_coverage"], "moves what statistics count"),
        (["hnte_count", "levers=rd_subsidy", "thrust=talent"], "say the same thing"),
        (["hnte_count", "thrust=talnt"], "unknown thrust 'talnt' - did you mean 'talent'"),
        (["hnte_count", "levers=talent_amenities", "cap=0"], "nothing is left to search"),
        (["hnte_count", "lever.rd_subsidy.rate=0.2"], "levers=A,B says which levers may be set"),
        (["hnte_count", "evaluations=10"], "a search among 37 levers tries each alone first"),
        (["hnte_count", "evaluations=many"], "evaluations=many is not a whole number from 1 to 5000"),
        (["hnte_count", "pairs=2"], "pairs=2 is not a whole number from 3 to 1000"),
        (["hnte_count", "scale=3"], "scale=3 is outside 0.001 to 1"),
        (["hnte_count", "begins=2019"], "begins=2019 is not a year from 2021 to 2025"),
        (["hnte_count", "floor=lowest"], "unknown key 'floor'"),
        (["hnte_count", "replications=1"], "replications=1 is not a whole number from 2"),
        (["hnte_count", "world=nowhere"], "unknown world 'nowhere'"),
        (["hnte_count", "world=as_happened,as_expected_in_2020"], "world takes one value here"),
        (["hnte_count", "scenario=palm"], "unknown scenario 'palm'"),
        (["hnte_count", "parameters.firms.markupp=1"], "unknown parameter"),
        (["hnte_count", "population.scale=0"], "population.scale"),
        (["hnte_count", "seed=-1"], "seed"),
        (["hnte_count", "region=nowhere"], "unknown region 'nowhere'"),
        (["hnte_count", "cheap"], "'cheap' is no KEY=VALUE"),
        (["hnte_count", "--workers", "0"], "--workers 0 is not a whole number from 1 on"),
        (["hnte_count", "--format", "xml"], "unknown format 'xml'"),
        (["hnte_count", "--format"], "--format needs a value"),
    ],
)
def test_bad_words_of_reach_are_one_line(words, told, capsys):
    assert main(["reach", *words]) == Exit.BAD_INPUT
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1 and told in said[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["value_aded"], "unknown objective 'value_aded' - did you mean 'value_added'"),
        (["cost"], "cost alone is no aim"),
        (["value_added", "probability=.5"], "probability belongs to reach"),
        (["value_added", "cap=much"], "cost<=much"),
        (["evaluations=90"], "a search among 37 levers takes at least 122"),
    ],
)
def test_bad_words_of_search_are_one_line(words, told, capsys):
    assert main(["search", *words]) == Exit.BAD_INPUT
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1 and (told in said[0] or "cap" in told)


def test_several_mistakes_are_told_together(capsys):
    assert main(["reach", "hnte_count", "probability=2", "pairs=1", "begins=0"]) == Exit.BAD_INPUT
    assert len(capsys.readouterr().err.strip().split("\n")) == 3


def test_without_optuna_a_line_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr("experiments.packages.sampled.find_spec", lambda _: None)
    assert main(["reach", "hnte_count"]) == main(["search"]) == Exit.BAD_INPUT
    assert capsys.readouterr().err.count("which the extra `sensitivity` of the package installs") == 2


@pytest.mark.parametrize("word", ["cost<=50", "cost <= 50亿", "cap=50", "cost<=50 亿元"])
def test_a_cap_on_cost_has_two_spellings(word):
    assert asked_of([word], 160, "results/reach").cap == 50.0


def test_the_money_of_a_year_is_the_caps_and_no_more_than_the_fiscal_cap_leaves():
    assert asked_of(["cap=8"], 160, "r").room_a_year == 2e8  # four years from 2022 on
    free = asked_of([], 160, "r").room_a_year
    assert free == asked_of(["cap=1e6"], 160, "r").room_a_year < 25.3e9


def test_the_usual_question_is_about_all_levers_of_the_province_from_2022_on():
    asked = question_of("hnte_count", [], "").asked
    assert len(asked.dials.room.levers) == 37 and asked.begins == 2022 and asked.probability == 0.5
    assert asked.plan.points[0].scale == 0.1 and asked.judged_at == 1.0


def test_a_search_is_for_the_number_of_targets_value_added_and_cost_unless_others_are_named():
    assert [one.name for one in search_question([], "").objectives] == ["targets_met", "value_added", "cost"]
    assert [one.name for one in objectives_named(["cost", "hnte_count"], "hunan")] == ["hnte_count", "cost"]
    with pytest.raises(InputError, match="did you mean 'sei_va'"):
        objectives_named(["sei_vaa"], "hunan")


def test_pairs_have_luck_that_no_judging_sweep_has():
    from experiments.packages.tries import LUCK, pairs_of

    asked = question_of("hnte_count", ["seed=3"], "").asked
    pairs = pairs_of(asked.plan, 3)
    assert [one.spec.replication for one in pairs] == [LUCK, LUCK + 1, LUCK + 2]
    assert {one.spec.seed for one in pairs} == {3} and len({one.key for one in pairs}) == 3
    assert asked.replications < LUCK
