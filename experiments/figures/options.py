"""The options of a figure on the command line: `target=sei_va`, `year=2023`."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from experiments.figures import figure_named
from experiments.figures.form import OPTIONS
from scenarios.values.errors import InputError, unknown

WHOLE_NUMBERS = ("year",)


def split_option(word: str) -> tuple[str, str]:
    """`key=value` in two parts.

    Raises: InputError when there is no `=`.
    """
    key, equals, value = word.partition("=")
    if not equals:
        raise InputError(f"figure option {word!r} is not of the form OPTION=VALUE, such as target=sei_va")
    return key, value


def options_of(name: str) -> list[str]:
    """What a figure's function takes besides its evidence."""
    return [option for option in inspect.signature(figure_named(name)).parameters if option != "evidence"]


def checked_options(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the figure's function takes them.

    Raises: InputError for an option that the figure does not have, or a year that is no year.
    """
    known = options_of(name)
    mistakes = [
        unknown(f"option of figure {name}", option, [*known, *OPTIONS])
        for option in given
        if option not in known
    ]
    mistakes += [
        f"{option}={value} is not a whole number"
        for option, value in given.items()
        if option in WHOLE_NUMBERS and not str(value).isdecimal()
    ]
    if mistakes:
        raise InputError(*mistakes)
    return {option: int(value) if option in WHOLE_NUMBERS else value for option, value in given.items()}
