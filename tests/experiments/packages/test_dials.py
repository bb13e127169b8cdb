"""What a package may set, and a package as a scenario, a block and a file."""

import pytest

from experiments.packages.dials import Dial, dials_of, left_out, levers_named
from experiments.packages.package import Package, reform_text, text_of
from scenarios.files.blocks_given import Home
from scenarios.load import load_levers, load_scenarios
from scenarios.spec import BASELINE
from scenarios.values.errors import InputError

LEVERS, ALL = load_levers(), load_scenarios()
USUAL = ALL[BASELINE]
ABOUT = {"label_en": "mine", "label_zh": "我的", "description": "A test.", "command": "sanxiang reach all"}


def dials(*names, a_year=5e9, base=USUAL):
    return dials_of(names, base, "hunan", a_year, 2022)


def test_a_dial_goes_from_what_is_in_force_to_the_top_of_its_range():
    (rate, cap, budget) = dials("rd_subsidy", a_year=1e12).all
    assert [one.field for one in (rate, cap, budget)] == ["rate", "cap", "budget"]
    for one in (rate, cap, budget):
        number = LEVERS["rd_subsidy"].fields[one.field]
        assert one.value(0.0) == one.usual and one.value(1.0) == one.top == number.range[1]


def test_a_budget_goes_no_further_than_the_money_that_may_be_spent():
    budget = dials("rd_subsidy", a_year=1e9).all[-1]
    assert budget.high == budget.usual + 1e9 < budget.top and budget.is_bounded_by_money
    assert not dials("rd_subsidy", a_year=1e12).all[-1].is_bounded_by_money


def test_small_budgets_are_told_apart():
    budget = dials("supply_chain_completion").all[-1]
    assert budget.value(0.1) == 5e7 and budget.value(0.5) == 1.25e9


def test_the_plans_dose_has_a_place_on_the_way():
    room = dials("supply_chain_completion", "startup_loans").room
    assert all(0.0 <= one <= 1.0 for one in room.doses) and room.usual == (0.0,) * len(room.usual)
    (budget,) = dials("supply_chain_completion").all
    assert budget.value(budget.position(budget.dose)) == pytest.approx(1e9, rel=0.01)


def test_a_package_takes_nothing_away_and_sets_nothing_where_it_stays():
    found = dials("rd_subsidy", "startup_loans")
    assert found.package(found.room.usual).values == {}
    assert found.package((0.0, 0.0, 1e-4, 0.0, 0.0)).values == {}
    most = found.package(found.room.most).values
    assert all(
        value > USUAL.lever_values(name, 2022)[key] for name in most for key, value in most[name].items()
    )


def test_whole_numbers_stay_whole_and_values_have_three_digits():
    market = {one.field: one for one in dials("technology_market").all}
    assert market["centres"].value(0.4) == 2.0
    assert market["platform"].value(1 / 3) == 0.467


def test_a_lever_that_is_at_its_top_has_no_dial():
    names = [one.field for one in dials("credit_guarantee").all]
    assert "share" not in names and "budget" in names


def test_nothing_to_set_is_refused():
    with pytest.raises(InputError, match="nothing is left to search"):
        dials("talent_amenities", a_year=0.0)


def test_levers_of_the_centre_and_of_statistics_are_left_out_unless_named():
    usual = levers_named(None, None, "hunan")
    assert set(left_out("hunan")) == {"super_deduction", "statistical_coverage"} == set(LEVERS) - set(usual)
    assert levers_named(["super_deduction"], None, "hunan") == ["super_deduction"]
    with pytest.raises(InputError, match="moves what statistics count"):
        levers_named(["statistical_coverage"], None, "hunan")


def test_thrusts_name_the_levers_at_home_there():
    found = levers_named(None, ["talent"], "hunan")
    assert found == [name for name, one in LEVERS.items() if one.about.thrust == "talent"]
    with pytest.raises(InputError, match="unknown thrust 'talnt' - did you mean 'talent'"):
        levers_named(None, ["talnt"], "hunan")
    with pytest.raises(InputError, match="unknown lever 'rd_subsdy' - did you mean 'rd_subsidy'"):
        levers_named(["rd_subsdy"], None, "hunan")


# --- packages ---

PACKAGE = Package({"rd_subsidy": {"rate": 0.2, "budget": 1.2e9}, "inventor_share": {"share": 0.9}}, 2022)


def scenario_of(package, base=USUAL):
    return package.scenario("mine", base, LEVERS, Home("hunan"))


def test_a_package_changes_its_values_from_its_year_on_and_nothing_else():
    found = scenario_of(PACKAGE)
    assert found.lever_values("rd_subsidy", 2022)["rate"] == 0.2
    assert found.lever_values("rd_subsidy", 2021) == USUAL.lever_values("rd_subsidy", 2021)
    assert {name for name in USUAL.levers if found.levers[name] != USUAL.levers[name]} == set(PACKAGE.values)


@pytest.mark.parametrize("where", [(), ("changsha", "zhuzhou")])
@pytest.mark.parametrize("base", ["as_in_2020", "plan"])
def test_the_file_of_a_package_runs_as_the_package(tmp_path, where, base):
    package = PACKAGE._replace(where=where)
    (tmp_path / "mine.yaml").write_text(reform_text(package, "mine", ALL[base], LEVERS, ABOUT), "utf-8")
    read = load_scenarios([tmp_path / "mine.yaml"])["mine"]
    tried = scenario_of(package, ALL[base])
    assert (dict(read.levers), read.closure) == (dict(tried.levers), tried.closure)


def test_in_some_places_alone_money_is_beside_the_programmes_own():
    found = scenario_of(PACKAGE._replace(where=("changsha",)))
    block = found.levers["rd_subsidy@changsha"]
    assert block["budget"][-1] == (2022, 1.2e9 - USUAL.lever_values("rd_subsidy", 2022)["budget"])
    assert found.levers["rd_subsidy"] == USUAL.levers["rd_subsidy"]
    assert found.lever_values("inventor_share", 2023)["share"] == 0.9  # not by place: everywhere


def test_equal_packages_have_equal_texts():
    assert text_of(PACKAGE) == text_of(PACKAGE._replace(values=dict(reversed(PACKAGE.values.items()))))
    assert text_of(PACKAGE) != text_of(PACKAGE._replace(begins=2023))


def test_positions_and_values_of_a_dial_agree():
    dial = Dial("a", "budget", "yuan/year", 0.0, 1e9, 1e9, 0.0, False)
    for position in (0.1, 0.35, 0.8, 1.0):
        assert dial.position(dial.value(position)) == pytest.approx(position, abs=0.01)
