"""A lever from outside in a whole run: at zero it is no lever, with money it pays those it means."""

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenarios.files.changes import lever_change
from scenarios.load import load_levers, load_own_levers
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "own_lever"
LEVERS, REFORM = EXAMPLE / "levers", EXAMPLE / "with_voucher.yaml"
NAME, SCALE, QUARTERS = "small_firm_voucher", 0.01, 28


def ran(spec, quarters=QUARTERS):
    model = IndustrialPolicyModel(spec)
    model.run_for(quarters)
    return model


@pytest.fixture(scope="module")
def baseline():
    return ran(choose(scale=SCALE))


@pytest.fixture(scope="module")
def vouchers():
    return ran(choose("with_voucher", reform=REFORM, levers=LEVERS, scale=SCALE))


def test_at_zero_it_is_the_baseline_to_the_last_bit(baseline):
    ours = ran(choose(levers=LEVERS, scale=SCALE))
    shared = len(baseline.recorded.indicators)
    assert list(ours.recorded.indicators)[:shared] == list(baseline.recorded.indicators)
    assert np.array_equal(
        np.ascontiguousarray(ours.series[:, :shared]).view(np.int64), baseline.series.view(np.int64)
    )
    assert np.array_equal(ours.cells.view(np.int64), baseline.cells.view(np.int64))
    assert not ours.series[:, shared:].any()


def test_its_programme_pays_small_firms_and_stands_in_the_series(vouchers, baseline):
    column = vouchers.recorded.column
    spent, to_firms = (
        vouchers.series[:, column[f"{kind}_{NAME}{to}"]]
        for kind, to in (("programme", ""), ("flow", "_firms"))
    )
    assert not spent[:20].any() and spent[20:].sum() > 0
    assert (spent == to_firms).all()
    both = [
        model.series[:, column["programmes_by_province"]].sum()
        + model.series[:, column["programmes_by_prefectures"]].sum()
        for model in (vouchers, baseline)
    ]
    assert both[0] > both[1]


def test_what_it_does_before_2021_is_nothing(vouchers, baseline):
    shared = len(baseline.recorded.indicators)
    assert (vouchers.series[:20, :shared] == baseline.series[:20]).all()


def test_the_large_are_not_meant(vouchers):
    firms, rows = vouchers.economy.firms, vouchers.economy.firms.rows()
    offered = firms.research_support_rate[rows]
    small = (
        firms.trailing_sales[rows] <= 2e7
    )  # as of the last time it was offered, so nearly all are told right
    assert offered[small].mean() > offered[~small].mean() + 0.15


def test_two_scenarios_share_their_past_only_with_the_same_levers():
    with pytest.raises(ValueError, match="do not share their past"):
        simulate([choose(scale=0.004), choose("plan", levers=LEVERS, scale=0.004)])


def test_a_model_with_it_goes_through_a_pickle(vouchers):
    other = pickle.loads(pickle.dumps(vouchers))
    for model in (vouchers, other):
        model.step()
    assert (vouchers.series[-1] == other.series[-1]).all()


def test_in_a_block_it_needs_its_file_to_say_so():
    levers = load_levers() | {NAME: load_own_levers(LEVERS)[NAME].file}
    with pytest.raises(Exception, match="blocks"):
        lever_change(NAME, "blocks", [{"where": ["changsha"], "rate": 0.1}], levers)


def test_the_text_travels_with_a_run_to_whoever_computes_it():
    spec = pickle.loads(pickle.dumps(choose("with_voucher", reform=REFORM, levers=LEVERS, scale=0.004)))
    assert "class SmallFirmVoucher" in spec.scenario.own[0].source
    assert replace(spec, replication=0).canonical() == spec.canonical()
