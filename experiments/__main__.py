"""The command line: sanxiang VERB [...] = python -m experiments VERB [...]."""

from __future__ import annotations

import atexit
import os
import sys
import traceback
from importlib import import_module
from importlib.metadata import version
from types import TracebackType
from typing import NamedTuple, NoReturn

from experiments import streams
from experiments.checkout import not_this_checkout
from experiments.compute.idle_workers import end_workers
from experiments.exits import Exit, Stop
from scenarios.values.errors import InputError, one_line, unknown


class Verb(NamedTuple):
    """What a verb takes, and what it does, in one line.

    It stands in `experiments/command/` under its name, as `main(args)`, and is loaded when it is asked for.
    """

    usage: str
    does: str


VERBS = {
    "sweep": Verb("[KEY=VALUE...] [--fork NEWDIR]", "run what is missing, print the table, write the report"),
    "resume": Verb("DIR [executor=E...]", "continue the last sweep of a folder, which knows its runs"),
    "targets": Verb("DIR [--format json] [--sweep ID | --all]", "the table of targets of the last sweep"),
    "compare": Verb("DIR[:SCENARIO] DIR[:SCENARIO]", "two scenarios in pairs of equal luck"),
    "figure": Verb("NAME DIR [--sweep ID | --all] [--out F.svg]", "one figure"),
    "report": Verb("DIR [--sweep ID]", "the HTML report, which opens offline"),
    "export": Verb("DIR --csv [--sweep ID | --all]", "the results as CSV"),
    "params": Verb("[NAME | WORD]", "parameters: value, unit, range, source"),
    "levers": Verb("[NAME | WORD] [--effects]", "levers and their values; what each does, in pairs"),
    "plan": Verb("[ID | LEVER | THRUST]", "the plan's measures, their levers, and what these do"),
    "check": Verb("FILE...", "validate scenario files without running them"),
    "rerun": Verb("DIR RUN [--trace KIND:ID]", "the same run again, bit for bit; one member traced"),
    "digest": Verb("DIR [--sweep ID]", "one number for all results in a folder"),
    "verify": Verb("DIR", "compare every file with its checksum"),
    "fit-base": Verb("[replications=N] [--write DIR]", "solve level constants from 2016-20 data"),
    "facts": Verb("[--draws K] [--json] [--report FILE]", "the baseline beside figures of 2016-20"),
    "prior": Verb(
        "[--draws K] [--write DIR]", "sets of parameters drawn from their priors that meet 2016-20"
    ),
    "screen": Verb("[--trajectories R] [--scale F]", "which parameters the answers hang on"),
    "evidence": Verb("[NAME...] [--draws K] [--write]", "experiments beside published effects"),
    "response": Verb("[LEVER[.FIELD]...] [--results DIR]", "what every dose of a lever does, in pairs"),
    "region": Verb("check FOLDER", "what the data of a region lack or contradict"),
    "bench": Verb("[--format json]", "how fast it is"),
    "calendar": Verb("[--scale F]", "the order of a quarter, with files and shares of time"),
    "completion": Verb("bash|zsh", "what makes a shell complete verbs, figures, keys and names"),
}

EXAMPLES = """examples
  sanxiang sweep                                           the shipped scenarios, 100 runs each
  sanxiang sweep scenario=as_in_2020,plan replications=20  two scenarios, 20 runs each
  sanxiang sweep lever.rd_subsidy.rate=0,0.1,0.2           one point per value
  sanxiang sweep reform=my_reform.yaml                     a scenario of your own
  sanxiang compare results/shipped:plan results/shipped:as_in_2020"""


def main(words: list[str] | None = None) -> int:
    """Run the command line; the exit code is documented in the README."""
    verb, *args = (sys.argv[1:] if words is None else words) or ["--help"]
    try:
        return int(_run(verb, args))
    except InputError as error:
        return _told(error.messages, Exit.BAD_INPUT)
    except Stop as error:
        return _told([one_line(str(error))], error.code)
    except KeyboardInterrupt:
        return _told(["stopped"], Exit.INTERRUPTED)
    except OSError as error:
        return _told(
            [one_line(f"{error.strerror or error}: {error.filename or ''}".removesuffix(": "))], Exit.IO
        )


