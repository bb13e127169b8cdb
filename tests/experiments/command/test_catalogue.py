"""The verbs params, levers and check say what there is, and whether a file is right."""

import json
import re
from pathlib import Path

import pytest

from experiments.__main__ import main
from experiments.command.catalogue_pages import show_params
from experiments.exits import Exit
from experiments.plan.catalogue import check, levers, params
from scenarios.load import CONFIGS, load_levers, load_scenarios
from scenarios.values.errors import InputError
from scenarios.values.number import value_at

REFORM = "{name: mine, base: as_in_2020, lever: {rd_subsidy: {rate: 0.2, budget: {2023: 1.2e9}}}}"


def own(path: Path, text: str = REFORM) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_every_parameter_has_unit_range_source_and_status():
    rows = params()
    assert rows
    for row in rows:
        low, high = row["range"]
        assert low <= row["value"] <= high
        assert all(row[key] for key in ("unit", "source", "status"))


def test_parameters_are_found_by_group_by_full_name_and_by_last_part():
    assert {row["name"].split(".")[1] for row in params("firms")} == {"firms"}
    (full,) = params("parameters.firms.grant_misuse")
    assert params("firms.grant_misuse") == params("grant_misuse") == [full]


def test_an_unknown_parameter_is_answered_with_the_nearest():
    with pytest.raises(
        InputError, match="unknown parameter 'quality_wieght' - did you mean 'quality_weight'"
    ):
        params("quality_wieght")


def test_a_lever_shows_the_values_of_each_scenario():
    rate = next(row for row in levers("rd_subsidy") if row["name"] == "lever.rd_subsidy.rate")
    assert rate["until_2020"] == "{2016:0,2018:0.1}"
    assert rate["since_2021"]["as_in_2020"] == "0.1"
    assert rate["since_2021"]["no_policy"] == "0"


def test_a_lever_unknown_altogether_is_answered_with_the_known_ones():
    with pytest.raises(InputError, match=r"unknown lever 'zzz' - known: .*high_tech_award"):
        levers("zzz")


def test_check_says_what_a_file_changes_and_costs(tmp_path: Path):
    (row,) = check(own(tmp_path / "f.yaml"))
    before = load_scenarios()["as_in_2020"].lever_values("rd_subsidy", 2025)["budget"]
    assert row["changes"] == [
        {"name": "lever.rd_subsidy.rate", "from": "0.1", "to": "0.2"},
        {
            "name": "lever.rd_subsidy.budget",
            "from": f"{before:.0f}",
            "to": f"{{2021:{before:.0f},2023:1200000000}}",
        },
    ]
    assert row["public_cost"] - row["public_cost_of_base"] == 3 * (1.2e9 - before)
    assert row["highest_year"]["year"] == 2023 and row["highest_year"]["within"]


def test_check_says_whether_the_dearest_year_is_above_the_fiscal_cap(tmp_path: Path, capsys):
    dear = REFORM.replace("2023: 1.2e9}", "2024: 2.0e10}}, innovation_procurement: {budget: {2024: 1.0e10}")
    file = own(tmp_path / "dear.yaml", dear)
    assert main(["check", str(file)]) == 0
    assert "most in 2024" in (said := capsys.readouterr().out)
    assert "ABOVE the fiscal cap of 252.1 亿 a year" in said


def test_the_package_at_the_fiscal_cap_fills_it_and_stays_inside():
    (row,) = check(str(CONFIGS / "reform" / "at_the_cap.yaml"))
    most = row["highest_year"]
    assert most["within"] and 0.95 * most["cap"] < most["appropriated"]


def test_check_takes_shipped_files_of_every_kind():
    files = [
        CONFIGS / "region/hunan/scenario/plan.yaml",
        CONFIGS / "lever/rd_subsidy.yaml",
        CONFIGS / "parameters/firms.yaml",
    ]
    assert [row["kind"] for row in check(*files)] == ["scenario", "lever", "parameters"]


def test_check_names_every_mistake_of_every_file(tmp_path: Path):
    bad = "{name: mine, base: plan, lever: {rd_subsidy: {rate: 7, rat: 0}}}"
    with pytest.raises(InputError) as refusal:
        check(
            own(tmp_path / "a.yaml", bad),
            tmp_path / "missing.yaml",
            CONFIGS / "region/hunan/scenario/nothing.yaml",
        )
    assert len([m for m in refusal.value.messages if "missing.yaml" in m]) == 1
    assert len([m for m in refusal.value.messages if "nothing.yaml" in m]) == 1


