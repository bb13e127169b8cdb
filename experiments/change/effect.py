"""What a case changes against another, taken apart: emerging value added by its parts, and public cost.

Of each pair of equal luck, the sum of the yearly parts of 2021-25 in the one run less that in the other. Both
runs share their past, so these parts add up, to the yuan, to the difference of emerging value added in 2025.
That is activity; what statistics count beside it is the part `coverage`, and comes on top.
Targets are judged on paths scaled to the base of 2020: each run's parts are scaled by the same number, base
over own value of 2020, and then add up to the difference of the target.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.answer.pairs import paired
from experiments.change import cost
from experiments.change.interval import Ratio, by_observation, mean_of, ratio_of
from experiments.change.parts import (
    ALL,
    CHANGE,
    INDUSTRY,
    ORIGIN,
    PREFECTURE,
    PROVINCE,
    TOTAL,
    columns_of,
    held,
    parts_of,
)
from experiments.store.outcome_columns import base_column
from scenarios.blocks import is_block, meant
from scenarios.region.region import Region
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.targets import BASE_YEAR, load_targets

SHARE = "sei_share_gdp"
KEY = ["group", "name", "part"]
COLUMNS = [*KEY, "mean", "low", "high"]
Told = dict[tuple[str, str, str], pd.Series]
COVERED = f"{CHANGE}coverage"
DISPLACED, ELSEWHERE, HOME = "displaced", "elsewhere", "home"


class Effect(NamedTuple):
    """What a case changes in 2025 against its baseline.

    rows, costs: {group, name, part, mean, low, high}, at the size of the real province and scaled to the base
    of 2020 [yuan/year]; costs are those of five years [yuan]. per_point, per_value: public cost of them per
    percentage point of the emerging share, and per yuan of emerging value added, in 2025 [yuan]. pairs: of
    equal luck. remainder: the most that the parts of a pair miss of its difference, as simulated [yuan].
    """

    rows: pd.DataFrame
    costs: pd.DataFrame
    per_point: Ratio | None
    per_value: Ratio | None
    pairs: int
    remainder: float


def columns_needed(region: Region) -> list[str]:
    """The series that an effect is read from, beside run_id and year."""
    return [TOTAL, *columns_of(region), *cost.columns_read()]


def base_of(region: Region) -> str | None:
    """The base of 2020 to which emerging value added is scaled, where a target of the region has one."""
    targets = load_targets(region=region.folder).values()
    own = [one.about for one in targets if one.about.over is None]
    levels = [about for about in own if TOTAL in (about.indicator, getattr(about, "activity", None))]
    return levels[0].base if levels else None


def effect_of(
    a: pd.DataFrame,
    b: pd.DataFrame,
    annual: pd.DataFrame,
    region: Region,
    names: tuple[str, str] = ("A", "B"),
) -> Effect | None:
    """The effect of case a against case b, each given by its rows of load_runs; None without a pair.

    annual: {run_id, year, series...} of the runs of both. Where the rows tell the levers, what blocks leave
    untreated is told apart.

    Raises: InputError when the two cannot be paired.
    """
    both = paired(a, b, names)
    if both.empty or not held(annual):
        return None
    sums, base = five_years(annual), base_of(region)
    sides = [_side(both, sums, side, base) for side in ("_a", "_b")]
    gaps = sides[0].scaled - sides[1].scaled
    costs = _costs(sides)
    told = _told(gaps, region, untreated(both, region))
    seen = by_observation(pd.DataFrame(told), both["draw"])
    return Effect(
        rows=_table([named(key) | mean_of(seen[key].tolist()) for key in told]),
        costs=_table(_cost_rows(costs, both["draw"])),
        per_point=_ratio(costs, both, _points(both)),
        per_value=_ratio(costs, both, gaps[TOTAL]),
        pairs=len(both),
        remainder=float(np.abs(_remainder(sides[0].plain) - _remainder(sides[1].plain)).max()),
    )


def _told(gaps: pd.DataFrame, region: Region, beside: Mapping[str, list[str]]) -> Told:
    """Differences pair by pair by (group, name, part); part `all` adds up the others.

    beside: names of prefectures and of industries that no block means.
    """
    found = {(PROVINCE, PROVINCE, ALL): gaps[TOTAL] + gaps[COVERED]}
    found |= {(one.group, one.name, one.part): gaps[name] for name, one in columns_of(region).items()}
    members = dict.fromkeys((group, name) for group, name, _ in found if group in (PREFECTURE, INDUSTRY))
    for group, name in members:
        found[group, name, ALL] = added([found[group, name, part] for part in parts_of(group)])
    arrived = found[ORIGIN, "arrived_lately", ALL]
    found[DISPLACED, ELSEWHERE, ALL] = arrived
    found[DISPLACED, HOME, ALL] = gaps[TOTAL] - arrived
    for group, names in beside.items():
        found[DISPLACED, f"other {group}", ALL] = added([found[group, name, ALL] for name in names])
    return found


def added(parts: list[pd.Series]) -> pd.Series:
    """The sum of some columns."""
    total: pd.Series = pd.concat(parts, axis=1).sum(axis=1)
    return total


def untreated(both: pd.DataFrame, region: Region) -> dict[str, list[str]]:
    """{prefecture, industry: names that no block means}, where two cases differ in blocks of levers alone."""
    if "levers_a" not in both:
        return {}
    levers = [json.loads(both[side].iloc[0]) for side in ("levers_a", "levers_b")]
    differ = [name for name in {**levers[0], **levers[1]} if levers[0].get(name) != levers[1].get(name)]
    if not differ or not all(map(is_block, differ)):
        return {}
    those = [meant(name) for name in differ]
    sides = {
        PREFECTURE: (region.prefectures.names, [one.where for one in those]),
        INDUSTRY: (region.industries.names, [one.industries for one in those]),
    }
    beside = {
        group: [name for name in names if not any(name in one for one in treated)]
        for group, (names, treated) in sides.items()
        if all(treated)
    }
    return {group: names for group, names in beside.items() if names}


def five_years(annual: pd.DataFrame) -> pd.DataFrame:
    """By run: series summed over 2021-25, but emerging value added of 2025, and that of 2020 as `own`."""
    during = annual[annual.year.between(POLICY_YEAR, LAST_YEAR)]
    numbers = [name for name in annual if name not in ("run_id", "year", "point", "case")]
    sums = during.groupby("run_id", observed=True)[numbers].sum()
    by_run = annual.drop_duplicates(["run_id", "year"]).set_index(["run_id", "year"])[TOTAL].unstack()
    return sums.assign(**{TOTAL: by_run[LAST_YEAR], "own": by_run[BASE_YEAR]})


class _Side(NamedTuple):
    plain: pd.DataFrame  # as simulated
    scaled: pd.DataFrame  # to the base of 2020 and the size of the real province
    real: pd.DataFrame  # to the size of the real province alone


def _side(both: pd.DataFrame, sums: pd.DataFrame, side: str, base: str | None) -> _Side:
    plain = sums.loc[both[f"run_id{side}"].tolist()].reset_index(drop=True)
    real = plain.div(both["scale"].to_numpy(dtype=float), axis=0)
    column = f"{base_column(base)}{side}" if base else ""
    if column not in both:
        return _Side(plain, real, real)
    factor = both[column].to_numpy(dtype=float) / plain["own"].to_numpy(dtype=float)
    return _Side(plain, plain.mul(factor, axis=0), real)


def _remainder(plain: pd.DataFrame) -> pd.Series:
    """What the parts of a run miss of its change since 2020 [yuan]."""
    parts = [str(name) for name in plain if str(name).startswith(f"{CHANGE}by_")]
    return plain[TOTAL] - plain["own"] - plain[[*parts, f"{CHANGE}transfer"]].sum(axis=1)


def _points(both: pd.DataFrame) -> pd.Series | None:
    """The difference of the emerging share, by pair [percentage points]."""
    known = [[f"{name}{side}" for side in ("_a", "_b")] for name in (f"{SHARE}_activity", SHARE)]
    columns = next((pair for pair in known if all(name in both for name in pair)), None)
    if columns is None:
        return None
    points: pd.Series = 100.0 * (both[columns[0]] - both[columns[1]]).astype(float)
    return points


def _costs(sides: list[_Side]) -> dict[str, pd.DataFrame]:
    """Differences of the public cost of five years by tier, programme and recipient, pair by pair [yuan]."""
    columns = cost.cost_columns(sides[0].real.columns)
    if columns is None:
        return {}
    gaps = sides[0].real - sides[1].real
    return {group: cost.summed(gaps, parts) for group, parts in columns._asdict().items()}


def _cost_rows(costs: Mapping[str, pd.DataFrame], draw: pd.Series) -> list[dict[str, Any]]:
    if not costs:
        return []
    gaps = {("total", ALL): costs["tier"].sum(axis=1)}
    gaps |= {(group, str(name)): table[name] for group, table in costs.items() for name in table}
    seen = by_observation(pd.DataFrame(gaps), draw)
    return [named((*key, "cost")) | mean_of(seen[key].tolist()) for key in gaps]


def named(key: Sequence[str]) -> dict[str, Any]:
    """Group, name and part as cells of a row."""
    return dict(zip(KEY, key, strict=True))


def _ratio(costs: Mapping[str, pd.DataFrame], both: pd.DataFrame, effect: pd.Series | None) -> Ratio | None:
    if not costs or effect is None:
        return None
    table = pd.DataFrame({"cost": costs["tier"].sum(axis=1), "effect": effect.to_numpy(dtype=float)})
    known = np.isfinite(table.effect)
    seen = by_observation(table[known], both["draw"][known.to_numpy()])
    return ratio_of(seen.cost.tolist(), seen.effect.tolist()) if len(seen) else None


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    numbers = dict.fromkeys(["mean", "low", "high"], float)
    return pd.DataFrame(rows, columns=COLUMNS).astype(numbers)
