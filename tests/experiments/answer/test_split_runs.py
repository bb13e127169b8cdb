"""What targets vary with: which runs tell it, one thing alone is exchanged, what is kept and shown."""

from dataclasses import replace

import numpy as np
import pytest
import toy_province as toy

import experiments
from experiments.answer import kept_splits, split_runs, split_table
from experiments.answer.split_runs import (
    BASES,
    FIRST,
    LUCK,
    PARAMETERS,
    SECOND,
    WORLD,
    jobs_of,
    mixed,
    rows_run,
)
from experiments.answer.target_table import render_targets
from experiments.command import split as command
from experiments.command.split import main, render, words_of
from experiments.exits import CorruptData
from experiments.plan.sweep_plan import plan_sweep
from experiments.store.store import Store
from scenarios.targets import load_targets
from scenarios.values.errors import InputError
from sim.model import choose


@pytest.fixture(scope="module")
def central():
    """A plan of three rows of one scenario with central parameters."""
    return plan_sweep(["scenario=as_in_2020", "parameters=central", "replications=6", "population.scale=.01"])


def test_a_row_is_two_runs_and_one_mixture_for_each_thing_they_differ_in(central):
    jobs = list(jobs_of(central))
    assert [job.kind for job in jobs[:5]] == [FIRST, SECOND, WORLD, LUCK, BASES]
    assert len(jobs) == 15
    assert [job.specs[0].replication for job in jobs if job.kind == FIRST] == [0, 2, 4]


def test_more_rows_extend_fewer(central):
    many = plan_sweep(["scenario=as_in_2020", "parameters=central", "replications=8", "population.scale=.01"])
    assert list(jobs_of(many))[:15] == list(jobs_of(central))


def test_one_thing_alone_is_exchanged():
    a, b = (choose(scale=0.004, replication=n) for n in (0, 1))
    settings = {part: past_start(mixed(a, b, part)) for part in (WORLD, BASES, LUCK)} | {
        "a": past_start(a),
        "b": past_start(b),
    }
    whose = {
        part: [
            "a" if found[k] == settings["a"][k] else "b" if found[k] == settings["b"][k] else "?"
            for k in range(3)
        ]
        for part, found in settings.items()
    }
    assert whose == {
        WORLD: ["b", "a", "a"], BASES: ["a", "b", "a"], LUCK: ["a", "a", "b"],
        "a": ["a"] * 3, "b": ["b"] * 3,
    }  # fmt: skip


def past_start(spec):
    """The market of the world in 2025, the unknown bases, and the luck of firms, as a run begins."""
    from sim.model import IndustrialPolicyModel

    model = IndustrialPolicyModel(spec)
    digital = model.setting.bases["digital_core_share_2020"]
    return float(model.setting.world.market[-1].sum()), digital, model.draws.seed


def test_usual_runs_are_described_as_ever():
    usual = choose(scale=0.004)
    assert "world_of" not in usual.canonical()
    assert "world_of" in replace(usual, world_of=3).canonical()


def test_parameters_are_exchanged_with_their_draw():
    a, b = choose(scale=0.004), replace(choose(scale=0.004, replication=1), draw=1, parameters={"firms": {}})
    found = mixed(a, b, PARAMETERS)
    assert (found.draw, found.parameters, found.replication) == (1, {"firms": {}}, 0)


@pytest.fixture
def toys(monkeypatch):
    """Runs that come to sums of their replications, in place of the model's."""

    def measured(job, region):
        def value(spec):
            world = spec.replication if spec.world_of is None else spec.world_of
            bases = spec.replication if spec.bases_of is None else spec.bases_of
            luck = np.random.default_rng([world, 1]).normal() * 3 + np.random.default_rng([bases, 2]).normal()
            return float(luck)

        def found(spec):
            one = {name: {"value": value(spec), "hit": float(value(spec) > 0)} for name in load_targets()}
            return {**one, "all": {"hit": float(value(spec) > 0)}}

        return [found(spec) for spec in job.specs]

    monkeypatch.setattr(split_runs, "measured", measured)
    monkeypatch.setattr(
        split_runs, "in_parallel", lambda function, items, workers=None: [measured(one, "") for one in items]
    )


