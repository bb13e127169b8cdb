"""Scenarios that are derived from another: some of its levers, other years, the same money otherwise shared.

    base: as_in_2020
    derived:
      of: plan                       # whose values are taken
      thrusts: [talent, platform]    # by the levers at home there; all levers unless given
      years: {2023: 2020}            # in 2023 what it has in 2020; in others what it has in the same year
      money: each_year               # what it appropriates beyond the base, each year

Money is shared out in proportion to what each lever that takes part gets of it in that scenario, or as
`shares` says, {rd_subsidy: 0.7}: then these levers get money alone, and terms stand in `lever:`. No budget
leaves its range: what no lever may take stays with the base.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Literal

from pydantic import Field

from scenarios.blocks import BUDGET, is_block, lever_of
from scenarios.dated import simplified
from scenarios.lever import LeverFile
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.spec import LAST_YEAR, POLICY_YEAR, Levers, Scenario
from scenarios.thrusts import NONE, THRUSTS
from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.number import Dated, value_at
from scenarios.values.record import Record, Words

YEARS = range(POLICY_YEAR, LAST_YEAR + 1)
HALF_A_YUAN = 0.5
Money = dict[int, dict[str, float]]
"""By year and lever [yuan]."""


class Derived(Record):
    """How a scenario is derived. money: as its own levers have it, as the other in each year or in all years
    together, or all that the fiscal cap leaves."""

    of: Words
    thrusts: list[Words] | None = Field(default=None, min_length=1)
    years: dict[Words, int] = Field(default_factory=dict)
    money: Literal["own", "each_year", "in_all", "fiscal_cap"] = "own"
    shares: dict[Words, float] = Field(default_factory=dict)

    def check(self, levers: Mapping[str, LeverFile], where: str) -> None:
        """Refuses what is no thrust, year or lever with money.

        Raises:
            InputError: one line a mistake.
        """
        funded = [name for name, lever in levers.items() if BUDGET in lever.fields]
        thrusts = [*THRUSTS, NONE]
        lines = [unknown("thrust", one, thrusts) for one in self.thrusts or () if one not in thrusts]
        lines += [unknown("lever with a budget", one, funded) for one in self.shares if one not in funded]
        ends = f"expected a year from {YEARS[0]} to {YEARS[-1]}"
        dates = {str(year) for year in YEARS}
        lines += [f"years: {quoted(year)}: {ends}" for year in self.years if year not in dates]
        dates.add(str(POLICY_YEAR - 1))
        told = [str(year) for year in self.years.values()]
        lines += [f"years: {quoted(year)}: {ends}, or the one before" for year in told if year not in dates]
        if self.shares and (abs(sum(self.shares.values()) - 1.0) > 1e-9 or min(self.shares.values()) < 0.0):
            lines.append("shares: have to add to 1, none below 0")
        if self.shares and (self.thrusts or self.money != "each_year"):
            lines.append("shares: go with money: each_year and without thrusts")
        if lines:
            raise InputError(*(f"{where}derived: {line}" for line in lines))

    @property
    def other_years(self) -> dict[int, int]:
        """By year the one whose values it takes."""
        return {int(year): other for year, other in self.years.items()}

    def takes_part(self, lever: LeverFile) -> bool:
        """Whether a lever takes the other scenario's values."""
        return not self.shares and (self.thrusts is None or lever.about.thrust in self.thrusts)


def derived(
    how: Derived, base: Scenario, other: Scenario, levers: Mapping[str, LeverFile], region: tuple
) -> tuple[Levers, Mapping]:
    """The lever values and the blocks of the base with what is derived from the other scenario.

    region: name and folder of configuration, for the fiscal cap.

    Raises:
        InputError: money up to a fiscal cap that the region has not.
    """
    part = [name for name, lever in levers.items() if how.takes_part(lever)]
    taken: dict[str, dict[str, Dated]] = {
        name: {key: moved(dated, how.other_years) for key, dated in fields.items()}
        for name, fields in other.levers.items()
        if lever_of(name) in part
    }
    stay = [name for name in base.levers if not is_block(name) or lever_of(name) not in part]
    kept = {name: dict(base.levers[name]) for name in stay}
    found = kept | taken
    blocks = {**base.blocks, **{name: own for name, own in other.blocks.items() if name in part}}
    if how.money != "own":
        share_out(how, base, other, found, levers, region)
    return found, blocks


