"""`sanxiang levers`: what levers there are, with their values in each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from experiments.command.arguments import with_levers, with_region
from experiments.command.catalogue_pages import printed, show_levers, without_format
from experiments.command.lever_effects import effects_page, parser
from experiments.plan.catalogue import levers
from scenarios.values.errors import InputError

HELP = """sanxiang levers [NAME | WORD] [region=NAME] [levers=FOLDER] [--format json]

  NAME            a lever (rd_subsidy) or one of its fields (rd_subsidy.rate)
  WORD            where nothing has that name: all whose name, label, unit or source holds the word
  region=NAME     with what that region had in force
  levers=FOLDER   with levers of your own (docs/OWN_LEVERS.md)
  --format json   for another program

One lever is shown in full, with the plan's words and its values in each
scenario. sweep takes lever.NAME.FIELD=VALUE.

With --effects, what each lever does at the plan's dose:

""" + parser().format_help()


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
