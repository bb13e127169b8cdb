"""A made-up forecast, region file and setting, whose scores are known without a run."""

from pathlib import Path

import numpy as np

from experiments.hindcast.forecast import Forecast, Life, Setting
from experiments.hindcast.published import Published, load_published
from experiments.hindcast.sets import Sets
from scenarios.load import central_values, load_parameters
from scenarios.spec import FIRST_YEAR

CENTRAL = Sets("central", (central_values(load_parameters()),), "parameters: made up", 2018)
SETTING = Setting("hunan", "as_in_2020", "as_expected_in_2020", CENTRAL, 400, 0.1, 2018)
YEARS = 15
PLAN = load_published("hunan").past_plan
START = {
    "hnte": 200.0,
    "patents_valid": 2000.0,
    "technology_value_added": 6e10,
    "population": 6e6,
    "gdp": 3e11,
}


def published(**told) -> Published:
    """Hunan's file, with other words for some indicators."""
    real = load_published("hunan")
    changed = {name: real.of(name).model_copy(update=given) for name, given in told.items()}
    return Published(real.region, Path("hindcast.yaml"), {**real.told, **changed}, real.past_plan)


def forecast(**middles: float) -> Forecast:
    """Normal samples around a middle, a tenth of it wide, the same in every year."""
    luck = np.random.default_rng(4)
    paths = {name: middle * (1 + 0.1 * luck.normal(size=(400, YEARS))) for name, middle in middles.items()}
    return Forecast(paths, paths)


def life(start=None, scale=0.1, bases=None, **annual: list[float]) -> Life:
    """A run of some series; years that are not given repeat the last."""
    held = {
        name: np.array(values + values[-1:] * (10 - len(values)), float) for name, values in annual.items()
    }
    assert all(len(values) == 2026 - FIRST_YEAR for values in held.values())
    return Life(held, bases or {}, start or {}, scale)


def grown(growth: float = 1.0, broken: bool = False) -> Life:
    """Everything grows by the same factor from 2015 to 2016, and again to 2020; GDP and people stay."""
    end = np.nan if broken else growth**2
    return life(
        START,
        hnte=[200 * growth] * 4 + [200 * end],
        patents_valid=[2000 * growth] * 4 + [2000 * end],
        technology_value_added=[6e10 * growth] * 4 + [6e10 * end],
        rd_total=[4e9 * growth] * 4 + [4e9 * end],
        population=[6e6],
        gdp=[3e11],
    )
