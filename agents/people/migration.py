"""Where skilled people go: the attraction of places, graduates' choices, invitations, and whole persons.

Cells follow each other by industry, in each by prefecture; a person keeps the field and chooses the place,
or outside.
"""

from math import ceil, floor
from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.elementary import exp_, log_


@rule
def utility(pay, top_up, amenity, living_cost, cluster, p):
    """Utility of a job: its pay over the country's, a top-up as a share of pay, and what is around it.

    `cluster`: persons of the kind in the cell. Source: the elasticity to pay from Moretti and Wilson (2017)
    and Akcigit, Baslandze and Stantcheva (2016), that to the cluster from Moretti (2021).
    """
    return (
        p.pay_elasticity * log_(pay * (1.0 + top_up))
        + p.amenity_weight * amenity
        + p.cluster_elasticity * log_(1.0 + cluster)
        - p.living_cost_elasticity * log_(living_cost)
    )


@stage
def weigh_jobs(jobs, pay, top_up, amenity, living_cost, cluster, p, weights):
    """Weight of each cell in the choice of a person of its field: jobs in it, as so many alternatives.

    Only the shares of `jobs` within a field count. Source: McFadden (1978).
    """
    places = len(amenity)
    for k in range(len(jobs) // places):
        first = k * places
        whole = 0.0
        for place in range(places):
            whole += jobs[first + place]
        for place in range(places):
            cell = first + place
            share = jobs[cell] / whole if whole > 0.0 else 0.0
            at = utility(pay[cell], top_up[cell], amenity[place], living_cost[place], cluster[cell], p)
            weights[cell] = share * exp_(at)


@stage
def field_totals(values, totals):
    """Sums over the prefectures of each field, in the order of the prefectures."""
    places = len(values) // len(totals)
    for k in range(len(totals)):
        totals[k] = 0.0
        for place in range(places):
            totals[k] += values[k * places + place]


@stage
def place_graduates(seeking, weights, outside, home_weight, expected):
    """Adds to `expected` [cell] those of `seeking` [place of study, field] who find a job in the cell.

    A job where one studied counts `home_weight` times. `outside`: weight of the rest of the country.
    """
    places = len(seeking)
    for k in range(len(outside)):
        first = k * places
        for origin in range(places):
            whole = outside[k] + (home_weight - 1.0) * weights[first + origin]
            for place in range(places):
                whole += weights[first + place]
            for place in range(places):
                times = home_weight if place == origin else 1.0
                share = times * weights[first + place] / whole if whole > 0.0 else 0.0
                expected[first + place] += seeking[origin, k] * share


@stage
def invite(pool, weights, outside, expected):
    """Writes those of the outside pools [field] who come to each cell in a year."""
    places = len(weights) // len(pool)
    for k in range(len(pool)):
        first = k * places
        whole = outside[k]
        for place in range(places):
            whole += weights[first + place]
        for place in range(places):
            share = weights[first + place] / whole if whole > 0.0 else 0.0
            expected[first + place] = pool[k] * share


@stage
def whole_persons(expected, luck, persons):
    """Expected persons as whole ones, right on average over luck, whose sum is within one of the expected."""
    total, before = 0.0, 0
    for n in range(len(expected)):
        total += expected[n]
        reached = floor(total + luck)
        persons[n] = reached - before
        before = reached


@stage
def change_cells(persons, wanted, share, moves):
    """Writes who leaves a cell with spare people and who comes to one that is short; `moves` add to zero.

    `share`: of the smaller of surplus and shortage that moves, from and to each in proportion to its own.
    """
    spare, short = 0, 0
    for cell in range(len(persons)):
        gap = persons[cell] - ceil(wanted[cell])
        spare += max(gap, 0)
        short += max(-gap, 0)
    moving = floor(share * min(spare, short))
    given, taken, gone, come = 0.0, 0.0, 0, 0
    for cell in range(len(persons)):
        gap = persons[cell] - ceil(wanted[cell])
        moves[cell] = 0
        if moving > 0 and gap > 0:
            given += moving * (gap / spare)
            moves[cell] = gone - floor(given + 0.5)
            gone -= moves[cell]
        elif moving > 0 and gap < 0:
            taken += moving * (-gap / short)
            moves[cell] = floor(taken + 0.5) - come
            come += moves[cell]


@stage
def count_trained(persons, employed, share, trained):
    """Writes how many of those who do skilled work without being counted as skilled have learned it."""
    for cell in range(len(persons)):
        trained[cell] = floor(share * max(employed[cell] - persons[cell], 0.0))


@rule
def leaving_rate(pay, base, elasticity):
    """Share of residents who leave or retire in a year; `elasticity`: of the stock to pay over the country's.

    Source: residents hardly move, Akcigit, Baslandze and Stantcheva (2016).
    """
    return min(0.5, max(0.0, base - elasticity * log_(pay)))


@stage
def count_leavers(stock, pay, base, elasticity, luck, gone):
    """Writes how many of each cell leave in a year, whole persons by luck [cell]."""
    for cell in range(len(stock)):
        expected = stock[cell] * leaving_rate(pay[cell], base, elasticity)
        gone[cell] = min(stock[cell], floor(expected + luck[cell]))


@rule
def pay_index(tightness, p):
    """Pay over the country's where skilled people are scarce, bounded. The form is an assumption."""
    return min(p.pay_highest, max(p.pay_lowest, 1.0 + p.pay_response * log_(tightness)))


@rule
def found_share(stock, employed, wanted, p):
    """Share of the additional workers wanted that can be found; the lowest share is trained or poached."""
    room, more = stock - employed, wanted - employed
    if more <= 0.0 or more <= room:
        return 1.0
    return max(room / more, p.lowest_hiring)


@rule
def skill_of(stock, employed, p):
    """What a worker makes over one among skilled colleagues alone, in firms of a cell with this stock.

    Who does skilled work without having learned it makes less. The form is an assumption.
    """
    unlearned = max(employed - stock, 0.0) / employed if employed > 0.0 else 0.0
    return 1.0 - p.skilled_share * p.learning_loss * unlearned


@rule
def talent_excess(talent, staff, p):
    """Talent over that of as many researchers at the start, less one; a cell of few people says little."""
    usual = p.talent_share * staff
    return min(p.excess_highest, max(p.excess_lowest, (talent - usual) / (usual + 1.0)))


class Seen(NamedTuple):
    """What a market has seen of each cell: who is there, and whom its firms employed and wanted."""

    skilled: np.ndarray  # persons
    employed: np.ndarray  # skilled workers
    wanted: np.ndarray
    talent: np.ndarray  # persons
    researchers: np.ndarray


class Terms(NamedTuple):
    """What follows for each cell."""

    tightness: np.ndarray  # wanted skilled workers over the usual supply
    pay: np.ndarray  # over the country's
    wage: np.ndarray  # labour cost over the country's
    hiring: np.ndarray  # share of the additional workers wanted that can be found
    yields: np.ndarray  # of research, over what it would yield with the talent of the start
    skill: np.ndarray  # what a worker makes over one among skilled colleagues alone


@stage
def read_market(seen, p, terms):
    """Pay, labour cost, hiring, yield and skill of every cell, from stocks and last quarter's demand."""
    for cell in range(len(seen.skilled)):
        skilled, wanted = seen.skilled[cell], seen.wanted[cell]
        usual = skilled / (1.0 + p.reserve)
        terms.tightness[cell] = (wanted + 1.0) / (usual + 1.0)
        pay = pay_index(terms.tightness[cell], p)
        terms.pay[cell] = pay
        terms.wage[cell] = 1.0 + p.skilled_share * (pay - 1.0)
        terms.hiring[cell] = found_share(skilled, seen.employed[cell], wanted, p)
        excess = talent_excess(seen.talent[cell], seen.researchers[cell], p)
        terms.yields[cell] = 1.0 + p.talent_effect * excess
        terms.skill[cell] = skill_of(skilled, seen.employed[cell], p)
