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

KEYS = ("target", "levers")


def main(args: list[str]) -> int:
    """sanxiang discover DIR:SCENARIO [target=A,B] [levers=FOLDER] [--out FILE] [--format json]"""
    asked = _parsed(args)
    found = discover(asked.folder, *asked.targets, levers=asked.levers)
    print(printed_json(in_json(found)) if asked.format == "json" else rendered(found))
    if asked.out is not None:
        save(conditions(found[0])[0], asked.out)
        print(f"figure: {asked.out}", file=sys.stderr if asked.format == "json" else sys.stdout)
    return Exit.OK


def _parsed(args: list[str]) -> Namespace:
    """The words. Raises: InputError."""
    parser = Parser(prog="sanxiang discover")
    parser.add_argument("folder", metavar="DIR:SCENARIO", help="a scenario of a results folder")
    parser.add_argument(
        "words",
        nargs="*",
        metavar="target=A,B",
        help="which targets, all unless given; levers=FOLDER: levers of your own that the runs have",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="a figure of one target: .svg, .png or .pdf")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    asked = parser.parse_intermixed_args(args)
    words = words_of(asked.words)
    asked.targets, asked.levers = list(dict.fromkeys(words.get("target", []))), words.get("levers", [None])[0]
    if asked.out is not None:
        check_suffix(asked.out)
        if len(asked.targets) != 1:
            raise InputError("--out draws one target: name it, target=NAME")
    if find_spec("sklearn") is None:
        raise InputError("discover needs scikit-learn, of the extra `sensitivity` of the package")
    return asked


def words_of(words: list[str]) -> dict[str, list[str]]:
    """What the words say, by key. Raises: InputError."""
    found: dict[str, list[str]] = {}
    for word in words:
        key, has_value, text = word.partition("=")
        if not has_value:
            raise InputError(f"{quoted(word)} is no word of discover; expected target=NAME")
        if key not in KEYS:
            raise InputError(unknown("key", key, KEYS))
        if key in found:
            raise InputError(f"{key} stands twice")
        found[key] = [text] if key == "levers" else [name.strip() for name in text.split(",")]
    return found
