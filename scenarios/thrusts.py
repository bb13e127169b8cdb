"""The thrusts of the plan, and which of them a lever serves: by the letters of the measures that it carries.

The plan's fourth part has five thrusts, its fifth the safeguards. A lever's home thrust stands in its file
(`thrust`): the one in which most of its measures stand; of several with as many, the one whose section names
the instrument. All others of its measures are secondary. `none`: it carries no measure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from scenarios.values.errors import quoted

Home = Literal["industry", "technology", "talent", "platform", "environment", "safeguards", "none"]
NONE = "none"


class Thrust(NamedTuple):
    """A thrust of the plan. letter: with which the ids of its measures begin."""

    letter: str
    en: str
    zh: str


THRUSTS: dict[str, Thrust] = {
    "industry": Thrust("C", "industry", "产业制高点"),
    "technology": Thrust("T", "technology", "技术制高点"),
    "talent": Thrust("H", "talent", "人才制高点"),
    "platform": Thrust("P", "platform", "平台制高点"),
    "environment": Thrust("E", "first-rate environment", "一流环境"),
    "safeguards": Thrust("G", "safeguards", "保障措施"),
}
OF_LETTER = {thrust.letter: name for name, thrust in THRUSTS.items()}


def thrust_of(measure: str) -> str | None:
    """The thrust of a measure by its id; None where the plan has no such thrusts."""
    letter = measure.rstrip("0123456789.")
    return OF_LETTER.get(letter)


def thrusts_of(measures: Iterable[str]) -> list[str]:
    """The thrusts of some measures, in the order of the plan."""
    found = {thrust_of(one) for one in measures}
    return [name for name in THRUSTS if name in found]


def possible_homes(measures: Iterable[str]) -> list[str]:
    """The thrusts in which most of the measures stand, in the plan's order: several with as many."""
    counts = Counter(thrust for one in measures if (thrust := thrust_of(one)) is not None)
    return [name for name in THRUSTS if counts and counts[name] == max(counts.values())]


def secondary(home: str, measures: Iterable[str]) -> list[str]:
    """The thrusts that a lever serves besides its home, in the order of the plan."""
    return [name for name in thrusts_of(measures) if name != home]


def wrong_home(home: str, measures: Sequence[str]) -> str | None:
    """What is wrong with a lever's home thrust, in words; None where nothing is.

    A plan whose measures belong to no thrust says nothing of homes.
    """
    if not measures:
        return None if home == NONE else f"thrust is {quoted(home)}, but it carries no measure: 'none'"
    homes = possible_homes(measures)
    if not homes or home in homes:
        return None
    return f"thrust is {quoted(home)}; most of its measures stand in {' and '.join(homes)}"
