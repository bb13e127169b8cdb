"""Which part of the answer a page shows: a view and its choices, read from the address as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from experiments.explorer.labels import LANGUAGES
from experiments.figures.labels import CELLS
from scenarios.load import load_levers
from scenarios.spec import FIRST_YEAR, LAST_YEAR
from scenarios.targets import load_targets
from scenarios.values.errors import InputError, Mistakes, quoted, unknown

VIEWS = ("targets", "fan", "map", "industries", "money", "response", "why")
SHOWN = ("level", "difference")
FIRST_SHOWN = FIRST_YEAR + 4


class View(NamedTuple):
    """view: one of VIEWS; target, indicator, year, show: its choices; dose: LEVER.FIELD; language: None as
    the browser asks."""

    view: str = "targets"
    target: str = "sei_va"
    indicator: str = "sei_value_added"
    year: int = LAST_YEAR
    show: str = "difference"
    dose: str = "rd_subsidy.rate"
    language: str | None = None

    def others(self) -> dict[str, str]:
        """What the address holds of it: choices that are not as usual."""
        usual = View()._asdict()
        return {key: str(value) for key, value in self._asdict().items() if value != usual[key]}


KEYS = dict.fromkeys(View._fields)


def view_of(given: Mapping[str, str]) -> tuple[View, list[str]]:
    """The view that an address means, and a line for each choice that there is not."""
    mistakes, found = Mistakes(), {}
    for key, text in given.items():
        value = mistakes.attempt(_checked, key, text)
        if value is not None:
            found[key] = value
    return View(**found), mistakes.messages  # type: ignore[arg-type]


def doses() -> list[str]:
    """Every field of a lever, as LEVER.FIELD."""
    return [f"{name}.{key}" for name, lever in load_levers().items() for key in lever.fields]


def _checked(key: str, text: str) -> str | int:
    """The value of a choice. Raises: InputError."""
    if key == "year":
        if not (text.isascii() and text.isdigit() and FIRST_SHOWN <= int(text[:9]) <= LAST_YEAR):
            raise InputError(f"year is {quoted(text)}; expected {FIRST_SHOWN} to {LAST_YEAR}")
        return int(text)
    known = {
        "view": VIEWS,
        "target": tuple(load_targets()),
        "indicator": tuple(CELLS),
        "show": SHOWN,
        "dose": tuple(doses()),
        "language": LANGUAGES,
    }[key]
    if text not in known:
        raise InputError(unknown(key, text, known))
    return text