def moved(dated: Dated, years: Mapping[int, int]) -> Dated:
    """Dated values in which some years have the value of another."""
    if not years:
        return dated
    past = [step for step in dated if step[0] < POLICY_YEAR]
    return simplified([*past, *((year, value_at(dated, years.get(year, year))) for year in YEARS)])


def share_out(
    how: Derived,
    base: Scenario,
    other: Scenario,
    found: dict[str, dict[str, Dated]],
    levers: Mapping[str, LeverFile],
    region: tuple,
) -> None:
    """Gives the levers that take part the money that there is, on top of what the base gives them."""
    usual = {name: budget(base.levers[name]) for name, lever in levers.items() if BUDGET in lever.fields}
    own = weights(how, usual, found)
    names = sorted({name for some in own.values() for name in some}, key=list(levers).index)
    room = {name: levers[name].fields[BUDGET].range[1] for name in names}
    for year, amount in amounts(how, base, other, own, region).items():
        given = divided(amount, own[year], {name: room[name] - usual[name][year] for name in names})
        for name in names:
            value = usual[name][year] + given.get(name, 0.0)
            before = [step for step in found[name][BUDGET] if step[0] != year]
            found[name][BUDGET] = tuple(sorted([*before, (year, float(value))]))
    for name in names:
        found[name][BUDGET] = simplified(found[name][BUDGET])


def budget(fields: Mapping[str, Dated]) -> dict[int, float]:
    """A lever's budget by year [yuan]."""
    return {year: value_at(fields[BUDGET], year) for year in YEARS}


def weights(how: Derived, usual: Mapping[str, Mapping[int, float]], found: Levers) -> Money:
    """By which money is shared out: what each lever would get beyond the base, in the year or else in all."""
    if how.shares:
        return {year: dict(how.shares) for year in YEARS}
    more = {
        name: {year: max(0.0, value - usual[name][year]) for year, value in budget(found[name]).items()}
        for name in usual
    }
    in_all = {name: sum(one.values()) for name, one in more.items()}
    by_year = {year: {name: one[year] for name, one in more.items() if one[year] > 0.0} for year in YEARS}
    always = {name: value for name, value in in_all.items() if value > 0.0}
    return {year: by_year[year] or (always if how.money != "in_all" else {}) for year in YEARS}


def amounts(how: Derived, base: Scenario, other: Scenario, own: Money, region: tuple) -> dict[int, float]:
    """What there is to share out beyond the base, by year [yuan]."""
    more = {year: other.public_cost(year, year) - base.public_cost(year, year) for year in YEARS}
    if how.money == "each_year":
        return more
    if how.money == "in_all":
        asked = {year: sum(some.values()) for year, some in own.items()}
        factor = sum(more.values()) / sum(asked.values()) if sum(asked.values()) else 0.0
        return {year: factor * value for year, value in asked.items()}
    cap = load_fiscal_cap(*region)
    if cap is None:
        raise InputError(f"derived: money: fiscal_cap, but region {quoted(region[0])} has no fiscal_cap.yaml")
    return {year: cap.yuan - base.public_cost(year, year) for year in YEARS}


def divided(amount: float, by: Mapping[str, float], room: Mapping[str, float]) -> dict[str, float]:
    """An amount in whole yuan in proportion to weights, nobody given more than there is room for."""
    left, given, open_ = amount, dict.fromkeys(by, 0.0), dict(by)
    while open_ and left > HALF_A_YUAN:
        total = sum(open_.values())
        parts = {name: left * weight / total for name, weight in open_.items()}
        full = [name for name, part in parts.items() if given[name] + part >= room[name]]
        for name in full or open_:
            step = min(parts[name], room[name] - given[name])
            given[name] += step
            left -= step
        if not full:
            break
        open_ = {name: weight for name, weight in open_.items() if name not in full}
    return whole(given)


def whole(given: Mapping[str, float]) -> dict[str, float]:
    """Amounts in whole yuan that add to no more than before; a millionth below a whole one is that one."""
    return {name: float(floor(value + 1e-6)) for name, value in given.items()}
