"""The measures that the plan names, each with the levers that carry it: configs/plan_measures.yaml."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from scenarios.load import CONFIGS
from scenarios.values.errors import InputError, Mistakes
from scenarios.values.number import Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml


class Measure(Record):
    """One measure: its section and words in the plan, its levers, and how well its mechanism is known.

    evidence: A the mechanism has quantitative evidence; B it is standard but its size is assumed; C it is
    institutional, and would be a coefficient or a switch.
    """

    section: Words
    quote: Words
    levers: list[Words] = Field(min_length=1)
    evidence: Literal["A", "B", "C"]

    def carried_by(self, levers: object) -> list[str]:
        """Those of its levers that are among `levers`, in its own order."""
        return [name for name in self.levers if name in levers]  # type: ignore[operator]


@cache
def load_measures(path: Path = CONFIGS / "plan_measures.yaml") -> dict[str, Measure]:
    """All measures by id, in the order of the plan.

    Raises:
        InputError: one line per entry without section, words of the plan, levers or evidence.
    """
    mistakes = Mistakes()
    found = {
        name: mistakes.attempt(read_record, Measure, entry, f"{path}: {name}")
        for name, entry in read_yaml(path).items()
    }
    mistakes.stop_if_any()
    measures = {name: measure for name, measure in found.items() if measure is not None}
    if not measures:
        raise InputError(f"{path}: names no measure")
    return measures
