"""A technology firm: what it has. What it decides stands beside: demand, production, research, and so on.

Money is in yuan, quantities in yuan at the prices of 2016Q1, rates per quarter unless the unit says a year.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.population import Column, Member
from agents.engine.records import kept

PENDING_QUARTERS = 8  # an application filed now is granted after eight quarters
SHORT = np.int16  # of codes, quarters and counts that never pass 32,767: a fourth of the memory


class Firm(Member):
    """One technology firm of the province (one agent is one firm)."""

    # Who it is
    prefecture = Column("index of the prefecture", dtype=SHORT)
    ownership = Column("0 private, 1 state, 2 foreign", dtype=SHORT)
    entry_quarter = Column("quarter of foundation, 0 = 2016Q1", dtype=SHORT)
    emerging_share = Column("share of revenue in strategic emerging industries")

    # What it can do
    log_productivity = Column("log of output per unit of capital and labour")
    log_quality = Column("log of product quality")
    log_customer_capital = Column("log of customer capital")
    markup = Column("share of normal unit cost")
    digital = Column("share of processes digitalised")

    # Demand and production
    log_sales = Column("log of trailing annual sales in yuan")
    trailing_sales = Column("yuan/year")
    expected_demand = Column("quantity/quarter")
    log_fill = Column("log of the share of orders delivered")
    labour_per_unit = Column("workers per unit of output per quarter")
    log_price = Column("log of the price, 2016Q1 outside goods = 0")
    attraction = Column("weight in the national market")
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
    pending_patents = Column("applications by quarter of grant", dtype=SHORT, width=PENDING_QUARTERS)

    # Certificate and grants
    intellectual_property_test = Column("rank in [0, 1) in the tests of IP, staff and revenue")
    certificate_expiry = Column("first quarter without certificate, past if none is held", dtype=SHORT)
    grant_claim = Column("yuan claimed for last year's increase in research", dtype=np.int64)
    grants_received = Column("number of research grants received", dtype=SHORT)
    mission_research = Column("yuan/quarter of research in a mission project")

    # Policy columns: levers add to them, rules read them
    research_support_rate = Column("share of the increase in research paid back")
    research_support_cap = Column("yuan/year per firm")
    marginal_research_support = Column("share of the last yuan of research the firm expects back")
    super_deduction_addition = Column("share of research, added to the national rate")
    certification_award = Column("yuan per certificate")
    procurement = Column("yuan/quarter of public orders, paid when placed", dtype=np.int64)

    # Distress
    exit_reason = Column("0 stays, 1 insolvent, 2 closed", dtype=SHORT)


@kept
class FirmParameters(NamedTuple):
    """Behaviour of firms. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    # demand
    quality_weight: float
    price_weight: float
    delivery_weight: float
    jump_probability: float
    jump_scale: float
    jump_size_elasticity: float
    jump_smallest_relative_size: float
    noise_scale: float
    markup_response: float
    markup_lowest: float
    markup_highest: float
    # price and production
    material_share: float
    capital_share: float
    normal_capital_output: float
    cost_pass_through: float
    overhead_rate: float
    overhead_bought_share: float
    expectation_weight: float
    inventory_target: float
    capacity_margin: float
    labour_adjustment: float
    labour_ceiling: float
    depreciation: float
    maintenance_share: float
    investment_threshold: float
    investment_overshoot: float
    investment_lag: float
    # money
    credit_to_sales: float
    collateral_rate: float
    risk_appetite: float
    cash_floor: float
    cash_target: float
    cash_repay: float
    repayment_share: float
    payout_ratio: float
    payout_cash: float
    excess_cash: float
    excess_payout: float
    # research
    research_scale: float
    research_size_elasticity: float
    user_cost_elasticity: float
    research_adjustment: float
    research_floor: float
    liquidity_premium: float
    discount_rate: float
    knowledge_depreciation: float
    research_start_hazard: float
    research_fixed_cost: float
    research_fixed_cost_growth: float
    research_staff_share: float
    research_material_share: float
    research_equipment_share: float
    # certification
    relabelling_share: float
    relabelling_ceiling: float
    certification_gap_ceiling: float
    certification_test_pass: float
    certification_real_cost: float
    certification_relabel_cost: float
    certification_application_cost: float
    certification_horizon: float
    certification_hazard: float
    certification_hazard_growth: float
    certification_hazard_ceiling: float
    certification_renewal: float
    # knowledge, productivity, patents
    knowledge_elasticity: float
    spillover_elasticity: float
    absorption_half: float
    imitation_rate: float
    quality_share: float
    digital_gain: float
    digital_hazard: float
    digital_peer_weight: float
    emerging_drift: float
    novelty_intensity: float
    patent_scale: float
    patent_research_elasticity: float
    patent_knowledge_elasticity: float
    patent_dispersion: float
    patent_lapse: float
    high_value_ageing: float
    high_value_emerging: float
    high_value_other: float
    # exit and entry
    exit_hazard: float
    exit_young_factor: float
    liquidation_probability: float
    liquidation_size_elasticity: float
    rescheduling_cash: float
    rescheduling_customer_loss: float
    liquidation_recovery: float
    entry_count: float
    entry_profit_elasticity: float
    entry_size: float
    entry_size_spread: float
    entry_productivity_gap: float
    entry_cash: float
    productivity_spread: float
    quality_spread: float
    markup_mean: float
    markup_spread: float
    research_propensity_spread: float
    patent_propensity_mean: float
    patent_propensity_spread: float
    entry_research_share: float
    entry_research_slope: float
    entry_research_lowest: float
    entry_research_highest: float
    entry_knowledge_growth: float
    start_knowledge_growth: float
    start_research_last_year: float
    entry_state_share: float
    entry_foreign_share: float
    emerging_share_alpha: float
    emerging_share_beta: float
    # grants
    grant_base: float
    grant_persistence: float
    grant_size_weight: float
    grant_state_weight: float
    grant_productivity_weight: float
    grant_misuse: float
    mission_substitution: float
