"""Scenarios derived from another: by thrust, by year, and with the same money otherwise shared."""

import pytest

from scenarios.files.derived import YEARS, divided
from scenarios.lever import LeverFile
from scenarios.load import load_levers, load_scenarios
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.spec import BASELINE, POLICY_YEAR
from scenarios.thrusts import THRUSTS
from scenarios.values.errors import InputError
from scenarios.values.number import value_at

LEVERS: dict[str, LeverFile] = load_levers()
SHIPPED = load_scenarios()
BASE, PLAN = SHIPPED[BASELINE], SHIPPED["plan"]
FIVE = [name for name in THRUSTS if name != "safeguards"]


def cost(scenario):
    return [scenario.public_cost(year, year) for year in YEARS]


def of(derived, tmp_path, more="", name="mine"):
    path = tmp_path / f"{name}.yaml"
    path.write_text(f"name: {name}\nbase: as_in_2020\nderived: {derived}\n{more}", encoding="utf-8")
    return load_scenarios([path])[name]


# --- by thrust -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("thrust", THRUSTS)
def test_a_thrust_alone_is_the_plan_for_its_levers_and_2020_for_all_others(thrust):
    alone = SHIPPED[f"{thrust}_alone"]
    for name, lever in LEVERS.items():
        expected = PLAN if lever.about.thrust == thrust else BASE
        assert alone.levers[name] == expected.levers[name]


def test_the_thrusts_together_are_a_partition_of_the_plan_but_for_levers_without_a_home():
    together = SHIPPED["thrusts_and_safeguards"]
    for name, lever in LEVERS.items():
        expected = BASE if lever.about.thrust == "none" else PLAN
        assert together.levers[name] == expected.levers[name]
    added = [sum(cost(SHIPPED[f"{thrust}_alone"])[k] - cost(BASE)[k] for thrust in THRUSTS) for k in range(5)]
    assert added == [a - b for a, b in zip(cost(together), cost(BASE), strict=True)]


def test_the_five_thrusts_leave_the_safeguards_as_they_are():
    for name, lever in LEVERS.items():
        expected = PLAN if lever.about.thrust in FIVE else BASE
        assert SHIPPED["five_thrusts"].levers[name] == expected.levers[name]


# --- the same money --------------------------------------------------------------------------------------


@pytest.mark.parametrize("thrust", THRUSTS)
def test_a_thrust_at_the_plans_cost_has_its_terms_and_the_plans_money(thrust):
    led, alone = SHIPPED[f"{thrust}_at_plan_cost"], SHIPPED[f"{thrust}_alone"]
    for name, lever in LEVERS.items():
        assert {k: v for k, v in led.levers[name].items() if k != "budget"} == {
            k: v for k, v in alone.levers[name].items() if k != "budget"
        }
        if lever.about.thrust != thrust:
            assert led.levers[name] == BASE.levers[name]
        if "budget" in lever.fields:
            assert all(value <= lever.fields["budget"].range[1] for _, value in led.levers[name]["budget"])
    most = [
        name for name, lever in LEVERS.items() if lever.about.thrust == thrust and "budget" in lever.fields
    ]
    for k, year in enumerate(YEARS):
        full = all(
            value_at(led.levers[name]["budget"], year)
            in (LEVERS[name].fields["budget"].range[1], value_at(BASE.levers[name]["budget"], year))
            for name in most
        )
        assert full or cost(led)[k] == pytest.approx(cost(PLAN)[k], abs=len(LEVERS))
        assert cost(led)[k] <= cost(PLAN)[k]


def test_the_plan_stays_inside_the_fiscal_cap():
    assert max(cost(PLAN)) <= load_fiscal_cap("hunan").yuan


def test_all_out_takes_what_the_fiscal_cap_leaves_and_no_more():
    cap = load_fiscal_cap("hunan").yuan
    assert all(cap - len(LEVERS) <= one <= cap for one in cost(SHIPPED["all_out"]))


@pytest.mark.parametrize("name", ["plan_earlier", "plan_later", "plan_stop_and_go"])
def test_other_years_cost_the_same_in_all(name):
    assert sum(cost(SHIPPED[name])) == pytest.approx(sum(cost(PLAN)), abs=5 * len(LEVERS))
    assert cost(SHIPPED[name]) != cost(PLAN)


