"""Checks a change of a lever's or a parameter's value, wherever it is written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.lever import LeverFile, check_whole
from scenarios.spec import LAST_YEAR, POLICY_YEAR, Changes
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.number import Dated, Number

LeverFiles = Mapping[str, LeverFile]
Parameters = Mapping[str, Mapping[str, Number]]
YEARS = f"{POLICY_YEAR} to {LAST_YEAR}"


def lever_changes(given: object, levers: LeverFiles, where: str) -> Changes:
    """The values that `lever:` in a file changes; `off` sets every lever to zero from 2021 on.

    Raises:
        InputError: one line per unknown lever or field and per value of wrong type, date or range.
    """
    if given == "off":
        return switched_off(levers)
    mistakes = Mistakes()
    changes: dict[tuple[str, str], Dated] = {}
    for name, key, value in _each_field(given, levers, where, mistakes):
        dated = mistakes.attempt(lever_change, name, key, value, levers, where)
        if dated is not None:
            changes[name, key] = dated
    mistakes.stop_if_any()
    return changes


def _each_field(
    given: object, levers: LeverFiles, where: str, mistakes: Mistakes
) -> Iterator[tuple[str, str, object]]:
    if not isinstance(given, dict):
        mistakes.note(f"{where}lever is {quoted(given)}; expected levers and their fields, or off")
        return
    for name, fields in given.items():
        if name not in levers:
            mistakes.note(f"{where}{unknown('lever', name, levers, 'lever.')}")
        elif not isinstance(fields, dict):
            names = ", ".join(levers[name].fields)
            mistakes.note(f"{where}lever.{name} is {quoted(fields)}; expected its fields: {names}")
        else:
            yield from ((name, key, value) for key, value in fields.items())


def lever_change(name: str, key: str, value: object, levers: LeverFiles, where: str = "") -> Dated:
    """The dated values of one field of a lever: a number is from 2021 on, `{2022: v}` from then on.

    Raises:
        InputError: unknown lever or field, not a number, out of range, not a year from 2021 to 2025.
    """
    if name not in levers:
        raise InputError(f"{where}{unknown('lever', name, levers, 'lever.')}")
    lever = levers[name]
    if key not in lever.fields:
        raise InputError(f"{where}{unknown('key', key, lever.fields, f'lever.{name}.')}")
    place = f"{where}lever.{name}.{key}"
    if isinstance(value, dict):
        if not value:
            raise InputError(f"{place} names no year; expected {YEARS}")
        steps = sorted(((_year(year, place), item) for year, item in value.items()), key=lambda step: step[0])
        if len({year for year, _ in steps}) < len(steps):
            raise InputError(f"{place} has one year twice")
    else:
        steps = [(POLICY_YEAR, value)]
    return tuple((year, _lever_value(lever, key, item, place)) for year, item in steps)


def _lever_value(lever: LeverFile, key: str, value: object, place: str) -> float:
    return check_whole(lever.fields[key].checked(value, place), key in lever.whole, place)


def _year(year: Any, place: str) -> int:
    text = str(year) if not isinstance(year, (bool, float)) else ""
    if not (re.fullmatch(r"[0-9]{4}", text) and POLICY_YEAR <= int(text) <= LAST_YEAR):
        raise InputError(f"{place} has the date {quoted(year)}; scenarios differ in the years {YEARS}")
    return int(text)


def switched_off(levers: LeverFiles) -> Changes:
    """Zero from 2021 on for every field that can be zero: no budget, no rate, no award."""
    return {
        (name, key): ((POLICY_YEAR, 0.0),)
        for name, lever in levers.items()
        for key, number in lever.fields.items()
        if number.range[0] <= 0 <= number.range[1]
    }


def parameter_value(group: str, name: str, value: object, parameters: Parameters, where: str = "") -> float:
    """The value of a parameter, checked.

    Raises:
        InputError: unknown group or parameter, not a number, out of range.
    """
    if group not in parameters:
        raise InputError(f"{where}{unknown('parameters', group, parameters, 'parameters.')}")
    if name not in parameters[group]:
        raise InputError(f"{where}{unknown('parameter', name, parameters[group], f'parameters.{group}.')}")
    return parameters[group][name].checked(value, f"{where}parameters.{group}.{name}")
