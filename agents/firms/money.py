"""A firm's quarter in whole yuan: sales, costs, taxes, dividends, credit, and distress when cash runs out."""

from typing import NamedTuple

import numpy as np

from agents.compiled import rule, stage
from agents.elementary import exp_, yuan
from agents.firms.conditions import BLOCK
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
    """A quarter's amounts of one block of firms, one array of `BLOCK` whole yuan each; scratch."""

    market: np.ndarray  # sales other than public orders
    purchases: np.ndarray
    wages: np.ndarray
    research_wages: np.ndarray
    research_materials: np.ndarray
    research_contracts: np.ndarray
    equipment: np.ndarray  # of research
    investment: np.ndarray
    depreciation: np.ndarray
    stock_change: np.ndarray
    value_added: np.ndarray
    value_added_tax: np.ndarray
    surcharge: np.ndarray
    interest: np.ndarray
    pretax: np.ndarray  # profit before income tax
    tax: np.ndarray
    payout: np.ndarray
    lent: np.ndarray
    repaid: np.ndarray
    cash: np.ndarray  # deposits at the end


def new_bill() -> Bill:
    """Scratch for one process."""
    return Bill(*(np.zeros(BLOCK, np.int64) for _ in Bill._fields))


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
def market_sales(delivered, price, ordered):
    """Sales to others than the state [yuan]: goods delivered less public orders, which were paid before."""
    return max(yuan(delivered * price) - ordered, 0)


@rule
def purchase_cost(output, trailing_sales, p, c):
    """Materials for the output, and bought services [yuan/quarter]."""
    overhead = 0.25 * p.overhead_rate * trailing_sales
    return yuan(p.material_share * c.material_price * output + p.overhead_bought_share * overhead)


@rule
def wage_cost(wage_bill, trailing_sales, p):
    """Wages of production and administration [yuan/quarter]."""
    overhead = 0.25 * p.overhead_rate * trailing_sales
    return yuan(wage_bill + (1.0 - p.overhead_bought_share) * overhead)


@rule
def contract_cost(research, wages, materials, equipment):
    """Research done by others [yuan/quarter]: what is left of the firm's research, so that the parts add up."""
    return yuan(research) - wages - materials - equipment


@stage
def sell_block(firms, p, c, work, bill, low, high):
    """Sales, purchases, wages and the change in stocks of rows `low` to `high`."""
    n = high - low
    price, output, delivered = work.c, work.d, work.e
    log_price, ordered = firms.log_price[low:high], firms.procurement[low:high]
    trailing, wage_bill = firms.trailing_sales[low:high], firms.wage_bill[low:high]
    inventory, value = firms.inventory[low:high], firms.inventory_value[low:high]
    market, purchases, wages, change = bill.market, bill.purchases, bill.wages, bill.stock_change
    for i in range(n):
        price[i] = exp_(log_price[i])
    for i in range(n):
        market[i] = market_sales(delivered[i], price[i], ordered[i])
    for i in range(n):
        purchases[i] = purchase_cost(output[i], trailing[i], p, c)
    for i in range(n):
        wages[i] = wage_cost(wage_bill[i], trailing[i], p)
    for i in range(n):
        change[i] = yuan(inventory[i] * p.material_share * c.material_price) - value[i]
    for i in range(n):
        value[i] += change[i]


@stage
def spend_block(firms, p, c, bill, low, high):
    """Research by kind of cost, investment and depreciation of rows `low` to `high`."""
    n = high - low
    research = firms.research[low:high]
    investment, capital = firms.investment[low:high], firms.capital[low:high]
    wages, materials, equipment = bill.research_wages, bill.research_materials, bill.equipment
    contracts, invested, depreciation = bill.research_contracts, bill.investment, bill.depreciation
    for i in range(n):
        wages[i] = yuan(p.research_staff_share * research[i])
    for i in range(n):
        materials[i] = yuan(p.research_material_share * research[i])
    for i in range(n):
        equipment[i] = yuan(p.research_equipment_share * research[i])
    for i in range(n):
        contracts[i] = contract_cost(research[i], wages[i], materials[i], equipment[i])
    for i in range(n):
        invested[i] = yuan(investment[i] * c.material_price)
    for i in range(n):
        depreciation[i] = yuan(0.25 * p.depreciation * capital[i] * c.material_price)


@rule
def indirect_tax(taxable, c):
    """Value-added tax [yuan/quarter] on sales less purchases; no refund when negative."""
    return yuan(c.value_added_tax * max(0.0, float(taxable)))


