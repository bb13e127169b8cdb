"""Who looks for technology and who meets whom: firms by absorption, pairs by field, distance and region."""

import math
from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.firms.innovation import absorption
from agents.numbers.elementary import exp_, log_
from agents.science.licences import NOBODY, OUTSIDE, licence_gain, value_to_buyer

TURNS = 2  # a firm looks for technology in one of the year's two rounds, by the last bit of its id
OF_SEEKERS = ("id", "prefecture", "does_research", "research", "trailing_sales")


class Offers(NamedTuple):
    """Inventions on offer, one element each."""

    field: np.ndarray
    quality: np.ndarray
    prefecture: np.ndarray


class Seekers(NamedTuple):
    """Firms that look for technology, one element each."""

    row: np.ndarray
    field: np.ndarray
    prefecture: np.ndarray
    absorbed: np.ndarray
    eager: np.ndarray


class Meeting(NamedTuple):
    """What makes meetings easy in a round.

    group: region group of each prefecture. rate: of matching, by region group of the seeker.
    reach: weight of distance between prefectures. between: the same between region groups, 1 within a group.
    search_cost: yuan, by pair of prefectures. subsidy: share of the price that a buyer expects back.
    price: of goods and research, 1 in 2016Q1.
    """

    group: np.ndarray
    rate: np.ndarray
    reach: np.ndarray
    between: np.ndarray
    search_cost: np.ndarray
    subsidy: float
    price: float


class Queues(NamedTuple):
    """Seekers who are still free, in a queue for each cell of prefecture and industry, a binary heap.

    first: place in `line` of the cell's most eager seeker, behind whom the others stand; shape of the cells.
    free: how many they are, likewise. line: seekers.
    """

    first: np.ndarray
    free: np.ndarray
    line: np.ndarray


@rule
def expected_matches(offers, seekers, rate, nearness):
    """Meetings of a round between the offers of one region and the seekers of another.

    Source of the form: Petrongolo and Pissarides (2001), matching with elasticities of one half.
    """
    return rate * nearness * math.sqrt(float(offers) * float(seekers))


@stage
def find_due_between(ids, does_research, turn, first, rows, found):
    """Adds the rows of one industry, from `first` on, to the `found` ones; see `find_due`."""
    for i in range(len(ids)):
        rows[found] = first + i
        found += does_research[i] & (1 if ids[i] & (TURNS - 1) == turn else 0)
    return found


@stage
def find_due(firms, turn, starts, stops, rows, ends):
    """Rows of the researching firms whose turn it is to look, industry by industry, and where each ends.

    Writes every firm and goes on only after a due one: no branch to guess wrong. Room for one more is needed.
    """
    found = 0
    for k in range(len(starts)):
        start, stop = starts[k], stops[k]
        ids, does_research = firms.id[start:stop], firms.does_research[start:stop]
        found = find_due_between(ids, does_research, turn, start, rows, found)
        ends[k] = found


@stage
def look_between(firms, rows, luck, field, behaviour, p, seekers, found):
    """Adds those among `rows`, all of one industry, who look, to the `found` ones.

    Leaves their draws where eagerness will stand.
    """
    for n in range(len(rows)):
        i = rows[n]
        absorbed = absorption(firms.research[i], firms.trailing_sales[i], behaviour)
        seekers.row[found], seekers.field[found] = i, field
        seekers.absorbed[found], seekers.eager[found] = absorbed, luck[n]
        found += 1 if luck[n] < p.seeking_share * absorbed else 0
    return found


@stage
def look_for_technology(firms, rows, ends, luck, behaviour, p, price, seekers):
    """Writes those among the due `rows` who look, the likelier the more they can absorb; returns how many.

    Eagerness is the appeal of an average invention over an exponential draw: of all who look the most
    eager is a firm as often as its share in the appeal of all.
    """
    found, first = 0, 0
    for k in range(len(ends)):
        theirs, drawn = rows[first : ends[k]], luck[first : ends[k]]
        found = look_between(firms, theirs, drawn, k, behaviour, p, seekers, found)
        first = ends[k]
    for n in range(found):
        i, absorbed = seekers.row[n], seekers.absorbed[n]
        sales = firms.trailing_sales[i]
        appeal = value_to_buyer(licence_gain(1.0, 1.0, absorbed, sales, price, p), sales, p)
        seekers.prefecture[n] = firms.prefecture[i]
        seekers.eager[n] = appeal / max(-log_(seekers.eager[n] / (p.seeking_share * absorbed)), 1e-9)
    return found


