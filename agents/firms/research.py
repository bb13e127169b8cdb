"""Research: what it costs the firm, how much it plans, and what the certificate makes of it."""

from typing import NamedTuple

from agents.engine.rules import rule, stage
from agents.firms.conditions import years_since_2016
from agents.firms.credit import covered_share, line_on_sales
from agents.numbers.elementary import exp_, log_

ABOVE_SCALE = 2e7  # yuan of annual sales from which statistics of industry count a firm
YEARS_TO_2021 = 5.0  # from the first quarter of 2016


class ResearchParameters(NamedTuple):
    """How much research a firm does. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    research_scale: float
    research_size_elasticity: float
    user_cost_elasticity: float
    research_adjustment: float
    research_floor: float
    liquidity_premium: float
    discount_rate: float
    knowledge_depreciation: float
    research_start_hazard: float
    research_start_growth: float
    research_start_persistence: float
    research_start_small_factor: float
    research_place_weight: float
    research_fixed_cost: float
    research_fixed_cost_growth: float
    relabelling_share: float
    relabelling_only: float
    relabelling_ceiling: float
    mission_substitution: float


@rule
def certification_threshold(trailing_sales):
    """Research as a share of sales [ratio] that the certificate asks for, by annual sales in yuan.

    Source: Measures for the Recognition of High-tech Enterprises (2016), article 11.
    """
    if trailing_sales <= 5e7:
        return 0.05
    return 0.04 if trailing_sales <= 2e8 else 0.03


@rule
def cash_premium(deposits, annual_wages, covered, p):
    """Extra yearly cost of funds [ratio] of a firm short of cash, given deposits and a year's wages.

    covered: share of its loans that is guaranteed; for that part lenders ask no premium.
    Source of the form: external finance premium, Bernanke, Gertler and Gilchrist (1999).
    """
    return p.research.liquidity_premium * (1.0 - covered) * exp_(-max(deposits, 0.0) / max(annual_wages, 1.0))


@rule
def user_cost(certified, support, addition, premium, p, c):
    """User cost of research capital [ratio/year].

    Source: Hall and Jorgenson (1967); the deduction enters as tax x (1 + super-deduction).
    """
    tax = c.certified_tax if certified else c.standard_tax
    allowance = support + tax * (1.0 + c.super_deduction + addition)
    funds = p.research.discount_rate + p.research.knowledge_depreciation + premium
    return max((1.0 - allowance) / (1.0 - tax), 0.05) * funds


@rule
def log_research_target(log_sales, log_cost, log_propensity, p, c):
    """Log of wanted research relative to trailing sales: size, user cost, own inclination."""
    return (
        log_propensity
        - p.research.research_size_elasticity * (log_sales - c.log_research_size)
        - p.research.user_cost_elasticity * (log_cost - c.log_reference_user_cost)
    )


@rule
def start_hazard(p, c):
    """Chance of a quarter [probability] that a firm takes up research, before its size; none in the warm-up.

    It grows in a straight line over 2016-20; after them a part of the growth goes on.
    """
    years = years_since_2016(c.quarter)
    grown = min(years, YEARS_TO_2021) + p.research.research_start_persistence * max(
        years - YEARS_TO_2021, 0.0
    )
    return c.active * p.research.research_start_hazard * (1.0 + p.research.research_start_growth * grown)


@rule
def fixed_cost(quarter, p):
    """Least outlay at which a firm does research [yuan/year]."""
    growth = p.research.research_fixed_cost_growth
    return p.research.research_fixed_cost * (1.0 + growth * years_since_2016(quarter))


@rule
def starts_research(luck, trailing_sales, p, c):
    """Whether a firm without research starts this quarter: the larger more often, and those below scale."""
    hazard, small = start_hazard(p, c), p.research.research_start_small_factor
    if luck >= hazard * (0.8 + 0.2 * 3.0) * max(1.0, small):  # whatever its size: no logarithm for most
        return False
    if fixed_cost(c.quarter, p) > trailing_sales:  # its least research would be more than all it sells
        return False
    factor = 0.8 + 0.2 * min(3.0, max(0.0, log_(1.0 + trailing_sales / ABOVE_SCALE)))
    return luck < hazard * factor * (small if trailing_sales < ABOVE_SCALE else 1.0)


@rule
def starting_research(trailing_sales, log_propensity, p, c):
    """Research [yuan/quarter] at the reference user cost."""
    relative = p.research.research_size_elasticity * (log_(trailing_sales) - c.log_research_size)
    return 0.25 * p.research.research_scale * trailing_sales * exp_(log_propensity - relative)


@rule
def least_inclination(trailing_sales, p, c):
    """Log propensity with which research at the reference user cost is worth its fixed cost.

    Whoever begins to do research is inclined to it at least so much: else nothing would have begun.
    """
    relative = p.research.research_size_elasticity * (log_(trailing_sales) - c.log_research_size)
    least = max(fixed_cost(c.quarter, p), 1.0) / (p.research.research_scale * trailing_sales)
    return log_(least) + relative


@rule
def smoothed_research(base, target, affordable, p, c):
    """Research base [yuan/quarter]: partial adjustment, bounded below, limited by funds, zero if too small.

    A firm cuts at most to `research_floor` of its base even when short of funds: teams are kept. Nobody gives
    up while the economy warms up.
    Source: adjustment costs of research, Hall (2002).
    """
    if 4.0 * target < fixed_cost(c.quarter, p) and (c.active > 0.0 or base <= 0.0):
        return 0.0
    if base <= 0.0:
        return target
    planned = max(base + p.research.research_adjustment * (target - base), p.research.research_floor * base)
    return min(planned, max(affordable, p.research.research_floor * base))


@rule
def own_target(target, mission, p):
    """Research the firm plans of its own [yuan/quarter]: part of a mission's it would have done anyway."""
    return max(0.0, target - p.research.mission_substitution * mission)


