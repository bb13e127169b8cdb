"""Who looks for technology and who meets whom: firms by absorption, pairs by field, distance and region."""

import math
from typing import NamedTuple

import numpy as np

from agents.compiled import rule, stage
from agents.elementary import exp_, log_
from agents.firms.innovation import absorption
from agents.markets.licences import licence_gain, value_to_buyer

NOBODY, OUTSIDE = -1, -2  # partners of an invention that no firm of the province takes
TURNS = 2  # a firm looks for technology in one of the year's two rounds, by the last bit of its id
OF_SEEKERS = ("id", "prefecture", "does_research", "research", "trailing_sales")


class Offers(NamedTuple):
    """Inventions on offer, one element each."""

    field: np.ndarray
    quality: np.ndarray
    prefecture: np.ndarray
    group: np.ndarray  # region group


class Seekers(NamedTuple):
    """Firms that look for technology, one element each; `eager` is 0 once somebody has met them."""

    row: np.ndarray
    field: np.ndarray
    prefecture: np.ndarray
    group: np.ndarray
    absorbed: np.ndarray
    eager: np.ndarray


class Meeting(NamedTuple):
    """What makes meetings easy in a round.

    rate: of matching, by region group of the seeker. reach: weight of distance between prefectures.
    between: the same between region groups, 1 within a group. search_cost: yuan, by pair of prefectures.
    subsidy: share of the price that a buyer expects back. price: of goods and research, 1 in 2016Q1.
    """

    rate: np.ndarray
    reach: np.ndarray
    between: np.ndarray
    search_cost: np.ndarray
    subsidy: float
    price: float


@rule
def expected_matches(offers, seekers, rate, nearness):
    """Meetings of a round between the offers of one region and the seekers of another.

    Source of the form: Petrongolo and Pissarides (2001), matching with elasticities of one half.
    """
    return rate * nearness * math.sqrt(float(offers) * float(seekers))


@stage
def find_due(firms, turn, starts, stops, rows, field):
    """Rows and industries of the researching firms whose turn it is to look; returns how many.

    Writes every firm and goes on only after a due one: no branch to guess wrong. Room for one more is needed.
    """
    found = 0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            rows[found], field[found] = i, k
            found += firms.does_research[i] * (1 if firms.id[i] & (TURNS - 1) == turn else 0)
    return found


@stage
def look_for_technology(firms, rows, field, luck, group_of, behaviour, p, price, seekers):
    """Writes those among `rows` who look, the likelier the more they can absorb; returns how many.

    Eagerness is the appeal of an average invention over an exponential draw: of all who look the most
    eager is a firm as often as its share in the appeal of all.
    """
    found = 0
    for n in range(len(rows)):
        i = rows[n]
        sales = firms.trailing_sales[i]
        absorbed = absorption(firms.research[i], sales, behaviour)
        chance = p.seeking_share * absorbed
        if luck[n] >= chance:
            continue
        appeal = value_to_buyer(licence_gain(1.0, 1.0, absorbed, sales, price, p), sales, p)
        seekers.row[found], seekers.field[found] = i, field[n]
        seekers.prefecture[found] = firms.prefecture[i]
        seekers.group[found] = group_of[firms.prefecture[i]]
        seekers.absorbed[found] = absorbed
        seekers.eager[found] = appeal / max(-log_(luck[n] / chance), 1e-9)
        found += 1
    return found


@stage
def count_groups(group, count):
    """Adds one to the count of each element's group."""
    for n in range(len(group)):
        count[group[n]] += 1


@stage
def chances_to_meet(offers, seekers, rate, between, chances):
    """Chance of an offer of each region to meet a seeker of each, given how many there are of both."""
    for g in range(len(offers)):
        for h in range(len(seekers)):
            if offers[g] > 0:
                matches = expected_matches(offers[g], seekers[h], rate[h], between[g, h])
                chances[g, h] = matches / float(offers[g])


@rule
def region_met(luck, chances, g, outside_rate):
    """Region group of the seeker whom an offer of group `g` meets, or OUTSIDE, or NOBODY."""
    total = 0.0
    for h in range(chances.shape[1]):
        total += chances[g, h]
        if luck < total:
            return h
    return OUTSIDE if luck < total + (1.0 - total) * outside_rate else NOBODY


@rule
def best_seeker(seekers, reach, field, prefecture, group, other_field):
    """The most eager seeker of a group who is still free, given field and distance; NOBODY if none is."""
    best, highest = NOBODY, 0.0
    for n in range(len(seekers.row)):
        fit = 1.0 if seekers.field[n] == field else other_field
        there = 1.0 if seekers.group[n] == group else 0.0
        score = seekers.eager[n] * fit * there * reach[prefecture, seekers.prefecture[n]]
        if score > highest:
            best, highest = n, score
    return best


@stage
def meet(offers, seekers, luck, chances, reach, p, partner):
    """Finds each offer a seeker, who is then taken, or a buyer outside; the oldest offers come first."""
    for j in range(len(offers.field)):
        group = region_met(luck[j], chances, offers.group[j], p.outside_rate)
        partner[j] = group
        if group >= 0:
            field, place = offers.field[j], offers.prefecture[j]
            partner[j] = best_seeker(seekers, reach, field, place, group, p.other_field)
        if partner[j] >= 0:
            seekers.eager[partner[j]] = 0.0


@stage
def weigh_distances(distances, length, weights):
    """exp(-d / length) of every distance."""
    for a in range(distances.shape[0]):
        for b in range(distances.shape[1]):
            weights[a, b] = exp_(-distances[a, b] / length)
