"""How much more research firms of one prefecture do than of another, by what all industry does."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.drawn import changed
from scenarios.region.region import load_region
from sim.model import IndustrialPolicyModel, choose
from sim.start.research_by_place import log_research_by_place

SALES = np.array([3e9, 1e9])
RESEARCH = np.array([12e7, 1e7])  # four and one per cent of them


def test_weighted_by_sales_the_factors_average_one():
    region = load_region("hunan")
    sales = region.marginals.prefecture_share * 1e12
    for weight in (0.3, 0.65, 1.0):
        factors = np.exp(log_research_by_place(region.prefectures.industry_research, sales, weight))
        assert (sales * factors).sum() / sales.sum() == pytest.approx(1.0, abs=1e-12)


def test_half_the_weight_leaves_half_the_log_difference():
    whole, half = (log_research_by_place(RESEARCH, SALES, weight) for weight in (1.0, 0.5))
    assert np.exp(whole) == pytest.approx([4.0 / 3.25, 1.0 / 3.25])
    assert half[0] - half[1] == pytest.approx(0.5 * np.log(4.0))


def test_no_place_differs_where_nothing_is_published_or_nothing_of_it_holds():
    assert not log_research_by_place(None, SALES, 0.65).any()
    assert not log_research_by_place(RESEARCH, SALES, 0.0).any()


def test_the_unit_of_research_does_not_matter():
    in_yi = log_research_by_place(RESEARCH / 1e8, SALES, 0.65)
    assert in_yi == pytest.approx(log_research_by_place(RESEARCH, SALES, 0.65), abs=1e-12)


def opened(weight: float) -> IndustrialPolicyModel:
    """A province when 2016 opens, where research has no fixed cost that some could not bear."""
    spec = choose(scale=0.02)
    values = {("firms", "research_place_weight"): weight, ("firms", "research_fixed_cost"): 0.0}
    return IndustrialPolicyModel(replace(spec, parameters=changed(spec.parameters, values)))


def inclination(model: IndustrialPolicyModel, rows: np.ndarray) -> np.ndarray:
    return model.economy.firms.log_research_propensity[rows]


def test_every_firm_of_the_start_is_inclined_by_so_much_more_as_its_place():
    alike, apart = opened(0.0), opened(1.0)
    firms, of_place = apart.economy.firms, apart.economy.research_of_place
    rows = firms.rows()
    sales = np.bincount(firms.prefecture[rows], firms.trailing_sales[rows], 14)
    published = load_region("hunan").prefectures.industry_research
    assert of_place == pytest.approx(log_research_by_place(published, sales, 1.0))
    assert inclination(apart, rows) == pytest.approx(
        inclination(alike, rows) + of_place[firms.prefecture[rows]]
    )


def test_firms_that_come_later_are_inclined_by_their_place_too():
    alike, apart = opened(0.0), opened(1.0)
    for model in (alike, apart):
        model.step()
    firms = [model.economy.firms for model in (alike, apart)]
    new = [one.rows()[one.entry_quarter[one.rows()] == 0] for one in firms]
    assert firms[0].id[new[0]].tolist() == firms[1].id[new[1]].tolist() != []
    more = apart.economy.research_of_place[firms[1].prefecture[new[1]]]
    assert inclination(apart, new[1]) == pytest.approx(inclination(alike, new[0]) + more)


def test_a_place_without_firms_is_like_the_mean():
    """Found as a firm with e^17 times the research of others, the first in its prefecture."""
    logs = log_research_by_place(np.array([4.0, 1.0, 1.0]), np.array([3e9, 1e9, 0.0]), 1.0)
    assert logs[2] == 0.0
    assert (np.array([3e9, 1e9]) * np.exp(logs[:2])).sum() == pytest.approx(4e9)
