"""What both searches of packages have in common on the command line: flags, a stop, how they print."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO

from experiments.command.printed_json import printed_json
from experiments.exits import Exit, Interrupted
from experiments.language.chosen import EN, speaking
from scenarios.values.errors import InputError, unknown

type Answer = Mapping[str, Any]

FORMATS = ("text", "json")
FLAGS = ("--format", "--workers")


def options(args: Sequence[str]) -> tuple[list[str], int | None, str]:
    """The words, the number of processes, and the format.

    Raises:
        InputError: a flag without its value, or with one that it cannot have.
    """
    words: list[str] = []
    given = dict.fromkeys(FLAGS, "")
    rest = iter(args)
    for word in rest:
        name, has_value, value = word.partition("=")
        if name not in FLAGS:
            words.append(word)
            continue
        given[name] = value if has_value else next(rest, "")
        if not given[name]:
            raise InputError(f"{name} needs a value")
    form = given["--format"] or FORMATS[0]
    if form not in FORMATS:
        raise InputError(unknown("format", form, FORMATS))
    workers = given["--workers"]
    if workers and not (workers.isascii() and workers.isdecimal() and int(workers) > 0):
        raise InputError(f"--workers {workers} is not a whole number from 1 on")
    return words, int(workers) if workers else None, form


def answer_of(search: Callable[[], Answer], command: str) -> Answer:
    """What the search found. Raises: Interrupted, with the command that goes on, when it is stopped."""
    try:
        return search()
    except KeyboardInterrupt:
        raise Interrupted(f"stopped; continue with: {command}", Exit.INTERRUPTED) from None


def shown(answer: Answer, form: str, told: Callable[[Answer], str], words: Callable[[Answer], str]) -> TextIO:
    """Prints the answer as text, or for another program; returns where the lines under it go."""
    if form == "json":
        with speaking(EN):
            print(printed_json({**answer, "words": words(answer)}))
        return sys.stderr
    print(told(answer))
    return sys.stdout
