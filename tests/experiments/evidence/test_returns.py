"""What shocks to branches of one past do, from the last year of each."""

import numpy as np
import pytest

from experiments.evidence.trials.returns import (
    ARMS,
    GAIN,
    TRIAL,
    Year,
    at_fixed_inputs,
    effects,
    gross_return,
    more_innovative,
    more_productive,
)
from sim.model import IndustrialPolicyModel, choose

BASE = Year(
    emerging=1e12, emerging_capitalised=1.1e12, sales=4e12, stocks=0.0, purchases=3e12, price=0.0,
    research=6e10, knowledge=3e11, workers=2e6, capital=2e12, wages=5e11,
)  # fmt: skip


def year(**changes):
    return Year(**{**vars(BASE), **changes})


def found(**years):
    return effects(dict.fromkeys([*ARMS, "as it was"], BASE) | years, size=1e7)


def test_a_return_is_output_gained_per_knowledge_gained():
    assert gross_return(BASE, year(sales=4.002e12, knowledge=3.1e11)) == pytest.approx(20.0)


def test_effects_are_elasticities_per_log_point_and_yuan_at_the_size_of_the_province():
    better = year(sales=3e12 + 1e12 * np.exp(0.6 * GAIN), workers=2e6 * np.exp(-0.2 * GAIN))
    more = year(
        emerging=1.0002e12, emerging_capitalised=1.1005e12, sales=4.003e12, research=6.6e10, knowledge=3.1e11
    )
    own = year(sales=4.0015e12, knowledge=3.1e11)
    measures = found(productivity=better, research=more, **{"own, research": own})
    assert set(measures) == set(TRIAL.measures)
    assert measures["value_nominal"] == pytest.approx(0.6)
    assert measures["jobs_to_productivity"] == pytest.approx(-0.2)
    assert measures["value_to_innovation"] == 0.0
    assert (measures["social_return"], measures["own_return"]) == (pytest.approx(30.0), pytest.approx(15.0))
    assert measures["social_over_private"] == pytest.approx(2.0)
    assert measures["research"] == pytest.approx(6e9 / 1e7)
    assert measures["value_expensed"] == pytest.approx(2e8 / 1e7)
    assert measures["value_capitalised"] == pytest.approx(5e8 / 1e7)
    assert measures["produced_per_research"] == pytest.approx(0.5)


def test_double_deflation_takes_the_fall_of_prices_out():
    cheaper = year(price=-0.01)
    assert cheaper.produced == BASE.produced
    assert cheaper.real - BASE.real == pytest.approx(4e12 * (np.exp(0.01) - 1.0))


def test_what_more_labour_and_capital_explain_is_no_gain_at_fixed_inputs():
    labour, capital = 5e11 * 0.02, 5e11 * 0.03
    more = year(workers=2e6 * np.exp(0.02), capital=2e12 * np.exp(0.03), sales=4e12 + labour + capital)
    assert at_fixed_inputs(BASE, more) == pytest.approx(0.0, abs=1.0)


def test_a_gain_of_both_kinds_is_given_once():
    model = IndustrialPolicyModel(choose(scale=0.004))
    firms = model.economy.firms
    rows = firms.rows()
    before = firms.log_productivity[rows] + firms.log_quality[rows]
    more_innovative(model.economy)
    assert firms.log_productivity[rows] + firms.log_quality[rows] - before == pytest.approx(GAIN)
    more_productive(model.economy)
    assert firms.log_productivity[rows] + firms.log_quality[rows] - before == pytest.approx(2 * GAIN)
