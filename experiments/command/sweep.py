"""`sanxiang sweep`: runs what a results folder lacks, prints the table, writes figures and the report."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import yaml

from experiments.answer.failures import failure_lines
from experiments.answer.sweep import Sweep, into, swept, tell
from experiments.answer.target_table import render_targets
from experiments.exits import Exit, Interrupted
from experiments.language.chosen import speaking, without_language
from experiments.plan.patience import aloud
from experiments.plan.size import CONFIRMED
from experiments.plan.sweep_plan import plan_sweep
from experiments.plan.words import sweep_command
from experiments.report.up_to_date import up_to_date
from experiments.store.outputs import PAGE
from scenarios.values.errors import InputError

HELP = """sanxiang sweep [KEY=VALUE...] [--approximate] [--fork NEWDIR] [--cfg job]

  experiment=NAME             a question from configs/experiment, or a file of that form
  scenario=A,B  reform=FILE   shipped scenarios, scenario files of your own
  region=NAME                 which province: a folder of configs/region, or the path of one
  world=W                     the national economy around the province, or a file of your own
  replications=N  seed=S      runs per scenario and point, and the luck they start from
  replications=auto           until every probability is known to half_width=.03, looked at
                              often and still valid; at_most=10000 replications
  horizon=2030                the last year, 2025 unless given; what follows 2025 is an outlook
  lever.NAME.FIELD=a,b        values from 2021 on (sanxiang levers); x2: twice those
  lever.NAME.blocks=[{where:[PREFECTURE],industries:[INDUSTRY],FIELD:VALUE}]
                              for these alone
  parameters=posterior|prior|central
                              run n takes set n of those learnt from 2016-20 (the default
                              where the region has them), of those drawn from priors; one set
  draws=K                     how many of the sets; as many as runs unless given
  parameters.GROUP.NAME=a,b   behavioural values (sanxiang params), the same in every set
  levers=FOLDER               levers of your own, whose code is run (docs/OWN_LEVERS.md)
  points=FILE.csv             points to try: a column for each key, a row for each point
  population.scale=F          a province F times as large
  executor=local|dask|slurm   this machine, a Dask cluster, jobs of SLURM (docs/CLUSTER.md)
  executor.workers=K          processes; all processors unless given
  executor.memory=4GB         most memory of a worker; executor.timeout=S, of a replication
  on_error=keep_going|stop    what a failed run does to the rest
  results=DIR                 where results lie; results/EXPERIMENT unless given
  language=zh|en              of the table, the figures and the report; the machine's
                              unless given, and English where that is neither
  confirm=yes                 yes, that many: beyond 100,000 runs or 12 hours a sweep asks
  --approximate               take a posterior of another model, too; every output says so
  --fork NEWDIR               start a new folder, after sources or data have changed
  --cfg job                   print the composed configuration and run nothing

Comma lists, range(a,b,step) and choice(a,b) make one point per value.
Repeating a stopped command continues it, and so does sanxiang resume DIR."""


def main(args: list[str]) -> int:
    """sanxiang sweep [OVERRIDES] [--approximate] [--fork NEWDIR] [--cfg job]"""
    others, language = without_language(args)
    words, fork, configuration = options(others)
    if configuration:
        return print_configuration(words)
    with speaking(language):
        return finish(into(fork, words))


def finish(words: list[str], same_runs: Mapping[str, Any] | None = None) -> int:
    """Run a sweep to its end on the command line: its runs, its failures, the table, the report.

    same_runs: see answer.sweep.swept.
    """
    try:
        done = swept(words, same_runs=same_runs)
    except KeyboardInterrupt:  # before or after the runs, when nothing notes it
        raise Interrupted(f"stopped; continue with: {sweep_command(words)}", Exit.INTERRUPTED) from None
    for line in failure_lines(done.folder, done.id):
        print(line, file=sys.stderr)
    print(render_targets(done.folder, done.id))
    _report(done)
    return Exit.SOME_FAILED if done.failed or done.left else Exit.OK


def options(args: list[str]) -> tuple[list[str], str | None, bool]:
    """The words, the folder after --fork, and whether --cfg job was given."""
    words, rest = [], iter(args)
    fork, configuration = None, False
    for word in rest:
        name, has_value, value = word.partition("=")
        if name not in ("--fork", "--cfg"):
            words.append(word)
            continue
        value = value if has_value else next(rest, "")
        if not value or (name == "--cfg" and value != "job"):
            raise InputError(
                f"{name} needs {'a new folder' if name == '--fork' else 'the word job'}, not {value!r}"
            )
        fork, configuration = (value, configuration) if name == "--fork" else (fork, True)
    return words, fork, configuration


def print_configuration(words: list[str]) -> int:
    """Print what the words compose, and run nothing."""
    plan = plan_sweep(words if CONFIRMED in words else [*words, CONFIRMED])
    tell(plan.notices)
    print(yaml.safe_dump(plan.composed, allow_unicode=True, sort_keys=False), end="")
    return Exit.OK


def _report(done: Sweep) -> None:
    """Write the figures and the report, unless they are of what the folder holds, and say where they are."""
    if up_to_date(done.folder, done.id):
        aloud("nothing was left to do: all runs have ended, and figures and report are of them")
    else:
        from experiments.report.report import write_all

        write_all(done.folder, done.id)
    print(f"\nreport: {done.folder / PAGE}")
