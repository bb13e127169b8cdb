"""The warm-up settles lagged states; what it leaves behind goes on smoothly into 2016."""

from dataclasses import replace

import numpy as np
import pytest

from agents.economy import new_firms
from scenarios.drawn import changed
from scenarios.region.region import load_region
from sim.model import IndustrialPolicyModel, choose
from sim.start import warm_up
from sim.start.synthesis import synthesise


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


def by_size(sales: np.ndarray, does: np.ndarray) -> list[int]:
    """Firms that do research by size class."""
    bounds = load_region("hunan").marginals.size_lower_bound * 1e6
    return np.bincount(np.digitize(sales[does], bounds) - 1, minlength=8).tolist()


@pytest.mark.parametrize("scale", [0.1, 1.0])
def test_2016_opens_with_the_firms_that_were_synthesised_as_doing_research(scale):
    """Found as 60 % of firms with research where 42 % were stated: they started while time stood still.

    At dear research and with hasty starters, so that some would give up and many start if they could.
    """
    spec = choose("no_policy", scale=scale)
    hasty = {("firms", "research_start_hazard"): 0.2, ("firms", "research_fixed_cost"): 4e5}
    spec = replace(spec, parameters=changed(spec.parameters, hasty))
    model = IndustrialPolicyModel(spec)
    firms, table = model.economy.firms, synthesise(load_region("hunan"), spec.parameters, model.draws, scale)
    rows = firms.rows()
    stated = by_size(table["sales_annual"], table["does_research"])
    assert by_size(firms.trailing_sales[rows], firms.research[rows] > 0.0) == stated
    assert by_size(firms.trailing_sales[rows], firms.does_research[rows] == 1) == stated
    share = spec.parameters["synthesis"]["research_share"]
    assert sum(stated) == pytest.approx(share * len(rows), abs=0.01 * len(rows))


def test_few_of_them_give_up_within_a_year():
    model = IndustrialPolicyModel(choose("no_policy", scale=0.2))
    firms = model.economy.firms
    began = set(firms.id[firms.rows()][firms.research[firms.rows()] > 0.0].tolist())
    for _ in range(4):
        model.step()
    rows = firms.rows()
    alive = began & set(firms.id[rows].tolist())
    assert len(alive & set(firms.id[rows][firms.research[rows] > 0.0].tolist())) > 0.97 * len(alive)


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
