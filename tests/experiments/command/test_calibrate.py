"""The command: what it refuses, before anything is simulated."""

import pytest

from experiments.__main__ import main


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
        (["region=tests/regions/lakeland"], "statistics.yaml"),
    ],
)
def test_bad_input_is_refused_in_a_line(words, said, capsys, tmp_path):
    assert main(["calibrate", *words, "--results", str(tmp_path / "c")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "c").exists()
