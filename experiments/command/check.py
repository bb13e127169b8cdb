"""`sanxiang check`: validates scenario files without running them."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.command.catalogue_pages import printed, show_check, without_format
from experiments.plan.catalogue import check
from scenarios.values.errors import InputError

HELP = """sanxiang check FILE... [--format json]

  FILE            a scenario file of your own, or a file of configs/
  --format json   for another program

Every value is checked as a sweep would, without a run; what a scenario changes and appropriates is told."""


def main(args: Sequence[str]) -> int:
    """sanxiang check FILE... [--format json]"""
    words, as_json = without_format(args)
    if not words:
        raise InputError("check needs a scenario file: sanxiang check FILE...")
    return printed(check(*words), as_json, show_check)
