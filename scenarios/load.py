"""Reads configs/: levers, parameters and a region's scenarios, each with every check before a run."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from scenarios.files.blocks_given import Home
from scenarios.files.scenario_file import Found, by_name, read_reform, read_shipped, resolve
from scenarios.in_force import read_in_force
from scenarios.lever import PACKAGE, LeverFile, read_levers
from scenarios.own.folder import OwnFile, OwnFiles, load_own, own_runs
from scenarios.region.figures import published
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_folder
from scenarios.spec import Scenario
from scenarios.values.errors import InputError, Mistakes
from scenarios.values.file_names import at_home, yaml_files
from scenarios.values.number import Number, read_number
from scenarios.values.yaml_reader import read_yaml


@cache
def load_levers(
    folder: Path = CONFIGS, package: str = PACKAGE, region: str = DEFAULT_REGION
) -> dict[str, LeverFile]:
    """All levers by name, in the order of their ids, with what a region had in force: see scenarios/lever."""
    in_force = read_in_force(region_folder(region, folder) / "levers.yaml")
    return read_levers(folder / "lever", package, in_force)


def load_own_levers(
    given: Path | str | None,
    folder: Path = CONFIGS,
    package: str = PACKAGE,
    region: str = DEFAULT_REGION,
) -> dict[str, OwnFile]:
    """The levers of a folder of the user's, beside those that ship; none where none is given.

    Raises: InputError, as scenarios/own/folder.py says. Their code is run to hear what they offer.
    """
    return {} if given is None else load_own(given, load_levers(folder, package, region), region, folder)


@cache
def load_parameters(folder: Path = CONFIGS, region: str = DEFAULT_REGION) -> dict[str, dict[str, Number]]:
    """The behavioural values and a region's own figures by actor and name, with unit, range, source, status.

    Raises:
        InputError: one line per number that lacks one of them, lies outside its range, is given by year, or
            stands both in configs/parameters and in the region.
    """
    mistakes, home = Mistakes(), region_folder(region, folder)
    groups: dict[str, dict[str, Number]] = {}

    def take(group: str, name: str, number: Number | None, where: str) -> None:
        if name in groups.setdefault(group, {}):
            mistakes.note(f"{where} stands in configs/parameters too")
        elif number is not None:
            groups[group][name] = number

    for path in (*_parameter_files(folder), *_parameter_files(home)):
        for name, table in (mistakes.attempt(read_yaml, path) or {}).items():
            where = f"{path}: {name}"
            take(path.stem, name, mistakes.attempt(_constant, table, where), where)
    for (group, name), number in mistakes.attempt(published, home) or ():
        take(group, name, number, f"{home / 'series.yaml'}: {name}")
    mistakes.stop_if_any()
    return groups


def _parameter_files(home: Path) -> list[Path]:
    return yaml_files(home / "parameters")


def _constant(table: object, where: str) -> Number:
    number = read_number(table, where)
    if not number.is_constant:
        raise InputError(f"{where} is given by year; a parameter is a constant and has 'value'")
    return number


def central_values(parameters: Mapping[str, Mapping[str, Number]]) -> dict[str, dict[str, float]]:
    """The values alone, without metadata: what a RunSpec carries."""
    return {
        group: {name: number.dated[0][1] for name, number in numbers.items()}
        for group, numbers in parameters.items()
    }


def load_scenarios(
    reforms: Iterable[Path | str] = (),
    folder: Path = CONFIGS,
    package: str = PACKAGE,
    region: str = DEFAULT_REGION,
    own: OwnFiles | None = None,
) -> dict[str, Scenario]:
    """A region's scenarios and a user's own, by name, each with the values of all levers.

    own: levers from outside the package, as load_own_levers gives them.

    Raises:
        InputError: unknown keys, bases in a circle, two scenarios of one name, bad values.
    """
    outside = own or {}
    levers = load_levers(folder, package, region) | {name: one.file for name, one in outside.items()}
    mistakes = Mistakes()
    paths = yaml_files(region_folder(region, folder) / "scenario")
    found = [mistakes.attempt(read_shipped, path) for path in paths]
    found += [mistakes.attempt(_reform, path) for path in reforms]
    mistakes.stop_if_any()
    files = by_name(item for item in found if item is not None)
    resolved = {name: mistakes.attempt(resolve, name, files, levers, Home(region, folder)) for name in files}
    mistakes.stop_if_any()
    runs = own_runs(outside)
    return {name: replace(one, own=runs) for name, one in resolved.items() if one is not None}


def _reform(path: Path | str) -> tuple[str, Found]:
    return read_reform(at_home(path))


def load_choices(group: str, folder: Path = CONFIGS) -> dict[str, dict[str, Any]]:
    """The files of one group of configs/ as plain data, by name: experiment, executor.

    Raises:
        InputError: one line per file that is not plain data.
    """
    mistakes = Mistakes()
    paths = yaml_files(folder / group)
    tables = {path.stem: mistakes.attempt(read_yaml, path) for path in paths}
    mistakes.stop_if_any()
    return {name: table for name, table in tables.items() if table is not None}


def load_config(folder: Path = CONFIGS) -> dict[str, Any]:
    """configs/config.yaml as plain data: the settings of a sweep before experiment and command line."""
    return read_yaml(folder / "config.yaml")
