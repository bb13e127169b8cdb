"""Research grants: who applies, what a firm may claim, and what the money does to its next plan."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.distributions import beta_share
from agents.numbers.elementary import exp_, yuan


class GrantParameters(NamedTuple):
    """Who gets a research grant. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    grant_base: float
    grant_persistence: float
    grant_size_weight: float
    grant_state_weight: float
    grant_productivity_weight: float
    grant_misuse: float
    grant_earmarked: float


@rule
def increment_claim(increase, rate, cap):
    """Grant [yuan] for a year's increase in research [yuan]: a share of it, up to the cap."""
    return min(max(increase, 0.0) * rate, cap)


@rule
def standing(grants_received, relative_log_size, is_state, relative_log_productivity, p):
    """Log odds with which a firm applies; a ranking programme goes by the same traits.

    Source: Boeing (2016): earlier grants, size and state ownership raise it; productivity does not.
    """
    return (
        p.grants.grant_base
        + p.grants.grant_persistence * min(grants_received, 3)
        + p.grants.grant_size_weight * relative_log_size
        + p.grants.grant_state_weight * is_state
        + p.grants.grant_productivity_weight * relative_log_productivity
    )


@rule
def application_probability(score):
    """Chance that an eligible firm of this standing applies."""
    return 1.0 / (1.0 + exp_(-score))


@rule
def marginal_support(claim, cap, rate, probability, discount_rate):
    """What the firm expects back of its last yuan of research [share].

    A scheme on the increase gains only the delay: next year's base rises by the same yuan. Nothing at
    the margin for a firm that is capped or does not grow.
    """
    if claim <= 0.0 or claim >= cap:
        return 0.0
    return rate * probability * (1.0 - 1.0 / (1.0 + discount_rate))


@rule
def misused(amount, luck, p):
    """Part of a grant [yuan] paid out instead of used; a Beta draw with mean `grant_misuse`."""
    return amount * beta_share(p.grants.grant_misuse, luck)


@stage
def claim_grants(firms, luck, p, frontier, medians, paid_share, starts, stops):
    """January: what each firm claims for last year's increase in research [yuan].

    Sets the marginal support it expects, given the share of claims paid last time, and closes the books
    of the year's research. `frontier`: log productivity of the best; `medians`: log sales by industry.
    """
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            increase = firms.research_year[i] - firms.research_last_year[i]
            known = firms.research_last_year[i] > 0.0
            firms.research_last_year[i] = firms.research_year[i]
            firms.research_year[i] = 0.0
            firms.grant_claim[i] = 0
            firms.marginal_research_support[i] = 0.0
            if firms.research_support_rate[i] > 0.0 and known:
                probability = application_probability(standing_of(firms, p, frontier, medians[k], i))
                apply_for_grant(firms, luck[i], p, increase, probability, paid_share, i)


@rule
def standing_of(firms, p, frontier, median, i):
    """Standing of row `i`."""
    is_state = 1.0 if firms.ownership[i] == 1 else 0.0
    relative = firms.log_productivity[i] - frontier
    size = firms.log_sales[i] - median
    return standing(firms.grants_received[i], size, is_state, relative, p)


@rule
def apply_for_grant(firms, luck, p, increase, probability, paid_share, i):
    """Writes the claim of row `i`, if it applies, and what it expects back of its last yuan."""
    rate, cap = firms.research_support_rate[i], firms.research_support_cap[i]
    claim = increment_claim(increase, rate, cap)
    expected = probability * paid_share
    discount = p.research.discount_rate
    firms.marginal_research_support[i] = marginal_support(claim, cap, rate, expected, discount)
    if luck < probability:
        firms.grant_claim[i] = yuan(claim)


@stage
def standings(firms, p, frontier, medians, industries, rows, scores):
    """Writes the standing of the firms in `rows`."""
    for j in range(len(rows)):
        scores[j] = standing_of(firms, p, frontier, medians[industries[j]], rows[j])


def select(claims: np.ndarray, scores: np.ndarray | None, available: int) -> np.ndarray:
    """What a programme grants of each claim [yuan]: in full from the highest score down, while money lasts.

    Without scores all claims are granted, and the programme pays the same share of each if money is short.
    """
    if scores is None:
        return claims
    order = np.argsort(-scores, kind="stable")
    before = np.cumsum(claims[order]) - claims[order]
    granted = np.zeros_like(claims)
    granted[order] = np.clip(available - before, 0, claims[order])
    return granted


@stage
def use_grants(firms, luck, p, rows, amounts, left, dividends, taken_each):
    """Books grants paid to `rows` [yuan]: counts them, and lets owners take what is misused.

    left: share of the usual misuse where audits may find it. Of what is not misused a part is tied to
    research that would not have been done; the rest is cash. Writes what owners took [yuan] by place in
    `rows`, adds it to `dividends` [prefecture], and returns its sum.
    """
    total = 0
    for j in range(len(rows)):
        i = rows[j]
        firms.grants_received[i] += 1
        taken = min(yuan(left * misused(float(amounts[j]), luck[i], p)), firms.deposits[i])
        taken_each[j] = taken
        firms.deposits[i] -= taken
        firms.earmarked[i] += p.grants.grant_earmarked * float(amounts[j] - taken)
        dividends[firms.prefecture[i]] += taken
        total += taken
    return total
