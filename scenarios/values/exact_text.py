"""A number as text that tells it from every other number: shortened only where nothing is lost."""

from __future__ import annotations


def exact_text(value: float, form: str = ".15g") -> str:
    """The number in the form asked for, or with as many digits as it takes to be read back the same."""
    short = format(value, form)
    return short if float(short.replace(",", "")) == value else repr(float(value))
