"""Calls of rules and stages by Python: found in plain Python, and compiled for before they are made.

A small run in plain Python takes seconds and makes the calls that a large one makes. So its calls tell what
has to be compiled, and several processes can do that at the same time; see experiments/compute/ahead.py.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

import numba

from agents.engine.rules import made_of, notice_calls, way_of


class Call(NamedTuple):
    """All that the code for a call depends on.

    module, name: of the function. number: of arguments. made_of: of those that are kept records their types
    for Numba, of other NamedTuples their classes. given: types of what is handed over in their place.
    """

    module: str
    name: str
    number: int
    made_of: dict[int, Any]
    given: tuple[Any, ...]

    def compile(self) -> None:
        """Compile for it and keep the code, if that was not done before."""
        getattr(import_module(self.module), self.name).compile_for(self.made_of, self.number, self.given)


def call_of(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Call:
    """The call of a function with some arguments."""
    way = way_of([type(one) for one in arguments])
    made = made_of(way, arguments) if way else {}
    given: list[Any] = []
    for n, one in enumerate(arguments):
        if n not in made:
            given.append(one)
        elif isinstance(made[n], type):
            given += one
        else:
            given.append(one.image.words)
    types = tuple(map(numba.typeof, given))
    return Call(function.__module__, function.__qualname__, len(arguments), made, types)


def tell_new_calls(tell: Callable[[Call], None]) -> None:
    """From now on tell of calls that differ from all before; to be asked for before the model is imported."""
    before: set[Any] = set()

    def heard(function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        call = call_of(function, arguments)
        key = (call.module, call.name, tuple(call.made_of.items()), call.given)
        if key not in before and "<" not in call.name:
            before.add(key)
            tell(call)

    notice_calls(heard)
