"""How a target and its values are written: the unit stands with the value, or with the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.language.chosen import ZH, current

if TYPE_CHECKING:
    from scenarios.targets import Target


def target_name(target: Target) -> str:
    """The target, with its unit where the words do not say it: per cent stands beside the value."""
    shown, label = target.about.shown, target.about.label
    if current() == ZH:
        return label.zh + ("" if shown.unit_zh.startswith("%") else f"（{shown.unit_zh}）")
    named = shown.factor == 1 or shown.unit_en.startswith("%")
    return label.en + ("" if named else f", {shown.unit_en}")


def name_alone(target: Target) -> str:
    """The target without its unit."""
    label = target.about.label
    return label.zh if current() == ZH else label.en


def also_name(target: Target) -> str:
    """What a target's second definition is called; it has one."""
    assert target.about.also is not None
    label = target.about.also.label
    return label.zh if current() == ZH else label.en


def written(target: Target, value: float | None) -> str:
    """A value in the unit shown; the sign of per cent goes with it."""
    shown = target.about.shown
    if value is None:
        return ""
    return f"{value * shown.factor:z,.{shown.digits}f}{' %' if shown.unit_en.startswith('%') else ''}"


def number(target: Target, value: float | None) -> str:
    """A value in the unit shown, without a sign of per cent."""
    return written(target, value).removesuffix(" %")
