"""`sanxiang levers`: what levers there are, with their values in each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from experiments.command.arguments import with_levers, with_region
from experiments.command.catalogue_pages import printed, show_levers, without_format
from experiments.command.lever_effects import effects_page, parser
from experiments.language.words import unfilled
from experiments.plan.catalogue import levers
from scenarios.values.errors import InputError


def help_text() -> str:
    """What it takes; with the words of --effects."""
    return f"{unfilled('help.levers')}\n{parser().format_help()}"


def main(args: Sequence[str]) -> int:
    """sanxiang levers [NAME | WORD] [region=NAME] [--format json]; with --effects what each does"""
    if "--effects" in args:
        return effects_page(args)
    given, region = with_region(args)
    given, own = with_levers(given)
    words, as_json = without_format(given)
    if len(words) > 1:
        raise InputError(f"levers takes one name, not {len(words)}")
    rows = levers(words[0] if words else None, region, own)
    return printed(rows, as_json, partial(show_levers, region=region))
