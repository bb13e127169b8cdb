"""The response to a lever: where doses are placed, what is said of kinks, plateaus and money left over."""

import json

import numpy as np
import pytest
from toy_response import toy_response

from experiments.__main__ import main as command
from experiments.answer.dose_response import (
    Response,
    between,
    extended,
    fields_named,
    kinks,
    plateau,
    possible,
    responses,
    unabsorbed,
)
from experiments.answer.dose_runs import units_of_measures
from experiments.answer.response_table import response_table
from experiments.figures.doses import doses
from scenarios.targets import load_targets
from scenarios.values.errors import InputError
from sim.run import past_of

PAIRS = np.array([-1e-3, 0.0, 1e-3])


def of(at, means, spent=None, appropriated=None):
    """A response with these mean effects, and hardly any luck."""
    at, means = np.asarray(at, float), np.asarray(means, float)
    spent = np.asarray(at if spent is None else spent, float)
    values = {"spent": spent[:, None] + 0.0 * PAIRS, "hnte_count": means[:, None] + means[:, None] * PAIRS}
    nothing = {name: np.zeros(3) for name in values}
    cost = 1e8 * (at if appropriated is None else np.asarray(appropriated, float))
    return Response("prize.amount", "yuan", 0.1, 0.0, at, values, nothing, cost)


def test_a_straight_response_has_neither_kink_nor_plateau_and_absorbs_its_money():
    found = of([0, 1, 2, 3, 4], [0, 10, 20, 30, 40])
    assert [*kinks(found, {}), *plateau(found), *unabsorbed(found)] == []


def test_a_step_that_holds_more_than_its_part_of_the_range_is_a_kink():
    (line,) = kinks(of([0, 1, 2, 3, 4], [0, 1, 38, 39, 40]), {})
    assert line == "prize.amount: 92% of the whole effect on hnte_count lie between 1 and 2 yuan"


def test_beyond_the_dose_after_which_nothing_differs_lies_a_plateau_with_its_reason():
    spent, cost = [0, 1, 2, 2, 2], [0, 1, 2, 3, 4]
    found = of([0, 1, 2, 3, 4], [0, 10, 20, 20, 20], spent, cost)
    assert plateau(found) == ["prize.amount: beyond 2 yuan more changes nothing, because no more is spent"]
    assert unabsorbed(found) == [
        "prize.amount: above 2 yuan not all money is absorbed: of 1.0 亿 more up to 3, 0.0 are spent"
    ]


def test_money_that_is_spent_without_effect_is_told_from_money_that_is_not_spent():
    kept = of([0, 1, 2, 3], [0, 10, 10, 10], [0, 1, 1.001, 1.002])
    spent = of([0, 1, 2, 3], [0, 10, 10, 10])
    assert plateau(kept)[0].endswith("more changes nothing, because no more is spent")
    assert plateau(spent)[0].endswith("more changes nothing, although more is spent")


def test_new_doses_lie_where_the_response_bends_most():
    bent = of([0, 1, 2, 3, 4], [0, 0, 0, 40, 80])
    assert between(bent, 2).tolist() == [1.5, 2.5]


def test_a_field_of_whole_numbers_gets_whole_doses_each_once():
    assert possible(np.array([0.0, 0.4, 1.5, 3.0]), whole=True).tolist() == [0.0, 2.0, 3.0]
    assert possible(np.array([0.0, 0.4]), whole=False).tolist() == [0.0, 0.4]


def test_doses_of_several_rounds_stand_in_order():
    later = of([1, 3], [10, 30])
    both = extended(of([0, 2], [0, 20]), later.doses, later.values, later.appropriated)
    assert both.doses.tolist() == [0, 1, 2, 3]
    assert both.values["hnte_count"].mean(axis=1) == pytest.approx([0, 10, 20, 30])
    assert both.appropriated.tolist() == [0, 1e8, 2e8, 3e8]


