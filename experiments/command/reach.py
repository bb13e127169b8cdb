"""`sanxiang reach`: the cheapest package that reaches a target with a probability, or what is missing."""

from __future__ import annotations

import sys
from shlex import join, quote

from experiments.command.printed_json import printed_json
from experiments.command.search_flags import options
from experiments.exits import Exit, Interrupted
from experiments.packages.answers import reached
from experiments.packages.reach import question_of
from experiments.packages.reach_table import told
from experiments.packages.reach_words import paragraph
from scenarios.values.errors import InputError

HELP = """sanxiang reach TARGET [KEY=VALUE...] [--format json] [--workers W]

  TARGET                a target of the region, or all
  probability=.5        with which it is to be reached
  'cost<=50'            most public cost of 2021-25 beyond the base, in 亿; also cap=50
  levers=A,B            levers that may be set; all of the province's own unless given
  thrust=A,B            instead: the levers at home in these thrusts
  begins=2022           the year from which a package holds
  scenario=as_in_2020   what it builds on
  evaluations=160       packages that are tried
  pairs=8  scale=0.1    of equal luck in which each is tried; size of the province there
  replications=100      runs at full size that judge the best
  world=W  seed=S  region=NAME  parameters=central|prior|posterior  draws=K
  parameters.GROUP.NAME=v    as sweep takes them; --approximate too
  results=DIR           where all of it lies; results/reach unless given
  --workers W           processes; all processors unless given
  --format json         for another program

The package is written as a reform into DIR/reforms and judged by a sweep of DIR.
Where none reaches the target: the nearest, what binds, and what the world would
have to be like instead. A stopped command goes on when it is repeated."""


def main(args: list[str]) -> int:
    """sanxiang reach TARGET [KEY=VALUE...] [--format json] [--workers W]"""
    words, workers, form = options(args)
    if not words or "=" in words[0]:
        raise InputError("reach needs a target first - usage: sanxiang reach TARGET [KEY=VALUE...]")
    command = join(["sanxiang", "reach", *words])
    question = question_of(words[0], words[1:], command)
    try:
        answer = reached(question, workers)
    except KeyboardInterrupt:
        raise Interrupted(f"stopped; continue with: {command}", Exit.INTERRUPTED) from None
    if form == "json":
        print(printed_json({**answer, "words": paragraph(answer)}))
    else:
        print(told(answer))
    out = sys.stderr if form == "json" else sys.stdout
    folder = quote(str(question.asked.results))
    if answer["package"] is not None:
        print(f"\nreform: {answer['package']['file']}; its runs: sanxiang targets {folder}", file=out)
    print(f"kept: sanxiang report {folder} shows it, sanxiang figure reach {folder} draws it", file=out)
    return Exit.OK
