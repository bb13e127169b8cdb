"""How a target and its values are written: the unit stands with the value, or with the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.targets import Target


def target_name(target: Target) -> str:
    """The target, with its unit where the words do not say it: per cent stands beside the value."""
    shown = target.about.shown
    named = shown.factor == 1 or shown.unit_en.startswith("%")
    return target.about.label.en + ("" if named else f", {shown.unit_en}")


def written(target: Target, value: float | None) -> str:
    """A value in the unit shown; the sign of per cent goes with it."""
    shown = target.about.shown
    if value is None:
        return ""
    return f"{value * shown.factor:z,.{shown.digits}f}{' %' if shown.unit_en.startswith('%') else ''}"


def number(target: Target, value: float | None) -> str:
    """A value in the unit shown, without a sign of per cent."""
    return written(target, value).removesuffix(" %")
