"""The command line: sanxiang VERB [...] = python -m experiments VERB [...]."""

from __future__ import annotations

import atexit
import os
import sys
import traceback
from importlib import import_module
from importlib.metadata import version
from types import TracebackType
from typing import NoReturn

from experiments import streams
from experiments.answer.text_table import hanging
from experiments.checkout import not_this_checkout
from experiments.compute.idle_workers import end_workers
from experiments.exits import Exit, Stop
from scenarios.values.errors import InputError, one_line, unknown

VERBS = {
    "sweep": "run what is missing, print the table, write the report",
    "resume": "continue the last sweep of a folder, which knows its runs",
    "targets": "the table of targets of the last sweep",
    "split": "what targets vary with: parameters, world, luck, unknown bases",
    "compare": "two scenarios in pairs of equal luck",
    "explain": "why a scenario differs: by thrust or lever, how, for whom",
    "reach": "the cheapest package that reaches a target, or what is missing",
    "search": "the best packages: a front of chances, value added and cost",
    "sensitivity": "what targets hang on: parameters, world, bases, one by one",
    "discover": "in which conditions targets are met or missed",
    "figure": "one figure",
    "report": "the HTML report, which opens offline",
    "brief": "two pages to hand upward, HTML and PDF",
    "export": "the results as CSV",
    "params": "parameters: value, unit, range, source",
    "levers": "levers and their values; what each does, in pairs",
    "plan": "the plan's measures, their levers, and what these do",
    "check": "validate scenario files without running them",
    "rerun": "the same run again, bit for bit; one member traced",
    "digest": "one number for all results in a folder",
    "verify": "compare every file with its checksum",
    "fit-base": "solve level constants from 2016-20 data",
    "facts": "the baseline beside figures of 2016-20",
    "calibrate": "the posterior of the parameters, learnt from 2016-20",
    "prior": "sets of parameters drawn from their priors that meet 2016-20",
    "evidence": "experiments beside published effects",
    "hindcast": "forecasts beside figures never seen; a past plan's goals",
    "sources": "every reference that the program or a run relied on",
    "response": "what every dose of a lever does, in pairs",
    "explore": "a page on this machine that answers with real runs",
    "region": "what the data of a region lack or contradict",
    "bench": "how fast it is",
    "calendar": "the order of a quarter, with files and shares of time",
    "completion": "what makes a shell complete verbs, figures, keys and names",
}
"""Each verb, and what it does in one line.

It stands in `experiments/command/` under its name, as `main(args)`, and is loaded when it is asked for.
"""

FORMER = {"screen": "sensitivity"}
"""Verbs that are gone, and what does their work now."""

EXAMPLES = """examples
  sanxiang sweep scenario=plan replications=20    runs, a table, a report
  sanxiang sweep lever.rd_subsidy.rate=0,0.1,0.2  one point per value
  sanxiang sweep reform=my_reform.yaml            a scenario of your own
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
    if verb in FORMER:
        raise InputError(f"{verb} is now a part of another verb: sanxiang {FORMER[verb]}")
    if verb not in VERBS:
        raise InputError(unknown("verb", verb, VERBS))
    module = import_module(f"experiments.command.{verb.replace('-', '_')}")
    if {"--help", "-h"} & set(args):
        print(f"sanxiang {verb}: {VERBS[verb]}\n")
        if hasattr(module, "HELP"):
            print(hanging(module.HELP))
            return Exit.OK
    code: int = module.main(args)
    return code


def help_text() -> str:
    """What there is, in one screen of 80 columns."""
    wide = max(map(len, VERBS))
    lines = [f"  {name:<{wide}}  {does}" for name, does in VERBS.items()]
    question = "How likely is each 2025 target of a province's plan for emerging industries?"
    usage = "sanxiang VERB ...    and what each takes: sanxiang VERB --help"
    return "\n".join([question, "", usage, *lines, "", EXAMPLES])


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
