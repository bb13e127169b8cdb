"""A firm's quarter in whole yuan: sales, purchases, wages, research, indirect taxes; and its booking."""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.firms.conditions import BLOCK
from agents.firms.totals import BOUGHT, COMPLIANCE_COST, SUPPLIED
from agents.money.flows import Flow
from agents.numbers.elementary import exp_, yuan

# Plain integers: compiled code reads them as constants
SALES, PURCHASES, WAGES = int(Flow.SALES), int(Flow.PURCHASES), int(Flow.WAGES)
RESEARCH_WAGES, RESEARCH_MATERIALS = int(Flow.RESEARCH_WAGES), int(Flow.RESEARCH_MATERIALS)
RESEARCH_CONTRACTS, CAPITAL_EXPENDITURE = int(Flow.RESEARCH_CONTRACTS), int(Flow.CAPITAL_EXPENDITURE)
VAT, CORPORATE_TAX, OTHER_TAX = int(Flow.VAT), int(Flow.CORPORATE_TAX), int(Flow.OTHER_TAX)
INTEREST, DIVIDENDS = int(Flow.INTEREST), int(Flow.DIVIDENDS)
LOAN_NEW, LOAN_REPAID = int(Flow.LOAN_NEW), int(Flow.LOAN_REPAID)


class BillParameters(NamedTuple):
    """What a quarter costs. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    overhead_rate: float
    overhead_bought_share: float
    compliance_staff: float
    market_entry_cost: float
    research_staff_share: float
    research_material_share: float
    research_equipment_share: float


@kept
class Bill(NamedTuple):
    """A quarter's amounts of one block of firms, one array of `BLOCK` whole yuan each; scratch."""

    market: np.ndarray  # sales other than public orders
    supplies: np.ndarray  # the part of them that firms at home buy
    compliance: np.ndarray  # cost of complying with rules, a part of overhead
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


@rule
def market_sales(delivered, price, ordered):
    """Sales to others than the state [yuan]: goods delivered less public orders, which were paid before."""
    return max(yuan(delivered * price) - ordered, 0)


@rule
def usual_overhead(trailing_sales, p):
    """Administration and bought services [yuan/quarter] with the rules of 2020."""
    return 0.25 * p.bill.overhead_rate * trailing_sales


@rule
def compliance_cost(overhead, relief, p, c):
    """Part of the overhead that complying with rules takes [yuan/quarter]: alike for all firms, at most all.

    relief: share of it that firms are spared.
    """
    return (1.0 - relief) * min(overhead, p.bill.compliance_staff * c.wage)


@rule
def overhead_spared(overhead, relief, p, c):
    """Overhead that relief from rules spares a firm [yuan/quarter]."""
    return relief * min(overhead, p.bill.compliance_staff * c.wage)


@rule
def entry_cost(entering, p, c):
    """Services bought to enter markets abroad [yuan/quarter]: half of what each try costs."""
    return yuan(0.5 * p.bill.market_entry_cost * c.material_price * float(entering))


@rule
def purchase_cost(output, material_rate, overhead, p, c):
    """Materials for the output, and bought services [yuan/quarter]."""
    materials = material_rate * c.material_price * output
    return yuan(materials + p.bill.overhead_bought_share * overhead)


@rule
def wage_cost(wage_bill, overhead, p):
    """Wages of production and administration [yuan/quarter]."""
    return yuan(wage_bill + (1.0 - p.bill.overhead_bought_share) * overhead)


@rule
def equipment_cost(research, wages, materials, p):
    """Research equipment [yuan/quarter]: its share, at most what wages and materials leave."""
    return min(yuan(p.bill.research_equipment_share * research), max(0, yuan(research) - wages - materials))


@rule
def contract_cost(research, wages, materials, equipment):
    """Research done by others [yuan/quarter]: what the other parts leave, so that all add up."""
    return yuan(research) - wages - materials - equipment


@stage
def administer_block(firm, p, c, local, work):
    """Overhead of a block, what of it complying with rules takes, and what relief spares."""
    n, bill = len(firm.id), work.bill
    for i in range(n):
        work.relief[i] = local.relief[c.first_cell + firm.prefecture[i]]
    for i in range(n):
        usual = usual_overhead(firm.trailing_sales[i], p)
        work.overhead[i] = usual - overhead_spared(usual, work.relief[i], p, c)
        bill.compliance[i] = yuan(compliance_cost(usual, work.relief[i], p, c))


