"""A comparison of sweeps that have hardly begun is told in one line, or made of the pairs there are."""

import pytest
import toy_model
from sealed_toy import COLUMNS, DIGESTS

from experiments import compare
from experiments.__main__ import main
from experiments.compute.task import Task
from experiments.plan.ensemble import ensemble
from experiments.store.header import header
from experiments.store.store import claimed


def begun(folder, done):
    """A sweep of two scenarios of which these units are done."""
    asked = ensemble(toy_model.units(4, toy_model.scenario(), toy_model.scenario("plan", 0.1)), DIGESTS)
    with claimed(folder, header()) as store:
        store.keep_sweep({"words": [], "started": "", "asked": "", "cases": []}, asked.table())
        for unit in asked.units[done]:
            store.append(Task("toy_model")(unit), COLUMNS)
    return folder


@pytest.mark.parametrize("sides", [("plan", "base"), ("base", "base")])
def test_a_folder_without_a_run_is_told_in_one_line(tmp_path, capsys, sides):
    folder = begun(tmp_path / "r", slice(0, 0))
    assert main(["compare", *(f"{folder}:{side}" for side in sides)]) == 2
    assert capsys.readouterr().err == f"{folder}:{sides[0]} has no run yet of the 4 asked for\n"


def test_runs_of_which_the_first_is_left_are_compared_by_the_others(tmp_path):
    folder = begun(tmp_path / "r", slice(1, 3))
    found = compare(f"{folder}:plan", f"{folder}:base")
    assert found["runs"]["a"] == {"asked": 4, "done": 2, "failed": 0, "left": 2}
    assert [row["pairs"] for row in found["differences"]] == [2] * len(found["differences"])
    assert [row["key"] for row in found["settings"]] == ["lever.toy.rate"]