def test_other_years_have_the_terms_of_theirs():
    later, stop = SHIPPED["plan_later"].levers, SHIPPED["plan_stop_and_go"].levers
    share = {year: value_at(PLAN.levers["inventor_share"]["share"], year) for year in (2020, *YEARS)}
    assert [value_at(later["inventor_share"]["share"], y) for y in YEARS] == [share[y - 1] for y in YEARS]
    usual = [share[2020] if year in (2022, 2024) else share[year] for year in YEARS]
    assert [value_at(stop["inventor_share"]["share"], year) for year in YEARS] == usual


def test_nothing_before_2021_is_derived():
    for name, scenario in SHIPPED.items():
        assert scenario.until(POLICY_YEAR) == BASE.until(POLICY_YEAR), name


def test_shares_give_money_alone_and_terms_stand_beside(tmp_path):
    how = "{of: plan, money: each_year, shares: {rd_subsidy: 0.75, high_tech_award: 0.25}}"
    mine = of(how, tmp_path, "lever: {rd_subsidy: {rate: {2021: 0.3}}}\n")
    more = PLAN.public_cost(2023, 2023) - BASE.public_cost(2023, 2023)
    gain = [
        value_at(mine.levers[name]["budget"], 2023) - value_at(BASE.levers[name]["budget"], 2023)
        for name in ("rd_subsidy", "high_tech_award")
    ]
    assert gain == pytest.approx([0.75 * more, 0.25 * more], abs=1.0)
    assert value_at(mine.levers["rd_subsidy"]["rate"], 2021) == 0.3
    assert mine.levers["mission_projects"] == BASE.levers["mission_projects"]


@pytest.mark.parametrize(
    ("amount", "by", "room", "given"),
    [
        (90.0, {"a": 2.0, "b": 1.0}, {"a": 100.0, "b": 100.0}, {"a": 60.0, "b": 30.0}),
        (90.0, {"a": 2.0, "b": 1.0}, {"a": 50.0, "b": 100.0}, {"a": 50.0, "b": 40.0}),  # what is over goes on
        (90.0, {"a": 2.0, "b": 1.0}, {"a": 50.0, "b": 20.0}, {"a": 50.0, "b": 20.0}),  # or stays
        (
            100.0,
            {"a": 1.0, "b": 1.0, "c": 1.0},
            {"a": 99.0, "b": 99.0, "c": 99.0},
            {"a": 33.0, "b": 33.0, "c": 33.0},
        ),
        (90.0, {}, {}, {}),
    ],
)
def test_money_is_divided_in_whole_yuan_within_the_room_there_is(amount, by, room, given):
    assert divided(amount, by, room) == given


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("derived", "said"),
    [
        ("{of: plann}", "derived: unknown scenario 'plann' - did you mean 'plan'"),
        ("{of: plan, thrusts: [talents]}", "derived: unknown thrust 'talents' - did you mean 'talent'"),
        ("{of: plan, years: {2026: 2022}}", "years: '2026': expected a year from 2021 to 2025"),
        (
            "{of: plan, years: {2022: 2019}}",
            "years: '2019': expected a year from 2021 to 2025, or the one before",
        ),
        ("{of: plan, money: each_year, shares: {rd_subsidy: 0.5}}", "shares: have to add to 1"),
        (
            "{of: plan, money: each_year, shares: {inventor_share: 1}}",
            "unknown lever with a budget 'inventor_share'",
        ),
        ("{of: plan, shares: {rd_subsidy: 1}}", "shares: go with money: each_year"),
        ("{of: plan, money: much}", "money"),
        ("{thrusts: [talent]}", "of"),
    ],
)
def test_what_cannot_be_derived_is_refused(derived, said, tmp_path):
    with pytest.raises(InputError) as refused:
        of(derived, tmp_path)
    assert len(refused.value.messages) == 1 and said in refused.value.messages[0]


def test_a_circle_is_refused(tmp_path):
    with pytest.raises(InputError, match="bases go in a circle"):
        of("{of: mine}", tmp_path)
