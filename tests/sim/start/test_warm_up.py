"""The warm-up settles lagged states; what it leaves behind goes on smoothly into 2016."""

import numpy as np
import pytest

from agents.economy import new_firms
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


@pytest.mark.parametrize(
    ("lag", "pending"),
    [(6, [3, 4, 5, 6, 7, 8]), (8, [1, 2, 3, 4, 5, 6, 7, 8]), (9, [8, 1, 2, 3, 4, 5, 6, 7, 8]),
     (10, [7, 8, 1, 2, 3, 4, 5, 6, 7, 8])],
)  # fmt: skip
def test_each_quarter_of_2016_on_has_applications_to_grant(lag, pending):
    firms = new_firms(np.full(1, 1))
    firms.add(0, np.array([1]), prefecture=0)
    for number, quarter in enumerate(range(-8, 0), start=1):  # filed in the warm-up
        firms.pending_patents[quarter % lag] = number
    warm_up.file_before_warm_up(firms, lag)
    assert [int(firms.pending_patents[quarter % lag, 0]) for quarter in range(lag)][:lag] == pending
