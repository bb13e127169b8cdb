"""The high-tech certificate: who may apply, whether it pays, and who gets it."""

from typing import NamedTuple

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.firms.research import certification_threshold
from agents.numbers.elementary import log_

VALIDITY = 12  # quarters; Measures for the Recognition of High-tech Enterprises (2016), article 12
YOUNGEST = 4  # quarters since foundation, article 11 (1)


class CertificationParameters(NamedTuple):
    """Who gets the certificate. Values, units, ranges and sources: configs/parameters/firms.yaml."""

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
def certification_cost(gap, trailing_sales, p):
    """Cost of a certificate [yuan]: research raised, other spending relabelled, the application.

    Source: quadratic costs of real and relabelled research, Chen, Liu, Suarez Serrato and Xu (2021).
    """
    costs, relabelled = p.certification, p.research.relabelling_share
    real = 0.5 * costs.certification_real_cost * (1.0 - relabelled) * (1.0 - relabelled)
    hidden = 0.5 * costs.certification_relabel_cost * relabelled * relabelled
    return (real + hidden) * gap * gap * trailing_sales + costs.certification_application_cost


@rule
def take_up_hazard(renewing, trailing_sales, quarter, p):
    """Chance in a half-year that an eligible firm applies and is certified; constant after 2020."""
    if renewing:
        return p.certification.certification_renewal
    spread = 0.6 + 0.4 * min(2.0, 0.5 + log_(1.0 + trailing_sales / 5e7))
    return min(mean_hazard(quarter, p) * spread, p.certification.certification_hazard_ceiling)


@rule
def mean_hazard(quarter, p):
    """Take-up before the size of the firm counts; constant after 2020."""
    elapsed = min(max(quarter, 0), 19)
    first, growth = p.certification.certification_hazard, p.certification.certification_hazard_growth
    return first * (1.0 + growth * elapsed)


@rule
def luck_suffices(luck, renewing, quarter, p):
    """Whether a firm of any size could be certified with this luck; a test without a logarithm."""
    return renewing | (luck < mean_hazard(quarter, p) * (0.6 + 0.4 * 2.0))


@rule
def may_apply(does_research, research, test, age, gap, threshold, p):
    """Whether the firm meets the conditions: research, age, IP, staff and revenue tests, a bridgeable gap."""
    if does_research == 0 or research <= 0.0 or age < YOUNGEST:
        return False
    widest = p.certification.certification_gap_ceiling * threshold
    return test <= p.certification.certification_test_pass and gap <= widest


@stage
def certify(firms, luck, p, conditions, starts, stops, rows):
    """The half-yearly round of all firms; returns how many are certified, and how many of these anew.

    rows: written, those who got or renewed a certificate, one after the other; room for every row.
    """
    awarded, anew = 0, 0
    for k in range(len(starts)):
        start, stop, c = starts[k], stops[k], conditions[k]
        listed = rows[awarded:]
        able = list_able(block_of(firms, start, stop), luck[start:stop], p, c.quarter, start, listed)
        got, first = certify_listed(firms, luck, p, c, able, listed)
        awarded += got
        anew += first
    return awarded, anew


@stage
def list_able(firm, luck, p, quarter, start, rows):
    """Writes into `rows` who of an industry passes what rules most firms out; returns how many they are.

    start: row of its first firm. Without a branch: the processor would guess three in turn wrong.
    """
    found = 0
    for i in range(len(firm.id)):
        expires = firm.certificate_expiry[i]
        renewing = (expires >= quarter) & (expires > 0)
        passes = firm.intellectual_property_test[i] <= p.certification.certification_test_pass
        able = (firm.does_research[i] != 0) & passes
        able &= luck_suffices(luck[i], renewing, quarter, p) & (expires <= quarter + 1)
        rows[found] = start + i
        found += 1 if able else 0
    return found


@stage
def certify_listed(firms, luck, p, c, able, rows):
    """The round of the first `able` firms in `rows`, which those certified then lead; see `certify`."""
    awarded, anew = 0, 0
    for j in range(able):
        i = rows[j]
        trailing, research = firms.trailing_sales[i], firms.research[i]
        gap = certification_gap(trailing, research)
        threshold = certification_threshold(trailing)
        age = c.quarter - firms.entry_quarter[i]
        test = firms.intellectual_property_test[i]
        if not may_apply(firms.does_research[i], research, test, age, gap, threshold, p):
            continue
        award = firms.certification_award[i]
        addition = firms.super_deduction_addition[i]
        benefit = certification_benefit(firms.profit[i], 4.0 * research, addition, award, p, c)
        if benefit <= certification_cost(gap, trailing, p):
            continue
        expires = firms.certificate_expiry[i]
        renewing = (expires >= c.quarter) & (expires > 0)
        if luck[i] < take_up_hazard(renewing, trailing, c.quarter, p):
            firms.certificate_expiry[i] = c.quarter + 1 + VALIDITY
            rows[awarded] = i
            awarded += 1
            anew += 0 if expires > c.quarter else 1
    return awarded, anew