def test_what_decides_is_found_and_told_in_lines_that_fit_the_terminal(toys, terminal):
    plan = plan_sweep(["scenario=as_in_2020", "parameters=central", "replications=400"])
    found = kept_splits.varying(split_runs.parts_of(plan), 200, rows_run(plan))
    parts = found.splits["as_in_2020", "hnte_count", "value"].parts
    assert parts[WORLD].alone.value == pytest.approx(0.9, abs=0.1)
    assert parts[LUCK].in_all.value == 0.0
    shown = split_table.block(found, "as_in_2020", load_targets())
    assert shown[0][2:] == ["world", "luck", "unknown bases", "together"]
    assert "200 rows" in terminal(render(found, "hunan"))


def test_too_few_sets_are_refused(central):
    sets = replace(central.sets, values=({}, {}))
    with pytest.raises(InputError, match="3 rows take 6 sets of parameters, two each; there are 2"):
        rows_run(replace(central, sets=sets))


def test_it_is_kept_with_its_sweep_and_shown_in_its_table(toys, tmp_path):
    folder = toy.results(tmp_path / "kept", [toy.scenario()], replications=4)
    store, sweep = Store(folder), Store(folder).last_sweep()["file"].removesuffix(".parquet")
    plan = plan_sweep(["scenario=as_in_2020", "parameters=central", "replications=40"])
    kept_splits.keep(store, sweep, split_runs.parts_of(plan), 20, rows_run(plan))
    assert "varies with" in render_targets(folder)
    (file,) = (folder / "splits").iterdir()
    file.write_text(file.read_text("utf-8").replace('"world"', '"moon"'), "utf-8")
    with pytest.raises(CorruptData):
        render_targets(folder)
    assert any("splits" in line for line in store.damaged())


def test_the_same_question_is_answered_from_what_is_kept(toys, tmp_path):
    folder = toy.results(tmp_path / "kept", [toy.scenario()], replications=4)
    plan = plan_sweep(["scenario=as_in_2020", "parameters=central", "replications=40"])
    sweep = Store(folder).last_sweep()["file"].removesuffix(".parquet")
    question = Store(folder), sweep, split_runs.parts_of(plan), 20
    assert kept_splits.values_kept(*question, {"as_in_2020"}) is None
    kept_splits.keep(*question, rows_run(plan))
    assert kept_splits.values_kept(*question, {"as_in_2020"}) == rows_run(plan)
    assert kept_splits.values_kept(*question, {"as_in_2020", "plan"}) is None
    assert kept_splits.values_kept(*question[:3], 21, {"as_in_2020"}) is None
    assert kept_splits.values_kept(*question[:2], ("world",), 20, {"as_in_2020"}) is None


def test_a_repeated_command_runs_nothing(toys, tmp_path, monkeypatch, capsys):
    words = ["scenario=as_in_2020", "replications=2", "population.scale=.004", "parameters=central"]
    experiments.sweep(*words, f"results={tmp_path / 'kept'}", quiet=True)
    main([str(tmp_path / "kept"), "--rows", "20"])
    first = capsys.readouterr().out
    monkeypatch.setattr(command, "rows_run", None)
    main([str(tmp_path / "kept"), "--rows", "20"])
    assert capsys.readouterr().out == first != ""
    with pytest.raises(TypeError):
        main([str(tmp_path / "kept"), "--rows", "21"])


def test_the_words_of_a_sweep_ask_for_two_replications_a_row(tmp_path):
    sweep = {"words": ["scenario=plan", "replications=7", "seed=3"], "parameters": "central"}
    assert words_of(sweep, tmp_path, 30, None) == [
        "scenario=plan", "seed=3", "parameters=central", "replications=60", "confirm=yes",
    ]  # fmt: skip


def test_too_few_rows_are_refused(tmp_path):
    with pytest.raises(InputError, match="--rows 3 is not a whole number from 20"):
        main([str(tmp_path), "--rows", "3"])
