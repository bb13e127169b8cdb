"""The parts of what a policy changes by thrust, pair by pair: what `sanxiang explain` makes of the folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote
from typing import Any

from experiments.explorer.asked import Asked
from experiments.explorer.kept_pasts import explained
from experiments.explorer.question import PAIRS, SCALE
from experiments.explorer.studies import Part, Study
from experiments.why.kept import record_of
from experiments.why.players import THRUST
from experiments.why.question import ORDERS, Question, Wanted, asked_of, units_of
from experiments.why.runs import Coalition, UnitValues, unit_of

UNITS = 20
FEW = 3
"""Players of whom every coalition is run; of more, those of two orders: twice as many runs as players."""


class Explaining(Study):
    """An explanation while it is computed. kept: units that the folder keeps already."""

    def __init__(self, key: str, question: Question, kept: Sequence[UnitValues] = ()) -> None:
        super().__init__(key, len(question.units))
        self.question = question
        self._kept = {one.replication for one in kept}
        self._units = {one.replication: one for one in kept}
        self._told = len(self._units)
        self._masks = [question.game.masks_of(unit) for unit in question.units]

    def parts_of(self, number: int) -> Sequence[int]:
        """The coalitions of a unit; none of one that is kept."""
        return () if number in self._kept else self._masks[number]

    def job(self, part: Part) -> tuple[Callable[[Any], Any], Any]:
        """A run of a coalition."""
        return explained, (self.question.game, self.question.units[part.number], part.name)

    def grown(self) -> None:
        """Makes units of their coalitions once all of these are there, and none before it is missing."""
        for number in range(self.done):
            if number not in self._units:
                ran: list[Coalition] = [self.found[Part(number, mask)] for mask in self._masks[number]]
                self._units[number] = unit_of(self.question.game, self.question.units[number], ran)

    def record(self) -> dict[str, Any]:
        """What the folder keeps of it, from the first unit on."""
        return record_of(self.question, list(self._units.values()))

    @property
    def is_new(self) -> bool:
        """Whether it has units of which the folder has not been told."""
        return len(self._units) > self._told

    def command(self, responses: Path) -> str:
        """The command line that explains the same, in the folder of its question."""
        question = self.question
        sides = [quote(f"{question.folder}:{one}") for one in (question.scenario, question.base)]
        orders = ["--orders", f"{ORDERS}"] if question.game.orders else []
        words = ["sanxiang explain", *sides, "--by", THRUST, "--replications", f"{self.total}", *orders]
        return " ".join(words)

    def note_kept(self) -> None:
        """The folder is told of all its units."""
        self._told = len(self._units)


def explaining_of(asked: Asked, folder: Path) -> Question:
    """What `sanxiang explain` asks of the question's folder once all its pairs are there.

    Raises: InputError where nothing differs.
    """
    pairs = [[spec for _, spec in asked.unit(number)] for number in range(PAIRS)]
    base, mine = pairs[0][0], pairs[0][-1]
    sets = {pair[-1].draw: pair[-1].parameters for pair in pairs}
    wanted = Wanted(f"{folder}:{mine.scenario.name}", by=THRUST, replications=UNITS, scale=SCALE)
    called = mine.scenario.name, base.scenario.name
    found = asked_of(wanted, called, mine, base.scenario, units_of(wanted, sets, mine))
    if len(found.game.players) <= FEW:
        return found
    drawn = Wanted(wanted.a, by=THRUST, replications=UNITS, scale=SCALE, orders=ORDERS)
    return asked_of(drawn, called, mine, base.scenario, units_of(drawn, sets, mine))
