"""Where a project goes: a logit over the prefectures and, for those from outside, elsewhere.

What a prefecture is worth by industry is summed up before, term by term (sim/projects/terms.py); here the
distance to where a firm comes from, what it is paid, and its own taste are added.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.distributions import poisson_quantile
from agents.numbers.elementary import log_, yuan

ELSEWHERE = -1


class RelocationParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/relocation.yaml."""

    candidates: float
    first_origin: float
    second_origin: float
    staying_away: float
    incentive_weight: float
    distance_weight: float
    railway_weight: float
    zone_weight: float
    cluster_weight: float
    cluster_floor: float
    chain_weight: float
    wage_weight: float
    enclave_pull: float
    productivity: float
    cash: float


@rule
def taste(luck):
    """A Gumbel value: the utility of one place that only this firm sees. McFadden (1974)."""
    return -log_(-log_(luck))


@rule
def cluster_term(share, largest, enclave, p):
    """Utility of a place's `share` of the province's firms of the industry, which is `largest` in one place.

    In an enclave, a park that another prefecture runs there, a part of that one's cluster counts.
    """
    pulled = share + min(1.0, max(0.0, enclave)) * p.enclave_pull * (largest - share)
    return p.cluster_weight * log_(pulled + p.cluster_floor)


@stage
def cluster_terms(firms, places, enclave, p, worth):
    """Writes the cluster term by cell. firms: how many there are, enclave: index, both by cell."""
    for first in range(0, len(firms), places):
        there, largest = 0.0, 0.0
        for a in range(places):
            there += firms[first + a]
            largest = max(largest, firms[first + a])
        for a in range(places):
            share = firms[first + a] / there if there > 0.0 else 0.0
            most = largest / there if there > 0.0 else 0.0
            worth[first + a] = cluster_term(share, most, enclave[first + a], p)


@stage
def wage_terms(wages, p, worth):
    """Writes the utility of labour cost over the country's, by cell."""
    for cell in range(len(wages)):
        worth[cell] = -p.wage_weight * log_(max(wages[cell], 1e-6))


@stage
def count_candidates(expected, national, luck, counts):
    """Draws the candidates of each industry; `expected` of all, divided as national demand is."""
    total = 0.0
    for k in range(len(national)):
        total += national[k]
    for k in range(len(national)):
        counts[k] = poisson_quantile(expected * national[k] / total, luck[k])


class Candidates(NamedTuple):
    """Firms that look for a place, one element each.

    home: the prefecture where it stands, -1 outside. origin: row of the distances. invested: yuan it would
    invest. luck: by candidate and place, one more for each, the last for not coming; replaced by tastes.
    """

    industry: np.ndarray
    home: np.ndarray
    origin: np.ndarray
    invested: np.ndarray
    luck: np.ndarray


class Places(NamedTuple):
    """What places offer. appeal: by cell, incentives apart. incentive: by place [yuan per yuan].

    aid, cost: by cell, what the terms of programmes are worth [utility] and cost them [yuan per yuan];
    shares: of each programme in the cost [programme, cell]; left: what each can still promise [yuan].
    distance: km [origin, place].
    """

    appeal: np.ndarray
    incentive: np.ndarray
    aid: np.ndarray
    cost: np.ndarray
    shares: np.ndarray
    left: np.ndarray
    distance: np.ndarray


class Choices(NamedTuple):
    """What each candidate chose; places or ELSEWHERE.

    aided: 1 if programmes promised it money. without_lever, without_incentives: what it would have chosen if
    programmes, or nobody at all, paid.
    """

    place: np.ndarray
    aided: np.ndarray
    without_lever: np.ndarray
    without_incentives: np.ndarray


@rule
def can_promise(left, shares, cell, cost):
    """Whether every programme can promise its share of a cost [yuan]."""
    able = True
    for n in range(len(left)):
        able = able and yuan(shares[n, cell] * cost) <= left[n]
    return able


@stage
def choose_places(candidates, places, staying, p, choices):
    """Writes what candidates choose, one after the other, as far as the programmes' money goes.

    staying: utility of staying away. A higher incentive of one place draws candidates to it and moves nobody
    between two others. A firm is paid where it comes, not where it is.
    """
    n_places = len(places.incentive)
    for j in range(len(candidates.luck)):
        candidates.luck[j] = taste(candidates.luck[j])
    for n in range(len(candidates.industry)):
        own, first = n * (n_places + 1), candidates.industry[n] * n_places
        home, invested = candidates.home[n], float(candidates.invested[n])
        away = staying + candidates.luck[own + n_places]
        best, plain, bare = away, away, away
        chosen, aided, chosen_plain, chosen_bare = ELSEWHERE, 0, ELSEWHERE, ELSEWHERE
        for a in range(n_places):
            cell = first + a
            far = p.distance_weight * 0.01 * places.distance[candidates.origin[n], a]
            worth = places.appeal[cell] - far + candidates.luck[own + a]
            if worth > bare:
                bare, chosen_bare = worth, a
            own_pay = p.incentive_weight * places.incentive[a] if a != home else 0.0
            if worth + own_pay > plain:
                plain, chosen_plain = worth + own_pay, a
            paid = a != home and places.cost[cell] > 0.0
            paid = paid and can_promise(places.left, places.shares, cell, places.cost[cell] * invested)
            value = worth + own_pay + (places.aid[cell] if paid else 0.0)
            if value > best:
                best, chosen, aided = value, a, 1 if paid else 0
        choices.place[n], choices.aided[n] = chosen, aided
        choices.without_lever[n], choices.without_incentives[n] = chosen_plain, chosen_bare
        if aided == 1:
            cell = first + chosen
            for m in range(len(places.left)):
                places.left[m] -= yuan(places.shares[m, cell] * places.cost[cell] * invested)


@stage
def list_promises(cells, invested, aided, cost, shares, promised):
    """Writes what each programme promises each project that is aided [programme, project; yuan]."""
    for n in range(len(cells)):
        if aided[n] == 1:
            for m in range(len(promised)):
                whole = cost[cells[n]] * float(invested[n])
                promised[m, n] = yuan(shares[m, cells[n]] * whole)
