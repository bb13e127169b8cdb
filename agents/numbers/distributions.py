"""Distributions by inverse: the value that a uniform draw in (0, 1) stands for.

One uniform gives one value, larger luck a larger value, so that a change of policy moves an
outcome and not the draws of others.
"""

import math

from agents.engine.rules import rule
from agents.numbers.elementary import exp_, log_, normal_quantile, pow_

LARGEST_COUNTED_MEAN = 100.0  # a Poisson count above this mean is taken from the normal distribution
LARGEST_COUNT = 10_000  # the longest count of a negative binomial


@rule
def may_count(mean, luck):
    """Whether a count with this mean can be above zero at this luck; a test without an exponential."""
    return luck > 1.0 - mean  # exp(-mean) is no less than 1 - mean


@rule
def low_half(luck):
    """A second uniform in (0, 1), from the lower half of the 32 bits of a draw whose upper half decides.

    Independent of what is decided by comparing the draw with a chance, but for 1 part in 65,536.
    """
    return luck * 65536.0 - math.floor(luck * 65536.0)


@rule
def poisson_quantile(mean, luck):
    """The Poisson count that a share `luck` in (0, 1) lies at or below.

    Above a mean of 100: normal with the correction for skewness (Cornish and Fisher, 1938),
    within one of the exact count.
    """
    if not may_count(mean, luck):
        return 0
    if mean > LARGEST_COUNTED_MEAN:
        z = normal_quantile(luck)
        count = math.floor(mean + math.sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5)
        return max(count, 0)
    return _counted_poisson(mean, luck)


@rule
def _counted_poisson(mean, luck):
    probability = exp_(-mean)
    below = probability
    count = 0
    # Far beyond any count of a 32-bit uniform; rounding may keep the sum below the luck for ever.
    while luck > below and count < 300:
        count += 1
        probability *= mean / count
        below += probability
    return count


@rule
def negative_binomial_quantile(mean, size, luck):
    """The negative binomial count that a share `luck` in (0, 1) lies at or below, at most 10,000.

    Variance = mean + mean**2 / size: a Poisson whose mean differs between members by a gamma of
    shape `size`. Both must be above zero, and size x ln(1 + mean / size) below 700.
    """
    if not may_count(mean, luck):  # zero is likelier than for a Poisson
        return 0
    probability = exp_(-size * log_(1.0 + mean / size))
    below = probability
    ratio = mean / (mean + size)
    count = 0
    while luck > below and count < LARGEST_COUNT:
        probability *= ratio * (size + count) / (count + 1)
        below += probability
        count += 1
    return count


@rule
def stochastic_round(amount, luck):
    """A whole number next to `amount`, above it with the chance that keeps the mean."""
    below = math.floor(amount)
    return below + 1 if luck < amount - below else below


@rule
def log_normal(spread, luck):
    """A log-normal value of mean one; `spread`: standard deviation of its log."""
    return exp_(spread * normal_quantile(luck) - 0.5 * spread * spread)


@rule
def beta_share(mean, luck):
    """A share in (0, 1): Beta with first shape mean / (1 - mean), second shape one; its mean is `mean`."""
    return pow_(luck, 1.0 / mean - 1.0)


@rule
def pareto(tail, luck):
    """A Pareto value of mean one, with exponent `tail` above one: many small values, few large ones."""
    return (tail - 1.0) / tail * pow_(1.0 - luck, -1.0 / tail)


@rule
def spread_normal(mean, spread, luck):
    """A normal value with this mean and standard deviation."""
    return mean + spread * normal_quantile(luck)
