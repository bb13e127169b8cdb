"""Checks a change of a lever's or a parameter's value, wherever it is written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.blocks import BLOCKS, MOST_BLOCKS, Block, is_block, lever_of
from scenarios.dated import Change, Times, times
from scenarios.files.blocks_given import Home, blocks_given
from scenarios.lever import LeverFile, check_whole
from scenarios.spec import LAST_YEAR, POLICY_YEAR, Changes, Scenario
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.number import Number

LeverFiles = Mapping[str, LeverFile]
Parameters = Mapping[str, Mapping[str, Number]]
YEARS = f"{POLICY_YEAR} to {LAST_YEAR}"
HERE = Home()


def lever_changes(given: object, levers: LeverFiles, where: str, home: Home = HERE) -> Changes:
    """The values that `lever:` in a file changes; `off` sets every lever to zero from 2021 on.

    Raises:
        InputError: one line per unknown lever or field and per value of wrong type, date or range.
    """
    if given == "off":
        return switched_off(levers)
    mistakes = Mistakes()
    changes: dict[tuple[str, str], Change | tuple[Block, ...]] = {}
    for name, key, value in _each_field(given, levers, where, mistakes):
        change = mistakes.attempt(lever_change, name, key, value, levers, where, home)
        if change is not None:
            changes[name, key] = change
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


def lever_change(
    name: str, key: str, value: object, levers: LeverFiles, where: str = "", home: Home = HERE
) -> Change | tuple[Block, ...]:
    """The dated values of one field of a lever: a number is from 2021 on, `{2022: v}` from then on.

    `x2` is twice what is in force. Under `blocks` stand values for some places and industries.

    Raises:
        InputError: unknown lever or field, not a number, out of range, not a year from 2021 to 2025; one
            line per mistake in a block.
    """
    if name not in levers:
        raise InputError(f"{where}{unknown('lever', name, levers, 'lever.')}")
    lever, place = levers[name], f"{where}lever.{name}.{key}"
    if key == BLOCKS:
        return blocks_given(lever, value, place, home, _dated)
    if key not in lever.fields:
        known = [*lever.fields, *([BLOCKS] if lever.about.local else [])]
        raise InputError(f"{where}{unknown('key', key, known, f'lever.{name}.')}")
    return _dated(lever, key, value, place)


def _dated(lever: LeverFile, key: str, value: object, place: str) -> Change:
    if isinstance(value, dict):
        if not value:
            raise InputError(f"{place} names no year; expected {YEARS}")
        steps = sorted(((_year(year, place), item) for year, item in value.items()), key=lambda step: step[0])
        if len({year for year, _ in steps}) < len(steps):
            raise InputError(f"{place} has one year twice")
    else:
        steps = [(POLICY_YEAR, value)]
    return tuple((year, _lever_value(lever, key, item, place)) for year, item in steps)


def _lever_value(lever: LeverFile, key: str, value: object, place: str) -> float | Times:
    multiple = times(value)
    if multiple is not None:
        return multiple
    if isinstance(value, str) and re.match(r"x[-.0-9]", value):
        raise InputError(f"{place} is {quoted(value)}; expected x and a factor from 0 to 9999, such as x2")
    return check_whole(lever.fields[key].checked(value, place), key in lever.whole, place)


def are_numbers(changes: Changes) -> bool:
    """Whether every change gives numbers, which are known to be allowed whatever they change."""
    return not any(
        isinstance(step, Block) or isinstance(step[1], Times)
        for change in changes.values()
        for step in change
    )


def refuse_what_it_comes_to(scenario: Scenario, levers: LeverFiles, where: str = "") -> None:
    """Refuses a scenario in which a multiple leaves the range of its field, or which has too many blocks.

    Raises:
        InputError: one line per field.
    """
    mistakes = Mistakes()
    for name, fields in scenario.levers.items():
        lever = levers[lever_of(name)]
        for key, dated in fields.items():
            for year, value in dated:
                if year >= POLICY_YEAR:
                    place = f"{where}lever.{name}.{key} in {year}"
                    mistakes.attempt(_lever_value, lever, key, value, place)
    blocks = sum(is_block(name) for name in scenario.levers)
    if blocks > MOST_BLOCKS:
        mistakes.note(f"{where}{blocks} blocks; at most {MOST_BLOCKS} of all levers together")
    mistakes.stop_if_any()


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
