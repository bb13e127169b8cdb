"""`sanxiang levers`: what levers there are, with their values in each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from experiments.command.arguments import with_region
from experiments.command.catalogue_pages import printed, show_levers, without_format
from experiments.command.lever_effects import effects_page
from experiments.plan.catalogue import levers
from scenarios.values.errors import InputError


def main(args: Sequence[str]) -> int:
    """sanxiang levers [NAME] [region=NAME] [--format json]; with --effects what each does, see there"""
    if "--effects" in args:
        return effects_page(args)
    given, region = with_region(args)
    words, as_json = without_format(given)
    if len(words) > 1:
        raise InputError(f"levers takes one name, not {len(words)}")
    return printed(levers(words[0] if words else None, region), as_json, partial(show_levers, region=region))
