"""A block on its way from the command line through a results folder: run, told, compared, run again."""

import json

import pytest

from experiments import compare, load_runs, rerun, sweep
from experiments.__main__ import main
from experiments.answer.target_table import render_targets
from experiments.exits import Exit
from experiments.plan.catalogue import check, levers
from experiments.plan.sweep_plan import plan_sweep
from experiments.read.recorded_run import spec_of
from experiments.report.report import write_all
from scenarios.digests import digests
from scenarios.spec import run_id

pytestmark = pytest.mark.usefixtures("computed_here", "sources_nobody_edits")
KEY = "lever.talent_introduction.blocks"
BLOCK = "[{where:[changsha],award:{2023:x2},budget:{2023:x2}}]"
NAME = "talent_introduction@changsha"
TINY = (f"{KEY}=[],{BLOCK}", "replications=2", "population.scale=0.02", "executor.workers=1")
POINT = f"as_in_2020 {KEY}={BLOCK}, population.scale=0.02"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "r"
    sweep(*TINY, f"results={path}", quiet=True)
    return path


def test_talents_are_doubled_in_one_place_in_one_line(folder):
    runs = load_runs(folder)
    assert sorted(set(runs.point)) == sorted([POINT, POINT.replace(BLOCK, "[]")]) and set(runs.status) == {
        "ok"
    }


def test_a_run_is_described_by_its_record(folder):
    runs = load_runs(folder, columns=["levers", "parameters", "region", "closure", "first_year", "last_year"])
    for row in runs.to_dict("records"):
        assert run_id(spec_of(row), digests()) == row["run_id"]


def test_a_run_again_is_the_same_and_the_account_can_be_followed(folder):
    again = rerun(folder, f"{POINT}:1", f"programme:{NAME}")
    assert again.same and [one.year for one in again.quarters[::4]] == [2023, 2024, 2025]
    assert sum(one.values["paid"] for one in again.quarters) > 0


def test_the_account_stands_beside_the_table(folder):
    (told,) = load_runs(folder).query("point == @POINT").accounts.map(json.loads)[:1]
    assert told[NAME]["appropriated"] == 3 * round(0.42 * 1e8 * 0.02)
    (line,) = [line for line in render_targets(folder).splitlines() if line.startswith("  talent_intro")]
    assert line.startswith(f"  {NAME}: ") and " spent of 0.0252 亿 appropriated, " in line


def test_two_cases_differ_in_what_the_block_says(folder):
    without = POINT.replace(BLOCK, "[]")
    told = compare(f"{folder}:{POINT}", f"{folder}:{without}")["settings"]
    assert [(one["key"], one["a"][-1], one["b"]) for one in told] == [
        (f"lever.{NAME}.award", [2023, 2e5], None),
        (f"lever.{NAME}.budget", [2023, pytest.approx(4.2e7)], None),
    ]


def test_the_same_values_elsewhere_are_other_runs(folder):
    there = (TINY[0].replace("changsha", "zhuzhou"), *TINY[1:])
    specs = [spec for unit in plan_sweep(there).units() for spec in unit]
    ids = {run_id(spec, digests()) for spec in specs}
    assert len(ids) == 4 and len(ids & set(load_runs(folder).run_id)) == 2


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ([f"{KEY}=[{{where:[changsa],budget:-1}}]"], 2),
        ([f"{KEY}=[{{where:[changsha],budget:1}},{{where:[changsha],budget:2}}]"], 1),
        ([f"{KEY}=[{{where:[changsha],award:x100}}]"], 1),
        (["lever.guidance_funds.blocks=[{where:[changsha],budget:1e8}]"], 1),
        ([f"{KEY}=[{{where:[changsha],where:[zhuzhou],budget:1}}]"], 1),
        ([f"{KEY}={BLOCK},{BLOCK}"], 1),
    ],
)
def test_what_cannot_be_meant_ends_with_2_before_any_run(tmp_path, capsys, words, lines):
    assert main(["sweep", *words, f"results={tmp_path / 'r'}"]) == Exit.BAD_INPUT
    assert len(capsys.readouterr().err.splitlines()) == lines and not (tmp_path / "r").exists()


def test_a_block_that_changes_nothing_is_told():
    (line,) = plan_sweep([f"{KEY}=[{{where:[changsha],budget:0}}]"]).notices
    assert line.startswith(f"{KEY}=[{{where:[changsha],budget:0}}] changes nothing")


def test_the_configuration_shows_the_block_as_it_was_written():
    (composed,) = plan_sweep([f"{KEY}={BLOCK}"]).composed["lever"]["talent_introduction"]["blocks"]
    assert composed == {"where": ["changsha"], "award": {2023: "x2"}, "budget": {2023: "x2"}}


def test_a_checked_file_says_what_its_blocks_change(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "{name: mine, base: as_in_2020, lever: {talent_introduction: {blocks: "
        "[{where: [changsha], award: x2, budget: 1e8}]}}}"
    )
    (row,) = check(file)
    assert row["changes"] == [
        {"name": f"lever.{NAME}.award", "from": "100000", "to": "200000"},
        {"name": f"lever.{NAME}.budget", "from": "0", "to": "100000000"},
    ]
    assert row["public_cost"] - row["public_cost_of_base"] == 5e8


def test_every_lever_says_whether_it_has_blocks_and_what_they_do_or_why_not(capsys):
    for row in levers():
        assert row["about"]["locally"], row["name"]
    main(["levers", "rd_subsidy"])
    assert "by prefecture and industry: yes, in a block rate and cap hold" in capsys.readouterr().out


def test_the_account_stands_in_the_report(folder):
    page = next((folder / "outputs").glob("*/report.html"), None) or write_all(folder)
    assert f"{NAME}: " in page.read_text("utf-8") and "of 0.0252 亿 appropriated" in page.read_text("utf-8")
