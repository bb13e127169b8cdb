"""What a report says of the parameters behind its intervals, and of an economy of another size."""

import pandas as pd
import pytest

from experiments.figures.material.folder import left_out, parameters_said
from scenarios.region.region import load_region

POSTERIOR = {"parameters": "posterior", "sets": "parameters: 3 sets of the posterior"}


@pytest.mark.parametrize(
    ("sweep", "draws", "said"),
    [
        ({"parameters": "central"}, [0, 0, 0], "one set of parameter values"),
        (POSTERIOR, [0, 1, 2], "3 sets of the posterior."),
        ({}, [0, 1, 2], "3 sets"),
    ],
)
def test_one_set_of_parameters_is_told_from_sets_that_were_drawn(sweep, draws, said):
    ((english, chinese),) = parameters_said([sweep], pd.DataFrame({"draw": draws}))
    assert said in english
    assert "参数" in chinese


def test_a_posterior_of_another_model_is_marked_in_both_languages():
    sweep = POSTERIOR | {"approximate": "model a made it, this one is b"}
    _, (english, chinese) = parameters_said([sweep], pd.DataFrame({"draw": [0, 1]}))
    assert english == "APPROXIMATE: parameters learnt with another model (model a made it, this one is b)"
    assert "近似" in chinese


def test_the_size_of_another_economy_is_said():
    region = load_region("hunan")
    assert left_out(pd.DataFrame({"scale": [1.0]}), region) == ()
    ((english, _),) = left_out(pd.DataFrame({"scale": [0.1]}), region)
    assert "population.scale=0.1" in english
