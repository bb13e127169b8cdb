"""The warm-up settles lagged states; what it leaves behind goes on smoothly into 2016."""

import pytest

from sim.model import IndustrialPolicyModel, choose
from sim.start import warm_up


@pytest.fixture
def warmed(monkeypatch):
    """A model at the start of 2016, and how many firms held a certificate in each quarter of the warm-up."""
    certified, idle_quarter = [], warm_up.idle_quarter

    def counted(economy, *others):
        idle_quarter(economy, *others)
        firms = economy.firms
        certified.append(int((firms.certificate_expiry[firms.rows()] > economy.quarter).sum()))

    monkeypatch.setattr(warm_up, "idle_quarter", counted)
    return IndustrialPolicyModel(choose("no_policy", scale=0.2)), certified


def test_only_firms_with_a_certificate_hold_one_in_the_warm_up(warmed):
    model, certified = warmed
    firms = model.economy.firms
    holders = int((firms.certificate_expiry[firms.rows()] > 0).sum())
    assert 0 < holders < 0.2 * firms.count
    assert certified == [holders] * 8


def test_research_goes_on_from_the_warm_up_into_2016(warmed):
    """Found as a fall by a fifth: firms without a certificate had counted as certified before 2016."""
    model, _ = warmed
    firms = model.economy.firms
    before = firms.research[firms.rows()].sum()
    model.step()
    assert firms.research[firms.rows()].sum() == pytest.approx(before, rel=0.04)
