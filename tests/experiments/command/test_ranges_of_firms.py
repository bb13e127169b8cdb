"""What a sweep may not ask of firms' numbers is refused in one line before the first run."""

import pytest

from experiments.__main__ import main


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("parameters.synthesis.firms=6000", "is 6000, outside 13000 to 22000"),
        ("parameters.firms.start_leverage=0.95", "is 0.95, outside 0 to 0.9"),
        ("parameters.firms.leverage_kept=1.2", "is 1.2, outside 0 to 0.9"),
        ("parameters.firms.start_leverage_spread=-0.1", "is -0.1, outside 0 to 0.4"),
        ("parameters.firms.shock_persistence=1", "is 1, outside 0 to 0.98"),
        ("parameters.firms.productivity_spread=0", "is 0, outside 0.3 to 1"),
        ("parameters.firms.entry_size=0", "is 0, outside 1e+06 to 3e+07"),
        ("parameters.firms.entry_growth=-1", "is -1, outside -0.2 to 0.3"),
    ],
)
def test_a_value_outside_its_range_is_refused_in_one_line(setting, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", setting, "replications=1"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(setting.split("=")[0]) and said in line
    assert list(tmp_path.iterdir()) == []
