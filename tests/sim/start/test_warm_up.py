"""The warm-up settles lagged states; what it leaves behind goes on smoothly into 2016."""

from dataclasses import replace

import numpy as np
import pytest

from agents.economy import new_firms
from scenarios.drawn import changed
from scenarios.region.region import load_region
from sim.luck.draws import Draws
from sim.model import IndustrialPolicyModel, choose
from sim.start import warm_up
from sim.start.synthesis import synthesise
from sim.start.warm_up import COPIED, NEIGHBOURS, replace_failures

FAILED: list[int] = []  # firms, by quarter of the last warm-up
N = 200  # firms of an industry


@pytest.fixture
def warmed(monkeypatch):
    """A model at the start of 2016, and how many firms held a certificate in each quarter of the warm-up."""
    certified, idle_quarter = [], warm_up.idle_quarter

    def counted(economy, *others):
        idle_quarter(economy, *others)
        firms = economy.firms
        FAILED.append(int((firms.exit_reason[firms.rows()] != 0).sum()))
        certified.append(int((firms.certificate_expiry[firms.rows()] > economy.quarter).sum()))

    FAILED.clear()
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


def test_few_of_them_give_up_within_a_year_and_those_to_whom_its_cost_was_just_worth_it():
    """The fixed cost rises by 7 % in it: who does little more than that asks gives up when sales fall."""
    model = IndustrialPolicyModel(choose("no_policy", scale=0.2))
    firms, asked = model.economy.firms, model.economy.behaviour.research.research_fixed_cost
    rows = firms.rows()
    spent = {i: 4.0 * r for i, r in zip(firms.id[rows].tolist(), firms.research[rows].tolist(), strict=True)}
    for _ in range(4):
        model.step()
    rows = firms.rows()
    alive = {i for i in firms.id[rows].tolist() if spent.get(i, 0.0) > 0.0}
    given_up = alive & set(firms.id[rows][firms.research[rows] == 0.0].tolist())
    assert len(given_up) < 0.05 * len(alive)
    assert np.mean([spent[i] < 1.25 * asked for i in given_up]) > 0.8


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


def test_who_failed_left_room_for_others_of_the_same_place_size_and_age(warmed):
    """Everything that the marginals state is as synthesised, and nobody who failed is left."""
    model, _ = warmed
    firms, spec = model.economy.firms, model.spec
    rows = firms.rows()
    assert sum(FAILED) > 0
    assert not firms.exit_reason[rows].any()
    table = synthesise(load_region("hunan"), spec.parameters, model.draws, spec.scale)
    held = {
        "id": firms.id,
        "prefecture": firms.prefecture,
        "sales_annual": firms.trailing_sales,
        "age_quarters": -firms.entry_quarter,
        "ownership": firms.ownership,
        "certificate_expiry_quarter": firms.certificate_expiry,
        "emerging_share": firms.emerging_share,
    }
    for name, column in held.items():
        assert (column[rows] == table[name]).all(), name
    assert (firms.deposits[rows] >= 0).all() and (firms.loans[rows] >= 0).all()
    model.step()  # the books opened on what these firms hold, and every identity holds


@pytest.fixture
def two_industries():
    """200 firms in industry 0, three in 4; whole numbers by luck in every column."""
    firms = new_firms(np.full(9, N))
    chance = np.random.default_rng(5)
    for industry, count in ((0, N), (4, 3)):
        firms.add(industry, np.arange(count) + 1000 * (industry + 1), prefecture=0)
        rows = slice(firms.start[industry], firms.stop[industry])
        for name, column in firms.columns.items():
            if name not in ("id", "unique_id", "exit_reason"):
                column[..., rows] = chance.integers(1, 30_000, column[..., rows].shape)
    return firms


def replaced(firms, failed):
    """Columns before and after those in rows `failed` have failed and been replaced."""
    firms.exit_reason[failed] = 1
    before = {name: column.copy() for name, column in firms.columns.items()}
    replace_failures(firms, Draws(3), -4)
    return before, firms.columns


def donors_of(before, after, failed):
    """The row whose productivity each of `failed` has now."""
    return [
        int(np.flatnonzero(before["log_productivity"] == after["log_productivity"][row])[0]) for row in failed
    ]


def test_a_copy_of_a_neighbour_takes_the_place_of_each_that_failed(two_industries):
    firms = two_industries
    firms.log_productivity[firms.start[0] : firms.stop[0]] = np.arange(N) + 0.5  # none twice
    failed = firms.start[0] + np.array([0, 1, 57, 100, 101, 102, 199])
    before, after = replaced(firms, failed)
    donors = donors_of(before, after, failed)
    assert not set(donors) & set(failed.tolist())
    assert not after["exit_reason"].any()
    for row, donor in zip(failed.tolist(), donors, strict=True):
        between = np.setdiff1d(np.arange(min(row, donor), max(row, donor)), failed)
        assert len(between) <= NEIGHBOURS // 2
        for name in COPIED:
            assert after[name][row] == before[name][donor], name


def test_what_the_marginals_state_and_all_other_firms_stay_as_they_were(two_industries):
    firms = two_industries
    failed = firms.start[0] + np.array([3, 150])
    before, after = replaced(firms, failed)
    kept = np.setdiff1d(np.arange(firms.capacity), failed)
    for name in before:
        assert (after[name][..., kept] == before[name][..., kept]).all(), name
        if name not in (*COPIED, "exit_reason"):
            assert (after[name] == before[name]).all(), name


def test_where_all_of_an_industry_failed_they_go_on_as_they_are(two_industries):
    firms = two_industries
    before, after = replaced(firms, np.arange(firms.start[4], firms.stop[4]))
    assert not after["exit_reason"].any()
    assert all((after[name] == before[name]).all() for name in before if name != "exit_reason")


def test_luck_decides_among_neighbours_above_and_below(two_industries):
    firms = two_industries
    firms.log_productivity[firms.start[0] : firms.stop[0]] = np.arange(N) + 0.5
    failed = firms.start[0] + np.arange(20, 180, 2)
    before, after = replaced(firms, failed)
    steps = np.array(donors_of(before, after, failed)) - failed
    assert steps.min() < -5 and steps.max() > 5
    assert abs(np.mean(steps > 0) - 0.5) < 0.2
