"""How the bank sees a firm: risk, interest and the share of a line; what of a loss falls on a guarantee."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.conditions import ByIndustry
from agents.firms.credit import (
    CreditParameters,
    approved_share,
    assess_all,
    assess_new,
    covered_share,
    default_probability,
    guaranteed_loss,
    line_on_sales,
    rate_for,
)
from scenarios.load import central_values, load_parameters


@pytest.fixture(scope="module")
def b():
    return CreditParameters(**central_values(load_parameters())["credit"])


def test_a_risk_is_the_logit_of_the_score(b):
    b = b._replace(
        risk_constant=-4.0, risk_leverage=2.0, risk_profit=-8.0, risk_size=-0.5, risk_youth=0.25,
        highest_leverage=1.0, widest_margin=0.2, largest_size=3.0,
    )  # fmt: skip
    score = -4.0 + 2.0 * 0.5 - 8.0 * 0.1 - 0.5 * 2.0 + 0.25
    assert default_probability(0.5, 0.1, 2.0, True, b) == pytest.approx(1.0 / (1.0 + math.exp(-score)))


def test_debt_and_youth_raise_the_risk_profit_and_size_lower_it(b):
    usual = default_probability(0.3, 0.05, 0.0, False, b)
    assert default_probability(0.6, 0.05, 0.0, False, b) > usual
    assert default_probability(0.3, 0.05, 0.0, True, b) > usual
    assert default_probability(0.3, 0.10, 0.0, False, b) < usual
    assert default_probability(0.3, 0.05, 1.0, False, b) < usual


@given(st.floats(-1e3, 1e3), st.floats(-1e6, 1e6), st.floats(-50, 50), st.booleans())
def test_a_risk_is_a_probability(b, leverage, margin, size, young):
    assert 0.0 < default_probability(abs(leverage), margin, size, young, b) < 1.0


def test_a_usual_firm_pays_between_43_and_55_per_thousand(b):
    for risk in (0.01, 0.02, 0.04):
        assert 0.043 <= rate_for(risk, 0.0, b) <= 0.055


def test_interest_pays_for_the_expected_loss_that_is_not_guaranteed(b):
    b = b._replace(base_rate=0.04, loss_given_default=0.5, highest_rate=0.07)
    assert rate_for(0.02, 0.0, b) == pytest.approx(0.05)
    assert rate_for(0.02, 0.8, b) == pytest.approx(0.042)
    assert rate_for(0.5, 0.0, b) == 0.07


def test_a_bank_lends_half_at_the_risk_it_says_and_less_beyond(p):
    assert approved_share(0.0, p) == 1.0
    assert approved_share(p.credit.risk_appetite, p) == 0.5
    assert approved_share(2.0 * p.credit.risk_appetite, p) == pytest.approx(1.0 / 3.0)


def test_a_line_is_a_share_of_a_quarters_sales(p):
    p = p.but(credit_to_sales=0.4, risk_appetite=0.1)
    assert line_on_sales(1000.0, 0.0, p) == pytest.approx(100.0)
    assert line_on_sales(1000.0, 0.1, p) == pytest.approx(50.0)


def test_a_guarantee_bears_its_share_of_a_loss():
    assert covered_share(80, 100) == 0.8
    assert covered_share(80, 0) == 1.0
    assert guaranteed_loss(80, 100, 50) == 40
    assert guaranteed_loss(80, 60, 60) == 60
    assert guaranteed_loss(0, 100, 100) == 0


@given(st.integers(0, 10**11), st.integers(1, 10**11), st.floats(0, 1))
def test_a_guarantee_never_bears_more_than_the_loss_or_than_it_promised(guaranteed, loans, share):
    lost = int(share * loans)
    assert 0 <= guaranteed_loss(guaranteed, loans, lost) <= min(guaranteed, lost)


def test_every_firm_is_rated_and_priced_and_an_entrant_as_if_it_were_january(b, c, make_firms):
    columns = {
        "loans": [0, 900_000],
        "deposits": [200_000, 10_000],
        "capital": [1e6, 1e5],
        "profit": [6e4, -9e4],
    }
    firms, fresh = make_firms(2, **columns), make_firms(2, **columns)
    assess_all(firms.arrays(), b, ByIndustry([c] * 9), firms.start, firms.stop, np.empty(1))
    safe, risky = firms.default_risk[firms.rows()].tolist()
    assert 0.0 < safe < 0.05 < risky
    assert firms.loan_rate[firms.rows()].tolist() == [rate_for(safe, 0.0, b), rate_for(risky, 0.0, b)]
    assess_new(fresh.arrays(), b, ByIndustry([c] * 9), fresh.rows(), np.array([0, 0]))
    assert fresh.default_risk[fresh.rows()].tolist() == [safe, risky]