@stage
def tax_block(firms, p, c, bill, low, high):
    """Value added, indirect taxes, interest and profit before income tax of rows `low` to `high`."""
    n = high - low
    ordered, loans = firms.procurement[low:high], firms.loans[low:high]
    market, bought, change = bill.market, bill.purchases, bill.stock_change
    materials, contracts, equipment = bill.research_materials, bill.research_contracts, bill.equipment
    added, tax, surcharge = bill.value_added, bill.value_added_tax, bill.surcharge
    interest, pretax = bill.interest, bill.pretax
    wages, research_wages, depreciation = bill.wages, bill.research_wages, bill.depreciation
    for i in range(n):
        added[i] = market[i] + ordered[i] + change[i] - bought[i] - materials[i] - contracts[i]
    for i in range(n):
        tax[i] = indirect_tax(added[i] - change[i], c)
    for i in range(n):
        surcharge[i] = yuan(c.surcharge * float(tax[i]))
    for i in range(n):
        interest[i] = yuan(0.25 * p.loan_rate * float(loans[i]))
    for i in range(n):
        pretax[i] = added[i] - wages[i] - research_wages[i] - equipment[i]
    for i in range(n):
        pretax[i] -= tax[i] + surcharge[i] + interest[i] + depreciation[i]


@stage
def income_tax_block(firms, c, bill, work, low, high):
    """Income tax of rows `low` to `high`; updates their trailing profit."""
    n = high - low
    reported = work.a
    research, relabelled = firms.research[low:high], firms.relabelled[low:high]
    expiry, addition = firms.certificate_expiry[low:high], firms.super_deduction_addition[low:high]
    profit, pretax, tax = firms.profit[low:high], bill.pretax, bill.tax
    for i in range(n):
        reported[i] = research[i] + relabelled[i]
    for i in range(n):
        certified = expiry[i] > c.quarter
        tax[i] = yuan(corporate_tax(float(pretax[i]), reported[i], certified, addition[i], c))
    for i in range(n):
        profit[i] += 0.25 * (4.0 * float(pretax[i]) - profit[i])


@stage
def cash_block(firms, p, c, bill, work, low, high):
    """Cash, dividends and ordinary credit of rows `low` to `high`; cash below zero is left to `rescue_block`."""
    n = high - low
    limit = work.a
    deposits, loans = firms.deposits[low:high], firms.loans[low:high]
    trailing, capital = firms.trailing_sales[low:high], firms.capital[low:high]
    cash, payout, lent, back = bill.cash, bill.payout, bill.lent, bill.repaid
    pretax, tax, depreciation, change = bill.pretax, bill.tax, bill.depreciation, bill.stock_change
    invested, ordered = bill.investment, firms.procurement[low:high]
    for i in range(n):
        cash[i] = deposits[i] + pretax[i] - tax[i] + depreciation[i] - change[i] - invested[i]
    for i in range(n):
        cash[i] -= ordered[i]
    for i in range(n):
        payout[i] = yuan(dividends(float(pretax[i] - tax[i]), float(deposits[i]), trailing[i], p))
    for i in range(n):
        payout[i] = max(0, min(payout[i], cash[i]))
    for i in range(n):
        cash[i] -= payout[i]
    for i in range(n):
        limit[i] = credit_limit(trailing[i], capital[i], p, c)
    for i in range(n):
        lent[i] = yuan(borrowed(float(cash[i]), float(loans[i]), limit[i], trailing[i], p))
    for i in range(n):
        back[i] = yuan(repaid(float(cash[i]), float(loans[i]), trailing[i], p))
    for i in range(n):
        cash[i] += lent[i] - back[i]


@rule
def rescue_loan(luck, shortfall, trailing_sales, log_sales, p, c):
    """Loan [yuan] of a firm that cannot pay, and whether it is wound up with it or goes on."""
    if c.active > 0.0 and is_liquidated(luck, log_sales, c.log_median_sales, p):
        return shortfall, True
    return shortfall + yuan(p.rescheduling_cash * trailing_sales), False


