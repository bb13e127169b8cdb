"""Folders of two versions are compared when that is asked for, marked as such, in pairs where luck is one."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import toy_province
from scipy.stats import ttest_ind

from experiments import compare
from experiments.__main__ import main
from experiments.answer.across_versions import DRAWS_LUCK, equal_luck, unpaired_differences, versions_between
from experiments.exits import FolderDiffers
from experiments.read.reading import load_runs
from scenarios.targets import load_targets

ROOT = Path(__file__).parents[3]
PLAN, BASE = toy_province.scenario("plan", 0.01), toy_province.scenario()


def of_version(folder, scenario, monkeypatch, replications=6, **changes):
    """A folder under a header with these parts changed."""
    with monkeypatch.context() as patch:
        patch.setattr(toy_province, "TODAY", toy_province.TODAY | changes)
        return str(toy_province.results(folder, [scenario], replications=replications))


@pytest.fixture
def older(tmp_path, monkeypatch):
    return of_version(tmp_path / "older", BASE, monkeypatch)


def newer(tmp_path, monkeypatch, **changes):
    return of_version(tmp_path / "newer", PLAN, monkeypatch, **changes)


DOCSTRING = {"sources": {"sim/a.py": "99"}, "data": {"configs/b.yaml": "23"}}
LUCK = {"sources": {"sim/a.py": "11", "sim/luck/draws.py": "1"}}


def test_a_refusal_names_the_way_round(older, tmp_path, monkeypatch, capsys):
    assert main(["compare", newer(tmp_path, monkeypatch, **DOCSTRING), older]) == 78
    assert capsys.readouterr().err.endswith("; --across-versions compares them all the same\n")


def test_the_difference_of_versions_stands_first_and_marks_the_table(older, tmp_path, monkeypatch, capsys):
    assert main(["compare", newer(tmp_path, monkeypatch, **DOCSTRING), older, "--across-versions"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[:5] == [
        "ACROSS VERSIONS: 1 file of sources and 1 file of data not the same",
        "  sources: sim/a.py changed",
        "  data: configs/b.yaml changed",
        "  luck: the same code drew it",
        "",
    ]
    assert any("minus" in line and ", across versions" in line for line in lines)
    assert any(line.startswith("6 pairs of equal luck") for line in lines)


def test_pairs_across_versions_are_those_of_one(older, tmp_path, monkeypatch):
    across = compare(newer(tmp_path, monkeypatch, **DOCSTRING), older, across_versions=True)
    same = compare(of_version(tmp_path / "same", PLAN, monkeypatch), older)
    values = [
        [{k: v for k, v in row.items() if k not in ("scenario", "baseline")} for row in found["differences"]]
        for found in (across, same)
    ]
    assert values[0] == values[1] and across["paired"]
    assert (bool(across["versions"]["files"]), same["versions"]["files"]) == (True, [])


def test_json_says_that_versions_were_crossed(older, tmp_path, monkeypatch, capsys):
    words = [newer(tmp_path, monkeypatch, **DOCSTRING), older, "--across-versions", "--format", "json"]
    assert main(["compare", *words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["versions"]["files"] == ["sources: sim/a.py changed", "data: configs/b.yaml changed"]


def test_where_other_code_drew_the_luck_runs_are_not_paired(older, tmp_path, monkeypatch, capsys):
    other = newer(tmp_path, monkeypatch, replications=8, **LUCK)
    found = compare(other, older, across_versions=True)
    row = next(row for row in found["differences"] if row["target"] == "sei_va")
    a, b = (load_runs(folder).sei_va.to_numpy(dtype=float) for folder in (other, older))
    assert not found["paired"] and row["mean"] == pytest.approx(np.mean(a) - np.mean(b))
    assert (row["low"], row["high"]) == pytest.approx(
        tuple(ttest_ind(a, b, equal_var=False).confidence_interval())
    )
    assert main(["compare", other, older, "--across-versions"]) == 0
    said = capsys.readouterr().out
    assert "  luck: other code drew it" in said and "Welch" in said and "pairs of equal luck" not in said


def test_unpaired_runs_are_compared_on_activity_and_coverage_is_told_apart():
    a, b = covered([6.0, 7.0, 8.0], [1.1, 1.1, 1.1]), covered([5.0, 6.0], [1.0, 1.0])
    row = next(row for row in unpaired_differences(a, b, ("a", "b")) if row["target"] == "sei_va")
    assert row["mean"] == pytest.approx(7.0 - 5.5) and row["reclassified"] == pytest.approx(0.7)
    alike = unpaired_differences(covered([6.0, 7.0], [1.1, 1.1]), covered([5.0, 6.0], [1.1, 1.1]), ("a", "b"))
    assert next(row for row in alike if row["target"] == "sei_va")["reclassified"] == 0.0


def covered(activity, coverage):
    """Runs with these values added and this coverage."""
    rows = pd.DataFrame({"n": range(len(activity)), "draw": 0, "world": "calm", "scale": 1.0, "status": "ok"})
    rows["region"], rows["statistical_coverage"] = "hunan", coverage
    for name in load_targets():
        rows[name] = rows[f"{name}_activity"] = activity
        rows[name] = np.multiply(activity, coverage)
    return rows


def test_the_files_that_draw_luck_are_where_they_are_looked_for():
    assert all(list((ROOT / place).glob("*.py")) for place in DRAWS_LUCK)
    assert list((ROOT / "sim").glob("*/luck.py"))


@pytest.mark.parametrize(
    ("line", "drawn", "equal"),
    [
        ("sources: sim/firms/luck.py changed", False, False),
        ("sources: agents/numbers/elementary.py is gone", False, False),
        ("sources: sim/firms/steps.py changed", False, True),
        ("data: region/prior.yaml changed", False, True),
        ("data: region/prior.yaml changed", True, False),
    ],
)
def test_luck_is_one_while_what_draws_it_is(line, drawn, equal, tmp_path, monkeypatch):
    part, name, how = line.split(": ")[0], *line.split(": ")[1].split(" ", 1)
    held, today = ({part: {name: value} if value else {}} for value in ("1", None if "gone" in how else "2"))
    a = of_version(tmp_path / "a", BASE, monkeypatch, replications=2, **held)
    b = of_version(tmp_path / "b", BASE, monkeypatch, replications=2, **today)
    assert equal_luck(versions_between(a, b), drawn) is equal


def test_folders_of_another_format_cannot_be_read_side_by_side(older, tmp_path, monkeypatch):
    with pytest.raises(FolderDiffers, match="other formats"):
        compare(newer(tmp_path, monkeypatch, format=7), older, across_versions=True)


def test_other_programs_are_told_and_refuse_nothing(older, tmp_path, monkeypatch, capsys):
    assert main(["compare", newer(tmp_path, monkeypatch, versions={"numpy": "3"}), older]) == 0
    assert capsys.readouterr().out.startswith(
        "versions: numpy 3 in the first and 2 in the second: last digits may differ\n\n"
    )
