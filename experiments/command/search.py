"""`sanxiang search`: the best packages, as a front of chances, value added and cost, robust over worlds."""

from __future__ import annotations

import sys
from shlex import join, quote

from experiments.command.printed_json import printed_json
from experiments.command.search_flags import options
from experiments.exits import Exit, Interrupted
from experiments.packages.answers import searched
from experiments.packages.search import question_of
from experiments.packages.search_table import told
from experiments.packages.search_words import paragraph

HELP = """sanxiang search [OBJECTIVE...] [KEY=VALUE...] [--format json] [--workers W]

  OBJECTIVE             targets_met (on average), value_added, cost, or a target:
                        its chance; all. targets_met value_added cost unless given
  cap=50                most public cost of 2021-25 beyond the base, in 亿; also
                        'cost<=50'; packages are compared at it
  levers=A,B            levers that may be set; all of the province's own unless given
  thrust=A,B            instead: the levers at home in these thrusts
  begins=2022           the first year from which a package may hold; two later ones too
  scenario=as_in_2020   what it builds on
  evaluations=240       packages that are tried
  pairs=8  scale=0.1    of equal luck in which each is tried; size of the province there
  replications=100      runs at full size that judge the chosen ones
  world=A,B             one or several, over which packages are to be good
  seed=S  region=NAME  parameters=central|prior|posterior  draws=K
  parameters.GROUP.NAME=v    as sweep takes them; --approximate too
  results=DIR           where all of it lies; results/search unless given
  --workers W           processes; all processors unless given
  --format json         for another program

The chosen packages are written as reforms into DIR/reforms and judged by a sweep of
DIR. A stopped command goes on when it is repeated."""


def main(args: list[str]) -> int:
    """sanxiang search [OBJECTIVE...] [KEY=VALUE...] [--format json] [--workers W]"""
    words, workers, form = options(args)
    command = join(["sanxiang", "search", *words])
    question = question_of(words, command)
    try:
        answer = searched(question, workers)
    except KeyboardInterrupt:
        raise Interrupted(f"stopped; continue with: {command}", Exit.INTERRUPTED) from None
    if form == "json":
        print(printed_json({**answer, "words": paragraph(answer)}))
    else:
        print(told(answer))
    out = sys.stderr if form == "json" else sys.stdout
    folder = quote(str(question.asked.results))
    for one in answer["chosen"]:
        print(f"reform: {one['file']}", file=out)
    print(f"kept: sanxiang report {folder} shows it, sanxiang figure front {folder} draws it", file=out)
    return Exit.OK
