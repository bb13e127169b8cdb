"""`sanxiang params`: what parameters there are, with value, unit, range and source."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.command.arguments import with_region
from experiments.command.catalogue_pages import printed, show_params, without_format
from experiments.language.words import unfilled
from experiments.plan.catalogue import params
from scenarios.values.errors import InputError


def help_text() -> str:
    """What it takes."""
    return unfilled("help.params")


def main(args: Sequence[str]) -> int:
    """sanxiang params [NAME | WORD] [region=NAME] [--format json]"""
    given, region = with_region(args)
    words, as_json = without_format(given)
    if len(words) > 1:
        raise InputError(f"params takes one name, not {len(words)}")
    return printed(params(words[0] if words else None, region), as_json, show_params)
