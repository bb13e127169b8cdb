"""The high-tech certificate: who may apply, whether it pays, and who gets it."""

from agents.engine.rules import rule, stage
from agents.firms.research import certification_threshold
from agents.numbers.elementary import log_

VALIDITY = 12  # quarters; Measures for the Recognition of High-tech Enterprises (2016), article 12
YOUNGEST = 4  # quarters since foundation, article 11 (1)


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
    return p.certification_horizon * saved + award


@rule
def certification_cost(gap, trailing_sales, p):
    """Cost of a certificate [yuan]: research raised, other spending relabelled, the application.

    Source: quadratic costs of real and relabelled research, Chen, Liu, Suarez Serrato and Xu (2021).
    """
    real = 0.5 * p.certification_real_cost * (1.0 - p.relabelling_share) * (1.0 - p.relabelling_share)
    hidden = 0.5 * p.certification_relabel_cost * p.relabelling_share * p.relabelling_share
    return (real + hidden) * gap * gap * trailing_sales + p.certification_application_cost


@rule
def take_up_hazard(renewing, trailing_sales, quarter, p):
    """Chance in a half-year that an eligible firm applies and is certified; constant after 2020."""
    if renewing:
        return p.certification_renewal
    spread = 0.6 + 0.4 * min(2.0, 0.5 + log_(1.0 + trailing_sales / 5e7))
    return min(mean_hazard(quarter, p) * spread, p.certification_hazard_ceiling)


@rule
def mean_hazard(quarter, p):
    """Take-up before the size of the firm counts; constant after 2020."""
    elapsed = min(max(quarter, 0), 19)
    return p.certification_hazard * (1.0 + p.certification_hazard_growth * elapsed)


@rule
def luck_suffices(luck, renewing, quarter, p):
    """Whether a firm of any size could be certified with this luck; a test without a logarithm."""
    return renewing | (luck < mean_hazard(quarter, p) * (0.6 + 0.4 * 2.0))


@rule
def may_apply(does_research, research, test, age, gap, threshold, p):
    """Whether the firm meets the conditions: research, age, IP, staff and revenue tests, a bridgeable gap."""
    if does_research == 0 or research <= 0.0 or age < YOUNGEST:
        return False
    return test <= p.certification_test_pass and gap <= p.certification_gap_ceiling * threshold


@stage
def certify(firms, luck, p, conditions, starts, stops, rows, counts):
    """The half-yearly round of all firms.

    rows: written, those who got or renewed a certificate, one after the other; room for every row.
    counts: written, how many they are, and how many of them were certified anew.
    """
    counts[0], counts[1] = 0, 0
    for k in range(len(starts)):
        able = list_able(firms, luck, p, conditions[k].quarter, starts[k], stops[k], rows, counts[0])
        certify_listed(firms, luck, p, conditions[k], able, rows, counts)


@stage
def list_able(firms, luck, p, quarter, start, stop, rows, place):
    """Writes into `rows`, from `place` on, who passes what rules most firms out; returns how many they are.

    Without a branch: the processor would guess three in turn wrong.
    """
    expires, passes = firms.certificate_expiry[start:stop], firms.intellectual_property_test[start:stop]
    does_research, own = firms.does_research[start:stop], luck[start:stop]
    found = 0
    for i in range(stop - start):
        renewing = (expires[i] >= quarter) & (expires[i] > 0)
        able = (does_research[i] != 0) & (passes[i] <= p.certification_test_pass)
        able &= luck_suffices(own[i], renewing, quarter, p) & (expires[i] <= quarter + 1)
        rows[place + found] = start + i
        found += 1 if able else 0
    return found


@stage
def certify_listed(firms, luck, p, c, able, rows, counts):
    """The round of the `able` rows listed behind those that were awarded so far; see `certify`."""
    first = counts[0]
    for j in range(first, first + able):
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
            rows[counts[0]] = i
            counts[0] += 1
            counts[1] += 0 if expires > c.quarter else 1
