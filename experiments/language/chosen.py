"""Which language is spoken: the one asked for, or else the machine's, or else English; never by its fonts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from scenarios.values.errors import InputError, unknown

EN, ZH = "en", "zh"
LANGUAGES = (EN, ZH)
WORD = "language="
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of the environment, the first that is set counts."""
ASKED: ContextVar[str | None] = ContextVar("ASKED", default=None)


def current() -> str:
    """The language that is spoken now, `en` or `zh`."""
    return ASKED.get() or of_locale(os.environ)


def of_locale(environment: os._Environ[str] | dict[str, str]) -> str:
    """`zh` where the environment says so, else `en`."""
    said = next(filter(None, (environment.get(name) for name in LOCALES)), "")
    return ZH if said.lower().startswith(ZH) else EN


def checked(language: str) -> str:
    """The language, if it is one.

    Raises: InputError with the nearest.
    """
    if language not in LANGUAGES:
        raise InputError(unknown("language", language, LANGUAGES))
    return language


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """This language is spoken until the block ends; None changes nothing.

    Raises: InputError for one that there is not.
    """
    if language is None:
        yield
        return
    token = ASKED.set(checked(language))
    try:
        yield
    finally:
        ASKED.reset(token)


def without_language(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words without `language=`, and the last language that they ask for.

    Raises: InputError for one that there is not.
    """
    asked = [checked(word.removeprefix(WORD)) for word in words if word.startswith(WORD)]
    return [word for word in words if not word.startswith(WORD)], asked[-1] if asked else None
