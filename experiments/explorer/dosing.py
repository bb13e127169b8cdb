"""The response to a field of a lever, pair by pair: what `sanxiang response` computes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from experiments.answer.dose_response import Response, first_doses, further_doses, response_of, with_doses
from experiments.explorer.kept_pasts import dosed
from experiments.explorer.question import SCALE
from experiments.explorer.studies import RESPONSE, Part, Study
from experiments.plan.words import response_command
from scenarios.spec import BASELINE
from sim.model import choose

UNITS, DOSES = 10, 7
IN_FORCE = "in force"


class Dosing(Study):
    """A response while it is computed: the doses of the first round in all pairs, then those where it bends.

    kept: what a folder keeps of it; then nothing is run.
    """

    def __init__(self, dose: str, kept: Response | None = None) -> None:
        super().__init__(f"{RESPONSE} {dose}", UNITS)
        self.dose, self.kept = dose, kept
        self._specs = [choose(BASELINE, scale=SCALE, replication=n) for n in range(UNITS)]
        self._doses: list[float] = first_doses(dose, self._usual, DOSES).tolist()
        self._shown: list[float] = list(self._doses)

    @property
    def _usual(self) -> Any:
        return self._specs[0].scenario

    def parts_of(self, number: int) -> Sequence[Hashable]:
        """What is in force, and every dose; nothing where it is kept."""
        return () if self.kept is not None else (IN_FORCE, *self._doses)

    def job(self, part: Part) -> tuple[Callable[[Any], Any], Any]:
        """A run of a dose, or of what is in force."""
        spec = self._specs[part.number]
        if part.name != IN_FORCE:
            (scenario,) = with_doses(self._usual, self.dose, np.array([part.name]))
            spec = replace(spec, scenario=scenario)
        return dosed, spec

    @property
    def done(self) -> int:
        """How many pairs have all doses that are shown: those of a later round wait for all pairs."""
        names = () if self.kept is not None else (IN_FORCE, *self._shown)
        held = (all(Part(n, name) in self.found for name in names) for n in range(self.total))
        return next((n for n, is_held in enumerate(held) if not is_held), self.total)

    @property
    def round(self) -> int:
        """How many doses are shown."""
        return len(self._shown)

    @property
    def is_whole(self) -> bool:
        """Whether every round is there."""
        return self._shown == self._doses and self.done == self.total

    def grown(self) -> None:
        """Shows a round that is there in all pairs, and asks for the next one."""
        if all(self.is_done(n) for n in range(self.total)):
            self._shown = list(self._doses)
            self._doses += further_doses(self.response(self.total), DOSES).tolist()

    def command(self, responses: Path) -> str:
        """The command line that computes the same."""
        return response_command(self.dose, UNITS, SCALE, DOSES, responses)

    def response(self, pairs: int) -> Response:
        """The response of the first pairs, from one on."""
        if self.kept is not None:
            return self.kept
        doses = sorted(self._shown)
        names = list(self.found[Part(0, IN_FORCE)])

        def of(name: str, dose: Hashable) -> list[float]:
            return [self.found[Part(n, dose)][name] for n in range(pairs)]

        values = {name: np.array([of(name, dose) for dose in doses]) for name in names}
        in_force = {name: np.array(of(name, IN_FORCE)) for name in names}
        return response_of(self.dose, self._usual, SCALE, np.array(doses), values, in_force)
