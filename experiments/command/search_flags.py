"""The flags of searches among their words."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.values.errors import InputError, unknown

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
