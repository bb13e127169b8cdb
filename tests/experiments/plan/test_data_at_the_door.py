"""Targets on what no run records, and measures of which levers and plan say different things, are refused."""

from shutil import copytree

import pytest
from everywhere import replace_everywhere

import experiments.__main__ as command
from experiments.exits import Exit
from experiments.plan.sweep_plan import plan_sweep
from scenarios import targets
from scenarios.load import CONFIGS
from scenarios.values.errors import InputError

WORDS = ("scenario=as_in_2020", "replications=1", "population.scale=0.005")
BY_NAME = {
    "indicator": ("sei_value_aded", "unknown indicator 'sei_value_aded' - did you mean 'sei_value_added'?"),
    "over": ("gdpp", "unknown indicator 'gdpp' - did you mean 'gdp'?"),
    "base": ("sei_share_gdp_2021", "unknown base 'sei_share_gdp_2021' - did you mean 'sei_share_gdp_2020'?"),
}


@pytest.mark.parametrize(("field", "wrong", "said"), [(key, *known) for key, known in BY_NAME.items()])
def test_a_misspelt_series_or_base_is_one_line_and_exit_2(monkeypatch, capsys, tmp_path, field, wrong, said):
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    known = targets.load_targets()
    target = known["sei_share_gdp"]
    other = target._replace(about=target.about.model_copy(update={field: wrong}))
    wrongly = {**known, "sei_share_gdp": other}
    replace_everywhere(monkeypatch, targets.load_targets, lambda *folder, **region: wrongly)
    folder = tmp_path / "results"
    assert command.main(["sweep", *WORDS, f"results={folder}"]) == Exit.BAD_INPUT == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1 and lines[0].endswith(f"targets.yaml: sei_share_gdp: {said}")
    assert not folder.exists()


def test_a_measure_that_the_plan_does_not_have_is_refused_with_the_words_of_a_sweep(tmp_path):
    folder = tmp_path / "configs"
    copytree(CONFIGS, folder)
    path = folder / "lever/rd_subsidy.yaml"
    path.write_text(path.read_text("utf-8").replace("C3.7, G3.3", "C3.7, G3.33"), "utf-8")
    with pytest.raises(InputError) as refusal:
        plan_sweep(WORDS, folder)
    said = "lever rd_subsidy: unknown measure 'G3.33' - did you mean 'G3.3'?"
    assert said in refusal.value.messages
