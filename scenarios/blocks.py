"""Blocks: values of a lever for the firms of some prefectures and industries alone.

    lever:
      talent_introduction:
        blocks: [{where: [changsha], industries: [information], budget: {2023: 2e8}, award: {2023: x2}}]

Where `where` or `industries` is left out, all are meant. A block is held as one more lever, whose name says
whom it means: `talent_introduction@changsha:information`. Its terms hold there in place of the province's
own. Its budget is an account of its own beside that of the lever's programme: see sim/state/claims.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scenarios.dated import Change, Times, replaced_from, simplified
from scenarios.values.number import Dated

BLOCKS = "blocks"  # the key of a lever under which they stand
BUDGET = "budget"
AT, AND, IN = "@", "+", ":"  # in names; no name of a lever, place or industry has them
MOST_BLOCKS = 20  # of all levers of a scenario: each may have accounts in the ledger
Fields = Mapping[str, Dated]


@dataclass(frozen=True)
class Block:
    """Changes of a lever's fields in some prefectures and industries; none named: in all.

    share: of the province's technology firms that are meant; what `x2` of a budget goes by.
    """

    where: tuple[str, ...]
    industries: tuple[str, ...]
    changes: tuple[tuple[str, Change], ...]
    share: float

    def named(self, lever: str) -> str:
        """The block's name among levers and programmes."""
        industries = IN + AND.join(self.industries) if self.industries else ""
        return f"{lever}{AT}{AND.join(self.where)}{industries}"


class Meant(NamedTuple):
    """Whom a block's name means; no place or industry: all."""

    lever: str
    where: tuple[str, ...]
    industries: tuple[str, ...]


def is_block(name: str) -> bool:
    """Whether a name is that of a block."""
    return AT in name


def lever_of(name: str) -> str:
    """The lever whose name this is, or of which it is a block."""
    return name.partition(AT)[0]


def meant(name: str) -> Meant:
    """Whom the block of that name means."""
    lever, _, rest = name.partition(AT)
    where, _, industries = rest.partition(IN)
    return Meant(lever, tuple(where.split(AND)) if where else (), tuple(filter(None, industries.split(AND))))


def as_levers(
    blocks: Mapping[str, Sequence[Block]], levers: Mapping[str, Fields]
) -> dict[str, dict[str, Dated]]:
    """The blocks of every lever under their names, with the values that hold there.

    levers: with what is in force in the province. What changes nothing is left out: a budget of zero, a term
    as everywhere.
    """
    found: dict[str, dict[str, Dated]] = {}
    for lever, those in blocks.items():
        for block in those:
            for key, change in block.changes:
                own = levers[lever][key]
                usual = ((own[0][0], 0.0),) if key == BUDGET else simplified(own)
                scaled = _beside(change, block.share) if key == BUDGET else change
                path = replaced_from(usual, scaled, own)
                if path != usual:
                    found.setdefault(block.named(lever), {})[key] = path
    return found


def _beside(change: Change, share: float) -> Change:
    """A budget as money beside the programme's own: `x2` is as much again as falls to those meant."""
    return tuple(
        (year, Times((value.factor - 1.0) * share) if isinstance(value, Times) else value)
        for year, value in change
    )
