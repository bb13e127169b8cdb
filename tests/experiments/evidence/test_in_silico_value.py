"""What shocks to branches of one past do, from the last year of each."""

import numpy as np
import pytest

from experiments.evidence.in_silico_value import (
    ARMS,
    GAIN,
    Year,
    effects,
    effects_of_one,
    gross_return,
    more_innovative,
    more_productive,
    trimmed,
)
from sim.model import IndustrialPolicyModel, choose

BASE = Year(1e12, 1.1e12, 3e12, 6e10, 3e11, 2e6)


def year(**changes):
    return Year(**{**vars(BASE), **changes})


def test_a_return_is_output_gained_per_knowledge_gained():
    assert gross_return(BASE, year(produced=3.002e12, knowledge=3.1e11)) == pytest.approx(20.0)


def test_effects_are_elasticities_per_log_point_and_yuan_at_the_size_of_the_province():
    years = dict.fromkeys(ARMS, BASE) | {
        "productivity": year(emerging=1e12 * np.exp(0.6 * GAIN), workers=2e6 * np.exp(-0.2 * GAIN)),
        "research": year(
            emerging=1.0002e12,
            emerging_capitalised=1.1005e12,
            produced=3.003e12,
            research=6.6e10,
            knowledge=3.1e11,
        ),
        "own, research": year(produced=3.0015e12, knowledge=3.1e11),
    }
    found = effects(years, scale=0.1)
    assert found["value added to productivity"] == pytest.approx(0.6)
    assert found["employment to productivity"] == pytest.approx(-0.2)
    assert found["value added to innovation"] == 0.0
    assert (found["return with spillovers"], found["own return"]) == (
        pytest.approx(30.0),
        pytest.approx(15.0),
    )
    assert found["research"] == pytest.approx(6e9 / 1e7)
    assert found["value added, expensed"] == pytest.approx(2e8 / 1e7)
    assert found["value added, capitalised"] == pytest.approx(5e8 / 1e7)
    assert found["output per yuan of research"] == pytest.approx(0.5)


def test_a_tenth_of_the_pairs_is_left_out_at_each_end():
    values = np.array([-1e9, *range(8), 1e9], dtype=float)
    found = trimmed(values)
    assert found["effect"] == 3.5 and -1 < found["low"] < 3.5 < found["high"] < 8


def test_a_gain_of_both_kinds_is_given_once():
    model = IndustrialPolicyModel(choose(scale=0.004))
    firms = model.economy.firms
    rows = firms.rows()
    before = firms.log_productivity[rows] + firms.log_quality[rows]
    more_innovative(model.economy)
    assert firms.log_productivity[rows] + firms.log_quality[rows] - before == pytest.approx(GAIN)
    more_productive(model.economy)
    assert firms.log_productivity[rows] + firms.log_quality[rows] - before == pytest.approx(2 * GAIN)


def test_productivity_and_innovation_raise_value_added_and_research_what_firms_know():
    found = effects_of_one(0.02, 0)
    assert found["value added to productivity"] > 0 and found["value added to innovation"] > 0
    assert found["research"] > 0
    assert found["value added, capitalised"] > found["value added, expensed"]
