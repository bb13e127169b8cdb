"""Serviced land of parks, by prefecture and in whole square metres: what opens, who uses it, what is free."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.distributions import log_normal
from agents.numbers.elementary import exp_, log_, yuan

LAGS = 16  # quarters for which works can be under way, one slot each
MOST_FREE = 0.6  # share of a prefecture's serviced land that the draw of its free land stays below


class ParkParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/parks.yaml."""

    serviced_growth: float
    free_share: float
    free_spread: float
    capital_density: float
    land_saving: float
    works_cost: float
    works_lag: float
    works_at_home: float
    room_effect: float
    land_response: float
    displacement: float
    density_elasticity: float
    density_other: float
    density_reach: float
    congestion: float
    organisation_gain: float
    organisation_years: float
    organisation_cost: float
    imitated_share: float
    match_loss: float


class Land(NamedTuple):
    """Land of the parks of each prefecture [m2].

    planned: all that may ever be serviced. serviced: with roads and mains. usual: of it what is opened
    anyway, without works of a lever. opened, opened_works: of the quarter. by_firms, by_others: used by
    technology firms and by everybody else. beyond: what firms would use and do not find here, so that they
    stand closer together or outside.
    free: serviced and not used. works_free: of it what works of a lever have added. underway: works that
    will open, by quarter modulo LAGS [slot, prefecture]. before: serviced at the end of the last quarter.
    """

    planned: np.ndarray
    serviced: np.ndarray
    usual: np.ndarray
    opened: np.ndarray
    opened_works: np.ndarray
    by_firms: np.ndarray
    by_others: np.ndarray
    beyond: np.ndarray
    free: np.ndarray
    works_free: np.ndarray
    before: np.ndarray
    underway: np.ndarray


def no_land(places: int) -> Land:
    """Prefectures without parks."""
    by_place = {name: np.zeros(places, np.int64) for name in Land._fields}
    return Land(**{**by_place, "underway": np.zeros((LAGS, places), np.int64)})


@rule
def grown(growth, quarters):
    """What one becomes in some quarters at a growth a year."""
    return exp_(log_(1.0 + growth) * 0.25 * quarters)


@rule
def land_saved(quarters, p):
    """Land that firms use for a yuan of capital, over that of the start: they save land from year to year."""
    return exp_(-0.25 * quarters * p.land_saving)


@rule
def free_at_first(serviced, luck, p):
    """Free land [m2] of a prefecture at the start: a share of its serviced land, drawn around the mean."""
    return yuan(serviced * min(MOST_FREE, p.free_share * log_normal(p.free_spread, luck)))


@stage
def settle_land(land, capital, luck, p, per_capital, others):
    """Sets who uses the serviced land when firms hold this capital [yuan, prefecture].

    Technology firms use it as capital per land has it, others what is neither theirs nor free. Where firms
    would need more than there is, they stand closer together; `per_capital` [m2/yuan] and what `others` use
    at first are written.
    """
    for a in range(len(capital)):
        land.free[a] = free_at_first(float(land.serviced[a]), luck[a], p)
        filled = land.serviced[a] - land.free[a]
        wanted = capital[a] / p.capital_density
        per_capital[a] = min(wanted, float(filled)) / max(capital[a], 1.0)
        land.by_firms[a] = min(filled, yuan(per_capital[a] * capital[a]))
        land.by_others[a] = filled - land.by_firms[a]
        others[a] = land.by_others[a]
        land.before[a] = land.serviced[a]


@stage
def open_land(land, slot, p):
    """Opens the quarter's usual land and the works that are due, as far as the parks' plans reach."""
    for a in range(len(land.serviced)):
        land.before[a] = land.serviced[a]
        underway = 0
        for one in range(LAGS):
            underway += land.underway[one, a]
        left = land.planned[a] - land.serviced[a] - underway
        usual = yuan((grown(p.serviced_growth, 1) - 1.0) * float(land.usual[a]))
        land.opened[a] = max(0, min(usual, left))
        land.usual[a] += land.opened[a]
        land.opened_works[a] = land.underway[slot, a]
        land.underway[slot, a] = 0
        land.serviced[a] += land.opened[a] + land.opened_works[a]


@stage
def use_land(land, capital, per_capital, others, drawn, quarters, p):
    """Who uses the land at the end of a quarter, given the firms' capital [yuan, prefecture].

    quarters: since the start. drawn: factor by which works have raised entry; of the land that firms took
    that part was taken because of them, and is no longer free land of works.
    """
    saved, growth = land_saved(quarters, p), grown(p.serviced_growth, quarters)
    for a in range(len(capital)):
        land.by_others[a] = min(yuan(growth * float(others[a])), land.serviced[a])
        wanted = yuan(saved * per_capital[a] * capital[a])
        held = land.by_firms[a]
        land.by_firms[a] = min(wanted, land.serviced[a] - land.by_others[a])
        land.beyond[a] = wanted - land.by_firms[a]
        land.free[a] = land.serviced[a] - land.by_others[a] - land.by_firms[a]
        taken = max(land.by_firms[a] - held, 0)
        because = yuan((1.0 - 1.0 / drawn[a]) * float(taken))
        added = land.works_free[a] + land.opened_works[a] - because
        land.works_free[a] = max(0, min(added, land.free[a]))


@rule
def year_of_need(serviced, p):
    """Land [m2] that a prefecture's parks fill in a usual year."""
    return max(p.serviced_growth * serviced, 1.0)


@rule
def share_with_room(free, serviced, p):
    """Share of those who look for serviced land that find it: all, while a year's need is free.

    `room_effect` of the others are kept from building by it; the rest make do. At 0 land limits nobody.
    """
    room = min(1.0, free / year_of_need(serviced, p))
    return 1.0 - p.room_effect * (1.0 - room)


@rule
def draw_of_works(free, works_free, serviced, p):
    """Factor by which free land that works have added draws entrants; exactly 1 without works.

    Source of the form: constant elasticity of a place's pull to its free land, as in a logit of location with
    its logarithm; a year's need is added on both sides, so that the first hectare moves no mountain.
    """
    need = year_of_need(serviced, p)
    return exp_(p.land_response * log_((free + need) / (free - works_free + need)))


@stage
def look_for_land(land, p, first_found, drawn, found):
    """Writes the draw of works and the share of those with room over that of the start, by prefecture.

    Where firms entered in the past holds the room of the start already: only what has changed counts.
    """
    for a in range(len(drawn)):
        free, serviced = float(land.free[a]), float(land.serviced[a])
        drawn[a] = draw_of_works(free, float(land.works_free[a]), serviced, p)
        found[a] = share_with_room(free, serviced, p) / first_found[a]


@stage
def begin_works(land, slot, paid, cost, carried):
    """Land that works paid for [yuan, prefecture] will open, at a cost per m2; the rest is carried.

    No more than is planned: what was carried may buy more where costs have fallen and a park is full.
    """
    for a in range(len(paid)):
        left = land.planned[a] - land.serviced[a]
        for one in range(LAGS):
            left -= land.underway[one, a]
        money = carried[a] + paid[a]
        begun = min(money // cost, max(left, 0))
        land.underway[slot, a] += begun
        carried[a] = money - begun * cost


@stage
def capital_by_place(firms, starts, stops, capital):
    """Adds up the capital of firms [quantity] in each prefecture, in whole units."""
    for a in range(len(capital)):
        capital[a] = 0.0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            capital[firms.prefecture[i]] += float(yuan(firms.capital[i]))
