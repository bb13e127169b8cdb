"""A whole quarter of firms: what stages leave behind, and what the sums over cells say of it."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from agents.economy import empty_totals
from agents.firms.conditions import ByIndustry, Luck
from agents.firms.quarter import count, offer, operate
from agents.firms.settle import CLOSED
from agents.firms.totals import (
    CERTIFIED,
    EMERGING,
    EMERGING_RESEARCH,
    EMPLOYMENT,
    FIRMS,
    PATENTS,
    RELABELLED,
    RESEARCH,
    RESEARCHERS,
    VALUE_ADDED,
)
from agents.firms.totals import SALES as CELL_SALES
from agents.firms.work import new_work
from agents.geography import Geography
from agents.money.flows import FIRM_SIGN, Flow

N = 300  # firms, in industries 0 and 4


@pytest.fixture(scope="module")
def firms_of_all_kinds(make_firms):
    """Firms with sales of a million to a billion, a third certified, half with research."""
    chance = np.random.default_rng(11)
    sales = np.exp(chance.uniform(math.log(1e6), math.log(1e9), N))
    price, productivity = np.zeros(N), chance.normal(7.1, 0.4, N)
    does = np.arange(N) % 2
    return lambda: make_firms(
        N,
        np.repeat([0, 4], N // 2),
        prefecture=np.arange(N) % 14,
        trailing_sales=sales,
        log_sales=np.log(sales),
        log_price=price,
        log_productivity=productivity,
        markup=0.2,
        expected_demand=0.25 * sales,
        log_customer_capital=np.log(0.25 * sales),
        capital=0.4 * sales,
        labour=sales / 8e5,
        inventory=0.05 * sales,
        inventory_value=np.rint(0.035 * sales),
        deposits=np.rint(0.15 * sales),
        loans=np.rint(0.1 * sales),
        does_research=does,
        research_base=does * 0.006 * sales,
        research=does * 0.006 * sales,
        knowledge=does * 0.1 * sales,
        log_knowledge=does * np.log(0.1 * sales),
        certificate_expiry=np.where(np.arange(N) % 3 == 0, 30, 0),
        emerging_share=0.5,
        patents=np.arange(N) % 5,
        pending_capital=0.1 * sales,
        pending_due=np.where(np.arange(N) < 10, 20, 24),
    )


@pytest.fixture(scope="module")
def run_quarter(firms_of_all_kinds, p, c, alike):
    """One quarter under changed circumstances; everything before and after."""

    def run(luck=None, local=None, **changes):
        firms, totals = firms_of_all_kinds(), empty_totals(Geography(14, 9))
        before = {name: column.copy() for name, column in firms.columns.items()}
        around = c._replace(wage=21_250.0, frontier=7.5, usual_productivity=7.0, **changes)
        conditions = ByIndustry(around._replace(first_cell=14 * k) for k in range(9))
        chance, attraction = np.random.default_rng(3), np.zeros(9)
        drawn = Luck(*(chance.uniform(1e-6, 1.0, firms.capacity) for _ in Luck._fields))
        drawn = drawn._replace(**{name: np.full(firms.capacity, u) for name, u in (luck or {}).items()})
        work, span = new_work(), (firms.start, firms.stop)
        offer(firms.arrays(), drawn, p, conditions, work, firms.start, firms.stop, attraction)
        leaving = operate(
            firms.arrays(),
            drawn,
            p,
            conditions,
            local or alike,
            work,
            span,
            totals,
        )
        rows = firms.rows()
        return SimpleNamespace(
            before=SimpleNamespace(**{name: column[..., rows] for name, column in before.items()}),
            after=SimpleNamespace(**{name: column[..., rows] for name, column in firms.columns.items()}),
            firms=firms,
            flows=totals.flows,
            cells=totals.cells,
            gap=int(totals.gap[0]),
            leaving=leaving,
            attraction=attraction,
            certificates_lapsed=int(totals.certificates_lapsed[0]),
        )

    return run


@pytest.fixture(scope="module")
def quarter(run_quarter):
    return run_quarter()


def test_an_industrys_attraction_is_the_sum_over_its_firms(quarter):
    assert quarter.attraction[[0, 4]] == pytest.approx(quarter.after.attraction.reshape(2, -1).sum(axis=1))
    assert quarter.attraction.nonzero()[0].tolist() == [0, 4]


def test_every_firm_balances_and_flows_explain_its_deposits(quarter):
    assert quarter.gap == 0
    moved = quarter.after.deposits.sum() - quarter.before.deposits.sum()
    assert moved == (FIRM_SIGN @ quarter.flows).sum()


def test_taxes_and_dividends_stay_in_the_prefecture_of_the_firm(quarter):
    one = quarter.after.prefecture == 5
    moved = quarter.after.deposits[one].sum() - quarter.before.deposits[one].sum()
    assert moved == FIRM_SIGN @ quarter.flows[:, 5]


def test_machines_arrive_in_the_quarter_they_are_due(quarter):
    due = quarter.before.pending_due == 20
    assert due.sum() == 10
    wear = 0.98  # 8 % a year
    arrived = (quarter.before.capital + quarter.before.pending_capital)[due] * wear
    assert (quarter.after.capital[due] >= arrived).all()
    assert (quarter.after.capital[~due] <= 1.02 * quarter.before.capital[~due]).all()
    assert (quarter.after.pending_capital[~due] == quarter.before.pending_capital[~due]).all()


def test_stocks_of_goods_are_never_negative_and_valued_at_material_cost(quarter, p):
    assert quarter.after.inventory.min() >= 0.0
    value = p.production.material_share * quarter.after.inventory
    assert quarter.after.inventory_value == pytest.approx(value, abs=0.5)


def test_a_certified_firm_reports_its_threshold(quarter, p):
    # of last quarter's trailing sales, as the law has it; a firm without research has nothing to report
    sales = quarter.before.trailing_sales
    threshold = 0.25 * sales * np.where(sales <= 5e7, 0.05, np.where(sales <= 2e8, 0.04, 0.03))
    certified = (quarter.before.certificate_expiry > 20) & (quarter.after.does_research == 1)
    short = certified & (quarter.after.research_base < threshold)
    reported = quarter.after.research + quarter.after.relabelled
    assert short.sum() > 10
    assert reported[short] == pytest.approx(threshold[short])
    assert quarter.after.relabelled[~certified].max() == 0.0


def test_the_years_reported_research_adds_up(quarter):
    reported = quarter.after.research + quarter.after.relabelled
    assert quarter.after.research_year == pytest.approx(reported)


def test_flows_of_a_cell_are_those_of_its_firms(quarter):
    after, cells = quarter.after, quarter.cells
    one = (after.prefecture == 3) & (np.arange(N) >= N // 2)
    cell = 4 * 14 + 3
    assert cells[cell, VALUE_ADDED] == after.value_added[one].sum()
    assert cells[cell, CELL_SALES] == after.sales[one].sum()
    for column, amounts in (
        (EMERGING, 0.5 * after.value_added),
        (RESEARCH, after.research),
        (EMERGING_RESEARCH, 0.5 * np.rint(after.research)),
        (RELABELLED, after.relabelled),
        (EMPLOYMENT, after.labour),
    ):
        assert cells[cell, column] == np.rint(amounts[one]).sum()


def test_cells_without_firms_are_empty(quarter):
    assert not quarter.cells.reshape(9, 14, -1)[[1, 2, 3, 5, 6, 7, 8]].any()


def test_stocks_of_a_cell_are_counted_at_the_end(quarter):
    firms, cells = quarter.firms, np.zeros_like(quarter.cells)
    count(firms.arrays(), 20, firms.start, firms.stop, cells)
    assert cells[:, FIRMS].sum() == N
    assert cells[:, CERTIFIED].sum() == (quarter.after.certificate_expiry > 20).sum()
    assert cells[:, PATENTS].sum() == quarter.after.patents.sum()
    assert cells[:, RESEARCHERS].sum() == (quarter.after.research > 0.0).sum()


def test_with_the_worst_of_luck_all_firms_below_the_median_close(run_quarter):
    unlucky = run_quarter({"exit": 1e-9})
    small = np.log(unlucky.after.trailing_sales) < math.log(2e7)
    solvent = (unlucky.after.exit_reason == CLOSED) | (unlucky.after.exit_reason == 0)
    assert (unlucky.after.exit_reason[solvent] == np.where(small[solvent], CLOSED, 0)).all()
    assert unlucky.leaving == (unlucky.after.exit_reason != 0).sum() > N // 10


def test_while_the_economy_warms_up_nobody_leaves_jumps_or_learns(run_quarter):
    calm = run_quarter({"exit": 1e-9, "liquidation": 1e-9}, active=0.0)
    assert calm.leaving == 0
    assert (calm.after.log_productivity == calm.before.log_productivity).all()
    assert (calm.after.log_customer_capital <= calm.before.log_customer_capital).all()


def test_the_same_luck_gives_the_same_quarter_to_the_last_bit(run_quarter, quarter):
    again = run_quarter()
    for name in ("deposits", "research", "log_productivity", "patents", "labour"):
        assert (getattr(again.after, name) == getattr(quarter.after, name)).all()


def test_a_certificate_that_ends_is_counted_once(run_quarter):
    assert run_quarter(quarter=30).certificates_lapsed == (np.arange(N) % 3 == 0).sum()


def test_no_flow_is_negative_and_only_those_of_a_going_firm_move(quarter):
    assert quarter.flows.min() >= 0
    silent = [Flow.FOUNDER_CAPITAL, Flow.LIQUIDATION, Flow.ASSET_SALES, Flow.WRITE_OFF]
    assert not quarter.flows[silent].any()
