"""A quarter of money balances to the yuan: one firm by hand, then two hundred at once."""

import math

import numpy as np
import pytest

from agents.economy import empty_totals
from agents.engine.block import block_of
from agents.engine.rules import stage
from agents.firms.bill import contract_cost, equipment_cost
from agents.firms.settle import INSOLVENT, settle_block
from agents.firms.work import new_work
from agents.geography import Geography
from agents.money.flows import FIRM_SIGN, Flow
from agents.numbers.elementary import yuan


@pytest.fixture(scope="module")
def round_numbers(p):
    """Shares that make the amounts of the firm below whole."""
    return p.but(
        material_share=0.5,  # of what stocks are worth; production takes as much
        overhead_rate=0.04,
        overhead_bought_share=0.5,
        research_staff_share=0.4,
        research_material_share=0.2,
        research_equipment_share=0.1,
        depreciation=0.08,
        payout_ratio=0.5,
        payout_cash=0.1,
        excess_payout=0.0,
        cash_floor=0.03,
        cash_repay=0.15,
        repayment_share=0.5,
        credit_to_sales=0.4,
        collateral_rate=0.0,
        liquidation_probability=0.5,
        rescheduling_cash=0.04,
        rescheduling_customer_loss=0.12,
    )


@pytest.fixture(scope="module")
def half_deduction(c):
    return c._replace(super_deduction=0.5)


@pytest.fixture(scope="module")
def one_firm(make_firms):
    """Sells 9,000 of 10,000 made, adds 500 to stocks, does research of 1,000, invests 600, owes 10,000."""

    def make(**columns):
        usual = {
            "deposits": 10_000,
            "loans": 10_000,
            "trailing_sales": 40_000.0,
            "log_sales": math.log(40_000),
            "inventory": 2000.0,
            "inventory_value": 500,
            "material_rate": 0.5,
            "wage_bill": 1000.0,
            "research": 1000.0,
            "investment": 600.0,
            "capital": 5000.0,
            "loan_rate": 0.04,
        }
        return make_firms(1, **{**usual, **columns})

    return make


@stage
def settle_rows(firms, luck, p, c, local, work, totals, first, last):
    settle_block(block_of(firms, first, last), block_of(luck, first, last), p, c, local, work, totals)


@pytest.fixture(scope="module")
def settle(round_numbers, half_deduction, alike, same_luck):
    """Books one quarter of all firms; returns the flows [code, prefecture] and the gap between both sides."""

    def book(firms, output=10_000.0, delivered=9000.0, luck=0.9):
        work, totals = new_work(), empty_totals(Geography(14, 9))
        work.output[:], work.delivered[:] = output, delivered
        drawn, first, last = same_luck(firms.capacity, luck), int(firms.start[0]), int(firms.stop[0])
        settle_rows(firms.arrays(), drawn, round_numbers, half_deduction, alike, work, totals, first, last)
        return totals.flows, int(totals.gap[0])

    return book


def value(firms, name):
    return firms.columns[name][firms.start[0]]


def test_the_quarter_of_a_hand_made_firm(one_firm, settle):
    firms = one_firm(prefecture=3)
    flows, _ = settle(firms)
    assert {Flow(code).name: int(flows[code, 3]) for code in np.flatnonzero(flows[:, 3])} == {
        "SALES": 9000,
        "PURCHASES": 5000 + 200,  # materials and half the overhead
        "WAGES": 1000 + 200,
        "RESEARCH_WAGES": 400,
        "RESEARCH_MATERIALS": 200,
        "RESEARCH_CONTRACTS": 300,
        "CAPITAL_EXPENDITURE": 600 + 100,  # machines and research equipment
        "VAT": 330,  # a tenth of value added 3,800 less 500 added to stocks
        "OTHER_TAX": 33,
        "INTEREST": 100,
        "CORPORATE_TAX": 259,  # a quarter of profit 1,537 less half of research
        "DIVIDENDS": 639,  # half of 1,537 - 259
        "LOAN_REPAID": 1820,  # half of cash 9,639 above 15 % of sales
    }
    assert flows.sum() == flows[:, 3].sum()


def test_its_books_show_the_quarter(one_firm, settle):
    firms = one_firm()
    settle(firms)
    assert value(firms, "value_added") == 9000 + 500 - 5200 - 200 - 300
    assert value(firms, "deposits") == 10_000 + 278 - 639 - 1820
    assert value(firms, "loans") == 10_000 - 1820
    assert value(firms, "trailing_sales") == 40_000 + 0.25 * (36_000 - 40_000)
    assert value(firms, "profit") == 1537
    assert value(firms, "inventory_value") == 1000


def test_output_and_income_side_of_a_firm_are_equal_to_the_yuan(one_firm, settle):
    _, gap = settle(one_firm())
    assert gap == 0


def test_a_larger_super_deduction_lowers_the_tax_by_the_rate(one_firm, settle):
    flows, _ = settle(one_firm(super_deduction_addition=0.4))
    assert flows[Flow.CORPORATE_TAX].sum() == 159  # 259.25 - 0.25 x 0.4 x 1,000


def test_relabelled_research_is_deducted_too(one_firm, settle):
    flows, _ = settle(one_firm(relabelled=800.0))
    assert flows[Flow.CORPORATE_TAX].sum() == 159


