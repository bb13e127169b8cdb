"""Parameters of parks, and parks of three prefectures with two industries."""

import numpy as np
import pytest

from agents.parks.land import ParkParameters
from agents.parks.parks import Parks
from scenarios.load import central_values, load_parameters

DISTANCES = np.array([[0.0, 60.0, 240.0], [60.0, 0.0, 240.0], [240.0, 240.0, 0.0]])


@pytest.fixture(scope="session")
def central():
    return ParkParameters(**central_values(load_parameters())["parks"])


@pytest.fixture(scope="session")
def weights_of_entry():
    """Two industries in three places; the first leads."""
    return np.array([0.4, 0.1, 0.1, 0.1, 0.2, 0.1])


@pytest.fixture
def make_parks(central, weights_of_entry):
    """Makes parks: `make_parks(free_share=0.0)`; land settled on this capital in quarter 0."""

    def make(capital=(7.2e11, 3.6e11, 0.0), developed=(4e8, 2e8, 1e8), planned=(8e8, 4e8, 1.2e8), **values):
        p = central._replace(**{"free_spread": 0.0, **values})
        parks = Parks(p, np.array(developed), np.array(planned), weights_of_entry.copy(), DISTANCES)
        parks.settle(np.array(capital), np.full(3, 0.5), 0)
        return parks

    return make
