"""Knowledge, spillovers, productivity and quality; patents from application to lapse."""

from agents.engine.rules import rule, stage
from agents.firms.firm import PENDING_QUARTERS
from agents.firms.totals import N_PREFECTURES
from agents.numbers.distributions import may_count, negative_binomial_quantile, stochastic_round
from agents.numbers.elementary import exp_, log_, normal_of_tail, tail_exponent


@rule
def knowledge_after(knowledge, research, talent, p, c):
    """Knowledge stock [yuan, 2016Q1 prices]: depreciates, grows with real research times its yield.

    Source: perpetual inventory, Hall, Mairesse and Mohnen (2010).
    """
    return (1.0 - 0.25 * p.knowledge_depreciation) * knowledge + talent * research / c.material_price


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
    return research / (research + p.absorption_half * 0.25 * trailing_sales)


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
    own = p.knowledge_elasticity * growth * success
    others = p.spillover_elasticity * spillover * (0.3 + 0.7 * absorbed)
    imitation = p.imitation_rate * 0.25 * (0.2 + 0.8 * absorbed) * max(gap, 0.0)
    return own + others + imitation


@stage
def learn_block(firms, luck, p, c, local, pool, pool_before, work, low, high):
    """Knowledge, productivity and quality of rows `low` to `high`.

    Leaves in work: a growth of own knowledge, b success, c growth of the knowledge of others.
    """
    n = high - low
    growth, success, talent = work.a, work.b, work.d
    knowledge, before = firms.knowledge[low:high], firms.knowledge_before[low:high]
    log_knowledge = firms.log_knowledge[low:high]
    research = firms.research[low:high]
    luck_innovation = luck.innovation[low:high]
    first, prefecture = c.industry * N_PREFECTURES, firms.prefecture[low:high]
    spill_block(firms, c, pool, pool_before, work, low, high)
    for i in range(n):
        talent[i] = local.talent[first + prefecture[i]]
    for i in range(n):
        before[i] = knowledge[i]
    for i in range(n):
        knowledge[i] = knowledge_after(knowledge[i], research[i], talent[i], p, c)
    for i in range(n):
        growth[i] = log_(max(knowledge[i], 1.0))
    for i in range(n):
        after = growth[i]
        growth[i] = knowledge_growth(log_knowledge[i], after, research[i])
        log_knowledge[i] = after
    for i in range(n):
        success[i] = tail_exponent(luck_innovation[i])
    for i in range(n):
        success[i] = innovation_success(luck_innovation[i], success[i])
    if c.active > 0.0:
        improve_block(firms, p, c, work, low, high)


@stage
def spill_block(firms, c, pool, pool_before, work, low, high):
    """Growth of the knowledge of others (work.c) that rows `low` to `high` can reach."""
    n = high - low
    spillover, near, near_before = work.c, work.d, work.e
    own, own_before = firms.knowledge[low:high], firms.knowledge_before[low:high]
    first, prefecture = c.industry * N_PREFECTURES, firms.prefecture[low:high]
    for i in range(n):
        near[i] = pool[first + prefecture[i]]
    for i in range(n):
        near_before[i] = pool_before[first + prefecture[i]]
    for i in range(n):
        spillover[i] = spillover_growth(near[i], near_before[i], own[i], own_before[i])


@stage
def improve_block(firms, p, c, work, low, high):
    """Productivity and quality of rows `low` to `high`; needs growth (a), success (b), spillover (c)."""
    n = high - low
    research = firms.research[low:high]
    trailing = firms.trailing_sales[low:high]
    productivity = firms.log_productivity[low:high]
    quality = firms.log_quality[low:high]
    growth, success, spillover, gain = work.a, work.b, work.c, work.d
    for i in range(n):
        absorbed = absorption(research[i], trailing[i], p)
        gap = c.frontier - productivity[i]
        gain[i] = productivity_gain(growth[i], success[i], spillover[i], absorbed, gap, p)
    for i in range(n):
        productivity[i] += gain[i]
    for i in range(n):
        quality[i] += p.quality_share * gain[i]


@rule
def log_patent_mean(log_research, log_knowledge, log_propensity, p, c):
    """Log of the expected applications of a quarter.

    Source: patent production function, Hausman, Hall and Griliches (1984).
    """
    return (
        log_propensity
        + p.patent_research_elasticity * (log_research - c.log_patent_research)
        + p.patent_knowledge_elasticity * (log_knowledge - c.log_patent_knowledge)
    )


@rule
def high_value_rate(emerging_share, p):
    """Share of granted inventions that are of high value at once: those in emerging industries count."""
    return min(0.95, p.high_value_emerging * emerging_share + p.high_value_other)


@stage
def patent_block(firms, luck, p, c, local, work, counts, low, high):
    """Applications, grants and lapses of rows `low` to `high`.

    `counts`: [0] granted, [1] applied, [2] high-value new, [3] high-value lapsed, [4] lapsed.
    """
    n = high - low
    mean, chosen = work.a, work.rows
    pending = firms.pending_patents[c.quarter % PENDING_QUARTERS][low:high]
    patents = firms.patents[low:high]
    research = firms.research[low:high]
    log_knowledge = firms.log_knowledge[low:high]
    propensity = firms.log_patent_propensity[low:high]
    for i in range(n):
        mean[i] = log_(max(4.0 * research[i], 1.0))
    for i in range(n):
        mean[i] = p.patent_scale * exp_(log_patent_mean(mean[i], log_knowledge[i], propensity[i], p, c))
    luck_patents = luck.patents[low:high]
    first, prefecture = c.industry * N_PREFECTURES, firms.prefecture[low:high]
    for i in range(n):
        mean[i] *= local.talent[first + prefecture[i]]
    # Rows are chosen without a branch, which the processor would guess wrong for every second firm.
    n_chosen = 0
    for i in range(n):
        chosen[n_chosen] = i
        n_chosen += 1 if pending[i] + patents[i] > 0 else 0
    for j in range(n_chosen):
        age_patents(firms, luck, p, counts, pending[chosen[j]], low + chosen[j])
    n_chosen = 0
    for i in range(n):
        pending[i] = 0
        chosen[n_chosen] = i
        n_chosen += 1 if (research[i] > 0.0) & may_count(mean[i], luck_patents[i]) else 0
    for j in range(n_chosen):
        i = chosen[j]
        pending[i] = negative_binomial_quantile(mean[i], p.patent_dispersion, luck_patents[i])
        counts[1] += pending[i]


@stage
def age_patents(firms, luck, p, counts, granted, row):
    """Grants, lapses and the change in high-value inventions of one firm; whole numbers throughout."""
    held, valued = firms.patents[row], firms.high_value_patents[row]
    lapsed = stochastic_round(p.patent_lapse * held, luck.patent_lapse[row])
    value_lapsed = min(stochastic_round(p.patent_lapse * valued, luck.patent_lapse[row]), valued)
    matured = p.high_value_ageing * (held - valued)
    new = stochastic_round(
        granted * high_value_rate(firms.emerging_share[row], p) + matured, luck.patent_value[row]
    )
    new = max(0, min(new, held - lapsed + granted - (valued - value_lapsed)))
    firms.patents[row] = held + granted - lapsed
    firms.high_value_patents[row] = valued + new - value_lapsed
    counts[0] += granted
    counts[2] += new
    counts[3] += value_lapsed
    counts[4] += lapsed
