"""`sanxiang check`: validates scenario files without running them."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.command.arguments import with_levers
from experiments.command.catalogue_pages import printed, show_check, without_format
from experiments.plan.catalogue import check
from scenarios.values.errors import InputError

HELP = """sanxiang check [FILE...] [levers=FOLDER] [--format json]

  FILE            a scenario file of your own, or a file of configs/
  levers=FOLDER   levers of your own, which are checked and which FILE may set
  --format json   for another program

Every value is checked as a sweep would, without a run; what a scenario changes and appropriates is told."""


def main(args: Sequence[str]) -> int:
    """sanxiang check [FILE...] [levers=FOLDER] [--format json]"""
    given, own = with_levers(args)
    words, as_json = without_format(given)
    if not words and own is None:
        raise InputError("check needs a scenario file: sanxiang check FILE...")
    return printed(check(*words, own=own), as_json, show_check)
