"""Research: what it costs the firm, how much it plans, and what the certificate makes of it."""

from agents.engine.rules import rule, stage
from agents.firms.credit import covered_share, line_on_sales
from agents.firms.totals import N_PREFECTURES
from agents.numbers.elementary import exp_, log_


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
    return p.liquidity_premium * (1.0 - covered) * exp_(-max(deposits, 0.0) / max(annual_wages, 1.0))


@rule
def user_cost(certified, support, addition, premium, p, c):
    """User cost of research capital [ratio/year].

    Source: Hall and Jorgenson (1967); the deduction enters as tax x (1 + super-deduction).
    """
    tax = c.certified_tax if certified else c.standard_tax
    allowance = support + tax * (1.0 + c.super_deduction + addition)
    return max((1.0 - allowance) / (1.0 - tax), 0.05) * (p.discount_rate + p.knowledge_depreciation + premium)


@rule
def log_research_target(log_sales, log_cost, log_propensity, p, c):
    """Log of wanted research relative to trailing sales: size, user cost, own inclination."""
    return (
        log_propensity
        - p.research_size_elasticity * (log_sales - c.log_research_size)
        - p.user_cost_elasticity * (log_cost - c.log_reference_user_cost)
    )


@rule
def starts_research(luck, trailing_sales, p):
    """Whether a firm without research starts this quarter; larger firms start more often."""
    if luck >= p.research_start_hazard * (0.8 + 0.2 * 3.0):  # whatever its size: no logarithm for most
        return False
    factor = 0.8 + 0.2 * min(3.0, max(0.0, log_(1.0 + trailing_sales / 2e7)))
    return luck < p.research_start_hazard * factor


@rule
def smoothed_research(base, target, affordable, p, c):
    """Research base [yuan/quarter]: partial adjustment, bounded below, limited by funds, zero if too small.

    A firm cuts at most to `research_floor` of its base even when short of funds: teams are kept.
    Source: adjustment costs of research, Hall (2002).
    """
    fixed_cost = p.research_fixed_cost * (1.0 + p.research_fixed_cost_growth * 0.25 * max(c.quarter, 0))
    if 4.0 * target < fixed_cost:
        return 0.0
    if base <= 0.0:
        return target
    planned = max(base + p.research_adjustment * (target - base), p.research_floor * base)
    return min(planned, max(affordable, p.research_floor * base))


@rule
def own_target(target, mission, p):
    """Research the firm plans of its own [yuan/quarter]: part of a mission's it would have done anyway."""
    return max(0.0, target - p.mission_substitution * mission)


@rule
def certified_research(base, floor, p):
    """Real research [yuan/quarter] of a certified firm: a share of the gap to the threshold is filled."""
    return base + (1.0 - p.relabelling_share) * max(0.0, floor - base)


@rule
def relabelled_research(research, floor, p):
    """Other spending reported as research [yuan/quarter]; the audit allows a share of the threshold."""
    return min(max(0.0, floor - research), p.relabelling_ceiling * floor)


@stage
def cost_block(firms, p, c, local, work, low, high):
    """Log of the wanted research relative to sales of rows `low` to `high`, as a factor in work.a."""
    n = high - low
    wanted, premium, covered = work.a, work.b, work.c
    first, prefecture = c.industry * N_PREFECTURES, firms.prefecture[low:high]
    deposits, loans, guaranteed = firms.deposits[low:high], firms.loans[low:high], firms.guaranteed[low:high]
    wage_bill = firms.wage_bill[low:high]
    labour = firms.labour[low:high]
    log_sales = firms.log_sales[low:high]
    expiry = firms.certificate_expiry[low:high]
    support = firms.marginal_research_support[low:high]
    addition = firms.super_deduction_addition[low:high]
    propensity = firms.log_research_propensity[low:high]
    for i in range(n):
        wage_bill[i] = c.wage * local.wage[first + prefecture[i]] * labour[i]
    for i in range(n):
        covered[i] = covered_share(guaranteed[i], loans[i])
    for i in range(n):
        premium[i] = cash_premium(float(deposits[i]), 4.0 * wage_bill[i], covered[i], p)
    for i in range(n):
        premium[i] = user_cost(expiry[i] > c.quarter, support[i], addition[i], premium[i], p, c)
    for i in range(n):
        premium[i] = log_(premium[i])
    for i in range(n):
        wanted[i] = exp_(log_research_target(log_sales[i], premium[i], propensity[i], p, c))


@stage
def research_block(firms, luck, p, c, local, work, low, high):
    """Research and relabelling of rows `low` to `high`."""
    n = high - low
    wanted = work.a
    cost_block(firms, p, c, local, work, low, high)
    does = firms.does_research[low:high]
    base = firms.research_base[low:high]
    research = firms.research[low:high]
    relabelled = firms.relabelled[low:high]
    reported_year = firms.research_year[low:high]
    trailing = firms.trailing_sales[low:high]
    deposits = firms.deposits[low:high]
    loans, guaranteed = firms.loans[low:high], firms.guaranteed[low:high]
    risk = firms.default_risk[low:high]
    expiry = firms.certificate_expiry[low:high]
    luck_start, mission = luck.start_research[low:high], firms.mission_research[low:high]
    for i in range(n):
        if starts_research(luck_start[i], trailing[i], p):
            does[i] = 1
    for i in range(n):
        target = own_target(0.25 * p.research_scale * trailing[i] * wanted[i], mission[i], p)
        credit = line_on_sales(trailing[i], risk[i], p) + float(guaranteed[i])
        funds = 0.5 * max(0.0, float(deposits[i]) + credit - float(loans[i]))
        planned = smoothed_research(base[i], target, funds, p, c)
        base[i] = planned if does[i] != 0 else 0.0
    for i in range(n):
        research[i] = base[i] + mission[i] if does[i] != 0 else 0.0
    for i in range(n):
        floor = 0.25 * trailing[i] * certification_threshold(trailing[i])
        certified = (expiry[i] > c.quarter) & (does[i] != 0)
        research[i] = certified_research(research[i], floor, p) if certified else research[i]
    for i in range(n):
        floor = 0.25 * trailing[i] * certification_threshold(trailing[i])
        certified = (expiry[i] > c.quarter) & (does[i] != 0)
        relabelled[i] = relabelled_research(research[i], floor, p) if certified else 0.0
    for i in range(n):
        reported_year[i] += research[i] + relabelled[i]
