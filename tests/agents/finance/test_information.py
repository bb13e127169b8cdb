"""Credit information: less error about firms, sharper ratings, the same mean risk, misuse that is found."""

import numpy as np
import pytest

from agents.economy import new_firms
from agents.finance.funds import FundParameters
from agents.finance.information import (
    OF_RATIOS,
    Information,
    InformationParameters,
    constant_of_equal_risk,
    found_chance,
    noise_left,
    sharper,
)
from agents.firms import FirmParameters
from agents.firms.credit import CreditParameters
from agents.state.missions import MissionParameters
from scenarios.load import central_values, load_parameters

VALUES = central_values(load_parameters())
P = InformationParameters(**VALUES["information"])._replace(
    rating_noise=1.0, noise_cut=1.0 / 3.0, spread_cut=0.002, misuse_found=0.25, joining=0.5
)
B = CreditParameters(**VALUES["credit"])


def information_of(level, **changes):
    found = Information(P._replace(**changes))
    found.level = level
    return found


def firms_of(risks):
    firms = new_firms(np.array([len(risks)]))
    firms.add(0, len(risks), default_risk=risks)
    return firms


def test_an_error_of_six_tenths_becomes_one_of_four():
    assert 0.6 * noise_left(1.0, P) == pytest.approx(0.4)
    assert noise_left(0.0, P) == 1.0


def test_a_rating_is_sharper_by_what_more_of_it_is_signal():
    # half signal at an error as wide as the spread, 9 of 13 at two thirds of it
    assert sharper(1.0, P) == pytest.approx((9 / 13) / 0.5)
    assert sharper(0.0, P) == 1.0


def test_sharper_ratings_keep_the_mean_probability_of_default():
    risks = np.array([0.004, 0.02, 0.03, 0.12])
    firms, information = firms_of(risks), information_of(1.0)
    constant = constant_of_equal_risk(firms.arrays(), firms.start, firms.stop, information.reread(B))
    scores = np.log(risks / (1.0 - risks))
    anew = 1.0 / (1.0 + np.exp(-(constant + sharper(1.0, P) * (scores - B.risk_constant))))
    assert anew.mean() == pytest.approx(risks.mean(), rel=1e-9)
    assert anew[0] < risks[0] and anew[3] > risks[3]
    rated = information.rating(B, constant)
    assert [getattr(rated, name) / getattr(B, name) for name in OF_RATIOS] == pytest.approx([18 / 13] * 4)
    assert rated.base_rate == pytest.approx(B.base_rate - 0.002)


def test_a_year_later_the_same_rating_follows_from_firms_rated_with_it():
    risks = np.array([0.004, 0.02, 0.03, 0.12])
    firms, information = firms_of(risks), information_of(1.0)
    first = constant_of_equal_risk(firms.arrays(), firms.start, firms.stop, information.reread(B))
    rated = information.rating(B, first)
    scores = np.log(risks / (1.0 - risks))
    firms.default_risk[firms.rows()] = 1 / (1 + np.exp(-(first + 18 / 13 * (scores - B.risk_constant))))
    again = constant_of_equal_risk(firms.arrays(), firms.start, firms.stop, information.reread(rated))
    assert again == pytest.approx(first, rel=1e-9)


def test_without_the_platform_all_see_what_they_saw():
    information = information_of(0.5)
    information.reread(B)
    information.level = 0.0
    assert information.rating(B._replace(risk_constant=-9.0), -9.0) is B
    funds, juries = FundParameters(**VALUES["funds"]), MissionParameters(**VALUES["missions"])
    grants, audits = FirmParameters.of(VALUES["firms"]), np.array([0.3])
    assert information.of_funds(funds) is funds and information.of_juries(juries) is juries
    assert information.of_grants(grants) is grants and information.of_audits(audits) is audits


def test_funds_and_juries_err_less_and_less_of_grants_is_misused():
    information = information_of(1.0)
    funds, juries = FundParameters(**VALUES["funds"]), MissionParameters(**VALUES["missions"])
    grants = FirmParameters.of(VALUES["firms"])
    assert information.of_funds(funds).selection_noise == pytest.approx(funds.selection_noise * 2 / 3)
    assert information.of_juries(juries).jury_error == pytest.approx(juries.jury_error * 2 / 3)
    taken = information.of_grants(grants).grants.grant_misuse
    assert taken == pytest.approx(0.75 * grants.grants.grant_misuse)


def test_misuse_is_found_by_an_audit_or_else_by_the_platform():
    assert found_chance(0.2, 1.0, P) == pytest.approx(0.4)
    assert information_of(1.0).of_audits(np.array([0.0, 1.0])).tolist() == [0.25, 1.0]


def test_half_of_those_who_have_not_joined_join_and_without_pay_it_stops():
    information = information_of(0.0)
    levels = []
    for paid_for in (1.0, 1.0, 0.6, 0.0):
        information.join(paid_for)
        levels.append(information.level)
    assert levels == [0.5, 0.75, 0.6, 0.0]
