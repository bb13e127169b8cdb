"""A run that branches from a kept past is the run of the command line, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.explorer import kept_pasts
from experiments.explorer.kept_pasts import key_of_past, past_for, run_unit
from experiments.explorer.question import read
from scenarios.digests import digests
from scenarios.spec import run_id

SCALE = 0.01


def unit(query, number=0):
    (specs,) = read(query).question.plan().units_of(number)
    made = digests()
    return tuple((run_id(spec, made), spec) for spec in (replace(one, scale=SCALE) for one in specs))


@pytest.fixture(autouse=True)
def no_past(monkeypatch):
    monkeypatch.setattr(kept_pasts, "_pasts", type(kept_pasts._pasts)())


def test_bits_of_a_branch_are_bits_of_a_straight_run():
    from experiments import model
    from experiments.compute.task import Task

    first = unit("lever.rd_subsidy.rate=0.2")
    run_unit(first)  # the past is kept from here on, and has been branched from
    second = unit("base=talent_led&lever.high_tech_award.award=200000")
    branched = run_unit(second)[1]
    straight = Task("experiments.model").record(model, second[1][0], model.simulate([second[1][1]])[0])
    assert branched.series.tobytes() == straight.series.tobytes()
    assert branched.cells.tobytes() == straight.cells.tobytes()
    same = [name for name in straight.run if name != "duration_s"]
    assert {name: branched.run[name] for name in same} == {name: straight.run[name] for name in same}


def test_a_past_is_kept_once_and_the_oldest_goes_first(monkeypatch):
    made = []
    monkeypatch.setattr("experiments.model.past_of", lambda spec: made.append(spec) or spec)
    monkeypatch.setattr(kept_pasts, "MOST", 2)
    specs = [unit("", n)[0][1] for n in (0, 1, 0, 2, 0, 1)]
    for spec in specs:
        past_for(spec)
    assert [spec.replication for spec in made] == [0, 1, 2, 1]


def test_what_makes_another_past_makes_another_key():
    (_, one), *_ = unit("")
    others = [
        replace(one, replication=1), replace(one, seed=2), replace(one, scale=0.02),
        replace(one, last_year=2026),
        replace(one, world="as_happened"), replace(one, draw=1), replace(one, region="elsewhere"),
        replace(one, parameters={**one.parameters, "firms": {**one.parameters["firms"], "x": 1.0}}),
    ]  # fmt: skip
    keys = [key_of_past(spec) for spec in others]
    assert len({key_of_past(one), *keys}) == len(others) + 1
    assert key_of_past(unit("base=talent_led")[1][1]) == key_of_past(one)


def test_a_run_that_raises_is_a_record_without_a_result(monkeypatch):
    def raises(past, specs):
        raise ZeroDivisionError("of a rule")

    monkeypatch.setattr("experiments.model.simulate_from", raises)
    monkeypatch.setattr("experiments.model.past_of", lambda spec: spec)
    found = run_unit(unit(""))
    assert [one.run["status"] for one in found] == ["failed", "failed"]
    assert "ZeroDivisionError: of a rule" in found[0].run["error"] and found[0].series is None


def test_pairs_share_their_luck_and_differ_by_policy():
    other, mine = run_unit(unit("base=no_policy"))
    past = 4 * 5
    assert np.array_equal(other.series[:past], mine.series[:past])
    assert not np.array_equal(other.series[past:], mine.series[past:])
