"""I1: what is told of a sweep that did not come to its end: asked, done, failed, left, wherever it shows."""

import json
import random
import signal
import sys

import pytest
import toy_province
from loopback import wait_for
from toy_sweeps import begun, stopped_with

from experiments import compare, export, load_sweep, targets
from experiments.__main__ import main
from experiments.answer.target_table import render_targets
from experiments.figures import figure_named
from experiments.figures.material.folder import evidence_of
from experiments.report import drawn
from experiments.report.report import write_all
from experiments.store import outputs
from experiments.store.heartbeat import last_beat
from experiments.store.store import Store

RUNS = 60
SWEEP = ("scenario=as_in_2020,plan", f"replications={RUNS // 2}", "executor.workers=2")


@pytest.fixture
def few_figures(monkeypatch):
    """The toy province, and reports of two figures."""
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    every = drawn.wanted
    few = ("probability", "differences")
    monkeypatch.setattr(drawn, "wanted", lambda e: [one for one in every(e) if one[0] in few])


@pytest.fixture
def printed(capsys):
    """What a verb prints."""

    def out(*words):
        main(list(words))
        return capsys.readouterr().out

    return out


def test_a_sweep_that_was_stopped_is_told_with_what_is_left(battery, tmp_path, printed):
    for trial in range(battery.trials(1, 20)):
        folder, luck = tmp_path / str(trial), random.Random(trial)
        process = begun(folder, *SWEEP, TOY_PAUSE="0.2")
        wait_for(lambda folder=folder: (last_beat(folder) or {"done": 0})["done"] > 1)
        code, _, _ = stopped_with(process, luck.choice([signal.SIGINT, signal.SIGTERM]))
        done = len(Store(folder).finished())
        rows = json.loads(printed("targets", str(folder), "--format", "json"))
        of_all = [row for row in rows if row["target"] == "all"]
        whole = sum(row["asked"] for row in of_all), sum(row["done"] + row["left"] for row in of_all)
        told = f"runs: {RUNS} asked, {done} done, 0 failed, {RUNS - done} left; sanxiang resume {folder}"
        text = printed("targets", str(folder))
        compared = printed("compare", f"{folder}:plan", f"{folder}:as_in_2020")
        left = [line for line in compared.split("\n") if f"{RUNS // 2} asked" in line and " left" in line]
        well = code in (130, 143) and 0 < done < RUNS and whole == (RUNS, RUNS) and told in text
        battery.record("I1", well and len(left) == 2, f"seed {trial}: {done} done, {text[-600:]} {compared}")


def texts_of(name, folder):
    """What stands on a figure."""
    figure, _, _ = figure_named(name)(evidence_of(folder), language="en")
    return [text.get_text() for text in figure.texts]


def test_a_table_a_comparison_a_figure_and_a_report_say_what_is_left(battery, tmp_path, few_figures):
    for trial in range(battery.trials(1, 20)):
        luck = random.Random(trial)
        done, failing = luck.randint(2, 9), luck.choice(["plan", "fails"])
        scenarios = [toy_province.scenario(), toy_province.scenario(failing, 0.004)]
        folder = toy_province.results(tmp_path / str(trial), scenarios, replications=10, done=done)
        failed = sum(n % 5 == 1 for n in range(done)) if failing == "fails" else 0
        told = f"20 asked, {2 * done - failed} done, {failed} failed, {20 - 2 * done} left"
        page = write_all(folder).read_text("utf-8")
        figures = [" ".join(texts_of(name, folder)) for name in ("probability", "differences")]
        export(folder)
        cards = [
            outputs.card_of(outputs.place(folder, load_sweep(folder)["id"]).path / name)["runs"]
            for name in ("figures", "csv")
        ]
        counted = {"asked": 20, "done": 2 * done - failed, "failed": failed, "left": 20 - 2 * done}
        runs = compare(f"{folder}:{failing}", f"{folder}:as_in_2020")["runs"]
        checks = {
            "table": f"runs: {told}" in render_targets(folder),
            "json": {(row["asked"], row["runs"], row["left"]) for row in targets(folder)}
            == {(10, done, 10 - done)},
            "comparison": [side["left"] for side in runs.values()] == [10 - done] * 2,
            "report": page.count(told) >= 3 and "This is not the end of it" in page,
            "figures": all(told.replace("asked", "runs asked") in said for said in figures),
            "cards": cards == [counted, counted],
        }
        battery.record("I1", all(checks.values()), f"seed {trial}: {checks}")


def test_a_case_of_which_no_run_has_ended_is_named(battery, tmp_path, few_figures):
    """A sweep over two worlds computes one after the other: the second must not be forgotten."""
    folder = toy_province.results(tmp_path / "r", [toy_province.scenario()], replications=4)
    both = [toy_province.scenario(), toy_province.scenario("plan", 0.004)]
    toy_province.results(folder, both, replications=4, done=0)
    rows = [row for row in targets(folder) if row["target"] == "all"]
    told = {row["scenario"]: (row["done"], row["left"]) for row in rows}
    battery.record("I1", told == {"as_in_2020": (4, 0), "plan": (0, 4)}, f"{told}")
    said = render_targets(folder)
    battery.record("I1", "plan   4 asked, 0 done, 0 failed, 4 left" in said, said)
    page = write_all(folder).read_text("utf-8")
    battery.record("I1", "left out, since no run of it has ended: plan" in page, "report")


def test_a_sweep_that_failed_entirely_leaves_outputs_that_say_so(battery, tmp_path, few_figures, monkeypatch):
    folder = toy_province.results(tmp_path / "r", [toy_province.scenario()], replications=3)
    write_all(folder)
    with monkeypatch.context() as patch:
        patch.setattr(toy_province, "simulate", lambda specs: 1 / 0)
        toy_province.results(folder, [toy_province.scenario("plan", 0.004)], replications=3)
    whole = write_all(folder).read_text("utf-8")
    own = (outputs.place(folder, load_sweep(folder)["id"]).path / "report.html").read_text("utf-8")
    told = "3 asked, 0 done, 3 failed, 0 left"
    battery.record("I1", f"No run of this sweep has a result: {told}" in own, "own report")
    battery.record(
        "I1", "as_in_2020" in whole and "6 asked, 3 done, 3 failed, 0 left" in whole, "folder's report"
    )
    battery.record("I1", f"plan   {told}" in render_targets(folder), "table")
