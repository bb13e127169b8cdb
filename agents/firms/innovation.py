"""Knowledge, spillovers, productivity and quality; patents from application to lapse."""

from typing import NamedTuple

from agents.engine.rules import rule, stage
from agents.numbers.distributions import may_count, negative_binomial_quantile, stochastic_round
from agents.numbers.elementary import exp_, log_, normal_of_tail, tail_exponent


class InnovationParameters(NamedTuple):
    """What research yields. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    knowledge_elasticity: float
    spillover_elasticity: float
    absorption_half: float
    imitation_rate: float
    process_share: float
    patent_scale: float
    patent_research_elasticity: float
    patent_knowledge_elasticity: float
    patent_dispersion: float
    patent_lapse: float
    grant_lag: float
    patents_emerging: float
    high_value_abroad: float
    high_value_proven: float


@rule
def knowledge_after(knowledge, research, talent, p, c):
    """Knowledge stock [yuan, 2016Q1 prices]: depreciates, grows with real research times its yield.

    Source: perpetual inventory, Hall, Mairesse and Mohnen (2010).
    """
    return (1.0 - 0.25 * p.research.knowledge_depreciation) * knowledge + talent * research / c.material_price


@rule
def knowledge_growth(log_before, log_after, research):
    """Growth of the stock [log points/quarter], clipped; undefined, so zero, for a starter."""
    if research <= 0.0 or log_before <= 0.0:
        return 0.0
    return min(0.10, max(-0.04, log_after - log_before))


@rule
def innovation_success(luck, tail):
    """Success of a quarter's research, Gamma of shape one half and mean one: most quarters bring little.

    tail: the tail exponent of `luck`.
    """
    draw = normal_of_tail(luck, tail)
    return draw * draw


@rule
def absorption(research, trailing_sales, p):
    """Absorptive capacity in [0, 1): rises with research as a share of sales.

    Source: Cohen and Levinthal (1990).
    """
    return research / (research + p.innovation.absorption_half * 0.25 * trailing_sales)


@rule
def spillover_growth(pool, pool_before, own, own_before):
    """Growth of the knowledge of others within reach [log points/quarter], own stock left out."""
    others = max(pool_before - own_before, 0.05 * pool_before)
    growth = max(pool - own, 0.05 * pool) / max(others, 1.0) - 1.0
    return min(0.10, max(-0.05, growth))


@rule
def productivity_gain(growth, success, spillover, absorbed, gap, p):
    """Gain in log productivity in a quarter: own research, others' knowledge, imitation of the frontier.

    Source: Griffith, Redding and Van Reenen (2004) for imitation that rises with own research;
    Bloom, Schankerman and Van Reenen (2013) for the pool.
    """
    own = p.innovation.knowledge_elasticity * growth * success
    others = p.innovation.spillover_elasticity * spillover * (0.3 + 0.7 * absorbed)
    imitation = p.innovation.imitation_rate * 0.25 * (0.2 + 0.8 * absorbed) * max(gap, 0.0)
    return own + others + imitation


@stage
def learn_block(firm, luck, p, c, local, work):
    """Knowledge, productivity and quality of a block."""
    n = len(firm.id)
    spill_block(firm, c, local, work)
    for i in range(n):
        work.talent[i] = local.talent[c.first_cell + firm.prefecture[i]]
    for i in range(n):
        firm.knowledge_before[i] = firm.knowledge[i]
    for i in range(n):
        firm.knowledge[i] = knowledge_after(firm.knowledge[i], firm.research[i], work.talent[i], p, c)
    for i in range(n):
        work.log_knowledge[i] = log_(max(firm.knowledge[i], 1.0))
    for i in range(n):
        after = work.log_knowledge[i]
        work.knowledge_growth[i] = knowledge_growth(firm.log_knowledge[i], after, firm.research[i])
        firm.log_knowledge[i] = after
    for i in range(n):
        work.tail[i] = tail_exponent(luck.innovation[i])
    for i in range(n):
        work.success[i] = innovation_success(luck.innovation[i], work.tail[i])
    if c.active > 0.0:
        improve_block(firm, p, c, work)


@stage
def spill_block(firm, c, local, work):
    """Growth of the knowledge of others that a block can reach."""
    n = len(firm.id)
    for i in range(n):
        work.pool[i] = local.pool[c.first_cell + firm.prefecture[i]]
    for i in range(n):
        work.pool_before[i] = local.pool_before[c.first_cell + firm.prefecture[i]]
    for i in range(n):
        work.spillover[i] = spillover_growth(
            work.pool[i], work.pool_before[i], firm.knowledge[i], firm.knowledge_before[i]
        )


@stage
def improve_block(firm, p, c, work):
    """Productivity and quality of a block, by what it and others learnt."""
    n = len(firm.id)
    for i in range(n):
        absorbed = absorption(firm.research[i], firm.trailing_sales[i], p)
        lasting = firm.log_productivity[i] - firm.log_lasting_shock[i] - firm.log_brief_shock[i]
        gap = c.frontier - lasting  # a bad year is not a lack of knowledge
        growth, success, spillover = work.knowledge_growth[i], work.success[i], work.spillover[i]
        work.gain[i] = productivity_gain(growth, success, spillover, absorbed, gap, p)
    for i in range(n):
        firm.log_productivity[i] += p.innovation.process_share * work.gain[i]
    for i in range(n):
        firm.log_quality[i] += (1.0 - p.innovation.process_share) * work.gain[i]


@rule
def log_patent_mean(log_research, log_knowledge, log_propensity, p, c):
    """Log of the expected applications of a quarter.

    Source: patent production function, Hausman, Hall and Griliches (1984).
    """
    return (
        log_propensity
        + p.innovation.patent_research_elasticity * (log_research - c.log_patent_research)
        + p.innovation.patent_knowledge_elasticity * (log_knowledge - c.log_patent_knowledge)
    )


@rule
def high_value_rate(emerging_share, shift, p):
    """Share of granted inventions that are of high value at once.

    In an emerging industry by the class of the patent, of a family abroad, or pledged or awarded; one ground
    is as likely with another as without. emerging_share: of the owner's products. shift: added to the share.
    Source: the definition of the patent office (CNIPA); the fifth ground, ten years, comes with age.
    """
    plain = 1.0 - min(1.0, p.innovation.patents_emerging * emerging_share)
    plain *= (1.0 - p.innovation.high_value_abroad) * (1.0 - p.innovation.high_value_proven)
    return min(1.0, max(0.0, 1.0 - plain + shift))


@rule
def grant_quarters(p):
    """Whole quarters from application to grant."""
    return int(p.innovation.grant_lag + 0.5)


@stage
def patent_block(firm, luck, p, c, local, work, totals):
    """Applications, grants and lapses of a block, which `totals` count."""
    expect_applications(firm, p, c, local, work)
    due = c.quarter % grant_quarters(p)
    # Rows are chosen without a branch, which the processor would guess wrong for every second firm.
    chosen, n_chosen = work.chosen, 0
    for i in range(len(firm.id)):
        chosen[n_chosen] = i
        n_chosen += 1 if firm.pending_patents[due, i] + firm.patents[i] > 0 else 0
    for j in range(n_chosen):
        i = chosen[j]
        age_patents(firm, luck, p, c, totals, firm.pending_patents[due, i], i)
    n_chosen = 0
    for i in range(len(firm.id)):
        firm.pending_patents[due, i] = 0
        chosen[n_chosen] = i
        applies = (firm.research[i] > 0.0) & may_count(work.applications[i], luck.patents[i])
        n_chosen += 1 if applies else 0
    for j in range(n_chosen):
        i = chosen[j]
        mean, dispersion = work.applications[i], p.innovation.patent_dispersion
        applied = negative_binomial_quantile(mean, dispersion, luck.patents[i])
        firm.pending_patents[due, i] = applied
        totals.applied[0] += applied


@stage
def expect_applications(firm, p, c, local, work):
    """Applications that a block files on average in a quarter."""
    n, scale = len(firm.id), p.innovation.patent_scale * c.patent_applications
    for i in range(n):
        work.log_research[i] = log_(max(4.0 * firm.research[i], 1.0))
    for i in range(n):
        own = firm.log_patent_propensity[i]
        log_mean = log_patent_mean(work.log_research[i], firm.log_knowledge[i], own, p, c)
        work.applications[i] = scale * exp_(log_mean)
    for i in range(n):
        work.applications[i] *= local.talent[c.first_cell + firm.prefecture[i]]


@stage
def age_patents(firm, luck, p, c, totals, granted, i):
    """Grants, lapses and the change in high-value inventions of one firm; whole numbers throughout."""
    held, valued = firm.patents[i], firm.high_value_patents[i]
    lapsed = stochastic_round(p.innovation.patent_lapse * held, luck.patent_lapse[i])
    value_lapsed = min(stochastic_round(p.innovation.patent_lapse * valued, luck.patent_lapse[i]), valued)
    matured = c.maturing * (held - valued)
    rate = high_value_rate(firm.emerging_share[i], c.high_value_shift, p)
    at_once = granted * min(1.0, rate * c.high_value_factor)
    new = stochastic_round(at_once + matured, luck.patent_value[i])
    new = max(0, min(new, held - lapsed + granted - (valued - value_lapsed)))
    firm.patents[i] = held + granted - lapsed
    firm.high_value_patents[i] = valued + new - value_lapsed
    totals.granted[0] += granted
    totals.high_value_new[0] += new
    totals.high_value_lapsed[0] += value_lapsed
    totals.lapsed[0] += lapsed
