"""What a report says of the parameters behind its intervals."""

import pandas as pd
import pytest

from experiments.figures.material.folder import left_out
from scenarios.region.region import load_region


@pytest.mark.parametrize(
    ("draws", "said"), [([0, 0, 0], "one set of parameter values"), ([0, 1, 2], "share out 3 sets")]
)
def test_one_set_of_parameters_is_told_from_sets_that_were_drawn(draws, said):
    runs = pd.DataFrame({"draw": draws, "scale": 1.0})
    ((english, chinese),) = left_out(runs, load_region("hunan"))
    assert said in english
    assert "参数" in chinese
