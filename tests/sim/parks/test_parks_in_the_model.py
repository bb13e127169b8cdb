"""What parks and the two levers do in the model as a whole."""

from dataclasses import replace

import numpy as np
import pytest

from agents.parks.parks import Parks
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.model import IndustrialPolicyModel, choose
from sim.parks.steps import grow_dense

SCALE, TO_2021 = 0.01, 20
PARKS, COORDINATION = "clusters_and_parks", "spatial_coordination"


def spec_with(levers=None, since=2016, **values):
    spec = choose(scale=SCALE)
    parameters = {**spec.parameters, "parks": {**spec.parameters["parks"], **values}}
    changes = {field: ((since, value),) for field, value in (levers or {}).items()}
    return replace(spec, scenario=spec.scenario.changed(changes), parameters=parameters)


def with_block(block):
    """The baseline with one block of the lever from 2021 on."""
    spec = choose(scale=SCALE)
    change = {(PARKS, "blocks"): lever_change(PARKS, "blocks", [block], load_levers())}
    return replace(spec, scenario=spec.scenario.changed(change))


def after(quarters, spec):
    model = IndustrialPolicyModel(spec)
    for _ in range(quarters):
        model.step()
    return model


def total(model, name):
    return model.series[:, model.recorded.column[name]].sum()


@pytest.fixture(scope="module")
def built():
    """Eight quarters with 4e9 yuan a year for parks, of which organisations take a part."""
    levers = {(PARKS, "budget"): 4e9, (PARKS, "organisation"): 1.0}
    return after(8, spec_with(levers, works_lag=2.0))


@pytest.fixture(scope="module")
def usual():
    return after(8, spec_with(works_lag=2.0))


def test_works_and_organisations_are_all_that_the_programme_pays(built):
    parks = built.economy.of(Parks)
    spent = total(built, f"programme_{PARKS}")
    organised = 4 * 0.5 * 14 * round(parks.parameters.organisation_cost * SCALE)
    assert total(built, "park_spent") + organised == spent
    assert spent == pytest.approx(8e9 * SCALE, rel=1e-6)
    assert total(built, f"flow_{PARKS}_firms") == 0


def test_land_that_works_paid_for_opens_after_the_lag(built, usual):
    opened = built.series[:, built.recorded.column["park_works"]]
    assert not opened[:3].any()
    assert opened[3] > 0
    assert total(usual, "park_works") == total(usual, "park_spent") == 0


def test_free_land_draws_founders_and_a_share_of_them_from_elsewhere(built, usual):
    parks, entry = built.economy.of(Parks), usual.economy.of(Parks).entry
    assert (parks.drawn > 1.0).all()
    gain = parks.entry.sum() / entry.sum() - 1.0
    gross = (entry * np.tile(parks.drawn, 9)).sum() / entry.sum() - 1.0
    assert 0.3 * gross < gain < 0.8 * gross


def test_organisations_raise_what_research_yields(built, usual):
    assert built.economy.of(Parks).organised.min() > 0.3
    assert (usual.economy.of(Parks).research == 1.0).all()


def test_a_block_builds_where_it_is_meant():
    model = after(TO_2021 + 8, with_block({"where": ["hengyang"], "budget": 1e9}))
    land = model.economy.of(Parks).land
    more = land.serviced - land.usual
    assert more[3] > 0
    assert more.sum() == more[3]


def test_a_block_of_some_industries_services_no_land():
    block = {"industries": ["information"], "budget": 1e9, "organisation": 0.5}
    model = after(TO_2021 + 4, with_block(block))
    parks = model.economy.of(Parks)
    assert total(model, "park_spent") == 0
    organised = parks.organised.reshape(9, 14)
    assert (organised.max(axis=1) > 0).sum() == 1


def test_full_parks_take_no_more_works():
    spec = spec_with({(PARKS, "budget"): 5e10})
    model = IndustrialPolicyModel(spec)
    land = model.economy.of(Parks).land
    land.planned[:] = land.serviced + 1000
    for _ in range(8):
        model.step()
    assert (land.serviced <= land.planned).all()
    assert total(model, f"programme_{PARKS}") < 0.2 * 1e11 * SCALE


def capital(model):
    """Capital of all firms and what they have ordered [quantity]."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    return firms.capital[rows].sum() + firms.pending_capital[rows].sum()


def test_who_finds_no_land_expands_less():
    scarce = {"free_share": 0.02, "free_spread": 0.0, "land_saving": 0.0, "serviced_growth": 0.005}
    model = after(16, spec_with(**scarce, room_effect=1.0))
    free = after(16, spec_with(**scarce, room_effect=0.0))
    assert model.economy.of(Parks).room.min() < 1.0
    assert (free.economy.of(Parks).room == 1.0).all()
    assert capital(model) < 0.995 * capital(free)


def test_coordinated_prefectures_follow_their_rivals_incentives_less(usual):
    model = after(8, spec_with({(COORDINATION, "coordination"): 1.0}))
    own, usual_ = model.economy.prefectures.incentive, usual.economy.prefectures.incentive
    assert own.std() > usual_.std()
    parks = model.economy.of(Parks)
    assert parks.lift[parks.followed > 0].mean() > parks.premium[parks.followed > 0].mean()


def test_density_changes_productivity_and_moves_no_worker():
    model = IndustrialPolicyModel(spec_with(works_lag=2.0))
    for _ in range(4):
        model.step()
    firms, rows = model.economy.firms, model.economy.firms.rows()
    held = firms.labour[rows].copy(), firms.prefecture[rows].copy(), firms.log_productivity[rows].copy()
    now = model.moment([])
    grow_dense(model.economy, now)
    assert firms.labour[rows].tobytes() == held[0].tobytes()
    assert firms.prefecture[rows].tobytes() == held[1].tobytes()
    gain = model.economy.of(Parks).gain[model.economy.cells_of(rows)]
    share = model.economy.behaviour.innovation.process_share
    assert np.allclose(firms.log_productivity[rows] - held[2], share * gain)
    assert gain.any()