def test_a_lever_stands_for_its_fields_and_an_unknown_field_is_answered_with_the_nearest():
    assert fields_named(["high_tech_award"]) == ["high_tech_award.award", "high_tech_award.budget"]
    with pytest.raises(InputError, match="unknown field 'awart' - did you mean 'award'"):
        fields_named(["high_tech_award.awart"])
    with pytest.raises(InputError, match="unknown lever 'high_tec_award'"):
        fields_named(["high_tec_award"])


@pytest.mark.parametrize(
    "words",
    [["rd_subsidy.rat"], ["rd_subsidy.rate", "--doses", "2"], ["rd_subsidy.rate", "--replications", "1"],
     ["rd_subsidy", "--out", "a.svg"], ["rd_subsidy.rate", "--out", "a.txt"]],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_one_line(words, capsys):
    assert command(["response", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.fixture(scope="module")
def award():
    return next(responses(["high_tech_award.award"], replications=2, scale=0.01, doses=4))


def test_every_dose_of_the_range_is_compared_with_what_is_in_force(award):
    assert award.doses.tolist() == [0.0, 300_000, 1e6, 2e6]
    assert award.dose_in_force == 300_000
    assert not any(award.effect(measure)[1].any() for measure in award.values)
    others = {"spent", "value_added", "gdp", "research", "statistical_coverage"}
    assert set(award.values) == {*others, *load_targets()}
    assert award.effect("spent")[0].max() < 0.0 < award.effect("spent")[-1].min()


def test_the_table_has_a_line_a_dose_and_the_figure_a_panel_a_measure(award):
    lines = response_table(award).splitlines()
    assert lines[0] == "high_tech_award.award [yuan per certificate], in force 300,000"
    assert sum(line.strip().startswith("2,000,000 ") for line in lines) == -(-len(award.values) // 5)
    figure, panels, data = doses(award)
    measures = len(award.values)
    assert len(panels) == measures and len(data) == 4 * measures and figure.get_axes()


def test_no_line_is_wider_than_the_terminal(award, terminal):
    assert "paired differences" in terminal(response_table(award))


def test_the_json_has_numbers_and_null_and_the_figure_lies_where_it_was_asked_for(tmp_path, capsys):
    words = ["response", "rd_subsidy.rate", "--replications", "2", "--scale", "0.005", "--doses", "3"]
    assert command([*words, "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["lever"] == "rd_subsidy.rate" and len(found["effects"]) == 3 * len(units_of_measures())
    assert command([*words, "--out", str(tmp_path / "rate.svg")]) == 0
    assert (tmp_path / "rate.svg").read_bytes().startswith(b"<?xml")


def test_all_fields_go_on_from_one_past_and_no_number_changes(award, monkeypatch):
    """Else several fields of a lever would each run the years to 2020 again, in every round."""
    ran = []

    def counted(spec):
        ran.append(spec.replication)
        return past_of(spec)

    monkeypatch.setattr("experiments.answer.dose_runs.past_of", counted)
    monkeypatch.setattr(
        "experiments.answer.dose_runs.in_parallel", lambda function, items: list(map(function, items))
    )
    both = list(responses(["high_tech_award"], replications=2, scale=0.01, doses=4))
    assert (ran, [one.key for one in both]) == ([0, 1], ["high_tech_award.award", "high_tech_award.budget"])
    monkeypatch.setattr("experiments.answer.dose_runs.ROOM", 0.0)  # nothing can be held
    again = next(responses(["high_tech_award.award"], replications=2, scale=0.01, doses=4))
    assert len(ran) > 4
    for one in (both[0], again):
        assert all(one.effect(name).tobytes() == award.effect(name).tobytes() for name in award.values)


def test_what_no_table_would_show_is_told_by_its_bound():
    small, large = response_table(toy_response(size=1e-3)), response_table(toy_response())
    assert "within ±0.0" in small and "none" in small.split("\n\n")[1]
    assert "within ±" not in large.rsplit("\n\n", 1)[0]
