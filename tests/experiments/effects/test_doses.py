"""The dose of a lever: the plan's scenario, else the lever's file, else its upper bound."""

from dataclasses import replace

import pytest

from experiments.effects import doses as doses_file
from experiments.effects.doses import dose_of, doses, own, together, without
from scenarios.lever import Dose, read_lever
from scenarios.load import CONFIGS, load_levers, load_scenarios
from scenarios.spec import POLICY_YEAR
from scenarios.values.errors import InputError
from scenarios.values.number import value_at

LEVERS, SCENARIOS = load_levers(), load_scenarios()
USUAL, PLAN = SCENARIOS["as_in_2020"], SCENARIOS["plan"]


def with_dose(lever, dose):
    return lever.model_copy(update={"about": lever.about.model_copy(update={"dose": dose})})


def test_every_lever_has_a_dose_found_from_its_file():
    found = doses()
    assert [one.lever for one in found] == list(LEVERS)
    assert {one.whence for one in found} <= set(doses_file.WHENCE)


def test_the_plans_scenario_decides_all_fields_together():
    (one,) = doses(["mission_projects"])
    assert one.whence == "plan"
    assert one.levers == own(PLAN, "mission_projects")
    given = one.given_to(USUAL)
    assert given.levers["mission_projects"] == PLAN.levers["mission_projects"]
    assert {n: f for n, f in given.levers.items() if n != "mission_projects"} == {
        n: f for n, f in USUAL.levers.items() if n != "mission_projects"
    }


def test_where_the_plan_says_nothing_the_levers_file_does():
    lever = with_dose(LEVERS["super_deduction"], Dose(fields={"addition": {2022: 0.3}}, source="a study"))
    one = dose_of(lever, USUAL, PLAN, LEVERS)
    assert (one.whence, one.source) == ("file", "a study")
    dated = one.levers["super_deduction"]["addition"]
    assert [value_at(dated, year) for year in (2021, 2022, 2025)] == [0.0, 0.3, 0.3]


def test_else_every_field_is_at_its_upper_bound_and_marked_so():
    lever = with_dose(LEVERS["super_deduction"], None)
    one = dose_of(lever, USUAL, PLAN, LEVERS)
    assert one.whence == "bound"
    assert value_at(one.levers["super_deduction"]["addition"], POLICY_YEAR) == 1.0
    assert value_at(one.levers["super_deduction"]["addition"], POLICY_YEAR - 1) == 0.0
    assert dose_of(lever, USUAL, None, LEVERS).whence == "bound"


def test_blocks_of_the_plan_belong_to_the_dose():
    where = {"talent_introduction@changsha": {"award": ((2023, 2e5),)}}
    plan = replace(PLAN, levers={**PLAN.levers, **where})
    one = dose_of(LEVERS["talent_introduction"], USUAL, plan, LEVERS)
    assert one.given_to(USUAL).levers.keys() == {*USUAL.levers, *where}
    assert "talent_introduction@changsha" not in one.given_to(plan).until(POLICY_YEAR)


def test_without_a_lever_is_zero_from_2021_on_only():
    zero = without(USUAL, ["rd_subsidy"])
    assert all(value_at(dated, POLICY_YEAR) == 0.0 for dated in zero.levers["rd_subsidy"].values())
    assert zero.until(POLICY_YEAR) == USUAL.until(POLICY_YEAR)
    assert zero.levers["high_tech_award"] == USUAL.levers["high_tech_award"]


def test_the_package_is_every_lever_at_its_dose():
    found = doses()
    package = together(found, USUAL)
    for one in found:
        assert own(package, one.lever) == one.levers
    assert package.until(POLICY_YEAR) == USUAL.until(POLICY_YEAR)


def test_an_unknown_lever_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'rd_subsidy'"):
        doses(["rd_subsidi"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{fields: {additon: 0.2}, source: x}", "unknown field 'additon' - did you mean 'addition'"),
        ("{fields: {addition: 2}, source: x}", "outside"),
        ("{fields: {addition: 0.2}}", "has no 'dose.source'"),
        ("{fields: {}, source: x}", "dose.fields"),
    ],
)
def test_a_dose_that_cannot_be_is_refused(tmp_path, given, said):
    text = (CONFIGS / "lever" / "super_deduction.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("dose:")]
    path = tmp_path / "super_deduction.yaml"
    path.write_text("\n".join([*lines, f"dose: {given}"]), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_lever(path)
    assert len(refused.value.messages) == 1
    assert said in refused.value.messages[0]