@stage
def rescue_block(firms, luck, p, c, bill, low, high):
    """Firms of rows `low` to `high` that cannot pay: the bank covers the gap, and some are wound up."""
    for i in range(high - low):
        if bill.cash[i] >= 0:
            continue
        row = low + i
        loan, wound_up = rescue_loan(
            luck.liquidation[row], -bill.cash[i], firms.trailing_sales[row], firms.log_sales[row], p, c
        )
        bill.lent[i] += loan
        bill.cash[i] += loan
        if wound_up:
            firms.exit_reason[row] = INSOLVENT
        else:
            firms.log_customer_capital[row] -= p.rescheduling_customer_loss


@rule
def surplus(cash, before, lent, back, tax, interest, payout, invested, equipment, ordered, change, wear):
    """Operating surplus [yuan/quarter] from the firm's own flows: what deposits gained, less what is no income."""
    financing = lent - back - tax - interest - payout - invested - equipment
    return cash - before - financing + ordered + change - wear


@stage
def balance_block(firms, bill, totals, low, high):
    """Income side of value added of rows `low` to `high` against its output side, firm by firm, to the yuan.

    The surplus comes from the change in deposits and the flows that are no income, never as a residual.
    """
    wrong = 0
    for i in range(high - low):
        row = low + i
        wear = bill.depreciation[i] + bill.equipment[i]
        gained = surplus(
            bill.cash[i], firms.deposits[row], bill.lent[i], bill.repaid[i], bill.tax[i], bill.interest[i],
            bill.payout[i], bill.investment[i], bill.equipment[i], firms.procurement[row],
            bill.stock_change[i], wear,
        )
        paid = bill.wages[i] + bill.research_wages[i] + bill.value_added_tax[i] + bill.surcharge[i]
        gap = paid + wear + gained - bill.value_added[i]
        wrong += abs(gap)
        totals.residual[1] = firms.id[row] if gap != 0 else totals.residual[1]
    totals.residual[0] += wrong


@stage
def book_block(firms, bill, low, high):
    """Writes the quarter into rows `low` to `high`: deposits, loans, sales, value added."""
    n = high - low
    deposits, loans = firms.deposits[low:high], firms.loans[low:high]
    sales, added = firms.sales[low:high], firms.value_added[low:high]
    ordered, trailing = firms.procurement[low:high], firms.trailing_sales[low:high]
    cash, lent, back, market = bill.cash, bill.lent, bill.repaid, bill.market
    for i in range(n):
        deposits[i] = cash[i]
    for i in range(n):
        loans[i] += lent[i] - back[i]
    for i in range(n):
        sales[i] = market[i] + ordered[i]
    for i in range(n):
        added[i] = bill.value_added[i]
    for i in range(n):
        trailing[i] = max(trailing[i] + 0.25 * (4.0 * float(sales[i]) - trailing[i]), 1.0)


@stage
def record_block(firms, bill, totals, low, high):
    """Adds the amounts of rows `low` to `high` to the flows of their prefectures."""
    flows = totals.flows
    for i in range(high - low):
        place = firms.prefecture[low + i]
        flows[SALES, place] += bill.market[i]
        flows[PURCHASES, place] += bill.purchases[i]
        flows[WAGES, place] += bill.wages[i]
        flows[RESEARCH_WAGES, place] += bill.research_wages[i]
        flows[RESEARCH_MATERIALS, place] += bill.research_materials[i]
        flows[RESEARCH_CONTRACTS, place] += bill.research_contracts[i]
        flows[CAPITAL_EXPENDITURE, place] += bill.investment[i] + bill.equipment[i]
        flows[VAT, place] += bill.value_added_tax[i]
        flows[CORPORATE_TAX, place] += bill.tax[i]
        flows[OTHER_TAX, place] += bill.surcharge[i]
        flows[INTEREST, place] += bill.interest[i]
        flows[DIVIDENDS, place] += bill.payout[i]
        flows[LOAN_NEW, place] += bill.lent[i]
        flows[LOAN_REPAID, place] += bill.repaid[i]
        totals.equipment[0] += bill.equipment[i]


@stage
def settle_block(firms, luck, p, c, work, bill, totals, low, high):
    """Books one quarter of rows `low` to `high`; needs output (d) and goods delivered (e) in work."""
    sell_block(firms, p, c, work, bill, low, high)
    spend_block(firms, p, c, bill, low, high)
    tax_block(firms, p, c, bill, low, high)
    income_tax_block(firms, c, bill, work, low, high)
    cash_block(firms, p, c, bill, work, low, high)
    rescue_block(firms, luck, p, c, bill, low, high)
    balance_block(firms, bill, totals, low, high)
    book_block(firms, bill, low, high)
    record_block(firms, bill, totals, low, high)
