"""The command: what it refuses, before anything is simulated."""

import json

import pytest

from experiments.__main__ import main
from experiments.command.calibrate import options, shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rows", "0"], "--rows 0"),
        (["--rows", "200"], "at least 300"),
        (["--rounds", "300,x"], "--rounds 300,x"),
        (["--sets", "1"], "--sets 1"),
        (["--scale", "0"], "--scale 0"),
        (["--train-to", "2016"], "--train-to 2016"),
        (["--train-to", "2021"], "--train-to 2021"),
        (["--ranks", "5"], "--ranks 5"),
        (["--methods", "5"], "--methods 5"),
        (["--control", "5"], "--control 5"),
        (["--ranks", "20", "--methods", "20"], "not allowed with"),
        (["--ranks", "20"], "holds no table"),
        (["--sensitivity"], "holds no table"),
        (["--ranks", "20", "executor=dask"], "executor=dask: only simulations"),
        (["--sensitivity", "--write", "configs"], "--sensitivity learns no posterior"),
        (["--figure", "f.svg"], "--ranks N"),
        (["--ranks", "20", "--figure", "f.doc"], "f.doc"),
        (["executor=slrum"], "slurm"),
        (["executor.workers=0"], "executor.workers"),
        (["--workers", "2", "executor.workers=2"], "stands twice"),
        (["region=tests/regions/lakeland"], "statistics.yaml"),
    ],
)
def test_bad_input_is_refused_in_a_line(words, said, capsys, tmp_path):
    assert main(["calibrate", *words, "--results", str(tmp_path / "c")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "c").exists()


def test_a_table_of_another_region_is_refused(capsys, tmp_path):
    folder = tmp_path / "c"
    folder.mkdir()
    about = {"region": "elsewhere", "scale": 0.1, "columns": ["a"], "model": "m", "priors": "p"}
    (folder / "about.json").write_text(json.dumps(about))
    assert main(["calibrate", "--ranks", "20", "--results", str(folder)]) == 2
    assert "of region elsewhere, not hunan" in capsys.readouterr().err


def test_the_figure_is_shown_where_it_lies_beside_the_page(tmp_path):
    asked = options().parse_args(
        ["--figure", str(tmp_path / "a" / "f.svg"), "--report", str(tmp_path / "p.md")]
    )
    assert shown(asked) == "a/f.svg"
    asked.report = str(tmp_path / "docs" / "p.md")
    assert shown(asked) is None
