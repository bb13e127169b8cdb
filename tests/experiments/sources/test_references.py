"""Every reference that the program, or a run, relies on."""

import csv
import io
import json
from dataclasses import replace

import pytest

from experiments.__main__ import main
from experiments.sources import table
from experiments.sources.references import (
    by_source,
    counts,
    references_of_program,
    references_of_run,
    told,
)
from scenarios.load import load_levers, load_parameters
from scenarios.values.number import Status
from sim.model import choose


@pytest.fixture(scope="module")
def program():
    return references_of_program("hunan")


def test_every_number_of_parameters_and_levers_is_there_once(program):
    names = [one.name for one in program if one.kind in ("parameters", "levers")]
    numbers = [f"parameters.{group}.{name}" for group, own in load_parameters().items() for name in own]
    fields = [f"lever.{name}.{field}" for name, lever in load_levers().items() for field in lever.fields]
    assert sorted(names) == sorted(numbers + fields)


def test_counts_add_up_and_every_status_is_known(program):
    assert {one.status for one in program} <= {status.value for status in Status}
    assert sum(sum(of.values()) for of in counts(program).values()) == len(program)
    assert sum(map(len, by_source(program).values())) == len(program)
    assert all(one.source.strip() for one in program)


def test_series_worlds_facts_and_effects_are_among_them(program):
    names = {one.name for one in program}
    assert {"series.hnte[0]", "as_happened.population", "base.published.gdp_2020"} <= names
    assert any(name.startswith("facts.") for name in names)
    assert any(name.startswith("evidence.") for name in names)
    assert "hindcast.past_plan.goals.certified.goal" in names


def test_a_figure_that_was_only_recalled_is_unverified(program):
    recalled = next(one for one in program if one.name == "evidence.T-rd_return-1")
    assert recalled.status == "unverified"


def test_a_run_relies_on_its_levers_in_force_and_its_world_alone():
    run = references_of_run(choose("as_in_2020", scale=0.01))
    names = {one.name for one in run}
    assert "lever.rd_subsidy.rate" in names and "lever.basic_research.budget" not in names
    assert not any(name.startswith(("as_happened", "facts", "hindcast")) for name in names)
    assert "as_known_in_august_2021.market_growth" in names


def test_a_run_in_a_world_that_builds_on_another_relies_on_both():
    names = {one.name: one for one in references_of_run(choose("as_in_2020", "as_happened", scale=0.01))}
    assert "2021" in names["as_happened.gdp_real_growth"].source
    assert "as_happened.market_growth" in names  # stated by the one it builds on


def test_what_a_run_has_in_place_of_a_published_value_is_noted():
    spec = choose("plan", scale=0.01)
    spec.parameters["firms"]["research_scale"] = 0.02
    notes = {one.name: one.note for one in references_of_run(spec)}
    assert notes["parameters.firms.research_scale"] == "the run has 0.02 instead of 0.01757"
    assert notes["lever.rd_subsidy.budget"].startswith("the scenario sets 2021: ")
    assert "scenario.plan" in notes and "scenario.talent_led" not in notes
    assert notes["parameters.firms.patent_scale"] == ""


def test_a_number_below_lists_and_tables_is_found():
    one = {"source": "s", "status": "sourced", "value": 1}
    assert [name for name, _ in told({"a": {"b": [one, {"c": one}]}, "d": 3})] == ["a.b[0]", "a.b[1].c"]


def test_text_json_and_csv_hold_the_same(capsys, program):
    assert main(["sources"]) == 0
    text = capsys.readouterr().out
    assert main(["sources", "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert main(["sources", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == plain["numbers"] == len(program) and f"{len(program):,} numbers" in text
    assert sum(len(one["numbers"]) for one in plain["references"]) == len(program)
    assert plain["counts"]["parameters"]["assumption"] == sum(
        row["kind"] == "parameters" and row["status"] == "assumption" for row in rows
    )


def test_no_line_is_wider_than_the_terminal(program, terminal):
    noted = replace(program[0], note="in place of what was published " * 8)
    assert "otherwise in this run" in terminal(table.lines([noted, *program[1:200]], "the program"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--run", "plan:0"], "both of --run ID and DIR"),
        (["results/none"], "both of --run ID and DIR"),
        (["--csv", "--format", "json"], "CSV or JSON, not both"),
    ],
)
def test_words_that_make_no_sense_are_refused(words, said, capsys):
    assert main(["sources", *words]) == 2
    assert said in capsys.readouterr().err
