"""A firm's quarter in whole yuan: sales, costs, taxes, dividends, credit, and distress when cash runs out."""

from typing import NamedTuple

import numpy as np

from agents.compiled import rule, stage
from agents.elementary import exp_, log_, yuan
from agents.flows import Flow

STAYS, INSOLVENT, CLOSED = 0, 1, 2

# Plain integers: compiled code reads them as constants
SALES, PURCHASES, WAGES = int(Flow.SALES), int(Flow.PURCHASES), int(Flow.WAGES)
RESEARCH_WAGES, RESEARCH_MATERIALS = int(Flow.RESEARCH_WAGES), int(Flow.RESEARCH_MATERIALS)
RESEARCH_CONTRACTS, CAPITAL_EXPENDITURE = int(Flow.RESEARCH_CONTRACTS), int(Flow.CAPITAL_EXPENDITURE)
VAT, CORPORATE_TAX, OTHER_TAX = int(Flow.VAT), int(Flow.CORPORATE_TAX), int(Flow.OTHER_TAX)
INTEREST, DIVIDENDS = int(Flow.INTEREST), int(Flow.DIVIDENDS)
LOAN_NEW, LOAN_REPAID = int(Flow.LOAN_NEW), int(Flow.LOAN_REPAID)


class Bill(NamedTuple):
    """What a firm's quarter produced and cost before tax and finance [yuan]."""

    ordered: int  # public orders, paid when placed
    revenue: int  # market sales and public orders
    stock_change: int
    purchases: int
    wages: int
    research_wages: int
    research_materials: int
    research_contracts: int
    equipment: int
    investment: int
    depreciation: int


class Settlement(NamedTuple):
    """What the state, the owners and the bank took and gave in a firm's quarter [yuan]."""

    value_added_tax: int
    surcharge: int
    interest: int
    tax: int
    pretax: int
    payout: int
    lent: int
    repaid: int
    cash: int  # deposits at the end; negative when the firm cannot pay


class Totals(NamedTuple):
    """What a quarter of the firms adds up to, in whole yuan."""

    flows: np.ndarray  # [flow code, prefecture], yuan
    cells: np.ndarray  # [prefecture + 14 x industry, cell column], see agents.firms.totals
    residual: np.ndarray  # [0] sum of |output side - income side| over firms, yuan; [1] id of a failing firm
    equipment: np.ndarray  # [0] research equipment bought, a part of capital expenditure, yuan


@rule
def corporate_tax(profit, reported_research, certified, addition, c):
    """Corporate income tax [yuan/quarter] after the super-deduction; losses are not carried."""
    rate = c.certified_tax if certified else c.standard_tax
    return rate * max(0.0, profit - (c.super_deduction + addition) * reported_research)


@rule
def dividends(net_profit, deposits, trailing_sales, p):
    """Paid to owners [yuan/quarter]: a share of profit when cash allows, and part of idle cash."""
    paid = p.payout_ratio * net_profit if deposits > p.payout_cash * trailing_sales else 0.0
    idle = p.excess_payout * max(0.0, deposits - p.excess_cash * trailing_sales)
    return max(paid, 0.0) + idle


@rule
def credit_limit(trailing_sales, capital, p, c):
    """Most a bank lends the firm [yuan]: a share of sales and of pledged capital."""
    return 0.25 * p.credit_to_sales * trailing_sales + p.collateral_rate * capital * c.material_price


@rule
def borrowed(deposits, loans, limit, trailing_sales, p):
    """New loan [yuan] of a firm whose cash has run low, within its credit limit."""
    if deposits >= p.cash_floor * trailing_sales:
        return 0.0
    return max(0.0, min(limit - loans, 2.0 * p.cash_floor * trailing_sales - deposits))


@rule
def repaid(deposits, loans, trailing_sales, p):
    """Loan repaid [yuan] out of cash above a comfortable balance."""
    return min(loans, p.repayment_share * max(0.0, deposits - p.cash_repay * trailing_sales))


@rule
def is_liquidated(luck, log_sales, log_median_sales, p):
    """Whether a firm that cannot pay is wound up; creditors of larger firms rather reschedule."""
    relative = max(0.0, log_sales - log_median_sales)
    return luck < p.liquidation_probability * exp_(-p.liquidation_size_elasticity * relative)


@rule
def bill_of(firms, output, delivered, stock_before, p, c, i):
    """What row `i` sold, bought, paid in wages, spent on research and invested [yuan]."""
    overhead = p.overhead_rate * 0.25 * firms.trailing_sales[i]
    spent = firms.research[i]
    research = yuan(spent)
    wages = yuan(p.research_staff_share * spent)
    materials = yuan(p.research_material_share * spent)
    equipment = yuan(p.research_equipment_share * spent)
    ordered = firms.procurement[i]
    market = max(yuan(delivered * exp_(firms.log_price[i])) - ordered, 0)
    bought = p.material_share * c.material_price * output + p.overhead_bought_share * overhead
    stock = yuan(firms.inventory[i] * p.material_share * c.material_price)
    return Bill(
        ordered,
        market + ordered,
        stock - stock_before,
        yuan(bought),
        yuan(firms.wage_bill[i] + (1.0 - p.overhead_bought_share) * overhead),
        wages,
        materials,
        research - wages - materials - equipment,
        equipment,
        yuan(firms.investment[i] * c.material_price),
        yuan(0.25 * p.depreciation * firms.capital[i] * c.material_price),
    )


