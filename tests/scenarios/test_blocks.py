"""A block is one more lever whose name says whom it means; its values follow what is in force."""

from dataclasses import replace

import pytest

from scenarios.blocks import is_block, lever_of, meant
from scenarios.files.changes import lever_change
from scenarios.lever import read_lever
from scenarios.load import load_levers, load_scenarios
from scenarios.spec import RunSpec
from scenarios.values.errors import InputError

NAME = "talent_introduction"
LEVERS = load_levers()
BASE = load_scenarios()["as_in_2020"]
CHANGSHA = 0.42  # of the technology firms at the end of 2015: marginals.yaml


def changed(scenario=BASE, **given):
    """The scenario with other values of the lever, as on the command line."""
    return scenario.changed(
        {(NAME, key): lever_change(NAME, key, value, LEVERS) for key, value in given.items()}
    )


def blocks_of(scenario):
    return {name: fields for name, fields in scenario.levers.items() if is_block(name)}


def test_a_term_holds_in_place_of_the_provinces_and_a_budget_beside_it():
    scenario = changed(blocks=[{"where": ["changsha"], "award": {2023: 3e5}, "budget": {2022: 5e7, 2025: 0}}])
    assert blocks_of(scenario) == {
        f"{NAME}@changsha": {
            "award": ((2016, 50000.0), (2018, 100000.0), (2023, 300000.0)),
            "budget": ((2016, 0.0), (2022, 5e7), (2025, 0.0)),
        }
    }
    assert scenario.public_cost() - BASE.public_cost() == 3 * 5e7


def test_a_doubled_budget_is_as_much_again_as_falls_to_the_place():
    (fields,) = blocks_of(changed(blocks=[{"where": "changsha", "budget": {2023: "x2"}}])).values()
    assert fields["budget"] == ((2016, 0.0), (2023, pytest.approx(CHANGSHA * 1e8)))
    (fields,) = blocks_of(changed(blocks=[{"where": "changsha", "budget": "x3"}])).values()
    assert fields["budget"] == ((2016, 0.0), (2021, pytest.approx(2 * CHANGSHA * 1e8)))


def test_the_share_of_places_and_industries_is_that_of_technology_firms():
    given = {"where": ["zhuzhou", "changsha"], "industries": ["information"], "budget": "x2"}
    ((name, fields),) = blocks_of(changed(blocks=[given])).items()
    assert name == f"{NAME}@changsha+zhuzhou:information"  # in the region's order
    assert fields["budget"][-1][1] == pytest.approx((0.42 + 0.1464) * 0.17 * 1e8)


@pytest.mark.parametrize("first", ["award", "blocks"])
def test_a_multiple_in_a_block_follows_what_is_in_force_whenever_it_is_set(first):
    given = {"award": {2024: 2e5}, "blocks": [{"where": ["changsha"], "award": {2023: "x2"}}]}
    scenario = changed(changed(**{first: given[first]}), **{k: v for k, v in given.items() if k != first})
    (fields,) = blocks_of(scenario).values()
    assert fields["award"] == ((2016, 50000.0), (2018, 100000.0), (2023, 200000.0), (2024, 400000.0))


@pytest.mark.parametrize("given", [{"budget": 0}, {"award": "x1", "budget": "x1"}, {"award": 100_000}])
def test_a_block_that_changes_nothing_is_no_part_of_a_run(given):
    scenario = changed(blocks=[{"where": ["changsha"], **given}])
    assert spec(scenario).canonical() == spec(BASE).canonical()


def test_blocks_replace_those_that_the_lever_had():
    scenario = changed(blocks=[{"where": ["changsha"], "budget": 1e8}])
    assert list(blocks_of(changed(scenario, blocks=[{"industries": ["biotech"], "budget": 1e8}]))) == [
        f"{NAME}@:biotech"
    ]
    assert blocks_of(changed(scenario, blocks=[])) == {}


def test_runs_of_blocks_share_the_past_of_those_without_and_are_others():
    scenario = changed(blocks=[{"where": ["changsha"], "budget": 1e8}])
    assert scenario.until(2021) == BASE.until(2021)
    assert spec(scenario).canonical() != spec(BASE).canonical()


def test_a_run_is_what_its_block_says_however_it_is_spelt():
    one = changed(blocks=[{"where": ["changsha", "zhuzhou"], "budget": 1e8, "award": "x2"}])
    other = changed(
        blocks=[
            {"where": ["zhuzhou", "changsha"], "award": {2021: 200_000}},
            {"where": ["changsha", "zhuzhou"], "budget": {"2021": 1e8}},
        ]
    )
    assert spec(one).canonical() == spec(other).canonical()


def test_a_name_says_whom_it_means():
    assert meant("a@b+c:d") == ("a", ("b", "c"), ("d",))
    assert meant("a@:d+e") == ("a", (), ("d", "e"))
    assert meant("a@b") == ("a", ("b",), ())
    assert lever_of("a@b") == lever_of("a") == "a"


# --- what a lever's file says of them ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("voucher", "local: true\n", "local is true, and 'locally' does not say what a block of it does"),
        (
            "yearly_prize",
            "local: true\nlocally: some\n",
            "local is true, and inventor_share is offered to the whole province alike",
        ),
    ],
)
def test_a_lever_whose_blocks_nobody_reads_or_explains_is_refused(
    small_configs, small_levers, name, lines, said
):
    path = small_configs / f"lever/{name}.yaml"
    path.write_text(lines + path.read_text("utf-8"), "utf-8")
    with pytest.raises(InputError) as refusal:
        read_lever(path, small_levers)
    assert refusal.value.messages == (f"{path}: {said}",)


def test_a_field_cannot_be_called_blocks(small_configs, small_levers, tmp_path):
    for path in (small_configs / "lever/voucher.yaml", tmp_path / small_levers / "voucher.py"):
        path.write_text(
            path.read_text("utf-8").replace("share:", "blocks:").replace("self.share", "1.0"), "utf-8"
        )
    with pytest.raises(InputError, match="'blocks' is no name of a field"):
        read_lever(small_configs / "lever/voucher.yaml", small_levers)


def spec(scenario):
    return RunSpec(replace(scenario, name="one"), "as_expected_in_2020", {})
