"""A firm's quarter in whole yuan: sales, purchases, wages, research, indirect taxes; and its booking."""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.firms.conditions import BLOCK
from agents.money.flows import Flow
from agents.numbers.elementary import exp_, yuan

# Plain integers: compiled code reads them as constants
SALES, PURCHASES, WAGES = int(Flow.SALES), int(Flow.PURCHASES), int(Flow.WAGES)
RESEARCH_WAGES, RESEARCH_MATERIALS = int(Flow.RESEARCH_WAGES), int(Flow.RESEARCH_MATERIALS)
RESEARCH_CONTRACTS, CAPITAL_EXPENDITURE = int(Flow.RESEARCH_CONTRACTS), int(Flow.CAPITAL_EXPENDITURE)
VAT, CORPORATE_TAX, OTHER_TAX = int(Flow.VAT), int(Flow.CORPORATE_TAX), int(Flow.OTHER_TAX)
INTEREST, DIVIDENDS = int(Flow.INTEREST), int(Flow.DIVIDENDS)
LOAN_NEW, LOAN_REPAID = int(Flow.LOAN_NEW), int(Flow.LOAN_REPAID)


@kept
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


@kept
class Totals(NamedTuple):
    """What a quarter of the firms adds up to, in whole yuan."""

    flows: np.ndarray  # [flow code, prefecture], yuan
    cells: np.ndarray  # [prefecture + 14 x industry, cell column], see agents.firms.totals
    residual: np.ndarray  # [0] sum of |output side - income side| over firms, yuan; [1] id of a failing firm
    equipment: np.ndarray  # [0] research equipment bought, a part of capital expenditure, yuan
    forgone: (
        np.ndarray
    )  # [0] income tax forgone through the deduction for research and the reduced rate, yuan


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
def equipment_cost(research, wages, materials, p):
    """Research equipment [yuan/quarter]: its share, at most what wages and materials leave."""
    return min(yuan(p.research_equipment_share * research), max(0, yuan(research) - wages - materials))


@rule
def contract_cost(research, wages, materials, equipment):
    """Research done by others [yuan/quarter]: what the other parts leave, so that all add up."""
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
        equipment[i] = equipment_cost(research[i], wages[i], materials[i], p)
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
    ordered, loans, rate = firms.procurement[low:high], firms.loans[low:high], firms.loan_rate[low:high]
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
        interest[i] = yuan(0.25 * rate[i] * float(loans[i]))
    for i in range(n):
        pretax[i] = added[i] - wages[i] - research_wages[i] - equipment[i]
    for i in range(n):
        pretax[i] -= tax[i] + surcharge[i] + interest[i] + depreciation[i]


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
