"""Exit: who closes, and who gets what of the firm that is wound up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.economy import empty_totals
from agents.firms.entry import MARGINAL
from agents.firms.exit import Estates, closes, frailty, wind_up
from agents.firms.settle import CLOSED, INSOLVENT
from agents.geography import Geography
from agents.money.flows import FIRM_SIGN, Flow

PATENTS_LEFT = {"lapsed": 5, "high_value_lapsed": 2}


@pytest.mark.parametrize(("age", "chance"), [(11, 0.015), (12, 0.010), (100, 0.010)])
def test_a_young_firm_gives_up_half_as_often_again(p, age, chance):
    p = p.but(exit_hazard=0.01, exit_young_factor=1.5)
    assert closes(chance - 1e-6, 1.0, 2.0, age, 1.0, p)
    assert not closes(chance + 1e-6, 1.0, 2.0, age, 1.0, p)


def test_a_firm_of_median_size_never_gives_up(p):
    assert not closes(1e-9, 2.0, 2.0, 4, 1.0, p)


def test_seats_and_kinds_of_founders_change_the_chance_to_give_up(p):
    p = p.but(exit_hazard=0.01, marginal_exit=1.1, tenant_exit=0.8, former_tenant_exit=1.05)
    assert frailty(5, 0, 20, p) == 1.0
    assert frailty(5, 21, 20, p) == 0.8
    assert frailty(5, 20, 20, p) == 1.05
    assert frailty(5 | MARGINAL, 21, 20, p) == pytest.approx(0.88)
    assert closes(0.0079, 1.0, 2.0, 20, 0.8, p) and not closes(0.0081, 1.0, 2.0, 20, 0.8, p)


@pytest.fixture(scope="module")
def wound_up(p, make_firms):
    """Winds up one firm with machines of 1,000, more of 200 on order, and stocks of 300."""

    def wind(deposits, loans, **columns):
        assets = {"capital": 1000.0, "pending_capital": 200.0, "inventory_value": 300}
        firms = make_firms(1, deposits=deposits, loans=loans, **assets, **columns)
        totals, recovery, rows = empty_totals(Geography(14, 9)), p.but(liquidation_recovery=0.4), firms.rows()
        flows, estates = totals.flows, Estates(rows, *np.zeros((2, len(rows)), np.int64))
        wind_up(firms.arrays(), recovery, estates, np.arange(len(rows)), 20, 1.0, totals)
        assert estates.left.sum() == flows[Flow.LIQUIDATION].sum()
        wind.claim = int(estates.claims.sum())
        assert firms.deposits.sum() == firms.loans.sum() == 0
        return {Flow(code).name: int(flows[code, 0]) for code in np.flatnonzero(flows[:, 0])}, totals

    return wind


def test_the_guarantee_stands_for_its_share_of_what_is_lost_and_for_nothing_of_a_debt_that_is_paid(wound_up):
    # 1,000 owed, 700 in cash and assets; half of the debt is guaranteed, so half of the loss of 300
    wound_up(deposits=100, loans=1000, guaranteed=500)
    assert wound_up.claim == 150
    wound_up(deposits=100, loans=500, guaranteed=500)
    assert wound_up.claim == 0


def test_owners_get_what_the_bank_leaves(wound_up):
    # assets: two fifths of 1,000 + 200 + 300
    flows, _ = wound_up(deposits=100, loans=500)
    assert flows == {"ASSET_SALES": 600, "LOAN_REPAID": 500, "LIQUIDATION": 200}


def test_the_bank_writes_off_what_assets_do_not_pay(wound_up):
    flows, _ = wound_up(deposits=100, loans=1000)
    assert flows == {"ASSET_SALES": 600, "LOAN_REPAID": 700, "WRITE_OFF": 300}


def test_a_firm_without_debt_goes_to_its_owners(wound_up):
    flows, _ = wound_up(deposits=100, loans=0)
    assert flows == {"ASSET_SALES": 600, "LIQUIDATION": 700}


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_winding_up_leaves_no_yuan_and_no_debt_behind(wound_up, deposits, loans):
    flows, _ = wound_up(deposits, loans)
    moved = sum(FIRM_SIGN[Flow[name]] * amount for name, amount in flows.items())
    assert deposits + moved == 0
    assert loans == flows.get("LOAN_REPAID", 0) + flows.get("WRITE_OFF", 0)


@pytest.mark.parametrize(
    ("reason", "expiry", "counted"),
    [
        (INSOLVENT, 21, {**PATENTS_LEFT, "insolvent": 1, "closed": 0, "certificates_left": 1}),
        (CLOSED, 20, {**PATENTS_LEFT, "insolvent": 0, "closed": 1, "certificates_left": 0}),
    ],
)
def test_what_leaves_with_a_firm_is_counted(wound_up, reason, expiry, counted):
    _, totals = wound_up(
        100, 0, exit_reason=reason, certificate_expiry=expiry, patents=5, high_value_patents=2
    )
    assert {name: int(getattr(totals, name)[0]) for name in counted} == counted
