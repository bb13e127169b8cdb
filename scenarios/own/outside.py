"""A lever from outside at work: its class, made of the text that its runs carry, and what it sees."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from scenarios.own.own_lever import OwnLever
from scenarios.own.seen import Seen
from scenarios.values.errors import InputError

BUDGET = "budget"
DIGITS = 16  # of the digest, in the name of the module


@dataclass(frozen=True)
class Outside:
    """A lever from outside with its values of a year; it acts as one that ships, and sees less."""

    own: OwnLever
    values: Mapping[str, float]

    def offer(self, economy: Any) -> None:
        """Makes the lever's offers.

        Raises:
            InputError: it does what no lever may.
        """
        module = module_of(self.own)
        title = "".join(word.capitalize() for word in self.own.name.split("_"))
        cls = getattr(module, title)
        kinds = {key: int if kind in (int, "int") else float for key, kind in cls.__annotations__.items()}
        lever = cls(**{key: kinds[key](value) for key, value in self.values.items()})
        lever.offer(Seen(economy, self.own.name))

    def apply(self, economy: Any) -> None:
        """Makes the lever's offers, and asks for the budget of the year."""
        self.offer(economy)
        if BUDGET in self.values:
            economy.appropriate(self.own.name, self.values[BUDGET])


@cache
def module_of(own: OwnLever) -> ModuleType:
    """The module made of a lever's text, which scenarios/own/module_text.py has found harmless.

    Raises:
        InputError: it cannot be run, or its text is not at hand.
    """
    if not own.source:
        raise InputError(f"lever {own.name} stands outside the package: give its folder, levers=FOLDER")
    name = f"own_levers_{own.digest[:DIGITS]}.{own.name}"
    module = ModuleType(name)
    sys.modules[name] = module  # a dataclass looks its module up by name
    try:
        exec(compile(own.source, f"{own.name}.py", "exec"), module.__dict__)
    except Exception as error:
        del sys.modules[name]
        raise InputError(f"{own.name}.py: cannot be run: {type(error).__name__}: {error}") from error
    return module
