"""Research of enterprises that are no technology firms: a figure beside the accounts, and what moves it."""

from dataclasses import replace

import numpy as np
import pytest

from agents.rest.research_of_rest import RestResearch
from scenarios.drawn import changed
from scenarios.region.region import load_region
from scenarios.spec import RunSpec
from sim.model import IndustrialPolicyModel, choose

SHARE = ("rest", "research_share")
HOLD_IT = {"rd_total", "rd_total_published", "rd_enterprises", "rd_rest"}


def run(quarters: int, spec: RunSpec) -> IndustrialPolicyModel:
    model = IndustrialPolicyModel(spec)
    for _ in range(quarters):
        model.step()
    return model


def with_share(share: float) -> RunSpec:
    spec = choose("plan", scale=0.01)
    return replace(spec, parameters=changed(spec.parameters, {SHARE: share}))


def column(model: IndustrialPolicyModel, name: str) -> np.ndarray:
    return model.series[:, model.recorded.column[name]]


@pytest.fixture(scope="module")
def models():
    """Two years without research of the rest and with a fifth of all enterprises'."""
    return [run(8, with_share(share)) for share in (0.0, 0.2)]


def test_it_changes_no_other_series_and_no_cell(models):
    without, having = models
    names = having.recorded.column
    assert {name for name in names if (column(without, name) != column(having, name)).any()} == HOLD_IT
    assert (without.cells == having.cells).all()


def test_it_is_its_share_of_what_all_enterprises_did_in_2016(models):
    _, having = models
    published = load_region("hunan").series["rd_enterprises"][2016] * 1e8 * having.spec.scale
    assert column(having, "rd_rest")[:4].sum() == pytest.approx(0.2 * published, rel=1e-4)


def test_enterprises_are_technology_firms_and_the_rest(models):
    for model in models:
        rest = column(model, "rd_rest")
        assert column(model, "rd_enterprises") == pytest.approx(column(model, "rd_firms") + rest)
        institutions = column(model, "rd_universities") + column(model, "rd_institutes")
        assert column(model, "rd_total") == pytest.approx(column(model, "rd_enterprises") + institutions)
        assert model.economy.of(RestResearch).by_prefecture.sum() == pytest.approx(rest[-1])


def test_a_higher_deduction_for_all_raises_it_by_the_firms_own_elasticity_and_costs_it_nothing_else():
    past = run(20, choose(scale=0.01))
    scenario = past.spec.scenario.changed({("super_deduction", "addition"): ((2021, 0.5),)})
    usual, more = (past.branch(replace(past.spec, scenario=one)) for one in (past.spec.scenario, scenario))
    for model in (usual, more):
        for _ in range(12):
            model.step()
    p, rule = more.economy.behaviour.research, 0.75  # in force for all since 2018
    cheaper = (1.0 - 0.25 * (1.5 + rule)) / (1.0 - 0.25 * (1.0 + rule))
    raised = more.economy.of(RestResearch).answer / usual.economy.of(RestResearch).answer
    full = cheaper**-p.user_cost_elasticity
    assert 0.8 * (full - 1.0) < raised - 1.0 < full - 1.0


def test_a_region_that_publishes_no_research_of_enterprises_has_none_outside_its_firms(monkeypatch):
    region = load_region("hunan")
    bare = replace(region, series={k: v for k, v in region.series.items() if k != "rd_enterprises"})
    monkeypatch.setattr("sim.model.load_region", lambda name: bare)
    assert not column(run(2, choose(scale=0.01)), "rd_rest").any()


def test_where_no_intensity_is_published_no_place_differs(monkeypatch):
    region = load_region("hunan")
    bare = replace(region, prefectures=replace(region.prefectures, research_intensity=None))
    monkeypatch.setattr("sim.model.load_region", lambda name: bare)
    assert not IndustrialPolicyModel(choose(scale=0.01)).economy.research_of_place.any()
