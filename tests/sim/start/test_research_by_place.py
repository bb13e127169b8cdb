"""How much more research firms of one prefecture do than of another, by what all industry does."""

import numpy as np
import pytest

from scenarios.region.region import load_region
from sim.start.research_by_place import log_research_by_place

SALES = np.array([3e9, 1e9])
RATIOS = np.array([0.04, 0.01])


def test_weighted_by_sales_the_factors_average_one():
    region = load_region("hunan")
    sales = region.marginals.prefecture_share * 1e12
    for weight in (0.3, 0.65, 1.0):
        factors = np.exp(log_research_by_place(region.prefectures.research_intensity, sales, weight))
        assert (sales * factors).sum() / sales.sum() == pytest.approx(1.0, abs=1e-12)


def test_half_the_weight_leaves_half_the_log_difference():
    whole, half = (log_research_by_place(RATIOS, SALES, weight) for weight in (1.0, 0.5))
    assert np.exp(whole) == pytest.approx([4.0 / 3.25, 1.0 / 3.25])
    assert half[0] - half[1] == pytest.approx(0.5 * np.log(4.0))


def test_no_place_differs_where_nothing_is_published_or_nothing_of_it_holds():
    assert not log_research_by_place(None, SALES, 0.65).any()
    assert not log_research_by_place(RATIOS, SALES, 0.0).any()
