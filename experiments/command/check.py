"""`sanxiang check`: validates scenario files without running them."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.command.arguments import with_levers
from experiments.command.catalogue_pages import printed, show_check, without_format
from experiments.language.words import unfilled
from experiments.plan.catalogue import check
from scenarios.values.errors import InputError


def help_text() -> str:
    """What it takes."""
    return unfilled("help.check")


def main(args: Sequence[str]) -> int:
    """sanxiang check [FILE...] [levers=FOLDER] [--format json]"""
    given, own = with_levers(args)
    words, as_json = without_format(given)
    if not words and own is None:
        raise InputError("check needs a scenario file: sanxiang check FILE...")
    return printed(check(*words, own=own), as_json, show_check)
