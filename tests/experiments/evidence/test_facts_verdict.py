"""Verdicts of `sanxiang facts`, its table, JSON and page on made-up values; the verb on a small run."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.command import facts as verb
from experiments.evidence.facts import verdict
from experiments.evidence.facts.fact import Fact, load_facts
from experiments.evidence.facts.page import page
from experiments.evidence.facts.table import Conditions, in_json, lines
from experiments.evidence.facts.verdict import of_fact, summary
from experiments.plan import drawn_sets
from scenarios.drawn import Drawn
from scenarios.region.region import load_region

HUNAN = load_region("hunan")
CERTIFIED = Fact(
    part="paths", name="certified", unit="enterprises", measure="certified", values={"2020": 100.0},
    within=0.15, source="x", used_for="held out",
)  # fmt: skip
ABOUT = Conditions(3, 0, 1, "hunan", "parameters: the central set")


def found(fact: Fact, central, drawn=()):
    """The numbers of a fact whose value in 2020 is given for each run."""

    def run(value):
        return {"A": np.array([np.nan, np.nan, np.nan, np.nan, value])}

    sets = [[run(value) for value in one] for one in drawn]
    return list(of_fact("A", fact, fact.cells(HUNAN), [run(value) for value in central], sets))


def but(fact: Fact, **changes) -> Fact:
    return Fact.model_validate(fact.model_dump(exclude_none=True, exclude_defaults=True) | changes)


def without(*keys, **changes) -> Fact:
    return but(
        Fact.model_construct(**CERTIFIED.model_dump(exclude=set(keys), exclude_defaults=True)), **changes
    )


def test_the_median_over_luck_decides_and_not_the_spread():
    (one,) = found(CERTIFIED, [50.0, 110.0, 300.0])
    assert (one.model.median, one.verdict) == (110.0, "hit")
    assert (one.model.p05, one.model.p95) == pytest.approx((56.0, 281.0))
    assert one.drawn is None


def test_a_median_outside_the_distance_misses():
    words = [found(CERTIFIED, [value])[0].verdict for value in (84.0, 85.1, 114.9, 116.0)]
    assert words == ["miss", "hit", "hit", "miss"]


def test_points_are_absolute_and_a_bound_has_one_end():
    share = without("within", points=6.0)
    assert found(share, [106.1])[0].verdict == "miss" and found(share, [94.1])[0].verdict == "hit"
    bound = without("within", "values", years=[2020], high=120.0)
    assert found(bound, [-1e9])[0].verdict == "hit" and found(bound, [121.0])[0].verdict == "miss"


def test_sets_of_parameters_spread_beside_luck_and_do_not_decide():
    (one,) = found(CERTIFIED, [100.0], [[50.0], [90.0, 110.0], [200.0]])
    assert one.verdict == "hit" and one.drawn.median == 100.0
    assert one.inside == pytest.approx(1 / 3)


def test_a_path_is_off_by_the_mean_of_its_years():
    fact = but(CERTIFIED, values={"2019": 50.0, "2020": 100.0}, path_within=0.06, within=0.5)
    runs = [{"A": np.array([np.nan, np.nan, np.nan, 55.0, 105.0])}]
    last = list(of_fact("A", fact, fact.cells(HUNAN), runs, []))[-1]
    assert (last.label, last.unit, last.high) == ("mean error", "% of published", 6.0)
    assert last.model.median == pytest.approx(7.5) and last.verdict == "miss"


def test_what_is_shown_alone_gets_no_verdict_and_what_no_run_gives_is_not_measured():
    shown = but(CERTIFIED, judge="report", why="because")
    assert found(shown, [1e9])[0].verdict == "report"
    assert found(CERTIFIED, [np.nan])[0].verdict == "not measured"
    unmeasured = Fact(part="firms", name="n", unit="u", used_for="held out", why="no counterpart")
    (one,) = of_fact("A", unmeasured, [], [], [])
    assert one.verdict == "not measured"


def rows():
    late = but(CERTIFIED, why="the jury sleeps", name="certified late")
    fitted = but(CERTIFIED, used_for="fit", reason="solved for", name="fitted")
    shown = but(CERTIFIED, judge="report", why="because", name="shown")
    told = [(CERTIFIED, 100.0), (late, 10.0), (fitted, 100.0), (shown, 1.0)]
    return [replace(found(fact, [value])[0], id=f"A{n}") for n, (fact, value) in enumerate(told)]


def test_only_what_is_held_out_counts_as_validation():
    assert summary(rows()) == "held out: 1 of 2 hit; fit: 1 of 1 hit; 1 reported, 0 not measured"


def test_the_table_says_what_was_used_for_the_fit_and_why_a_row_misses():
    said = lines(rows(), ABOUT)
    assert "held out" in said and "certified late: 2020: the jury sleeps" in said
    (line,) = [line for line in said.splitlines() if "MISS" in line]
    assert "85.0 - 115.0" in line and "certified late" in line


def test_no_line_is_wider_than_the_terminal(terminal):
    late, *others = rows()[1], *rows()
    long = replace(late, fact=but(late.fact, why="the jury sleeps, " * 20))
    assert "the jury sleeps, the" in terminal(lines([long, *others], ABOUT))


def test_the_json_has_a_row_for_each_number_with_its_verdict():
    content = json.loads(verb.printed_json(in_json(rows(), ABOUT)))
    assert set(content) == {"conditions", "summary", "rows"}
    assert set(content["rows"][0]) == {
        "id", "part", "name", "unit", "year", "median", "p05", "p95", "sets", "published", "low", "high",
        "verdict", "used_for", "reason", "source", "recalled", "note", "why",
    }  # fmt: skip
    assert [row["verdict"] for row in content["rows"]] == ["hit", "miss", "hit", "report"]
    assert content["conditions"]["replications"] == 3


def test_the_page_holds_every_row_with_source_reason_and_command():
    said = page(rows(), ABOUT, "sanxiang facts --report FILE")
    assert "by `sanxiang facts --report FILE`" in said
    assert all(f"| A{n} |" in said for n in range(4)) and "| x |" in said
    assert "- certified late, 2020: the jury sleeps." in said
    assert "- fitted: solved for." in said and "- shown: because." in said


@pytest.fixture
def two_sets(monkeypatch, tmp_path):
    """Two sets of parameters were kept and none learnt, whatever the shipped files hold."""
    values = ({("firms", "exit_hazard"): 0.009}, {("firms", "exit_hazard"): 0.011})
    sets = drawn_sets.ParameterSets(drawn_sets.PRIOR, Drawn(8, 2, values).described, values)
    monkeypatch.setattr(drawn_sets, "posterior_path", lambda region: tmp_path / "none")
    monkeypatch.setattr(drawn_sets, "sets_of", lambda *_, **__: sets)


@pytest.fixture
def small(monkeypatch, two_sets):
    """The verb runs a small province."""
    plain = verb.baseline
    monkeypatch.setattr(
        verb, "baseline", lambda *given, **named: [replace(one, scale=0.02) for one in plain(*given, **named)]
    )


def test_the_verb_prints_a_table_and_writes_the_page(small, tmp_path, capsys):
    file = tmp_path / "page.md"
    words = ["facts", "--replications", "2", "--draws", "2", "--workers", "1", "--report", str(file)]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in load_facts("hunan"))
    assert "over sets" in said and "2 sets drawn from their priors" in said
    text = file.read_text("utf-8")
    assert f"`sanxiang {' '.join(words)}`" in text
    assert [name for name in load_facts("hunan") if f"| {name} |" not in text] == []


def test_the_verb_prints_json_and_nothing_else(small, capsys):
    assert main(["facts", "--replications", "1", "--workers", "1", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert {row["id"] for row in content["rows"]} == set(load_facts("hunan"))
    assert content["rows"][0]["sets"] is None


LAKELAND = str(Path(__file__).parents[2] / "regions" / "lakeland")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--speed"], "--speed"),
        (["certified"], "certified"),
        (["--draws", "0"], "--draws 0 is not a whole number from 1 on"),
        (["--draws", "3"], "--draws 3: 2 sets of parameters were kept"),
        (["--draws", "x"], "--draws"),
        (["--replications", "0"], "--replications 0 is not a whole number from 1 to 10,000"),
        (["--of-each", "0"], "--of-each 0"),
        ([f"region={LAKELAND}"], "has no facts.yaml"),
        (["region=nowhere"], "unknown region 'nowhere'"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(words, told, monkeypatch, two_sets, capsys):
    monkeypatch.setattr(verb, "values_of_runs", lambda *given: pytest.fail("something was run"))
    assert main(["facts", *words]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and told in said[0]


def test_runs_of_each_set_stay_together(monkeypatch):
    monkeypatch.setattr(
        verb, "values_of_runs", lambda specs, workers: [(s.parameters, s.replication) for s in specs]
    )
    sets = [{"firms": {"a": 1.0}}, {"firms": {"a": 2.0}}]
    central, drawn = verb.runs("hunan", 3, sets, 2, None)
    assert [number for _, number in central] == [0, 1, 2]
    assert drawn == [[(sets[0], 0), (sets[0], 1)], [(sets[1], 0), (sets[1], 1)]]


def test_every_verdict_has_a_word():
    assert verdict.VERDICTS == ("hit", "miss", "report", "not measured")
