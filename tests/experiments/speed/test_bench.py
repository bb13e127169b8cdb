"""The speed table: figures from a report of pytest-benchmark, and their names."""

import json

import pytest

from experiments.command import bench as command
from experiments.exits import Stop
from experiments.speed import bench


def entry(name: str, seconds: float, **extra: float) -> dict:
    return {"name": f"test_{name}", "stats": {"min": seconds, "median": 2 * seconds}, "extra_info": extra}


REPORT = {
    "benchmarks": [
        entry("quarters[20000-5]", 0.008, firms=20_000, firm_quarters=80_000, bytes_per_firm=900.0),
        entry("quarters[200000-2]", 0.08, firms=200_000, firm_quarters=800_000, bytes_per_firm=850.0),
        entry("quarters[1000000-1]", 0.6, firms=1_000_000, firm_quarters=4_000_000, bytes_per_firm=840.0),
        entry("a_run", 0.2),
        entry("firms_compiled", 0.001),
        entry("firms_as_agents", 0.2),
        entry("workers[1]", 1.9),
        entry("workers[2]", 1.0),
        entry("start", 1.25),
    ]
}


def test_figures_are_those_of_the_report():
    figures = bench.figures_of(bench.timings_in(REPORT))
    ns = {"20000": 100.0, "200000": 100.0, "1000000": 150.0}
    assert figures.pop("ns_per_firm_quarter") == pytest.approx(ns)
    ratios = {"runs_per_second": 5.0, "twin_ratio": 200.0, "two_workers_ratio": 1.9}
    assert figures == pytest.approx(ratios | {"bytes_per_firm": 900.0, "warm_start_s": 2.5})


def test_the_table_sets_a_goal_beside_each_figure():
    lines = bench.table_of(bench.figures_of(bench.timings_in(REPORT))).splitlines()
    assert lines[1].split()[-3:] == ["100", "<=", "100"]
    assert next(line for line in lines if "growth" in line).split()[-3] == "1.50"
    assert len(lines) == 10


def test_json_has_the_figures_by_name(monkeypatch, capsys):
    monkeypatch.setattr(command, "measure", lambda: bench.timings_in(REPORT))
    assert command.main(["--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["twin_ratio"] == 200.0


def test_questions_are_told_as_multiples_of_a_sweep_of_as_many_runs(monkeypatch, capsys):
    asked = {"benchmarks": [entry("question[reach]", 15.0, runs=160, plain_s=20.0)]}
    monkeypatch.setattr(command, "measure", lambda file: bench.timings_in(asked))
    assert command.main(["--questions", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"reach": {"runs": 160, "seconds": 30.0, "plain_s": 20.0, "multiple": 1.5}}
    assert command.main(["--questions"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["reach", "160", "30.0", "20.0", "1.50"]


def test_a_failed_benchmark_is_told_in_one_line(monkeypatch, tmp_path):
    failing = tmp_path / "bench_failing.py"
    failing.write_text("def test_it(benchmark):\n    assert benchmark(lambda: 1) == 2\n")
    monkeypatch.setattr(bench, "BENCHMARKS", failing)
    with pytest.raises(Stop, match=r"a benchmark failed: .*1 failed"):
        bench.measure()


def test_benchmarks_that_did_not_come_along_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "BENCHMARKS", tmp_path / "gone.py")
    with pytest.raises(Stop, match=r"gone.py is missing"):
        bench.measure()