@stage
def sell_block(firm, p, c, work):
    """Sales, purchases, wages and the change in stocks of a block that has produced."""
    n, bill = len(firm.id), work.bill
    for i in range(n):
        work.price[i] = exp_(firm.log_price[i])
    for i in range(n):
        bill.market[i] = market_sales(work.delivered[i], work.price[i], firm.procurement[i])
    for i in range(n):
        bill.supplies[i] = yuan(float(bill.market[i]) * work.at_home[i])
    for i in range(n):
        bill.purchases[i] = purchase_cost(work.output[i], firm.material_rate[i], work.overhead[i], p, c)
    for i in range(n):
        bill.purchases[i] += entry_cost(firm.entering[i], p, c)
    for i in range(n):
        bill.wages[i] = wage_cost(firm.wage_bill[i], work.overhead[i], p)
    for i in range(n):
        value = yuan(firm.inventory[i] * p.production.material_share * c.material_price)
        bill.stock_change[i] = value - firm.inventory_value[i]
    for i in range(n):
        firm.inventory_value[i] += bill.stock_change[i]


@stage
def spend_block(firm, p, c, bill):
    """Research by kind of cost, investment and depreciation of a block."""
    n = len(firm.id)
    wages, materials, equipment = bill.research_wages, bill.research_materials, bill.equipment
    for i in range(n):
        wages[i] = yuan(p.bill.research_staff_share * firm.research[i])
    for i in range(n):
        materials[i] = yuan(p.bill.research_material_share * firm.research[i])
    for i in range(n):
        equipment[i] = equipment_cost(firm.research[i], wages[i], materials[i], p)
    for i in range(n):
        bill.research_contracts[i] = contract_cost(firm.research[i], wages[i], materials[i], equipment[i])
    for i in range(n):
        bill.investment[i] = yuan(firm.investment[i] * c.material_price)
    for i in range(n):
        bill.depreciation[i] = yuan(0.25 * p.production.depreciation * firm.capital[i] * c.material_price)


@rule
def indirect_tax(taxable, c):
    """Value-added tax [yuan/quarter] on sales less purchases; no refund when negative."""
    return yuan(c.value_added_tax * max(0.0, float(taxable)))


@stage
def tax_block(firm, c, bill):
    """Value added, indirect taxes, interest and profit before income tax of a block."""
    n = len(firm.id)
    added, change, tax, pretax = bill.value_added, bill.stock_change, bill.value_added_tax, bill.pretax
    for i in range(n):
        made = bill.market[i] + firm.procurement[i] + change[i]
        added[i] = made - bill.purchases[i] - bill.research_materials[i] - bill.research_contracts[i]
    for i in range(n):
        tax[i] = indirect_tax(added[i] - change[i], c)
    for i in range(n):
        bill.surcharge[i] = yuan(c.surcharge * float(tax[i]))
    for i in range(n):
        bill.interest[i] = yuan(0.25 * firm.loan_rate[i] * float(firm.loans[i]))
    for i in range(n):
        pretax[i] = added[i] - bill.wages[i] - bill.research_wages[i] - bill.equipment[i]
    for i in range(n):
        pretax[i] -= tax[i] + bill.surcharge[i] + bill.interest[i] + bill.depreciation[i]


@stage
def book_block(firm, bill):
    """Writes the quarter into the columns of a block: deposits, loans, sales, value added."""
    n = len(firm.id)
    for i in range(n):
        firm.deposits[i] = bill.cash[i]
    for i in range(n):
        firm.loans[i] += bill.lent[i] - bill.repaid[i]
    for i in range(n):
        firm.sales[i] = bill.market[i] + firm.procurement[i]
    for i in range(n):
        firm.value_added[i] = bill.value_added[i]
    for i in range(n):
        trailing = firm.trailing_sales[i]
        firm.trailing_sales[i] = max(trailing + 0.25 * (4.0 * float(firm.sales[i]) - trailing), 1.0)


@stage
def record_block(firm, c, bill, totals):
    """Adds the amounts of a block to the flows of its firms' prefectures, and of its cells."""
    flows, cells = totals.flows, totals.cells
    for i in range(len(firm.id)):
        place = firm.prefecture[i]
        cells[c.first_cell + place, BOUGHT] += bill.purchases[i]
        cells[c.first_cell + place, SUPPLIED] += bill.supplies[i]
        cells[c.first_cell + place, COMPLIANCE_COST] += bill.compliance[i]
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
