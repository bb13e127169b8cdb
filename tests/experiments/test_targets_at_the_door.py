"""A target on what no run records is refused before a sweep runs or writes anything."""

import sys

import pytest

import experiments.__main__ as command
from experiments.exits import Exit
from scenarios import targets

WORDS = ("scenario=as_in_2020", "replications=1", "population.scale=0.005")
BY_NAME = {
    "indicator": ("sei_value_aded", "unknown indicator 'sei_value_aded' - did you mean 'sei_value_added'?"),
    "over": ("gdpp", "unknown indicator 'gdpp' - did you mean 'gdp'?"),
    "base": ("sei_share_gdp_2021", "unknown base 'sei_share_gdp_2021' - did you mean 'sei_share_gdp_2020'?"),
}


@pytest.mark.parametrize(("field", "wrong", "said"), [(key, *known) for key, known in BY_NAME.items()])
def test_a_misspelt_series_or_base_is_one_line_and_exit_2(monkeypatch, capsys, tmp_path, field, wrong, said):
    monkeypatch.setattr(sys.modules["experiments.sweep"], "MODEL", "toy_model")
    known = targets.load_targets()
    target = known["sei_share_gdp"]
    other = target._replace(about=target.about.model_copy(update={field: wrong}))
    monkeypatch.setattr(targets, "load_targets", lambda *folder: {**known, "sei_share_gdp": other})
    folder = tmp_path / "results"
    assert command.main(["sweep", *WORDS, f"results={folder}"]) == Exit.BAD_INPUT == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1 and lines[0].endswith(f"plan.yaml: sei_share_gdp: {said}")
    assert not folder.exists()
