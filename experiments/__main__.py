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
from experiments.language.chosen import speaking, without_language
from experiments.language.words import PLACE, word, words_of
from scenarios.values.errors import InputError, one_line, unknown

VERBS = {name: said.en for name, said in words_of(PLACE / "verbs.yaml").items()}
"""Each verb, and what it does in one line of English.

It stands in `experiments/command/` under its name, as `main(args)`, and is loaded when it is asked for.
"""

FORMER = {"screen": "sensitivity"}
"""Verbs that are gone, and what does their work now."""


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
        with speaking(without_language(args)[1]):
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
    if not {"--help", "-h"} & set(args):
        return int(module.main(args))
    words, language = without_language(args)
    with speaking(language):
        print(word("help.verb", verb=verb, does=word(f"verbs.{verb}")) + "\n")
        if hasattr(module, "help_text"):
            print(hanging(module.help_text()))
            return Exit.OK
        return int(module.main(words))


def help_text() -> str:
    """What there is, in one screen of 80 columns."""
    wide = max(map(len, VERBS))
    lines = [f"  {name:<{wide}}  {word(f'verbs.{name}')}" for name in VERBS]
    return "\n".join([word("help.question"), "", word("help.usage"), *lines, "", word("help.examples")])


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
