"""A sweep of points that a file lists, and of an experiment in a file of the user's."""

import pytest

from experiments.plan.sweep_plan import plan_sweep
from scenarios.values.errors import InputError

RATE, BUDGET = "lever.rd_subsidy.rate", "lever.rd_subsidy.budget"


def given(points):
    return [dict(point.given) for point in points]


def listed(folder, text, *words):
    (folder / "points.csv").write_text(text, encoding="utf-8")
    return plan_sweep([f"points={folder}/points.csv", *words])


def test_a_file_lists_points_a_row_each_and_an_empty_cell_gives_nothing(tmp_path):
    plan = listed(tmp_path, f'\ufeff{RATE},{BUDGET}\n0.1,1e9\n0.2,"{{2022:2e9}}"\n0.3,\n')
    assert given(plan.points) == [{RATE: 0.1, BUDGET: 1e9}, {RATE: 0.2, BUDGET: {2022: 2e9}}, {RATE: 0.3}]
    assert [one.name for one in plan.scenarios] == ["as_in_2020"]
    assert plan.files == (("points", (tmp_path / "points.csv").resolve()),)


def test_listed_points_are_combined_with_lists_of_other_keys(tmp_path):
    plan = listed(tmp_path, f"{RATE}\n0.1\n0.2\n", "population.scale=0.1,0.2")
    assert len(plan.points) == 4


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (f"{RATE},scenario\n0.1,plan\n", [], "line 1: scenario cannot be swept"),
        ("lever.rd_subsidy\n1\n", [], "line 1: unknown key"),
        (f"{RATE},{RATE}\n0.1,0.2\n", [], "line 1: .* stands twice"),
        (f"{RATE}\n0.1\n", [f"{RATE}=0.2"], "stands twice, here and in the command"),
        (f"{RATE},{BUDGET}\n0.1\n", [], "line 2 has 1 cells; the first line has 2 keys"),
        (f'{RATE}\n0.1\n"0.1,0.2"\n', [], "line 3: .* has 2 values; a cell holds one"),
        (f"{RATE}\n${{oc.env:HOME}}\n", [], "line 2: .*interpolation"),
        (f"{RATE}\n9\n", [], "lever.rd_subsidy.rate is 9, outside 0 to"),
        (f"{RATE}\n0.1\n0.1\n", [], "are the same"),
        (f"{RATE}\n", [], "lists no point"),
        ("", [], "lists no point"),
    ],
)
def test_a_list_of_points_that_cannot_be_used_is_refused_with_its_line(tmp_path, text, words, said):
    with pytest.raises(InputError, match=said):
        listed(tmp_path, text, *words)


def test_a_list_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        plan_sweep([f"points={tmp_path}/none.csv"])
    (tmp_path / "points.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as UTF-8"):
        plan_sweep([f"points={tmp_path}/points.csv"])


def test_an_experiment_may_be_a_file_of_the_users(tmp_path):
    file = tmp_path / "my_question.yaml"
    file.write_text(f"question: Mine?\nscenario: as_in_2020\nreplications: 3\nsweep: {{{RATE}: [0, 0.1]}}\n")
    plan = plan_sweep([f"experiment={file}"])
    assert (plan.question, plan.runs, str(plan.results)) == ("Mine?", 6, "results/my_question")
    assert plan.files == (("experiment", file.resolve()),)


def test_an_experiment_of_a_shipped_name_or_that_is_not_there_is_refused_in_one_line(tmp_path):
    (tmp_path / "shipped.yaml").write_text("question: Mine?\n")
    with pytest.raises(InputError, match="has the name of one that ships"):
        plan_sweep([f"experiment={tmp_path}/shipped.yaml"])
    with pytest.raises(InputError) as refused:
        plan_sweep([f"experiment={tmp_path}/none.yaml"])
    assert len(refused.value.messages) == 1