@rule
def value_added(bill):
    """Value added [yuan] on the output side: sales and stocks less purchased goods and services."""
    bought = bill.purchases + bill.research_materials + bill.research_contracts
    return bill.revenue + bill.stock_change - bought


@rule
def settlement(firms, bill, p, c, i):
    """Taxes, interest, dividends and ordinary credit of row `i` [yuan]."""
    deposits, loans, trailing = firms.deposits[i], firms.loans[i], firms.trailing_sales[i]
    tax_base = bill.revenue - bill.purchases - bill.research_materials - bill.research_contracts
    value_added_tax = yuan(c.value_added_tax * max(0.0, float(tax_base)))
    surcharge = yuan(c.surcharge * float(value_added_tax))
    interest = yuan(0.25 * p.loan_rate * float(loans))
    staff = bill.wages + bill.research_wages
    outlays = bill.purchases + staff + bill.research_materials + bill.research_contracts + bill.equipment
    outlays += value_added_tax + surcharge + interest
    pretax = bill.revenue + bill.stock_change - outlays - bill.depreciation
    reported = firms.research[i] + firms.relabelled[i]
    certified = firms.certificate_expiry[i] > c.quarter
    tax = yuan(corporate_tax(float(pretax), reported, certified, firms.super_deduction_addition[i], c))
    cash = deposits + bill.revenue - bill.ordered - outlays - tax - bill.investment
    wanted = yuan(dividends(float(pretax - tax), float(deposits), trailing, p))
    payout = max(0, min(wanted, cash))
    cash -= payout
    limit = credit_limit(trailing, firms.capital[i], p, c)
    lent = yuan(borrowed(float(cash), float(loans), limit, trailing, p))
    back = yuan(repaid(float(cash), float(loans), trailing, p))
    return Settlement(value_added_tax, surcharge, interest, tax, pretax, payout, lent, back, cash + lent - back)


@rule
def income_side(before, bill, s, cash):
    """Value added [yuan] on the income side: wages, taxes, depreciation, and the surplus.

    The surplus comes from the change in deposits and the flows that are no income, not as a residual.
    """
    financing = s.lent - s.repaid - s.tax - s.interest - s.payout - bill.investment - bill.equipment
    wear = bill.depreciation + bill.equipment
    surplus = cash - before - financing + bill.ordered + bill.stock_change - wear
    return bill.wages + bill.research_wages + s.value_added_tax + s.surcharge + wear + surplus


@rule
def record(flows, place, bill, s, rescue):
    """Adds the quarter of one firm to the flows of its prefecture [yuan]."""
    flows[SALES, place] += bill.revenue - bill.ordered
    flows[PURCHASES, place] += bill.purchases
    flows[WAGES, place] += bill.wages
    flows[RESEARCH_WAGES, place] += bill.research_wages
    flows[RESEARCH_MATERIALS, place] += bill.research_materials
    flows[RESEARCH_CONTRACTS, place] += bill.research_contracts
    flows[CAPITAL_EXPENDITURE, place] += bill.investment + bill.equipment
    flows[VAT, place] += s.value_added_tax
    flows[CORPORATE_TAX, place] += s.tax
    flows[OTHER_TAX, place] += s.surcharge
    flows[INTEREST, place] += s.interest
    flows[DIVIDENDS, place] += s.payout
    flows[LOAN_NEW, place] += s.lent + rescue
    flows[LOAN_REPAID, place] += s.repaid


@stage
def rescue_loan(firms, luck, shortfall, p, c, i):
    """Loan [yuan] that covers what row `i` could not pay; marks the firm if it is wound up instead."""
    if c.active > 0.0 and is_liquidated(luck.liquidation[i], firms.log_sales[i], c.log_median_sales, p):
        firms.exit_reason[i] = INSOLVENT
        return shortfall
    firms.log_customer_capital[i] -= p.rescheduling_customer_loss
    return shortfall + yuan(p.rescheduling_cash * firms.trailing_sales[i])


@stage
def settle_block(firms, luck, p, c, work, totals, low, high):
    """Books one quarter of rows `low` to `high`; needs output (d) and goods delivered (e) in work.

    Every yuan that leaves or enters a firm's deposits is added to `totals.flows`, and the two sides of
    its value added must agree to the yuan.
    """
    for i in range(low, high):
        before = firms.deposits[i]
        bill = bill_of(firms, work.d[i - low], work.e[i - low], firms.inventory_value[i], p, c, i)
        s = settlement(firms, bill, p, c, i)
        rescue = rescue_loan(firms, luck, -s.cash, p, c, i) if s.cash < 0 else 0
        firms.deposits[i] = s.cash + rescue
        firms.loans[i] += s.lent - s.repaid + rescue
        firms.inventory_value[i] += bill.stock_change
        firms.profit[i] += 0.25 * (4.0 * float(s.pretax) - firms.profit[i])
        trailing = firms.trailing_sales[i]
        firms.trailing_sales[i] = max(trailing + 0.25 * (4.0 * float(bill.revenue) - trailing), 1.0)
        firms.sales[i] = bill.revenue
        firms.value_added[i] = value_added(bill)
        gap = income_side(before, bill, s, s.cash) - firms.value_added[i]
        if gap != 0:
            totals.residual[0] += abs(gap)
            totals.residual[1] = firms.id[i]
        totals.equipment[0] += bill.equipment
        record(totals.flows, firms.prefecture[i], bill, s, rescue)
