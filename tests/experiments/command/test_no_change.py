"""What a command asks for and does not change is said before the first run; what is printed is what runs."""

import pytest
import yaml

from experiments.__main__ import main
from experiments.plan.sweep_plan import plan_sweep

RATE = "lever.rd_subsidy.rate"


def reform(folder, **fields):
    path = folder / "mine.yaml"
    about = {
        "name": "mine",
        "label": {"en": "mine", "zh": "我的"},
        "description": "a test",
        "base": "as_in_2020",
    }
    path.write_text(yaml.safe_dump(about | fields, allow_unicode=True), encoding="utf-8")
    return f"reform={path}"


def said(*words):
    return list(plan_sweep(words).notices)


def test_a_reform_that_changes_nothing_against_its_base_is_told(tmp_path):
    assert said(reform(tmp_path)) == ["reform mine changes nothing against its base as_in_2020"]
    assert said(reform(tmp_path, lever={"rd_subsidy": {"rate": 0.1}})) == [
        "reform mine changes nothing against its base as_in_2020"
    ]


def test_a_reform_that_changes_a_value_or_what_pays_for_it_is_not(tmp_path):
    assert said(reform(tmp_path, lever={"rd_subsidy": {"rate": 0.2}})) == []
    assert said(reform(tmp_path, closure="borrow")) == []


def test_a_reform_that_the_command_overrides_entirely_is_told(tmp_path):
    mine = reform(tmp_path, lever={"rd_subsidy": {"rate": 0.2}})
    assert said(mine, f"{RATE}=0.3,0.4") == [
        f"reform mine runs as its base as_in_2020: the command itself sets all that it changes ({RATE})"
    ]
    assert said(mine, "lever.rd_subsidy.cap=2e7") == []
    assert said(mine, f"{RATE}={{2023:0.3}}") == []


def test_a_value_that_is_in_force_already_is_told_unless_it_is_one_of_several():
    assert said(f"{RATE}=0.1") == [f"{RATE}=0.1 changes nothing: as_in_2020 had it without it"]
    assert said(f"{RATE}=0.1,0.2") == []
    central = plan_sweep([]).points[0].parameters["firms"]["quality_weight"]
    assert said(f"parameters.firms.quality_weight={central}") == [
        f"parameters.firms.quality_weight={central:.15g} changes nothing: it is the value without it"
    ]


def test_check_says_that_a_file_changes_nothing(tmp_path, capsys):
    assert main(["check", reform(tmp_path).removeprefix("reform=")]) == 0
    assert "changes nothing against as_in_2020" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["scenario=plan,no_policy"],
        [f"{RATE}=0.3"],
        [f"{RATE}=0.3,0.4", "replications=2", "results=somewhere"],
        ["reform"],
        ["reform", "scenario=plan"],
        ["experiment=subsidy_rates"],
        ["experiment=two_worlds", "reform"],
    ],
)
def test_the_configuration_that_is_printed_is_what_runs(words, tmp_path, capsys):
    words = [reform(tmp_path, closure="borrow") if word == "reform" else word for word in words]
    assert main(["sweep", "--cfg", "job", *words]) == 0
    printed, plan = yaml.safe_load(capsys.readouterr().out), plan_sweep(words)
    first = next(plan.units())
    assert printed["scenario"] == list(dict.fromkeys(spec.scenario.name for spec in first))
    assert printed["results"] == str(plan.results)
    assert printed["replications"] == plan.replications
    assert (printed["world"] == first[0].world) or "world" in printed["sweep"]
