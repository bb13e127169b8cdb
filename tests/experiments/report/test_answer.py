"""The answer in words: a sentence per target, a clause per result, nothing surer than its interval."""

import sys
from dataclasses import replace
from itertools import pairwise
from math import isclose, nan

import pytest
import toy_province
from toy_province import results, scenario

from experiments.change.named import Named
from experiments.figures.material.folder import evidence_of
from experiments.language.chosen import speaking
from experiments.report import per_yuan, told
from experiments.report.findings import (
    NOTHING,
    SINGLE,
    SMALL,
    SURE,
    UNSURE,
    Change,
    findings,
    kind_of,
    verdict,
)
from experiments.report.per_yuan import Moved, Mover


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        cases = [scenario(), scenario("plan", 0.003), scenario("same", 0.0)]
        yield evidence_of(results(tmp_path_factory.mktemp("three") / "r", cases))


def found_of(evidence, target="sei_va"):
    return next(one for one in findings(evidence) if one.target == target)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 0.037, "out"),
        (0.02, 0.3, "unlikely"),
        (0.3, 0.6, "open"),
        (0.55, 0.9, "likely"),
        (0.96, 1, "sure"),
    ],
)
def test_a_verdict_says_what_the_whole_interval_says(low, high, said):
    assert verdict(low, high) == said


def test_a_difference_is_told_by_its_interval():
    assert kind_of(0.0, 0.0, 0.0, 1.0) == NOTHING
    assert kind_of(0.1, -0.2, 0.3, 1.0) == UNSURE
    assert kind_of(0.1, 0.05, 0.2, 1.0) == SMALL
    assert kind_of(2.0, 1.0, 3.0, 1.0) == SURE
    assert kind_of(2.0, nan, nan, 1.0) == SINGLE


def test_growth_that_is_needed_and_given_is_from_the_base_to_the_target(three):
    one = found_of(three)
    assert isclose(one.base[0] * (1 + one.needed) ** 5, one.threshold, rel_tol=1e-9)
    middle, low, high = one.given
    assert low < middle < high < one.needed


def test_the_share_of_the_gap_is_the_change_over_what_is_missing(three):
    one = found_of(three)
    plan = next(change for change in one.changes if change.case == "plan")
    gap = (one.threshold - one.row.median) / one.label.per_unit
    assert plan.kind == SURE and isclose(plan.share, plan.mean / gap, rel_tol=1e-9)


def test_a_sentence_tells_where_it_stood_where_it_gets_and_what_it_would_take(three):
    one = found_of(three)
    said = told.told(three, one, None).sentence
    assert said.count(".") - sum(letter in "0123456789" for letter in _behind_points(said)) == 1
    for part in ("in 2020", "would take", f"{one.row.hits} of {one.row.runs} runs meet it", "of the gap"):
        assert part in said
    assert "no difference in any pair of runs under “same”" in said


def _behind_points(text):
    return [after for before, after in pairwise(text) if before == "."]


def test_chinese_says_the_same_numbers(three):
    one = found_of(three)
    english = told.told(three, one, None).sentence
    with speaking("zh"):
        chinese = told.told(three, one, None).sentence
    assert "各对模拟均无差异" in chinese and "亿元" in told_name(one)
    numbers = [
        word.strip("(),;:.") for word in english.split() if word.strip("(),;:.−+").replace(",", "").isdigit()
    ]
    assert numbers and all(number in chinese for number in numbers if number != "0")


def told_name(one):
    with speaking("zh"):
        return told.named(one.label)


def changes(one, means):
    return one._replace(
        changes=tuple(
            Change(f"case {n}", SURE, mean, mean - 1, mean + 1, nan, None) for n, mean in enumerate(means)
        )
    )


def test_of_many_results_the_ends_are_told_and_the_others_counted(three):
    one = changes(found_of(three), [60.0, 50.0, 40.0, 30.0, -20.0])
    said = told.told(three, one, None).sentence
    assert "“case 0” adds +60.0" in said and "“case 1” adds" in said and "“case 4” takes −20.0" in said
    assert "2 other policies lie between +30.0 and +40.0" in said
    assert "case 2" not in said and "case 3" not in said


def test_cases_of_one_result_share_a_clause(three):
    one = found_of(three)
    alike = tuple(Change(name, UNSURE, 0.1, -0.2 - n, 0.3, nan, None) for n, name in enumerate(("a", "b")))
    said = told.told(three, one._replace(changes=alike), None).sentence
    assert said.count("no measurable difference") == 1
    assert "under “a” and “b”: −1.2 to +0.3" in said


def test_names_that_two_cases_share_give_way_to_code_names(three):
    names = {case: Named("the same", "同名") for case in three.cases}
    assert replace(three, names=names).called("plan") == "plan"
    assert replace(three, names={"plan": Named("the plan", "规划")}).called("plan") == "the plan"


# --- per yuan --------------------------------------------------------------------------------------------


def mover(name, effect, cost, sure=True):
    return Mover(Named(name, name), effect, cost, sure)


def test_what_moves_most_per_yuan_stands_first_and_what_is_free_apart():
    parts = [mover("dear", 10, 50), mover("cheap", 6, 2), mover("rule", 4, 0.1), mover("idle", 1, 90, False)]
    found = per_yuan._moved([*parts, mover("loss", -5, 10)])
    assert [one.called.en for one in found.movers] == ["cheap", "dear"]
    assert [one.called.en for one in found.free] == ["rule"]
    assert [one.called.en for one in found.idle] == ["idle"] and found.total == 5
    assert per_yuan._moved([]) is None


def test_what_moves_nothing_is_named_with_its_cost(three):
    one = found_of(three)
    moved = Moved((mover("cheap", 6, 2),), (), (mover("idle", 1, 90, False),), 3)
    said = told.told(three, one, moved).per_yuan
    assert "most is moved by cheap (+3.0)" in said
    assert "1 of 3 cost money and move nothing that can be measured" in said
    assert "idle (90 × 100 million yuan)" in said
    none = told.told(three, one, Moved((), (), (), 3)).per_yuan
    assert none == "No part of the policy that costs money raises it by anything that can be measured."
