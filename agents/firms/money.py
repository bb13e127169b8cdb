"""Income tax, dividends, credit, and distress when cash runs out: how a firm's quarter ends, to the yuan."""

from agents.engine.rules import rule, stage
from agents.firms.bill import book_block, record_block, sell_block, spend_block, tax_block
from agents.firms.credit import approved_share
from agents.numbers.elementary import exp_, yuan

STAYS, INSOLVENT, CLOSED = 0, 1, 2


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
def credit_limit(trailing_sales, capital, default_risk, guaranteed, p, c):
    """Most a bank lends the firm [yuan]: a share of sales and pledged capital, less the riskier, and what is
    guaranteed."""
    secured = 0.25 * p.credit_to_sales * trailing_sales + p.collateral_rate * capital * c.material_price
    return secured * approved_share(default_risk, p) + guaranteed


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


@stage
def income_tax_block(firms, c, bill, work, totals, low, high):
    """Income tax of rows `low` to `high`, and what the law forgoes of it; updates their trailing profit."""
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
    forgone = 0
    for i in range(n):
        forgone += yuan(c.standard_tax * max(0.0, float(pretax[i]))) - tax[i]
    totals.forgone[0] += forgone
    for i in range(n):
        profit[i] += 0.25 * (4.0 * float(pretax[i]) - profit[i])


@stage
def cash_block(firms, p, c, bill, work, low, high):
    """Cash, dividends and ordinary credit of rows `low` to `high`; `rescue_block` sees to a lack."""
    n = high - low
    limit = work.a
    deposits, loans = firms.deposits[low:high], firms.loans[low:high]
    trailing, capital = firms.trailing_sales[low:high], firms.capital[low:high]
    cash, payout, lent, back = bill.cash, bill.payout, bill.lent, bill.repaid
    pretax, tax, depreciation, change = bill.pretax, bill.tax, bill.depreciation, bill.stock_change
    invested, ordered = bill.investment, firms.procurement[low:high]
    risk, guaranteed = firms.default_risk[low:high], firms.guaranteed[low:high]
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
        limit[i] = credit_limit(trailing[i], capital[i], risk[i], float(guaranteed[i]), p, c)
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
    """Operating surplus [yuan/quarter] from own flows: what deposits gained, less what is no income."""
    financing = lent - back - tax - interest - payout - invested - equipment
    return cash - before - financing + ordered + change - wear


@rule
def income_gap(bill, before, ordered, i):
    """Income side less output side of value added of a block's firm `i` [yuan/quarter]; 0 is right."""
    wear = bill.depreciation[i] + bill.equipment[i]
    gained = surplus(
        bill.cash[i],
        before,
        bill.lent[i],
        bill.repaid[i],
        bill.tax[i],
        bill.interest[i],
        bill.payout[i],
        bill.investment[i],
        bill.equipment[i],
        ordered,
        bill.stock_change[i],
        wear,
    )
    paid = bill.wages[i] + bill.research_wages[i] + bill.value_added_tax[i] + bill.surcharge[i]
    return paid + wear + gained - bill.value_added[i]


@stage
def balance_block(firms, bill, totals, low, high):
    """Income side of value added of rows `low` to `high` against its output side, firm by firm, to the yuan.

    The surplus comes from the change in deposits and the flows that are no income, never as a residual.
    """
    deposits, ordered = firms.deposits[low:high], firms.procurement[low:high]
    wrong = 0
    for i in range(high - low):
        wrong += abs(income_gap(bill, deposits[i], ordered[i], i))
    if wrong == 0:
        return
    totals.residual[0] += wrong
    for i in range(high - low):
        if income_gap(bill, deposits[i], ordered[i], i) != 0:
            totals.residual[1] = firms.id[low + i]


@stage
def settle_block(firms, luck, p, c, work, bill, totals, low, high):
    """Books one quarter of rows `low` to `high`; needs output (d) and goods delivered (e) in work."""
    sell_block(firms, p, c, work, bill, low, high)
    spend_block(firms, p, c, bill, low, high)
    tax_block(firms, p, c, bill, low, high)
    income_tax_block(firms, c, bill, work, totals, low, high)
    cash_block(firms, p, c, bill, work, low, high)
    rescue_block(firms, luck, p, c, bill, low, high)
    balance_block(firms, bill, totals, low, high)
    book_block(firms, bill, low, high)
    record_block(firms, bill, totals, low, high)