def _run(verb: str, args: list[str]) -> int:
    if verb in ("--help", "-h", "help"):
        print(help_text())
        return Exit.OK
    if verb == "--version":
        print(f"sanxiang {version('sanxiang')}")
        return Exit.OK
    if verb not in VERBS:
        raise InputError(unknown("verb", verb, VERBS))
    if verb == "sweep" and {"--help", "-h"} & set(args):
        print(sweep_help())
        return Exit.OK
    module = import_module(f"experiments.command.{verb.replace('-', '_')}")
    if hasattr(module, "HELP") and {"--help", "-h"} & set(args):
        print(module.HELP)
        return Exit.OK
    code: int = module.main(args)
    return code


def help_text() -> str:
    """What there is, in one screen."""
    wide = max(len(f"{name} {verb.usage}") for name, verb in VERBS.items())
    lines = [f"  {f'{name} {verb.usage}':<{wide}}  {verb.does}" for name, verb in VERBS.items()]
    head = "How likely is each 2025 target of a province's plan for strategic emerging industries?"
    more = "sanxiang VERB --help says more of each"
    return "\n".join([head, "", "sanxiang VERB ...", *lines, "", more, "", EXAMPLES])


def sweep_help() -> str:
    """The keys of a sweep."""
    return """sanxiang sweep [KEY=VALUE...] [--fork NEWDIR] [--cfg job]

  experiment=NAME             a question from configs/experiment, or the path of a file of that form
  scenario=A,B  reform=FILE   shipped scenarios, scenario files of your own
  region=NAME                 which province: a folder of configs/region, or the path of one
  world=W                     the national economy around the province
  replications=N  seed=S      runs per scenario and point, and the luck they start from
  horizon=2030                the last year, 2025 unless given; what follows 2025 is an outlook
  lever.NAME.FIELD=a,b        lever values from 2021 on (sanxiang levers); x2: twice what is in force
  lever.NAME.blocks=[{where:[PREFECTURE],industries:[INDUSTRY],FIELD:VALUE}]   for these alone
  parameters.GROUP.NAME=a,b   behavioural values (sanxiang params)
  points=FILE.csv             points to try: a column for each key, a row for each point
  population.scale=F          a province F times as large
  executor=local|dask|slurm   this machine, a Dask cluster, jobs of SLURM (docs/CLUSTER.md)
  executor.workers=K          processes; all processors unless given
  executor.memory=4GB         most memory of a worker; executor.timeout=S, of a replication
  on_error=keep_going|stop    what a failed run does to the rest
  results=DIR                 where results lie; results/EXPERIMENT unless given
  confirm=yes                 yes, that many: beyond 100,000 runs or 12 hours a sweep asks
  --fork NEWDIR               start a new folder, after sources or data have changed
  --cfg job                   print the composed configuration and run nothing

Comma lists, range(a,b,step) and choice(a,b) make one point per value.
Repeating a stopped command continues it, and so does sanxiang resume DIR."""


def _told(messages: tuple[str, ...] | list[str], code: int) -> int:
    for message in messages:
        print(message, file=sys.stderr)
    return code


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A traceback whose text, which may be a folder's, does nothing to the terminal."""
    for line in "".join(traceback.format_exception(kind, error, trace)).split("\n")[:-1]:
        print(one_line(line), file=sys.stderr)


def program() -> NoReturn:
    """The command line as a process of its own.

    It ends without taking the interpreter down, during which Arrow's threads now and then abort the process
    (apache/arrow issue 34314) and turn the exit code of a finished sweep into 134.
    """
    sys.excepthook = _unexpected
    streams.settle()
    warning = not_this_checkout()
    if warning:
        print(one_line(warning), file=sys.stderr)
    try:
        code = main()
    finally:
        end_workers()  # or an error of ours would be followed by minutes of waiting for them
    atexit._run_exitfuncs()
    os._exit(_written_out(code))


def _written_out(code: int) -> int:
    """The exit code, once everything was written to where it goes; another where that failed."""
    try:
        streams.flush()
    except OSError as error:
        return _told([f"cannot write the output: {error.strerror}"], Exit.IO)
    return code


if __name__ == "__main__":
    program()