@rule
def earmarked_research(earmarked):
    """Research of the quarter [yuan] that grants pay for on top of the plan: a quarter of what is left."""
    return 0.25 * earmarked


@rule
def certified_research(base, floor, relabelling):
    """Real research [yuan/quarter] of a certified firm: what it does not relabel of the gap is filled."""
    return base + (1.0 - relabelling) * max(0.0, floor - base)


@rule
def relabelled_research(research, floor, passes):
    """Other spending reported as research [yuan/quarter]; audits let pass a share of the threshold."""
    return min(max(0.0, floor - research), passes * floor)


@stage
def want_block(firm, p, c, local, work):
    """Wanted research of a block relative to sales, by its user cost; and its wages to be expected."""
    n = len(firm.id)
    for i in range(n):
        firm.wage_bill[i] = c.wage * local.wage[c.first_cell + firm.prefecture[i]] * firm.labour[i]
    for i in range(n):
        work.share_covered[i] = covered_share(firm.guaranteed[i], firm.loans[i])
    for i in range(n):
        deposits, wages = float(firm.deposits[i]), 4.0 * firm.wage_bill[i]
        work.cash_premium[i] = cash_premium(deposits, wages, work.share_covered[i], p)
    for i in range(n):
        certified = firm.certificate_expiry[i] > c.quarter
        support, addition = firm.marginal_research_support[i], firm.super_deduction_addition[i]
        work.user_cost[i] = user_cost(certified, support, addition, work.cash_premium[i], p, c)
    for i in range(n):
        work.log_user_cost[i] = log_(work.user_cost[i])
    for i in range(n):
        own = firm.log_research_propensity[i]
        wanted = log_research_target(firm.log_sales[i], work.log_user_cost[i], own, p, c)
        work.research_wanted[i] = exp_(wanted)


@stage
def plan_block(firm, luck, p, c, work):
    """Who of a block starts research, and how much each plans."""
    n = len(firm.id)
    for i in range(n):
        if (firm.does_research[i] == 0) & starts_research(
            luck.start_research[i], firm.trailing_sales[i], p, c
        ):
            firm.does_research[i] = 1
            least = least_inclination(firm.trailing_sales[i], p, c)
            firm.log_research_propensity[i] = max(firm.log_research_propensity[i], least)
    for i in range(n):
        trailing = firm.trailing_sales[i]
        wanted = 0.25 * p.research.research_scale * trailing * work.research_wanted[i]
        target = own_target(wanted, firm.mission_research[i] + firm.joint_research[i], p)
        credit = line_on_sales(trailing, firm.default_risk[i], p) + float(firm.guaranteed[i])
        funds = 0.5 * max(0.0, float(firm.deposits[i]) + credit - float(firm.loans[i]))
        planned = smoothed_research(firm.research_base[i], target, funds, p, c)
        firm.research_base[i] = planned if firm.does_research[i] != 0 else 0.0


@stage
def research_block(firm, luck, p, c, local, work):
    """Research and relabelling of a block."""
    n = len(firm.id)
    want_block(firm, p, c, local, work)
    plan_block(firm, luck, p, c, work)
    for i in range(n):
        on_top = earmarked_research(firm.earmarked[i]) if firm.does_research[i] != 0 else 0.0
        planned = firm.research_base[i] + firm.mission_research[i] + firm.joint_research[i] + on_top
        firm.research[i] = planned if firm.does_research[i] != 0 else 0.0
        firm.earmarked[i] -= on_top
    for i in range(n):
        floor = 0.25 * firm.trailing_sales[i] * certification_threshold(firm.trailing_sales[i])
        certified = (firm.certificate_expiry[i] > c.quarter) & (firm.does_research[i] != 0)
        raised = certified_research(firm.research[i], floor, firm.relabelling_share[i])
        firm.research[i] = raised if certified else firm.research[i]
    for i in range(n):
        floor = 0.25 * firm.trailing_sales[i] * certification_threshold(firm.trailing_sales[i])
        certified = (firm.certificate_expiry[i] > c.quarter) & (firm.does_research[i] != 0)
        passed = relabelled_research(firm.research[i], floor, firm.relabelling_ceiling[i])
        firm.relabelled[i] = passed if certified else 0.0
    for i in range(n):
        firm.research_year[i] += firm.research[i] + firm.relabelled[i]
