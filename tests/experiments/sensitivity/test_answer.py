"""The whole answer of a model of one line: what decides is found, kept, gone on with, and said."""

import json

import numpy as np
import pytest
import toy_draws as toy

from experiments.__main__ import main
from experiments.drawn.things import BASE, PARAMETER, TAUGHT, WORLD
from experiments.exits import Exit
from experiments.figures.hangs_on import hangs_on
from experiments.sensitivity import runs as runs_module
from experiments.sensitivity import shares
from experiments.sensitivity.answer import answer
from experiments.sensitivity.in_json import in_json
from experiments.sensitivity.runs import row_of
from experiments.sensitivity.table import rendered
from experiments.sensitivity.words import paragraph
from experiments.store.store import Store
from scenarios.targets import load_targets
from scenarios.values.errors import InputError
from sim.model import choose

STRONG, WEAK = (".".join(key) for key in (toy.STRONG, toy.WEAK))
WHOLE = 5.0 + toy.LUCK**2  # 4 of the first parameter, 1 of markets, and luck


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(runs_module, "row_of", toy.row_of)
    monkeypatch.setattr(shares, "RESAMPLES", 20)
    monkeypatch.setattr(shares, "RESAMPLED_SIZE", 128)
    monkeypatch.setattr(shares, "SIZE", 512)


@pytest.fixture(scope="module", autouse=True)
def same_header(sources_nobody_edits):
    """Headers are made once."""


def found_in(folder, workers=1, **asked):
    return answer(toy.question(folder, **asked), workers, lambda _: None)


def values(found, effect=False):
    return next(
        one for one in found.values if one.measure.target == "sei_va" and one.measure.effect is effect
    )


def test_what_decides_is_found_with_its_share(tmp_path):
    found = found_in(tmp_path / "r", runs=240)
    told = values(found).told
    assert told.groups[STRONG].in_all.value == pytest.approx(4.0 / WHOLE, abs=0.08)
    assert told.groups["market_growth"].alone.value == pytest.approx(1.0 / WHOLE, abs=0.06)
    assert told.groups[STRONG].in_all.low > told.groups["market_growth"].in_all.high and told.lead
    assert told.explained.value > 0.9
    assert told.kinds[PARAMETER].in_all.value > 0.6 and told.kinds[WORLD].in_all.value < 0.35
    others = [one.in_all.value for name, one in told.groups.items() if name not in (STRONG, "market_growth")]
    assert max(others, default=0.0) <= max(0.02, told.floor)


def test_of_hits_shares_are_told_and_probabilities_follow_what_decides(tmp_path):
    one = values(found_in(tmp_path / "r", runs=240))
    strong = one.told.groups[STRONG]
    assert 0.3 < one.probability.value < 0.7
    assert strong.hit_in_all.value > one.told.groups["market_growth"].hit_in_all.value > 0.0
    assert strong.hit_in_all.value < strong.in_all.value  # near the target luck decides
    assert strong.chance.low < 0.2 and strong.chance.high > 0.8
    assert strong.value.low < toy.GOAL / 1e8 < strong.value.high


def test_luck_is_measured_apart(tmp_path):
    luck = values(found_in(tmp_path / "r")).luck
    assert luck.low <= toy.LUCK**2 / WHOLE * 1.5 and luck.value == pytest.approx(
        toy.LUCK**2 / WHOLE, abs=0.02
    )


def test_the_screening_orders_things_by_what_they_move(tmp_path):
    found = found_in(tmp_path / "r", trajectories=6)
    relative = dict(
        zip([one.name for one in found.first.factors], found.first.relative(found.spreads), strict=True)
    )
    one_by_one = found.second.star[[one.measure.target for one in found.values].index("sei_va")]
    named = [one.name for one in found.second.factors]
    assert relative["firms"] > relative["market_growth"] > relative["entry"] == 0.0
    assert named[int(np.argmax(one_by_one))] == STRONG
    assert one_by_one[named.index("firms.price_weight")] == 0.0


def test_a_value_that_does_not_vary_and_one_that_is_luck_are_told_so(tmp_path):
    found = found_in(tmp_path / "r", told=("hnte_count", "rd_growth"))
    lucky, still = found.told  # in the order of the plan
    assert [one.measure.target for one in found.told] == ["rd_growth", "hnte_count"]
    assert still.told is None and "nothing that is drawn moves it" in paragraph(found)
    assert lucky.told.explained.value < 0.1
    assert "foretells less than half" in paragraph(found)


def test_what_was_learnt_together_is_one_and_its_members_are_marked(tmp_path):
    found = found_in(tmp_path / "r", runs=240, tied=0.8, learnt=(toy.STRONG, toy.WEAK))
    told = values(found).told
    assert told.groups[TAUGHT].in_all.value == pytest.approx(4.0 / WHOLE, abs=0.08)
    assert STRONG not in told.groups
    # The second parameter does nothing itself: knowing it tells of the first, and once that is known nothing.
    assert told.tied[WEAK].alone.value == pytest.approx(0.64 * 4.0 / WHOLE, abs=0.12)
    assert told.tied[WEAK].in_all.value < 0.05
    assert told.tied[STRONG].in_all.value == pytest.approx(0.36 * 4.0 / WHOLE, abs=0.1)
    assert "†" in rendered(found) and "2016-20" in rendered(found)


