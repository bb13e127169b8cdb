"""A technology firm: what it has. What it decides stands beside: demand, production, research, and so on.

Money is in yuan, quantities in yuan at the prices of 2016Q1, rates per quarter unless the unit says a year.
"""

import numpy as np

from agents.engine.population import Column, Member

PENDING_QUARTERS = 10  # room for applications; of the quarters' slots the lag of examination uses the first
SHORT = np.int16  # of codes, quarters and counts that never pass 32,767: a fourth of the memory


class Firm(Member):
    """One technology firm of the province (one agent is one firm)."""

    # Who it is
    prefecture = Column("index of the prefecture", dtype=SHORT)
    ownership = Column("0 private, 1 state, 2 foreign", dtype=SHORT)
    entry_quarter = Column("quarter of foundation, 0 = 2016Q1", dtype=SHORT)
    emerging_share = Column("share of revenue in strategic emerging industries")

    # What it can do
    log_productivity = Column("log of output per unit of capital and labour, passing shocks included")
    log_lasting_shock = Column("part of it that fades over years", dtype=np.float32)
    log_brief_shock = Column("part of it that is gone next January", dtype=np.float32)
    log_quality = Column("log of product quality")
    log_customer_capital = Column("log of customer capital")
    markup = Column("share of normal unit cost")
    digital = Column("share of processes digitalised")

    references = Column("of one novel product, beyond the usual", dtype=np.float32)

    # Demand and production
    log_sales = Column("log of trailing annual sales in yuan")
    trailing_sales = Column("yuan/year")
    expected_demand = Column("quantity/quarter")
    log_fill = Column("log of the share of orders delivered")
    labour_per_unit = Column("workers per unit of output per quarter")
    material_rate = Column("materials per unit of output, at the prices of 2015")
    log_price = Column("log of the price, 2016Q1 outside goods = 0")
    attraction = Column("weight in the national market and in the orders of other firms")
    orders_by_name = Column("yuan/quarter that large firms order of it by name", dtype=np.float32)
    in_chains = Column("1 if it buys by name, 2 if others ever bought of it by name, 3 both", dtype=SHORT)
    capital = Column("quantity of fixed capital")
    pending_capital = Column("quantity of capital ordered")
    pending_due = Column("quarter in which the ordered capital arrives", dtype=SHORT)
    labour = Column("workers")
    inventory = Column("quantity of goods in stock")
    inventory_value = Column("yuan at cost", dtype=np.int64)
    sales = Column("yuan/quarter", dtype=np.int64)
    value_added = Column("yuan/quarter", dtype=np.int64)
    profit = Column("yuan/year, trailing")
    wage_bill = Column("yuan/quarter, expected from the labour of the quarter")
    investment = Column("quantity/quarter")
    emerging_year = Column("yuan of emerging value added since January", dtype=np.int64)
    emerging_last_year = Column("yuan of emerging value added last calendar year", dtype=np.int64)
    emerging_shift = Column("change of the emerging share last January", dtype=np.float32)

    # Money
    deposits = Column("yuan", dtype=np.int64)
    loans = Column("yuan", dtype=np.int64)
    guaranteed = Column("yuan of the loans that the guarantee corporation stands for", dtype=np.int64)
    default_risk = Column("probability/year of default, as the bank rates the firm")
    loan_rate = Column("share/year, interest on the loans")

    # Research
    does_research = Column("1 if the firm does research", dtype=SHORT)
    log_research_propensity = Column("log of the firm's own inclination to research, permanent")
    research_base = Column("yuan/quarter, smoothed plan")
    research = Column("yuan/quarter, real research")
    relabelled = Column("yuan/quarter reported as research that is none")
    research_year = Column("yuan of reported research since January")
    research_last_year = Column("yuan of reported research last calendar year")
    knowledge = Column("yuan at 2016Q1 prices")
    log_knowledge = Column("log of the knowledge stock")
    knowledge_before = Column("knowledge stock a quarter earlier, yuan at 2016Q1 prices")

    # Patents
    log_patent_propensity = Column("log of patents per unit of research, permanent")
    patents = Column("valid inventions", dtype=np.int64)
    high_value_patents = Column("valid high-value inventions", dtype=np.int64)
    pending_patents = Column(
        "applications by quarter of grant, modulo the lag", dtype=SHORT, width=PENDING_QUARTERS
    )

    # Certificate and grants
    intellectual_property_test = Column("rank in [0, 1) in the tests of IP, staff and revenue")
    seeks_certificate = Column("1 if the firm would ever apply for a certificate, permanent", dtype=SHORT)
    relabelling_share = Column("share of a gap to the threshold that is relabelled, permanent")
    relabelling_ceiling = Column("share of the threshold that audits let pass as research, permanent")
    certificate_expiry = Column("first quarter without certificate, past if none is held", dtype=SHORT)
    grant_claim = Column("yuan claimed for last year's increase in research", dtype=np.int64)
    grants_received = Column("number of research grants received", dtype=SHORT)
    mission_research = Column("yuan/quarter of research in a mission project")
    joint_research = Column("yuan/quarter of research in a consortium")
    earmarked = Column("yuan of grants and new shares that are left for research on top of the plan")

    # Policy columns: levers add to them, rules read them
    research_support_rate = Column("share of the increase in research paid back")
    research_support_cap = Column("yuan/year per firm")
    marginal_research_support = Column("share of the last yuan of research the firm expects back")
    super_deduction_addition = Column("share of research, added to the national rate")
    certification_award = Column("yuan per certificate")
    procurement = Column(
        "yuan/quarter of public orders and of the state's part in first sets, paid when placed",
        dtype=np.int64,
    )

    # Data of others, and markets outside the country
    data_gain = Column("log points of productivity from data of others", dtype=np.float32)
    destinations = Column("markets won with support that it still sells to", dtype=SHORT)
    entering = Column("markets that it is trying to enter with support", dtype=SHORT)

    # Incubator
    seat_until = Column("first quarter after the time in an incubator, 0 if it never sat in one", dtype=SHORT)

    # Listing
    listing = Column("0 private, 1 counselled, 2 listed on a stock exchange", dtype=SHORT)
    counselled_until = Column("first quarter after the time in which it is counselled", dtype=SHORT)

    # Distress
    exit_reason = Column("0 stays, 1 insolvent, 2 closed", dtype=SHORT)
