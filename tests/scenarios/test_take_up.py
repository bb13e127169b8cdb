"""Fewer firms that ever seek a certificate than hold one already are refused, and take-up that cannot be."""

import re
import shutil
from pathlib import Path

import pytest

from experiments.__main__ import main
from scenarios.load import central_values, load_parameters
from scenarios.region.region import load_region
from scenarios.take_up import refuse_low_ceiling
from scenarios.values.errors import InputError
from sim.model import choose

HELD = 2160 / (14000 * 0.42)  # of the firms with research in a smaller Hunan, end of 2015
REFUSED = {  # 2,160 certified of 17,530 firms, a quarter of which does research: 0.493
    "certification_ceiling=0.31": "certification_ceiling is 0.31, but at the end of 2015 already 0.493",
    "certification_slope=0": "firms.certification_slope is 0",
    "certification_cost_spread=-0.1": "firms.certification_cost_spread is -0.1",
    "certification_slop=0.4": "did you mean 'parameters.firms.certification_slope'",
}


def asked(ceiling, **synthesis):
    parameters = central_values(load_parameters())
    parameters["firms"]["certification_ceiling"] = ceiling
    refuse_low_ceiling(load_region("hunan"), {**parameters, "synthesis": synthesis})


def test_a_share_of_seekers_below_those_who_hold_one_is_refused():
    share = {"certified": 2160.0, "firms": 14000.0, "research_share": 0.42}
    asked(HELD + 1e-9, **share)
    with pytest.raises(InputError, match=r"ceiling is 0.36, but .* already 0.367"):
        asked(0.36, **share)


def test_those_who_hold_one_are_counted_in_the_population_that_is_asked_for():
    asked(0.5, certified=2160.0, firms=14000.0, research_share=0.42)
    with pytest.raises(InputError, match="certified, firms, research_share"):
        asked(0.5, certified=2160.0, firms=14000.0, research_share=0.3)


def test_a_model_is_not_made_of_them(tmp_path):
    lake = shutil.copytree(Path(__file__).parents[1] / "regions" / "lakeland", tmp_path / "lake")
    marginals = lake / "marginals.yaml"
    text = marginals.read_text("utf-8")
    few = re.sub(r"(\nresearch_share: .*?range: )\[.*?\], value: [0-9.]+", r"\1[0.01, 1], value: 0.02", text)
    assert few != text
    marginals.write_text(few, "utf-8")
    with pytest.raises(InputError, match=r"region lake: .*research_share"):
        choose(region=str(lake))


@pytest.mark.parametrize(("word", "told"), REFUSED.items(), ids=REFUSED)
def test_take_up_that_cannot_be_is_one_line_and_exit_2(word, told, tmp_path, capsys):
    results = tmp_path / "results"
    words = ["scenario=as_in_2020", f"parameters.firms.{word}", "replications=1", f"results={results}"]
    assert main(["sweep", *words]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and told in said, said
    assert not results.exists()
