"""Income tax, dividends, credit, and distress when cash runs out: how a firm's quarter ends, to the yuan."""

from typing import NamedTuple

from agents.engine.rules import rule, stage
from agents.firms.bill import administer_block, book_block, record_block, sell_block, spend_block, tax_block
from agents.firms.credit import approved_share
from agents.numbers.elementary import exp_, yuan

STAYS, INSOLVENT, CLOSED = 0, 1, 2


class SettleParameters(NamedTuple):
    """Dividends, loans and distress. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    collateral_rate: float
    cash_floor: float
    cash_repay: float
    repayment_share: float
    leverage_kept: float
    payout_ratio: float
    payout_cash: float
    excess_cash: float
    excess_payout: float
    liquidation_probability: float
    liquidation_size_elasticity: float
    rescheduling_cash: float
    rescheduling_customer_loss: float


@rule
def corporate_tax(profit, reported_research, certified, addition, c):
    """Corporate income tax [yuan/quarter] after the super-deduction; losses are not carried."""
    rate = c.certified_tax if certified else c.standard_tax
    return rate * max(0.0, profit - (c.super_deduction + addition) * reported_research)


@rule
def dividends(net_profit, deposits, trailing_sales, p):
    """Paid to owners [yuan/quarter]: a share of profit when cash allows, and part of idle cash."""
    paid = p.settle.payout_ratio * net_profit if deposits > p.settle.payout_cash * trailing_sales else 0.0
    idle = p.settle.excess_payout * max(0.0, deposits - p.settle.excess_cash * trailing_sales)
    return max(paid, 0.0) + idle


@rule
def credit_limit(trailing_sales, capital, default_risk, guaranteed, p, c):
    """Most a bank lends the firm [yuan]: a share of sales and pledged capital, less the riskier, and what is
    guaranteed."""
    pledged = p.settle.collateral_rate * capital * c.material_price
    secured = 0.25 * p.credit.credit_to_sales * trailing_sales + pledged
    return secured * approved_share(default_risk, p) + guaranteed


@rule
def borrowed(deposits, loans, limit, trailing_sales, p):
    """New loan [yuan] of a firm whose cash has run low, within its credit limit."""
    if deposits >= p.settle.cash_floor * trailing_sales:
        return 0.0
    return max(0.0, min(limit - loans, 2.0 * p.settle.cash_floor * trailing_sales - deposits))


@rule
def assets_of(deposits, capital, inventory_value, c):
    """What a firm owns [yuan]: deposits, machines at the prices of the day, stocks at cost."""
    return deposits + capital * c.material_price + inventory_value


@rule
def repaid(deposits, loans, assets, trailing_sales, p):
    """Loan repaid [yuan] out of cash above a comfortable balance, where debt exceeds what firms keep of it.

    Firms do not run down debt that they live with. Source of the form: target leverage, Flannery and
    Rangan (2006), Journal of Financial Economics 79.
    """
    above = max(0.0, loans - p.settle.leverage_kept * assets)
    spare = p.settle.repayment_share * max(0.0, deposits - p.settle.cash_repay * trailing_sales)
    return min(above, spare)


@rule
def is_liquidated(luck, log_sales, log_median_sales, p):
    """Whether a firm that cannot pay is wound up; creditors of larger firms rather reschedule."""
    relative = max(0.0, log_sales - log_median_sales)
    return luck < p.settle.liquidation_probability * exp_(-p.settle.liquidation_size_elasticity * relative)


@stage
def income_tax_block(firm, c, work, totals):
    """Income tax of a block, and what the law forgoes of it; updates the firms' trailing profit."""
    n = len(firm.id)
    bill, pretax = work.bill, work.bill.pretax
    for i in range(n):
        work.reported[i] = firm.research[i] + firm.relabelled[i]
    for i in range(n):
        certified, addition = firm.certificate_expiry[i] > c.quarter, firm.super_deduction_addition[i]
        bill.tax[i] = yuan(corporate_tax(float(pretax[i]), work.reported[i], certified, addition, c))
    forgone = 0
    for i in range(n):
        forgone += yuan(c.standard_tax * max(0.0, float(pretax[i]))) - bill.tax[i]
    totals.forgone[0] += forgone
    for i in range(n):
        firm.profit[i] += 0.25 * (4.0 * float(pretax[i]) - firm.profit[i])


@stage
def cash_block(firm, p, c, work):
    """Cash, dividends and ordinary credit of a block; `rescue_block` sees to a lack."""
    n = len(firm.id)
    bill, cash = work.bill, work.bill.cash
    pay_out_block(firm, p, bill)
    for i in range(n):
        work.credit_limit[i] = credit_limit(
            firm.trailing_sales[i], firm.capital[i], firm.default_risk[i], float(firm.guaranteed[i]), p, c
        )
    for i in range(n):
        loans, limit, trailing = float(firm.loans[i]), work.credit_limit[i], firm.trailing_sales[i]
        bill.lent[i] = yuan(borrowed(float(cash[i]), loans, limit, trailing, p))
    for i in range(n):
        held, loans = float(cash[i]), float(firm.loans[i])
        assets = assets_of(held, firm.capital[i], float(firm.inventory_value[i]), c)
        bill.repaid[i] = yuan(repaid(held, loans, assets, firm.trailing_sales[i], p))
    for i in range(n):
        cash[i] += bill.lent[i] - bill.repaid[i]


