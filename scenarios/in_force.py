"""What a region says of its levers in levers.yaml: what was in force to 2020, and its plan's measures.

    rd_subsidy:
      measures: [C1.1] # of the region's own plan; else as the lever's file says
      rate: {values: {"2016": 0, "2018": 0.10}, status: sourced, source: "..."}

A field of which it says nothing is as the lever's own file says, and 0 where that says nothing either.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.yaml_reader import read_yaml

PLAN = ("plan", "measures", "reason")  # what is told of a region's plan and not of the lever
NUMBER = ("value", "values", "status", "source")  # what is told of a region; unit and range are the lever's


@dataclass(frozen=True)
class InForce:
    """A region's levers.yaml: what it says, by lever and field."""

    path: Path = Path("levers.yaml")
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def refuse_others(self, levers: Collection[str]) -> None:
        """Raises: InputError, of every lever that does not exist."""
        lines = [f"{self.path}: {unknown('lever', name, levers)}" for name in self.said if name not in levers]
        if lines:
            raise InputError(*lines)

    def described(self, name: str, about: Mapping[str, Any]) -> dict[str, Any]:
        """What a lever's file is about, with the measures of the region's own plan."""
        own = {key: value for key, value in self.said.get(name, {}).items() if key in PLAN}
        without = {"reason"} if "measures" in own else set()  # why there are none is of the other plan
        return {key: value for key, value in about.items() if key not in without} | own

    def numbers(self, lever: Path, table: Mapping[str, Any]) -> dict[str, tuple[Any, str]]:
        """Each field as a number complete with unit and range, and where its value stands.

        Raises:
            InputError: a field that the lever has not, or a unit or range of the region's own.
        """
        said = {key: value for key, value in self.said.get(lever.stem, {}).items() if key not in PLAN}
        strangers = [key for key in said if key not in table]
        if strangers:
            raise InputError(f"{self.path}: {lever.stem}: {unknown('field', strangers[0], table)}")
        return {key: self._number(lever, key, value, said.get(key)) for key, value in table.items()}

    def _number(self, lever: Path, key: str, own: Any, said: Any) -> tuple[Any, str]:
        if not isinstance(own, dict):
            return own, f"{lever}: {key}"
        if said is None:
            return own if own.keys() & set(NUMBER) else own | nothing_set(own), f"{lever}: {key}"
        where = f"{self.path}: {lever.stem}.{key}"
        if not isinstance(said, dict):
            raise InputError(f"{where} is {quoted(said)}; it needs value or values, source, status")
        strangers = [name for name in said if name not in NUMBER]
        if strangers:
            raise InputError(
                f"{where}: {unknown('key', strangers[0], NUMBER)}; unit and range are in {lever}"
            )
        return {name: one for name, one in own.items() if name not in NUMBER} | said, where


def nothing_set(own: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a field that nobody set: 0, or what is nearest to it in the field's range."""
    bounds = own.get("range")
    known = isinstance(bounds, list) and len(bounds) == 2 and all(isinstance(b, int | float) for b in bounds)
    value = min(max(0, bounds[0]), bounds[1]) if known and bounds else 0
    source = "set neither by the lever nor by the region: nothing is offered"
    return {"values": {"2016": value}, "status": "assumption", "source": source}


def read_in_force(path: Path) -> InForce:
    """A region's levers.yaml.

    Raises:
        InputError: the file cannot be read, or says something else of a lever than values by field.
    """
    said = read_yaml(path)
    wrong = [name for name, fields in said.items() if not isinstance(fields, dict)]
    if wrong:
        raise InputError(*(f"{path}: {name} is {quoted(said[name])}; expected its fields" for name in wrong))
    return InForce(path, said)
