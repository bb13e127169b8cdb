"""Parameters that a user gives for one run: some values in place of the central ones, each checked.

parameters_given({"firms.user_cost_elasticity": 0.7}, numbers)
parameters_given({"firms": {"user_cost_elasticity": 0.7}}, numbers)
parameters_given("mine.yaml", numbers)        # either form, as YAML or JSON
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scenarios.drawn import Values, changed, key_of
from scenarios.files.changes import Parameters, parameter_value
from scenarios.load import central_values
from scenarios.values.errors import InputError, Mistakes, quoted
from scenarios.values.file_names import at_home
from scenarios.values.yaml_reader import read_yaml

Given = Mapping[Any, Any] | Path | str | None


def parameters_given(given: Given, numbers: Parameters) -> dict[str, dict[str, float]]:
    """A whole set of parameters, with the values that are given in place of the central ones.

    given: by group and name, or by `group.name`, with `parameters.` in front or not; or a file of that.

    Raises:
        InputError: one line per unknown name, value out of range or number that is none.
    """
    if given is None:
        return central_values(numbers)
    if not isinstance(given, Mapping | Path | str):
        raise InputError(f"parameters is {quoted(given)}; expected values by name, or a file of them")
    where = "" if isinstance(given, Mapping) else f"{given}: "
    table = given if isinstance(given, Mapping) else read_yaml(at_home(given))
    mistakes, found = Mistakes(), Values()
    for key, value in _flat(table, where):
        parameter = key_of(key)
        if parameter in found:
            mistakes.note(f"{where}parameters.{key} stands twice")
        checked = mistakes.attempt(parameter_value, *parameter, value, numbers, where)
        if checked is not None:
            found[parameter] = checked
    mistakes.stop_if_any()
    return changed(central_values(numbers), found)


def _flat(table: Mapping[Any, Any], where: str) -> Iterator[tuple[str, Any]]:
    """`group.name` with each value, whichever way the table says it."""
    for key, value in table.items():
        if not isinstance(key, str):
            raise InputError(f"{where}parameters: {quoted(key)} is no name; expected group.name")
        name = key.removeprefix("parameters.")
        if name == "parameters" and isinstance(value, Mapping):
            yield from _flat(value, where)
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        elif "." in name:
            yield name, value
        else:
            raise InputError(f"{where}parameters.{name} is {quoted(value)}; expected {name}.NAME: VALUE")