@stage
def chances_to_meet(offers, seekers, meeting, counts, chances):
    """Chance of an offer of each region to meet a seeker of each, given how many there are of both.

    counts: zeros, shape (2, groups).
    """
    for j in range(len(offers.prefecture)):
        counts[0, meeting.group[offers.prefecture[j]]] += 1
    for n in range(len(seekers.prefecture)):
        counts[1, meeting.group[seekers.prefecture[n]]] += 1
    for g in range(chances.shape[0]):
        for h in range(chances.shape[1]):
            chances[g, h] = 0.0
            if counts[0, g] > 0:
                matches = expected_matches(counts[0, g], counts[1, h], meeting.rate[h], meeting.between[g, h])
                chances[g, h] = matches / float(counts[0, g])


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
def goes_first(eager, n, other):
    """Whether seeker `n` is more eager than another, or as eager and earlier."""
    return eager[n] > eager[other] or (eager[n] == eager[other] and n < other)


@rule
def sink(queues, a, k, place, eager):
    """Moves the seeker at a `place` of the queue of cell [a, k] behind all who go first."""
    first, free, line = queues.first[a, k], queues.free[a, k], queues.line
    moved = line[first + place]
    child = 2 * place + 1
    while child < free:
        if child + 1 < free and goes_first(eager, line[first + child + 1], line[first + child]):
            child += 1
        if not goes_first(eager, line[first + child], moved):
            break
        line[first + place] = line[first + child]
        place, child = child, 2 * child + 1
    line[first + place] = moved


@stage
def line_up(seekers, queues):
    """Puts all seekers into the queues of their cells, which come as zeros."""
    first, free, places = queues.first, queues.free, seekers.prefecture
    for n in range(len(places)):
        first[places[n], seekers.field[n]] += 1
    before = 0
    for a in range(first.shape[0]):
        for k in range(first.shape[1]):
            here = first[a, k]
            first[a, k] = before
            before += here
    for n in range(len(places)):
        a, k = places[n], seekers.field[n]
        queues.line[first[a, k] + free[a, k]] = n
        free[a, k] += 1
    for a in range(first.shape[0]):
        for k in range(first.shape[1]):
            for place in range(free[a, k] // 2 - 1, -1, -1):
                sink(queues, a, k, place, seekers.eager)


@rule
def take(queues, n, seekers):
    """Takes seeker `n`, the first of a queue, out of it."""
    a, k = seekers.prefecture[n], seekers.field[n]
    queues.free[a, k] -= 1
    queues.line[queues.first[a, k]] = queues.line[queues.first[a, k] + queues.free[a, k]]
    sink(queues, a, k, 0, seekers.eager)


@rule
def best_seeker(queues, seekers, meeting, field, prefecture, group, other_field):
    """The most eager seeker of a group who is still free, given field and distance; NOBODY if none is.

    Within a cell field and distance are the same for all, so that only the first of its queue can be best.
    """
    best, highest = NOBODY, 0.0
    for a in range(queues.free.shape[0]):
        if meeting.group[a] != group:
            continue
        for k in range(queues.free.shape[1]):
            if queues.free[a, k] == 0:
                continue
            n = queues.line[queues.first[a, k]]
            fit = 1.0 if k == field else other_field
            score = seekers.eager[n] * fit * meeting.reach[prefecture, a]
            if score > highest or (score == highest and n < best):
                best, highest = n, score
    return best


@stage
def meet(offers, seekers, luck, meeting, outside_rate, chances, p, queues, partner):
    """Finds each offer a seeker, who is then taken, or a buyer outside; the oldest offers come first."""
    for j in range(len(offers.field)):
        place = offers.prefecture[j]
        group = region_met(luck[j], chances, meeting.group[place], outside_rate)
        partner[j] = group
        if group >= 0:
            partner[j] = best_seeker(queues, seekers, meeting, offers.field[j], place, group, p.other_field)
        if partner[j] >= 0:
            take(queues, partner[j], seekers)


@stage
def pair_up(offers, seekers, luck, meeting, outside_rate, p, counts, chances, queues, partner):
    """Chances of all regions, the queues of the seekers, and whom each offer meets.

    outside_rate: share of the offers that nobody in the province meets for which there is a buyer outside.
    """
    chances_to_meet(offers, seekers, meeting, counts, chances)
    line_up(seekers, queues)
    meet(offers, seekers, luck, meeting, outside_rate, chances, p, queues, partner)


@stage
def ease_search(distances, apart, platform, centres, p, price, rate, reach, between, search_cost):
    """Writes what platform and centres make of search.

    distances, apart: km between prefectures and between region groups. platform: index, 0 to 1.
    The rest as in Meeting.
    """
    eased = 1.0 + p.platform_effect * platform
    length = p.match_distance * (1.0 + p.platform_reach * platform)
    for h in range(len(rate)):
        rate[h] = p.matching_rate * eased * (1.0 + p.centre_effect if h < centres else 1.0)
        for g in range(len(rate)):
            between[g, h] = exp_(-apart[g, h] / length)
    for a in range(reach.shape[0]):
        for b in range(reach.shape[1]):
            reach[a, b] = exp_(-distances[a, b] / length)
            search_cost[a, b] = p.search_cost * price / eased * (1.0 + distances[a, b] / length)
