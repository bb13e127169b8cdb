"""A zone in one prefecture, and prefectures that imitate the leader against prefectures that do not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from agents.economy import Economy
from agents.parks.parks import Parks
from experiments.evidence.trials.replication import (
    Replication,
    lived,
    living,
    log_percent,
    mean_gap,
    ratio,
)
from experiments.evidence.trials.trial import Trial
from sim.model import IndustrialPolicyModel

QUARTERS = 12
ADDED = 0.3  # of the prefecture's serviced land: all of it free at first
COORDINATION = ("spatial_coordination", "coordination")


def zone(one: Replication) -> dict[str, float]:
    """Firms, capital, jobs and productivity in the prefecture and elsewhere, and who brought the jobs."""
    place = by_entry(one.past.economy)[1]
    without = lived(one.branch(), QUARTERS).economy
    zoned = lived(one.branch(shocks=[new_land(place)]), QUARTERS).economy
    there = {name: change(zoned, without, name, [place]) for name in ("firms", "capital", "labour")}
    founded = jobs(zoned, place, new=True) - jobs(without, place, new=True)
    older = jobs(zoned, place, new=False) - jobs(without, place, new=False)
    others = [a for a in range(without.geography.places) if a != place]
    return {
        **{f"{name}_there": value for name, value in there.items()},
        "entrants_there": change(zoned, without, "founded", [place]),
        "productivity_there": incumbents(zoned, without, place),
        "entry_less_incumbents": ratio(100.0 * (founded - older), jobs_of(without, [place])),
        "firms_elsewhere": change(zoned, without, "firms", others),
        "displaced": displaced(zoned, without, place),
    }


def by_entry(economy: Economy) -> list[int]:
    """The prefectures, those with most entrants first."""
    weights = economy.of(Parks).weights.reshape(-1, economy.geography.places).sum(axis=0)
    return np.argsort(-weights, kind="stable").tolist()


def new_land(place: int) -> Callable[[Economy], None]:
    """Adds free serviced land to a prefecture, as if works had just opened it; nobody pays for it."""

    def open_zone(economy: Economy) -> None:
        land = economy.of(Parks).land
        added = round(ADDED * int(land.serviced[place]))
        for held in (land.serviced, land.before, land.free, land.works_free, land.planned):
            held[place] += added

    return open_zone


def change(after: Economy, before: Economy, what: str, places: list[int]) -> float:
    """What some prefectures hold more of [%]."""
    return log_percent(held(after, what, places), held(before, what, places))


def held(economy: Economy, what: str, places: list[int]) -> float:
    """Firms, firms founded since 2021, capital or workers in some prefectures."""
    firms, rows = economy.firms, economy.firms.rows()
    rows = rows[np.isin(firms.prefecture[rows], places)]
    if what == "firms":
        return float(len(rows))
    if what == "founded":
        return float((firms.entry_quarter[rows] >= economy.quarter - QUARTERS).sum())
    return float(getattr(firms, what)[rows].sum())


def jobs(economy: Economy, place: int, new: bool) -> float:
    """Workers of the firms of a prefecture that were founded since 2021, or before."""
    firms, rows = economy.firms, economy.firms.rows()
    young = firms.entry_quarter[rows] >= economy.quarter - QUARTERS
    return float(firms.labour[rows[(firms.prefecture[rows] == place) & (young == new)]].sum())


def jobs_of(economy: Economy, places: list[int]) -> float:
    """Workers of the firms of some prefectures."""
    return held(economy, "labour", places)


def incumbents(after: Economy, before: Economy, place: int) -> float:
    """Productivity that the firms there before 2021 have more [%]."""
    firms, rows = before.firms, before.firms.rows()
    ours = (firms.prefecture[rows] == place) & (firms.entry_quarter[rows] < before.quarter - QUARTERS)
    ids = firms.id[rows[ours]]
    both = ids[living(after, ids)]
    theirs, ours_now = firms.rows_of(both), after.firms.rows_of(both)
    return 100.0 * mean_gap(after.firms.log_productivity[ours_now], firms.log_productivity[theirs])


def displaced(after: Economy, before: Economy, place: int) -> float:
    """Founders that other prefectures expect less, over those that the zone expects more, at the end."""
    more = after.of(Parks).entry - before.of(Parks).entry
    by_place = more.reshape(-1, after.geography.places).sum(axis=0)
    return -ratio(float(by_place.sum() - by_place[place]), float(by_place[place]))


def imitation(one: Replication) -> dict[str, float]:
    """Founders of prefectures that follow the leader, less what they are when all is coordinated."""
    following, coordinated = (lived(one.branch(levers), 20) for levers in (None, {COORDINATION: 1.0}))
    leader, places = by_entry(following.economy)[0], following.economy.geography.places
    others = [a for a in range(places) if a != leader]
    return {
        "productivity": 100.0 * (founders(following, others) - founders(coordinated, others)),
        "sales": change(following.economy, coordinated.economy, "trailing_sales", others),
        "province_sales": change(following.economy, coordinated.economy, "trailing_sales", [leader, *others]),
    }


def founders(model: IndustrialPolicyModel, places: list[int]) -> float:
    """Mean log productivity of the firms founded in some prefectures since 2021."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    young = (firms.entry_quarter[rows] >= 20) & np.isin(firms.prefecture[rows], places)
    return float(firms.log_productivity[rows[young]].mean())


ZONE = Trial(
    "zone",
    "In 2021 the prefecture with most entrants after the leading one gets free serviced land, three tenths "
    "of what it has, and nobody pays for it: the end of 2023.",
    zone,
    {
        "firms_there": "%",
        "capital_there": "%",
        "labour_there": "%",
        "entrants_there": "%",
        "productivity_there": "%",
        "entry_less_incumbents": "points",
        "firms_elsewhere": "%",
        "displaced": "share",
    },
)
IMITATION = Trial(
    "imitation",
    "From 2021 on prefectures imitate the leading one as before, against prefectures that are all "
    "coordinated: founders since then and firms outside the leading prefecture, 2025.",
    imitation,
    {"productivity": "%", "sales": "%", "province_sales": "%"},
)
