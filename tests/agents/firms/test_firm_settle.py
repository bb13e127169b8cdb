"""A firm's money, rule by rule: taxes, dividends, credit, rescue; each with the sums done by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.engine.rules import stage
from agents.firms.bill import (
    compliance_cost,
    contract_cost,
    entry_cost,
    indirect_tax,
    market_sales,
    new_bill,
    overhead_spared,
    purchase_cost,
    usual_overhead,
    wage_cost,
)
from agents.firms.settle import (
    assets_of,
    borrowed,
    corporate_tax,
    credit_limit,
    dividends,
    income_gap,
    is_liquidated,
    repaid,
    rescue_loan,
)

MEDIAN = math.log(2e7)  # of `c`


@pytest.mark.parametrize(
    ("certified", "addition", "tax"), [(False, 0.0, 150.0), (True, 0.0, 90.0), (False, 0.5, 100.0)]
)
def test_research_of_400_is_deducted_once_more_from_a_profit_of_1000(c, certified, addition, tax):
    assert corporate_tax(1000.0, 400.0, certified, addition, c) == pytest.approx(tax)


def test_a_deduction_beyond_the_profit_gives_nothing_back(c):
    assert corporate_tax(1000.0, 2000.0, False, 0.0, c) == 0.0
    assert corporate_tax(-1000.0, 0.0, False, 0.0, c) == 0.0


@pytest.fixture
def paying(p):
    return p.but(payout_ratio=0.4, payout_cash=0.1, excess_cash=0.5, excess_payout=0.1)


@pytest.mark.parametrize(
    ("profit", "deposits", "paid"), [(100.0, 99.0, 0.0), (100.0, 200.0, 40.0), (-100.0, 200.0, 0.0)]
)
def test_owners_get_two_fifths_of_a_profit_when_there_is_cash(paying, profit, deposits, paid):
    assert dividends(profit, deposits, 1000.0, paying) == pytest.approx(paid)


def test_owners_get_a_tenth_of_idle_cash_even_in_a_year_of_loss(paying):
    assert dividends(100.0, 700.0, 1000.0, paying) == pytest.approx(40.0 + 20.0)
    assert dividends(-100.0, 700.0, 1000.0, paying) == pytest.approx(20.0)


def test_a_bank_lends_on_a_quarters_sales_and_on_machines(p, c):
    # 0.4 x sales of 250 a quarter + half of 100 machines at 2 yuan
    p, c = p.but(credit_to_sales=0.4, collateral_rate=0.5), c._replace(material_price=2.0)
    assert credit_limit(1000.0, 100.0, 0.0, 0.0, p, c) == pytest.approx(200.0)
    # at the risk at which it lends half; and what is guaranteed on top
    assert credit_limit(1000.0, 100.0, p.credit.risk_appetite, 70.0, p, c) == pytest.approx(170.0)


@pytest.mark.parametrize(
    ("deposits", "loans", "loan"),
    [(30.0, 0.0, 0.0), (10.0, 0.0, 50.0), (-40.0, 0.0, 100.0), (10.0, 180.0, 20.0), (10.0, 250.0, 0.0)],
)
def test_a_firm_borrows_up_to_twice_its_floor_within_its_limit(p, deposits, loans, loan):
    assert borrowed(deposits, loans, 200.0, 1000.0, p.but(cash_floor=0.03)) == pytest.approx(loan)


@pytest.mark.parametrize(
    ("deposits", "loans", "back"),
    [(300.0, 500.0, 100.0), (300.0, 340.0, 40.0), (90.0, 500.0, 0.0), (300.0, 300.0, 0.0), (900.0, 0.0, 0.0)],
)
def test_half_of_comfortable_cash_repays_loans_down_to_the_debt_that_firms_keep(p, deposits, loans, back):
    # of 1,000 yuan of assets 300 of debt are kept
    p = p.but(repayment_share=0.5, cash_repay=0.1, leverage_kept=0.3)
    assert repaid(deposits, loans, 1000.0, 1000.0, p) == pytest.approx(back)


@given(st.floats(0.0, 1e9), st.floats(0.0, 1e9), st.floats(0.0, 1e9), st.floats(0.0, 0.9))
def test_repayment_never_takes_debt_below_what_is_kept_nor_is_it_negative(p, deposits, loans, assets, kept):
    p = p.but(leverage_kept=kept)
    back = repaid(deposits, loans, assets, 1e6, p)
    assert 0.0 <= back <= max(0.0, loans - kept * assets)


def test_assets_are_cash_machines_at_the_prices_of_the_day_and_stocks(c):
    assert assets_of(100.0, 50.0, 30.0, c._replace(material_price=2.0)) == pytest.approx(230.0)


@pytest.mark.parametrize(("times_median", "chance"), [(0.1, 0.5), (1.0, 0.5), (4.0, 0.25), (100.0, 0.05)])
def test_creditors_wind_up_a_firm_four_times_the_median_half_as_often(p, times_median, chance):
    p = p.but(liquidation_probability=0.5, liquidation_size_elasticity=0.5)
    size = MEDIAN + math.log(times_median)
    assert is_liquidated(chance - 1e-6, size, MEDIAN, p)
    assert not is_liquidated(chance + 1e-6, size, MEDIAN, p)


def test_a_firm_wound_up_is_lent_exactly_what_it_lacks(p, c):
    p = p.but(liquidation_probability=0.5)
    assert rescue_loan(0.49, 700, 10_000.0, MEDIAN, p, c) == (700, True)


def test_a_firm_rescheduled_is_lent_a_balance_to_go_on_with(p, c):
    p = p.but(liquidation_probability=0.5, rescheduling_cash=0.04)
    assert rescue_loan(0.51, 700, 10_000.0, MEDIAN, p, c) == (700 + 400, False)


def test_firms_fail_in_the_warm_up_as_afterwards(p, c):
    """Others take their place in it: `replace_failures` of the start."""
    p = p.but(liquidation_probability=0.5)
    assert rescue_loan(0.49, 700, 10_000.0, MEDIAN, p, c._replace(active=0.0)) == (700, True)


def test_public_orders_paid_before_are_not_sold_again():
    assert market_sales(100.0, 2.0, 50) == 150
    assert market_sales(10.0, 2.0, 50) == 0


def test_overhead_is_divided_between_services_and_staff(p, c):
    # overhead: 4 % of 1,000 a year, a quarter of it 10 yuan: 3 bought, 7 paid as wages
    p = p.but(overhead_rate=0.04, overhead_bought_share=0.3)
    overhead = usual_overhead(1000.0, p)
    assert overhead == 10.0
    assert purchase_cost(100.0, 0.7, overhead, p, c) == 73
    assert wage_cost(20.0, overhead, p) == 27


def test_complying_costs_every_firm_the_same_and_none_more_than_its_overhead(p, c):
    p, c = p.but(compliance_staff=0.5), c._replace(wage=20.0)
    assert compliance_cost(100.0, 0.0, p, c) == compliance_cost(1000.0, 0.0, p, c) == 10.0
    assert compliance_cost(6.0, 0.0, p, c) == 6.0


def test_relief_spares_its_share_of_the_cost_and_no_other_overhead(p, c):
    p, c = p.but(compliance_staff=0.5), c._replace(wage=20.0)
    for overhead in (6.0, 100.0):
        spared = overhead_spared(overhead, 0.25, p, c)
        assert spared == 0.25 * compliance_cost(overhead, 0.0, p, c)
        assert spared + compliance_cost(overhead, 0.25, p, c) == compliance_cost(overhead, 0.0, p, c)
    assert overhead_spared(100.0, 0.0, p, c) == 0.0


def test_a_try_costs_half_of_its_price_each_quarter_and_nothing_where_none_is_tried(p, c):
    p, c = p.but(market_entry_cost=400.0), c._replace(material_price=1.1)
    assert entry_cost(0, p, c) == 0
    assert entry_cost(1, p, c) == 220 and entry_cost(2, p, c) == 440


@given(st.floats(0.0, 1e11))
def test_the_parts_of_research_add_up_to_the_yuan(p, research):
    bill = p.bill
    shares = (bill.research_staff_share, bill.research_material_share, bill.research_equipment_share)
    parts = [round(share * research) for share in shares]
    assert sum(parts) + contract_cost(research, *parts) == round(research)


def test_a_quarter_without_value_added_pays_no_tax_and_gets_none_back(c):
    assert indirect_tax(1000, c) == 100
    assert indirect_tax(-1000, c) == 0


@stage
def gap_of_first(firms, bill, row):
    return income_gap(firms, bill, row)


@pytest.mark.parametrize(("contracts", "gap"), [(300, 0), (293, -7)])
def test_research_booked_otherwise_than_planned_is_a_gap_of_capitalised_value_added(
    make_firms, contracts, gap
):
    # 400 for wages, 200 for materials, 100 for equipment, the rest of 1,000 for contracts; nothing is sold
    parts = {
        "research_wages": 400,
        "research_materials": 200,
        "equipment": 100,
        "research_contracts": contracts,
    }
    firms, bill = make_firms(1, research=1000.0, deposits=5000), new_bill()
    row = int(firms.rows()[0])
    booked = {**parts, "cash": 5000 - sum(parts.values()), "value_added": -200 - contracts}
    for name, amount in booked.items():
        getattr(bill, name)[row] = amount
    assert gap_of_first(firms.arrays(), bill, row) == gap