def test_the_verbs_print_and_end_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = own(tmp_path / "f.yaml")
    assert main(["params"]) == main(["levers"]) == main(["levers", "rd_subsidy"]) == 0
    assert main(["check", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "lever.rd_subsidy.rate since 2021: 0.1 -> 0.2" in printed
    assert "企业研发投入后补助" in printed


def test_every_parameter_and_its_prior_is_told_in_full(capsys: pytest.CaptureFixture[str]):
    every = params()
    for row in every:
        show_params([row])
    printed = capsys.readouterr().out
    assert printed.count("\n  prior: ") == sum(bool(row["prior"]) for row in every)
    assert "prior: normal 1, 0.25; 0.5 in the short run" in printed


def test_brackets_of_a_source_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]):
    row = {
        "name": "x",
        "value": 1.0,
        "range": [0, 1],
        "unit": "[bold]",
        "status": "s",
        "source": "[/red] [1]",
    }
    show_params([row])
    printed = capsys.readouterr().out
    assert "unit: [bold]" in printed
    assert "source: [/red] [1]" in printed


@pytest.mark.parametrize("verb", ["params", "levers"])
def test_json_is_one_list_of_rows(verb: str, capsys: pytest.CaptureFixture[str]):
    assert main([verb, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"params": params, "levers": levers}[verb]()


@pytest.mark.parametrize(
    ("verb", "args", "reason"),
    [
        ("check", [], "check needs a scenario file"),
        ("params", ["a", "b"], "params takes one name, not 2"),
        ("params", ["--format", "csv"], "--format takes json"),
        ("params", ["--frmat"], "unknown option '--frmat'"),
    ],
)
def test_it_is_no_command(verb: str, args: list[str], reason: str, capsys: pytest.CaptureFixture[str]):
    assert main([verb, *args]) == Exit.BAD_INPUT
    assert reason in capsys.readouterr().err


def test_award_instead_of_subsidy_costs_as_much_as_the_baseline():
    scenarios = load_scenarios()
    assert scenarios["award_instead_of_subsidy"].public_cost() == scenarios["as_in_2020"].public_cost()


def test_no_policy_costs_nothing_from_2021_on():
    nothing = load_scenarios()["no_policy"]
    assert nothing.public_cost() == 0
    assert all(value == 0 for name in nothing.levers for value in nothing.lever_values(name, 2021).values())


def test_all_shipped_scenarios_are_the_baseline_before_2021():
    scenarios = load_scenarios()
    assert {"as_in_2020", "no_policy", "plan"} <= scenarios.keys()
    for scenario in scenarios.values():
        assert scenario.until(2021) == scenarios["as_in_2020"].until(2021)


def test_the_example_of_a_reform_is_right():
    (row,) = check(CONFIGS / "reform/my_reform.yaml")
    assert row["name"] == "my_reform"


def test_the_list_of_levers_says_how_many_measures_of_the_plan_they_carry(capsys):
    main(["levers"])
    assert re.search(r"\d+ levers carry \d+ of the plan's 83 measures", capsys.readouterr().out)


def test_a_lever_shows_the_measures_it_carries(capsys):
    main(["levers", "innovation_procurement"])
    assert "measure E1.3, 四（五）1: 完善创新应用示范配套财政支持政策" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["subsidy_led", "talent_led", "transfer_led", "finance_led"])
def test_the_led_scenarios_cost_as_much_as_the_plan_in_every_year_or_fill_a_budgets_range(name):
    scenarios, known = load_scenarios(), load_levers()
    led, plan = scenarios[name], scenarios["plan"]
    most = {one: lever.fields["budget"].range[1] for one, lever in known.items() if "budget" in lever.fields}
    for year in range(2021, 2026):
        full = any(value_at(led.levers[one]["budget"], year) == end for one, end in most.items())
        short = plan.public_cost(year, year) - led.public_cost(year, year)
        assert 0.0 <= short < len(known) or (full and short > 0.0)