def test_a_certified_firm_pays_the_lower_rate(one_firm, settle):
    flows, _ = settle(one_firm(certificate_expiry=21))
    assert flows[Flow.CORPORATE_TAX].sum() == round(0.15 * 1037)


def test_a_certificate_that_ended_with_the_last_quarter_lowers_no_tax(one_firm, settle):
    flows, _ = settle(one_firm(certificate_expiry=20))
    assert flows[Flow.CORPORATE_TAX].sum() == 259


def test_public_orders_are_sales_but_were_paid_before(one_firm, settle):
    firms = one_firm(procurement=1000)
    flows, gap = settle(firms)
    assert (flows[Flow.SALES].sum(), value(firms, "sales"), gap) == (8000, 9000, 0)
    assert value(firms, "value_added") == 3800


def test_owners_get_nothing_that_is_not_there(one_firm, settle):
    # profit and old deposits allow a dividend, but the machines take all the cash
    flows, _ = settle(one_firm(investment=10_900.0))
    assert flows[Flow.DIVIDENDS].sum() == 0


def test_a_firm_that_cannot_pay_is_rescued_and_loses_customers(one_firm, settle):
    firms = one_firm(deposits=0, log_customer_capital=1.0)
    flows, gap = settle(firms, delivered=0.0)
    assert value(firms, "deposits") == 0.04 * 40_000
    assert value(firms, "log_customer_capital") == pytest.approx(1.0 - 0.12)
    assert value(firms, "loans") == 10_000 + flows[Flow.LOAN_NEW].sum()
    assert (value(firms, "exit_reason"), gap) == (0, 0)


def test_or_it_is_wound_up_with_no_money_left(one_firm, settle):
    firms = one_firm(deposits=0, log_customer_capital=1.0)
    _, gap = settle(firms, delivered=0.0, luck=0.1)
    assert (value(firms, "exit_reason"), value(firms, "deposits"), gap) == (INSOLVENT, 0, 0)
    assert value(firms, "log_customer_capital") == 1.0


@pytest.fixture(scope="module")
def many_firms(make_firms):
    """Two hundred firms of all kinds: rich and poor, with stocks and without, certified or not."""
    chance = np.random.default_rng(7)
    sales = np.exp(chance.normal(17.0, 1.5, 200))

    def make():
        return make_firms(
            200,
            prefecture=np.arange(200) % 14,
            trailing_sales=sales,
            log_sales=np.log(sales),
            deposits=np.rint(sales * chance.uniform(0.0, 0.6, 200)),
            log_price=chance.normal(0.0, 0.2, 200),
            loans=np.rint(sales * chance.uniform(0.0, 0.5, 200)),
            wage_bill=sales * 0.05,
            research=sales * chance.uniform(0.0, 0.05, 200),
            relabelled=sales * chance.uniform(0, 0.01, 200),
            capital=sales * 0.4,
            investment=sales * chance.uniform(0.0, 0.2, 200),
            inventory=sales * 0.05,
            inventory_value=np.rint(sales * 0.02),
            procurement=np.rint(sales * chance.uniform(0.0, 0.01, 200)),
            certificate_expiry=np.arange(200) % 40,
            loan_rate=chance.uniform(0.03, 0.06, 200),
            default_risk=chance.uniform(0.0, 0.3, 200),
        )

    return make, sales


def test_flows_explain_the_deposits_and_loans_of_two_hundred_firms(many_firms, settle):
    make, sales = many_firms
    firms = make()
    deposits, loans = firms.deposits.sum(), firms.loans.sum()
    luck = np.random.default_rng(8)
    output = np.zeros(1024)
    output[:200] = 0.25 * sales * luck.uniform(0.2, 1.5, 200)
    flows, gap = settle(firms, output, 0.9 * output)
    assert gap == 0
    assert firms.deposits.sum() - deposits == (FIRM_SIGN @ flows).sum()
    assert firms.loans.sum() - loans == flows[Flow.LOAN_NEW].sum() - flows[Flow.LOAN_REPAID].sum()
    assert flows.min() >= 0
    assert firms.deposits.min() >= 0 and firms.loans.min() >= 0


def test_some_of_them_were_rescued_and_some_paid_dividends(many_firms, settle):
    make, sales = many_firms
    firms = make()
    output = np.zeros(1024)
    output[:200] = 0.1 * sales
    flows, _ = settle(firms, output, output, luck=0.1)
    assert (firms.exit_reason == INSOLVENT).any()
    assert flows[Flow.DIVIDENDS].sum() > 0


def test_the_smallest_research_leaves_no_negative_contract(p):
    """Found by the battery: 0.55, 0.3 and 0.14 of 5.45 yuan, each rounded, are more than 5."""
    shares = {"research_staff_share": 0.55, "research_material_share": 0.3, "research_equipment_share": 0.14}
    largest = p.but(**shares)
    for research in np.arange(0.0, 60.0, 0.01).tolist():
        wages, materials = yuan(0.55 * research), yuan(0.3 * research)
        equipment = equipment_cost(research, wages, materials, largest)
        assert contract_cost(research, wages, materials, equipment) >= 0
