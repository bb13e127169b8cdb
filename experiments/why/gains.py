"""Who gains and who loses: by industry, prefecture, size, owner, and households, the state and the rest."""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.why.bootstrap import Estimate
from experiments.why.explanation import Explanation
from experiments.why.members import (
    ADDED,
    GROUPS,
    JOBS,
    MONEY,
    PROGRAMME,
    SECTOR,
    UNITS,
    Member,
    called,
)
from experiments.why.unspent import Unspent, unspent
from scenarios.region.region import Region, load_region


class Change(NamedTuple):
    """What a member has more, and what it has in the base [unit of the measure]."""

    member: Member
    called: str
    change: Estimate
    base: float

    @property
    def relative(self) -> Estimate | None:
        """In percent of what it has in the base; None of nothing."""
        return self.change.times(100.0 / abs(self.base)) if self.base else None


def changes(found: Explanation, group: str, measure: str | None = None, language: str = "en") -> list[Change]:
    """The members of a group in their order. measure: value added unless given; money of sectors."""
    region = load_region(found.region)
    of = MONEY if group not in GROUPS or group == SECTOR else measure or ADDED
    return [
        Change(one, called(one, region, language), gained(found, one), found.of_member(one)[1])
        for one in found.members
        if one.group == group and one.measure == of and is_known(one, region)
    ]


def gained(found: Explanation, member: Member) -> Estimate:
    """What a member has more; what is paid counts as a loss."""
    return found.change_of(member).times(-1.0 if member.name == "cost" else 1.0)


def is_known(member: Member, region: Region) -> bool:
    """Whether a member can still be named."""
    try:
        return bool(called(member, region, "en"))
    except (KeyError, ValueError):
        return False


def measurable(those: list[Change]) -> tuple[list[Change], list[Change]]:
    """Those that surely gain, the most first, and those that surely lose, the most first."""
    gain = sorted((one for one in those if one.change.low > 0.0), key=lambda one: -one.change.mean)
    lose = sorted((one for one in those if one.change.high < 0.0), key=lambda one: one.change.mean)
    return gain, lose


def money_left(found: Explanation) -> list[Unspent]:
    """Every programme with money, the one with most left over first."""
    held = {one.name for one in found.members if one.group == PROGRAMME}
    budgets = {name: might for name, might in found.about["budgets"].items() if name in held}
    return unspent(budgets, {name: found.of_member(Member(PROGRAMME, name, MONEY)) for name in budgets})


def in_json(found: Explanation) -> list[dict[str, Any]]:
    """Every member as plain values."""
    told = [
        (group, measure) for group in GROUPS for measure in ([MONEY] if group == SECTOR else [ADDED, JOBS])
    ]
    return [
        {
            "group": group,
            "name": one.member.name,
            "called": one.called,
            "measure": measure,
            "unit": UNITS[measure],
            **one.change._asdict(),
            "base": one.base,
        }
        for group, measure in told
        for one in changes(found, group, measure)
    ]