def test_what_a_scenario_adds_is_told_apart_and_turns_its_sign(tmp_path):
    found = found_in(tmp_path / "r", scenarios="as_in_2020,plan", runs=240, trajectories=8)
    effect = values(found, effect=True)
    assert effect.probability is None and effect.luck.value < 1e-12
    order = sorted(effect.told.groups, key=lambda name: -effect.told.groups[name].in_all.value)
    assert order[0] == WEAK and effect.told.groups[WEAK].in_all.value > 0.5
    place = [one.measure.effect for one in found.values].index(True)
    place += [one.measure.target for one in found.values if one.measure.effect].index("sei_va")
    assert found.second.turns[place, [one.name for one in found.second.factors].index(WEAK)] > 0
    assert "turns the sign of" in rendered(found) and "plan" in paragraph(found)


def counted(monkeypatch, stop=None):
    """How many rows are run; after `stop` of them somebody presses Ctrl-C."""
    calls = []

    def row(region, specs):
        calls.append(specs[0].replication)
        if stop is not None and len(calls) > stop:
            raise KeyboardInterrupt
        return toy.row_of(region, specs)

    monkeypatch.setattr(runs_module, "row_of", row)
    return calls


def record_of(folder):
    (held,) = Store(folder).kept["sensitivity"].held()
    return held


@pytest.mark.parametrize("stop", [30, 130, 190])
def test_stopped_in_any_step_it_goes_on_where_it_was(tmp_path, monkeypatch, stop):
    whole, again = tmp_path / "whole", tmp_path / "again"
    calls = counted(monkeypatch)
    found_in(whole)
    every = len(calls)
    counted(monkeypatch, stop)
    with pytest.raises(KeyboardInterrupt):
        found_in(again)
    calls = counted(monkeypatch)
    found_in(again)
    assert len(calls) == every - stop
    assert record_of(again) == record_of(whole)


def test_a_larger_sample_extends_a_smaller_one(tmp_path, monkeypatch):
    found_in(tmp_path / "r", runs=80)
    calls = counted(monkeypatch)
    found_in(tmp_path / "r", runs=100)
    assert calls == list(range(80, 100))
    calls = counted(monkeypatch)
    more = found_in(tmp_path / "r", runs=80)
    assert calls == [] and len(more.values[0].values) == 80


def test_the_number_of_workers_changes_nothing(tmp_path):
    one, two = (found_in(tmp_path / str(workers), workers=workers, runs=60) for workers in (1, 2))
    assert in_json(one) == in_json(two)
    assert record_of(tmp_path / "1")["rows"] == record_of(tmp_path / "2")["rows"]


def test_what_is_damaged_is_put_aside_and_run_again(tmp_path, monkeypatch):
    found_in(tmp_path / "r", runs=60)
    (path,) = (tmp_path / "r" / "sensitivities").iterdir()
    path.write_text(path.read_text("utf-8").replace("15000.0", "15001.0", 1), "utf-8")
    calls = counted(monkeypatch)
    found_in(tmp_path / "r", runs=60)
    assert len(calls) > 60 and (tmp_path / "r" / "quarantine" / path.name).exists()


def test_a_few_failed_runs_are_left_out_and_many_are_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(toy.FAILS, "every", 40)
    found = found_in(tmp_path / "few")
    one = values(found)
    assert np.isnan(one.values).sum() == 3 and one.probability.failed == 3
    assert one.told.groups[STRONG].in_all.value > 0.6
    monkeypatch.setitem(toy.FAILS, "every", 5)
    with pytest.raises(InputError, match="24 of 120 runs of the sample have no result"):
        found_in(tmp_path / "many")


def test_table_json_words_and_figure_tell_the_same(tmp_path):
    found = found_in(tmp_path / "r")
    plain = json.loads(json.dumps(in_json(found)))
    assert plain["words"] == paragraph(found) and STRONG in plain["words"]
    (told,) = plain["values"]
    by_name = {row["thing"]: row for row in told["shares"] if row["part"] == "thing"}
    own = values(found).told.groups[STRONG]
    assert by_name[STRONG]["in_all"] == own.in_all.value and by_name[STRONG]["kind"] == PARAMETER
    assert len(plain["screening"]) == len(found.first.factors) + len(found.second.factors)
    assert list(found.table().columns) == list(told["shares"][0])
    _, axes, rows = hangs_on(found, language="en")
    assert len(axes) == 1 and set(rows.thing) >= {STRONG, "market_growth"}
    text = rendered(found)
    assert STRONG in text and "lasting growth of national markets" in text and f"{BASE}" not in plain


def test_only_targets_that_are_asked_for_are_told(tmp_path):
    found = found_in(tmp_path / "r", told=("sei_va", "rd_growth"))
    assert [one.measure.target for one in found.told] == ["sei_va", "rd_growth"]
    assert all(one.told is None for one in found.values if one.measure.target not in ("sei_va", "rd_growth"))


def test_a_row_is_what_a_sweep_says_of_the_same_run(monkeypatch):
    from experiments.answer.split_runs import of_run
    from sim.run import simulate

    spec = choose(scale=0.004)
    (run,) = simulate([spec])
    names = load_targets()
    assert row_of("hunan", (spec,)) == [[of_run(run)[name]["value"] for name in names]]


def test_a_folder_that_a_sweep_holds_is_refused(tmp_path, monkeypatch, capsys):
    from experiments.store import header
    from experiments.store.store import claimed

    folder = tmp_path / "r"
    with claimed(folder, header.header("hunan")):
        code = main(["sensitivity", "parameters=central", "runs=60", "trajectories=2", f"results={folder}"])
    assert code == Exit.HELD and len(capsys.readouterr().err.splitlines()) == 1
