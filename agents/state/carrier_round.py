"""The national round for innovation carriers, candidate by candidate: standing, lead over others, result.

Logs of money and counts; luck comes in as uniforms in (0, 1).
"""

from agents.engine.rules import rule, stage
from agents.numbers.elementary import exp_, log_, normal_quantile


@rule
def standing(knowledge, high_value, patent_weight):
    """How good a host is as a candidate [log]: its knowledge and its high-value patents."""
    return log_(1.0 + knowledge) + patent_weight * log_(1.0 + high_value)


@rule
def fund_advantage(grant, fund_effect, fund_reference):
    """What matching money adds to a candidate's standing [log]; the first yuan help most.

    grant, fund_reference: yuan per candidate and year.
    """
    return fund_effect * log_(1.0 + grant / fund_reference)


@rule
def wave(luck, spread):
    """How many titles a year's national round gives, relative to its mean of 1 (log-normal)."""
    return exp_(spread * normal_quantile(luck) - 0.5 * spread * spread)


@rule
def threshold(places, candidates):
    """Log odds of a place for a candidate who is as good as its competitors."""
    chance = min(0.95, max(1e-9, places / candidates))
    return log_(chance / (1.0 - chance))


@stage
def results(family, advantage, luck, waves, yearly, candidates, noise_scale, merit):
    """Merit of each candidate after the round's luck [log odds]: a title if above 0.

    A logistic disturbance makes the chance of a title 1 / (1 + exp(-(threshold + advantage / scale))).
    """
    for n in range(len(family)):
        f = family[n]
        noise = log_(luck[n] / (1.0 - luck[n]))
        merit[n] = threshold(yearly[f] * waves[f], candidates) + advantage[n] / noise_scale + noise


@stage
def award(family, merit, quotas, promoted, chosen):
    """Writes who wins a title, family by family and the best first, and how many do in each.

    Above 0 and within the quota; of two as good the earlier. Merit of those who win is used up. Returns how
    many win.
    """
    n = 0
    for f in range(len(quotas)):
        for _ in range(quotas[f]):
            best, highest = -1, 0.0
            for candidate in range(len(family)):
                if family[candidate] == f and merit[candidate] > highest:
                    best, highest = candidate, merit[candidate]
            if best < 0:
                break
            chosen[n], merit[best] = best, 0.0
            promoted[f] += 1
            n += 1
    return n


@stage
def standings(knowledge, high_value, patent_weight, standing_of):
    """Each host's standing [log]."""
    for h in range(len(knowledge)):
        standing_of[h] = standing(knowledge[h], high_value[h], patent_weight)


@stage
def competitors_standing(weight, standing_of, first, last, chance, noise_scale):
    """The competitors' standing [log] at which a candidate drawn by `weight` has a given chance of a title.

    Hosts `first` to `last` - 1; found by halving an interval.
    """
    total = 0.0
    for h in range(first, last):
        total += weight[h]
    odds = log_(chance / (1.0 - chance))
    low, high = -100.0, 100.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        mean = 0.0
        for h in range(first, last):
            mean += weight[h] / (1.0 + exp_(-(odds + (standing_of[h] - middle) / noise_scale)))
        if mean > chance * total:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@stage
def leads(host, family, standing_of, grants, reference, fund_effect, fund_reference, advantage):
    """Each candidate's lead over its national competitors [log]; `reference` is their standing by family."""
    for n in range(len(host)):
        own = standing_of[host[n]] + fund_advantage(grants[n], fund_effect, fund_reference)
        advantage[n] = own - reference[family[n]]
