"""`sanxiang discover`: in which conditions targets are met or missed, from the runs of a sweep."""

from __future__ import annotations

import sys
from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path

from experiments.command.arguments import FORMAT, Parser
from experiments.command.printed_json import printed_json
from experiments.discovery.discovery import discover
from experiments.discovery.in_json import in_json
from experiments.discovery.table import rendered
from experiments.exits import Exit
from experiments.figures.conditions import conditions
from experiments.figures.files import check_suffix, save
from scenarios.values.errors import InputError, quoted, unknown

KEYS = ("target",)


def main(args: list[str]) -> int:
    """sanxiang discover DIR:SCENARIO [target=A,B] [--out FILE] [--format json]"""
    asked = _parsed(args)
    found = discover(asked.folder, *asked.targets)
    print(printed_json(in_json(found)) if asked.format == "json" else rendered(found))
    if asked.out is not None:
        save(conditions(found[0])[0], asked.out)
        print(f"figure: {asked.out}", file=sys.stderr if asked.format == "json" else sys.stdout)
    return Exit.OK


def _parsed(args: list[str]) -> Namespace:
    """The words. Raises: InputError."""
    parser = Parser(prog="sanxiang discover")
    parser.add_argument("folder", metavar="DIR:SCENARIO", help="a scenario of a results folder")
    parser.add_argument("words", nargs="*", metavar="target=A,B", help="which targets; all unless given")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a figure of one target: .svg, .png or .pdf")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    asked = parser.parse_intermixed_args(args)
    asked.targets = targets_of(asked.words)
    if asked.out is not None:
        check_suffix(asked.out)
        if len(asked.targets) != 1:
            raise InputError("--out draws one target: name it, target=NAME")
    if find_spec("sklearn") is None:
        raise InputError("discover needs scikit-learn, of the extra `sensitivity` of the package")
    return asked


def targets_of(words: list[str]) -> list[str]:
    """The targets that the words name. Raises: InputError."""
    found: list[str] = []
    for word in words:
        key, has_value, text = word.partition("=")
        if not has_value:
            raise InputError(f"{quoted(word)} is no word of discover; expected target=NAME")
        if key not in KEYS:
            raise InputError(unknown("key", key, KEYS))
        found += [name.strip() for name in text.split(",")]
    return list(dict.fromkeys(found))
