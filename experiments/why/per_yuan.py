"""Jobs, taxes and value added for each yuan of public cost, of the whole and of each part."""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.change.named import Named
from experiments.why.bootstrap import Estimate, quotient_of, without_rounding
from experiments.why.explanation import Explanation
from experiments.why.measured import COST, GDP, JOBS, TAXES, lead
from scenarios.values.tables import WAN

JOBS_PER_MILLION = WAN / 100.0  # 10,000 persons per 100 m yuan, as persons per million


class Per(NamedTuple):
    """What is told for each yuan. factor: of the measure over cost, in the units of both."""

    measure: str
    label: Named
    factor: float


def told(region: str) -> tuple[Per, ...]:
    """What is told."""
    return (
        Per(JOBS, Named("jobs in 2025 per million yuan", "每百万元带来2025年岗位（个）"), JOBS_PER_MILLION),
        Per(TAXES, Named("local taxes 2021–25, yuan per yuan", "每元带来2021–25年地方税收（元）"), 1.0),
        Per(
            lead(region),
            Named("emerging value added in 2025, yuan per yuan", "每元带来2025年新兴产业增加值（元）"),
            1.0,
        ),
        Per(GDP, Named("GDP in 2025, yuan per yuan", "每元带来2025年地区生产总值（元）"), 1.0),
    )


def of_each_yuan(found: Explanation, per: Per, player: str | None = None) -> Estimate | None:
    """The quotient of a player, or of the whole; None where its public cost may be nothing or less."""
    at = None if player is None else [one.name for one in found.players].index(player)
    values = without_rounding(found.whole if at is None else found.parts[:, at], found.base)
    one = quotient_of(values[:, found.column(per.measure)], values[:, found.columns[COST]])
    return None if one is None else one.times(per.factor)


def in_json(found: Explanation) -> list[dict[str, Any]]:
    """All of them as plain values."""
    return [
        {
            "measure": per.measure,
            "called": per.label.en,
            "whole": _plain(of_each_yuan(found, per)),
            "parts": {one.name: _plain(of_each_yuan(found, per, one.name)) for one in found.players},
        }
        for per in told(found.region)
    ]


def _plain(one: Estimate | None) -> dict[str, float] | None:
    return None if one is None else one._asdict()
