"""Certificates in the model: who seeks one, where, what lasts, and how smoothly an award is answered."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.region.folder import CONFIGS
from scenarios.region.region import load_region
from scenarios.spec import RunSpec
from sim.firms.attitudes import chance_of_others
from sim.firms.begin import take_up_by_place
from sim.indicators import series_of
from sim.luck.of_firms import FirmPurpose, lasting
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of, simulate_from

LAKELAND = str(CONFIGS.parent / "tests" / "regions" / "lakeland")


def with_firms(**values: float) -> RunSpec:
    """A province of a fiftieth of the firms with other parameters of firms."""
    spec = choose("as_in_2020", scale=0.05)
    parameters = {**spec.parameters, "firms": {**spec.parameters["firms"], **values}}
    return replace(spec, parameters=parameters)


@pytest.fixture(scope="module")
def model():
    """Two years of a province in which seven firms in ten seek a certificate."""
    model = IndustrialPolicyModel(with_firms(certification_ceiling=0.7))
    start = model.economy.firms
    rows = start.rows()
    model.at_start = {
        "id": start.id[rows].copy(),
        "held": start.certificate_expiry[rows] > 0,
        "able": (start.certificate_expiry[rows] > 0) | (start.does_research[rows] != 0),
        "seeks": start.seeks_certificate[rows] != 0,
    }
    for _ in range(8):
        model.step()
    return model


@pytest.mark.parametrize(
    ("certified", "able", "chance"),
    [(0, 100, 0.7), (40, 100, 0.5), (70, 100, 0.0), (90, 100, 0.0), (5, 5, 0.0)],
)
def test_those_who_hold_none_make_up_what_is_left_of_the_ceiling(certified, able, chance):
    assert chance_of_others(0.7, certified, able) == pytest.approx(chance)


def test_who_is_certified_at_the_start_seeks_and_of_all_who_are_able_a_share_does(model):
    start = model.at_start
    assert start["seeks"][start["held"]].all()
    assert start["seeks"][start["able"]].mean() == pytest.approx(0.7, abs=0.05)
    assert start["seeks"][~start["able"]].mean() == pytest.approx(0.7, abs=0.06)


def test_entrants_and_movers_seek_as_often_and_have_traits_of_their_own(model):
    firms = model.economy.firms
    rows = firms.rows()
    new = rows[~np.isin(firms.id[rows], model.at_start["id"])]
    assert len(new) > 100
    assert firms.seeks_certificate[new].mean() == pytest.approx(0.7, abs=0.12)
    assert (firms.relabelling_ceiling[new] > 0.0).all()
    assert firms.relabelling_share[new].std() > 0.1


def test_who_never_seeks_is_never_certified(model):
    firms = model.economy.firms
    rows = firms.rows()
    never = rows[firms.seeks_certificate[rows] == 0]
    assert len(never) > 100
    assert (firms.certificate_expiry[never] <= 0).all()


def test_what_lasts_is_drawn_again_the_same_by_id_wherever_the_firm_stands(model):
    firms, draws = model.economy.firms, model.draws
    rows = firms.rows()
    again = lasting(draws, firms, FirmPurpose.CERTIFICATE_DOUBT)[rows]
    assert (again == draws.uniforms(FirmPurpose.CERTIFICATE_DOUBT, firms.id[rows], 0)).all()


def test_take_up_by_place_has_a_mean_of_one_over_firms_and_the_published_ratio():
    region = load_region("hunan")
    by_place = take_up_by_place(region)
    assert float(by_place @ region.marginals.prefecture_share) == pytest.approx(1.0)
    assert by_place[0] / by_place[1:] == pytest.approx(np.full(13, (4142 / 2621) / (4479 / 4747)), rel=1e-3)


def test_places_of_a_region_that_knows_no_take_up_are_alike():
    assert (take_up_by_place(load_region(LAKELAND)) == 1.0).all()


def test_no_step_of_the_award_decides_more_than_a_fifth_of_its_effect():
    award, budget, column = (
        ("high_tech_award", "award"),
        ("high_tech_award", "budget"),
        series_of().column["hnte"],
    )
    held = np.zeros(20)
    for replication in range(2):
        past = past_of(choose("as_in_2020", scale=0.05, replication=replication))
        scenarios = [
            past.spec.scenario.changed({award: ((2021, float(dose)),), budget: ((2021, 2e10),)})
            for dose in np.linspace(0.0, 6e5, 20)
        ]
        runs = simulate_from(past, [replace(past.spec, scenario=one) for one in scenarios])
        held += [run.series[-1, column] for run in runs]
    steps = np.diff(held)
    assert held[-1] > held[0]
    assert np.abs(steps).max() / (held[-1] - held[0]) < 0.2
