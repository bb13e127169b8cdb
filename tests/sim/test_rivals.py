"""Rivals outside: what moved them in 2016-20 is known of these years alone."""

from dataclasses import replace

import pytest

from sim.model import IndustrialPolicyModel, choose


def yearly_growth(year: int, **changed: float) -> float:
    """Growth of rivals' attraction from the first quarter of a year to the first of the next."""
    spec = choose(scale=0.004)
    economy = spec.parameters["economy"] | {"outside_growth": -0.04} | changed
    model = IndustrialPolicyModel(replace(spec, parameters={**spec.parameters, "economy": economy}))
    economy_then, setting = model.economy, model.setting
    economy_then.quarter = 4 * (year - 2016) + 1
    before = economy_then.markets.outside.copy()
    for _ in range(4):
        setting.move_markets(economy_then)
        economy_then.quarter += 1
    (growth,) = set((economy_then.markets.outside / before).round(12).tolist())
    return growth - 1.0


def test_to_2020_rivals_move_by_what_was_solved():
    assert yearly_growth(2017, outside_growth_persistence=0.0) == pytest.approx(0.99**4 - 1.0)


@pytest.mark.parametrize(("persists", "quarterly"), [(0.0, 1.0), (0.5, 0.995), (1.0, 0.99)])
def test_after_2020_the_stated_part_of_it_goes_on(persists, quarterly):
    assert yearly_growth(2022, outside_growth_persistence=persists) == pytest.approx(quarterly**4 - 1.0)
