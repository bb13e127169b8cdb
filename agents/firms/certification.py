"""The high-tech certificate: who may apply, whether it pays, who seeks it when, and who gets it."""

from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.firms.research import certification_threshold
from agents.numbers.distributions import beta_share, spread_normal
from agents.numbers.elementary import exp_, log_

VALIDITY = 12  # quarters; Measures for the Recognition of High-tech Enterprises (2016), article 12
YOUNGEST = 4  # quarters since foundation, article 11 (1)
REFERENCE_YEAR = 2020.5  # in which `certification_hazard` holds
LARGEST = 1.4  # the most that size does to take-up


class CertificationParameters(NamedTuple):
    """Who gets the certificate. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    certification_test_pass: float
    certification_real_cost: float
    certification_application_cost: float
    certification_cost_spread: float
    certification_horizon: float
    certification_choice_slope: float
    certification_hazard: float
    certification_midpoint: float
    certification_slope: float
    certification_ceiling: float
    certification_renewal: float
    certification_recognised_2017: float
    certification_recognised_2018: float
    certification_recognised_2019: float
    certification_recognised_2020: float


class AttitudeLuck(NamedTuple):
    """One uniform number in (0, 1) per firm and permanent trait."""

    seeking: np.ndarray
    relabelling: np.ndarray
    audit: np.ndarray


class Round(NamedTuple):
    """A half-yearly round of certificates, as all firms meet it, and what each pays for it.

    hazard: how often a seeker considers it [times in the half-year], before size, place and gain count.
    recognised: applications that succeed over those of a usual year to 2020. place: take-up by prefecture,
    mean one. cost, doubt: uniform numbers in (0, 1) by row, the same in every round.
    """

    hazard: float
    recognised: float
    place: np.ndarray
    cost: np.ndarray
    doubt: np.ndarray


@rule
def certification_gap(trailing_sales, research):
    """How far real research falls short of the threshold, as a share of sales; zero if it does not."""
    intensity = 4.0 * research / max(trailing_sales, 1.0)
    return max(0.0, certification_threshold(trailing_sales) - intensity)


@rule
def certification_benefit(annual_profit, annual_research, addition, award, p, c):
    """Value of a certificate [yuan]: the lower tax rate over its three years, and the award for it.

    `addition`: what the firm may deduct beyond the national rate [share of research].
    """
    taxable = max(0.0, annual_profit - (c.super_deduction + addition) * annual_research)
    saved = (c.standard_tax - c.certified_tax) * taxable
    return p.certification.certification_horizon * saved + award


@rule
def certification_cost(gap, trailing_sales, relabelling, luck, p):
    """Cost of a certificate [yuan]: research raised, other spending relabelled, the firm's own application.

    `relabelling`: share of the gap that the firm relabels, its cheapest mix of two quadratic costs. That of
    relabelling is then (1 - share) / share times that of research, and both together (1 - share) of it.
    Source: quadratic costs of real and relabelled research, Chen, Liu, Suarez Serrato and Xu (2021).
    """
    costs = p.certification
    filling = 0.5 * costs.certification_real_cost * (1.0 - relabelling) * gap * gap * trailing_sales
    own = exp_(spread_normal(0.0, costs.certification_cost_spread, luck))
    return filling + costs.certification_application_cost * own


@rule
def gains_enough(cost, benefit, p):
    """Share of firms of this cost and gain that find the certificate worth it: half where both are equal.

    A share of firms and not of moments: what a firm makes of its chances lasts. Drawn anew each half-year,
    nearly everybody would find a small gain enough within a few years.
    Source of the form: logit of the log of gain over cost, random utility, McFadden (1974).
    """
    if benefit <= 0.0:
        return 0.0
    if cost <= 0.0:
        return 1.0
    return 1.0 / (1.0 + exp_(p.certification.certification_choice_slope * (log_(cost) - log_(benefit))))


@rule
def reached(year, p):
    """Part of take-up that is reached in a year, logistic in time.

    Source of the form: diffusion with a midpoint, a slope and a ceiling, Griliches (1957), Econometrica 25.
    """
    return 1.0 / (
        1.0 + exp_(-p.certification.certification_slope * (year - p.certification.certification_midpoint))
    )


@rule
def usual_hazard(quarter, p):
    """How often a seeker of ordinary size and place considers the certificate [times in the half-year]."""
    year = 2016.0 + 0.25 * (quarter + 0.5)
    return p.certification.certification_hazard * reached(year, p) / reached(REFERENCE_YEAR, p)


@rule
def recognised_to_2020(quarter, p):
    """Applications recognised in the rounds of a year, over a usual year to 2020; 1 where nothing is known.

    Quotas, reviews and drives move a round up or down; what they do after 2020 the world draws.
    """
    year = 2016 + quarter // 4
    if year == 2017:
        return 1.0 + p.certification.certification_recognised_2017
    if year == 2018:
        return 1.0 + p.certification.certification_recognised_2018
    if year == 2019:
        return 1.0 + p.certification.certification_recognised_2019
    if year == 2020:
        return 1.0 + p.certification.certification_recognised_2020
    return 1.0


@rule
def size_factor(trailing_sales):
    """How often a firm considers it by annual sales [yuan]: 1 at 32 million, more for larger firms."""
    return 0.6 + 0.4 * min(2.0, 0.5 + log_(1.0 + trailing_sales / 5e7))


@rule
def at_least_once(times):
    """Chance that what happens `times` on average happens at all."""
    return 1.0 - exp_(-times)


@rule
def may_apply(does_research, research, test, age, relabelled, passed, p):
    """Whether the firm meets the conditions: research, age, IP, staff and revenue tests, an audit.

    relabelled: what it would report as research that is none; passed: what the audit lets it. Both are shares
    of sales.
    """
    if does_research == 0 or research <= 0.0 or age < YOUNGEST:
        return False
    return test <= p.certification.certification_test_pass and relabelled <= passed


@rule
def relabelling_of(luck, p):
    """Share of a gap that a firm relabels: all for some, for the others a Beta with the mean that is left."""
    others = 1.0 - p.research.relabelling_only
    if luck > others:
        return 1.0
    return beta_share((p.research.relabelling_share - p.research.relabelling_only) / others, luck / others)


@stage
def draw_attitudes(firms, luck, p, rows, seeking):
    """What the firms in `rows` think of certificates; seeking: chance that each would ever apply for one."""
    for j in range(len(rows)):
        i = rows[j]
        firms.seeks_certificate[i] = 1 if luck.seeking[j] < seeking[j] else 0
        firms.relabelling_share[i] = relabelling_of(luck.relabelling[j], p)
        firms.relabelling_ceiling[i] = beta_share(p.research.relabelling_ceiling, luck.audit[j])


@stage
def certify(firms, luck, held, p, conditions, starts, stops, rows):
    """The half-yearly round of all firms; returns how many are certified, and how many of these anew.

    held: the round. rows: written, those who got or renewed a certificate, one after the other; room for
    every row.
    """
    likeliest = 0.0
    for place in range(len(held.place)):
        likeliest = max(likeliest, held.place[place])
    likeliest = held.recognised * at_least_once(LARGEST * likeliest * held.hazard)
    awarded, anew = 0, 0
    for k in range(len(starts)):
        start, stop, c = starts[k], stops[k], conditions[k]
        listed = rows[awarded:]
        able = list_able(
            block_of(firms, start, stop), luck[start:stop], likeliest, p, c.quarter, start, listed
        )
        got, first = certify_listed(firms, luck, held, p, c, able, listed)
        awarded += got
        anew += first
    return awarded, anew


@stage
def list_able(firm, luck, likeliest, p, quarter, start, rows):
    """Writes into `rows` who of an industry passes what rules most firms out; returns how many they are.

    likeliest: the largest chance of a first certificate. start: row of its first firm. Without a branch: the
    processor would guess four in turn wrong.
    """
    found = 0
    for i in range(len(firm.id)):
        expires = firm.certificate_expiry[i]
        renewing = (expires >= quarter) & (expires > 0)
        passes = firm.intellectual_property_test[i] <= p.certification.certification_test_pass
        able = (firm.does_research[i] != 0) & (firm.seeks_certificate[i] != 0) & passes
        able &= (renewing | (luck[i] < likeliest)) & (expires <= quarter + 1)
        rows[found] = start + i
        found += 1 if able else 0
    return found


@stage
def certify_listed(firms, luck, held, p, c, able, rows):
    """The round of the first `able` firms in `rows`, which those certified then lead; see `certify`."""
    awarded, anew = 0, 0
    for j in range(able):
        i = rows[j]
        trailing, research = firms.trailing_sales[i], firms.research[i]
        gap = certification_gap(trailing, research)
        age = c.quarter - firms.entry_quarter[i]
        test = firms.intellectual_property_test[i]
        relabelled = firms.relabelling_share[i] * gap
        passed = firms.relabelling_ceiling[i] * certification_threshold(trailing)
        if not may_apply(firms.does_research[i], research, test, age, relabelled, passed, p):
            continue
        award = firms.certification_award[i]
        addition = firms.super_deduction_addition[i]
        benefit = certification_benefit(firms.profit[i], 4.0 * research, addition, award, p, c)
        cost = certification_cost(gap, trailing, firms.relabelling_share[i], held.cost[i], p)
        if held.doubt[i] >= gains_enough(cost, benefit, p):
            continue
        expires = firms.certificate_expiry[i]
        times = held.hazard * held.place[firms.prefecture[i]] * size_factor(trailing)
        chance = at_least_once(times)
        if (expires >= c.quarter) & (expires > 0):
            chance = p.certification.certification_renewal
        if luck[i] < held.recognised * chance:
            firms.certificate_expiry[i] = c.quarter + 1 + VALIDITY
            rows[awarded] = i
            awarded += 1
            anew += 0 if expires > c.quarter else 1
    return awarded, anew
