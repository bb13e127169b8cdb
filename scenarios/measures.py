"""The measures that a region's plan names, each with the levers that carry it: measures.yaml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from scenarios.in_force import read_in_force
from scenarios.lever import PACKAGE, LeverFile
from scenarios.load import load_levers
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, is_path, region_folder
from scenarios.thrusts import thrusts_of, wrong_home
from scenarios.values.errors import InputError, Mistakes, unknown
from scenarios.values.record import Record, Words, read_record
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
def load_measures(
    region: str = DEFAULT_REGION, folder: Path = CONFIGS, package: str = PACKAGE
) -> dict[str, Measure]:
    """All measures by id, in the order of the plan, each with the levers that carry it.

    What levers name is held against the region's table. A folder of one's own is asked only for the levers of
    which it says something in levers.yaml: of all others nothing is in its plan.

    Raises:
        InputError: one line per bad entry, and per lever that names no measure of the table, is named there
            against its own file, or has another home than the thrust in which most of its measures stand.
    """
    path = region_folder(region, folder) / "measures.yaml"
    measures = read_measures(path)
    levers = load_levers(folder, package, region)
    said = read_in_force(path.with_name("levers.yaml")).said
    ours = {name: one for name, one in levers.items() if name in said or not is_path(region)}
    return carried(measures, ours, path)


def read_measures(path: Path) -> dict[str, Measure]:
    """The table alone.

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


def carried(
    measures: Mapping[str, Measure], levers: Mapping[str, LeverFile], path: Path
) -> dict[str, Measure]:
    """The measures with every lever that carries them. A lever's own file decides which those are.

    The table may name a lever that has no file yet; one that has a file must say the same there.
    """
    lines = [
        f"lever {name}: {unknown('measure', wrong, measures)}"
        for name, lever in levers.items()
        for wrong in lever.about.measures
        if wrong not in measures
    ]
    lines += [
        f"{path}: {number} names {name}, whose own file does not name {number} among its measures"
        for number, measure in measures.items()
        for name in measure.carried_by(levers)
        if number not in levers[name].about.measures
    ]
    lines += [
        f"lever {name}: {wrong}"
        for name, lever in levers.items()
        if thrusts_of(measures) and (wrong := wrong_home(lever.about.thrust, lever.about.measures))
    ]
    if lines:
        raise InputError(*lines)
    return {number: _with_levers(number, measure, levers) for number, measure in measures.items()}


def _with_levers(number: str, measure: Measure, levers: Mapping[str, LeverFile]) -> Measure:
    """The measure with the levers that name it and that the table does not know behind its own."""
    more = [name for name, lever in levers.items() if number in lever.about.measures]
    return measure.model_copy(update={"levers": list(dict.fromkeys([*measure.levers, *more]))})
