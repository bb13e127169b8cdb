"""Two contents under one name are told apart wherever a folder is read as a whole; pairs are one to one."""

import pytest
import toy_model
from sealed_toy import RUNS, folder_of

from experiments import targets
from experiments.answer.cases import compared_with
from experiments.answer.pairs import paired
from experiments.answer.target_table import render_targets
from experiments.read import reading
from experiments.read.case import Case
from scenarios.values.errors import InputError

BASE, OLD, NEW = (
    toy_model.scenario("as_in_2020"),
    toy_model.scenario("my_reform", 0.1),
    toy_model.scenario("my_reform", 0.4),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which a reform was edited and swept again under its name."""
    return folder_of(tmp_path_factory.mktemp("edited") / "r", BASE, OLD, NEW)


def of_all(folder, target="sei_va"):
    return {row["scenario"]: row for row in targets(folder, all_runs=True) if row["target"] == target}


def test_a_reform_that_was_edited_has_a_block_for_each_of_its_contents(folder):
    rows = of_all(folder)
    marked = [name for name in rows if name.startswith("my_reform#")]
    assert (len(rows), len(marked)) == (3, 2)
    assert [row["runs"] for row in rows.values()] == [RUNS] * 3
    assert rows[marked[0]]["median"] > rows[marked[1]]["median"]  # the last sweep comes first


def test_what_has_one_content_keeps_its_plain_name(folder, tmp_path):
    assert "as_in_2020" in of_all(folder)
    assert set(of_all(folder_of(tmp_path / "r", BASE, OLD))) == {"as_in_2020", "my_reform"}


def test_each_baseline_run_is_paired_once_with_each_content(folder):
    text = render_targets(folder, "all")
    assert text.count("minus as_in_2020") == 2
    runs = reading.load_runs(folder, all_runs=True)
    by_point = dict(iter(runs.groupby("point", sort=False)))
    base = by_point.pop("as_in_2020")
    assert [len(paired(rows, base)) for rows in by_point.values()] == [RUNS] * 2


def test_two_contents_are_never_paired_as_one(folder):
    runs = reading.load_runs(folder, all_runs=True)
    pooled = runs[runs.point.str.startswith("my_reform")]
    with pytest.raises(InputError, match="12 runs of 6 replications: not one to one"):
        paired(pooled, runs[runs.point == "as_in_2020"], ("my_reform", "as_in_2020"))


def test_series_and_cells_of_a_whole_folder_carry_the_same_names_as_its_runs(folder):
    names = set(reading.load_runs(folder, all_runs=True).point)
    assert set(reading.load_series(folder, all_runs=True).point) == names
    assert set(reading.load_cells(folder, all_runs=True).point) == names
    assert "levers" not in reading.load_runs(folder, all_runs=True)


def test_the_last_sweep_alone_needs_no_mark(folder):
    assert set(reading.load_runs(folder).point) == {"my_reform"}


def test_a_baseline_of_two_contents_is_still_the_baseline():
    found = compared_with(
        [
            Case("plan"),
            Case("as_in_2020", mark="aa"),
            Case("as_in_2020", mark="bb"),
            Case("plan", "rate=0.1", "cc"),
            Case("as_in_2020", "rate=0.1", "aa"),
        ]
    )
    assert found["plan"] == "as_in_2020#aa"
    assert found["plan#cc rate=0.1"] == "as_in_2020#aa rate=0.1"


def test_a_scenario_whose_name_holds_spaces_is_not_taken_for_swept_values():
    case = Case.recorded("a plan of mine", "a plan of mine rate=0.1, world=calm")
    assert case == Case("a plan of mine", "rate=0.1, world=calm")
    found = compared_with([Case("as_in_2020"), case, Case("as_in_2020", case.given)])
    assert found[case.name] == "as_in_2020 rate=0.1, world=calm"