@stage
def pay_out_block(firm, p, bill):
    """Cash of a block after the quarter's business, and the dividends paid out of it."""
    n = len(firm.id)
    cash, payout = bill.cash, bill.payout
    for i in range(n):
        earned = firm.deposits[i] + bill.pretax[i] - bill.tax[i] + bill.depreciation[i]
        cash[i] = earned - bill.stock_change[i] - bill.investment[i]
    for i in range(n):
        cash[i] -= firm.procurement[i]
    for i in range(n):
        net_profit, deposits = float(bill.pretax[i] - bill.tax[i]), float(firm.deposits[i])
        payout[i] = yuan(dividends(net_profit, deposits, firm.trailing_sales[i], p))
    for i in range(n):
        payout[i] = max(0, min(payout[i], cash[i]))
    for i in range(n):
        cash[i] -= payout[i]


@rule
def rescue_loan(luck, shortfall, trailing_sales, log_sales, p, c):
    """Loan [yuan] of a firm that cannot pay, and whether it is wound up with it or goes on."""
    if is_liquidated(luck, log_sales, c.log_median_sales, p):
        return shortfall, True
    return shortfall + yuan(p.settle.rescheduling_cash * trailing_sales), False


@stage
def rescue_block(firm, luck, p, c, bill):
    """Firms of a block that cannot pay: the bank covers the gap, and some are wound up."""
    for i in range(len(firm.id)):
        if bill.cash[i] >= 0:
            continue
        loan, wound_up = rescue_loan(
            luck.liquidation[i], -bill.cash[i], firm.trailing_sales[i], firm.log_sales[i], p, c
        )
        bill.lent[i] += loan
        bill.cash[i] += loan
        if wound_up:
            firm.exit_reason[i] = INSOLVENT
        else:
            firm.log_customer_capital[i] -= p.settle.rescheduling_customer_loss


@rule
def surplus(firm, bill, i):
    """Operating surplus of firm `i` from own flows [yuan/quarter]: what deposits gained, less what is no
    income."""
    investment = bill.investment[i] + bill.equipment[i]
    paid = bill.tax[i] + bill.interest[i] + bill.payout[i] + investment
    financing = bill.lent[i] - bill.repaid[i] - paid
    gained = bill.cash[i] - firm.deposits[i] - financing
    wear = bill.depreciation[i] + bill.equipment[i]
    return gained + firm.procurement[i] + bill.stock_change[i] - wear


@rule
def income_gap(firm, bill, i):
    """Income less output side of value added of firm `i` [yuan/quarter], research as capital; 0 is right.

    Capitalised, value added is larger by the research of the quarter: the output side takes it from the plan,
    the income side from what was booked, money that was spent on an asset and is no cost. The difference is
    also that of expensed value added, unless a bill of research does not add up to its plan.
    Source: System of National Accounts 2008, 6.207 and 10.103.
    """
    wear = bill.depreciation[i] + bill.equipment[i]
    paid = bill.wages[i] + bill.research_wages[i] + bill.value_added_tax[i] + bill.surcharge[i]
    income = paid + wear + surplus(firm, bill, i) + research_booked(bill, i)
    return income - (bill.value_added[i] + yuan(firm.research[i]))


@rule
def research_booked(bill, i):
    """What firm `i` spent on research by kind of cost [yuan/quarter]."""
    own = bill.research_wages[i] + bill.research_materials[i] + bill.equipment[i]
    return own + bill.research_contracts[i]


@stage
def balance_block(firm, bill, totals):
    """Income side of value added of a block against its output side, firm by firm, to the yuan.

    The surplus comes from the change in deposits and the flows that are no income, never as a residual.
    """
    wrong = 0
    for i in range(len(firm.id)):
        wrong += abs(income_gap(firm, bill, i))
    if wrong == 0:
        return
    totals.gap[0] += wrong
    for i in range(len(firm.id)):
        if income_gap(firm, bill, i) != 0:
            totals.failing[0] = firm.id[i]


@stage
def settle_block(firm, luck, p, c, local, work, totals):
    """Books one quarter of a block that has produced, invested and planned its research."""
    bill = work.bill
    administer_block(firm, p, c, local, work)
    sell_block(firm, p, c, work)
    spend_block(firm, p, c, bill)
    tax_block(firm, c, bill)
    income_tax_block(firm, c, work, totals)
    cash_block(firm, p, c, work)
    rescue_block(firm, luck, p, c, bill)
    balance_block(firm, bill, totals)
    book_block(firm, bill)
    record_block(firm, c, bill, totals)
