"""`sanxiang fit-base`: solves the level constants from 2016-20 data."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from experiments.answer.text_table import hanging, readable
from experiments.command.arguments import WORKERS, Parser, with_region
from experiments.evidence.fit_base import fit_base
from experiments.evidence.parameter_file import write_files
from experiments.exits import Exit
from scenarios.values.errors import InputError

USAGE = "sanxiang fit-base [replications=N] [region=NAME] [--write DIR] [--workers K]"
MOST = 10_000  # replications


def main(args: list[str]) -> int:
    """sanxiang fit-base [replications=N] [region=NAME] [--write DIR] [--workers K]"""
    words, region = with_region(args)
    asked = parse(words)
    fitted = fit_base(asked.replications, asked.workers, region=region)
    print(readable("\n".join(["", "solved", *fitted.lines()])))
    if asked.write:
        write_files(fitted.values, fitted.sources(), Path(asked.write), region)
    return Exit.OK


def parse(args: Sequence[str]) -> argparse.Namespace:
    """The command's arguments: replications, write and workers.

    Raises:
        InputError: an unknown word, or a number of replications outside 1 to 10,000.
    """
    parser = Parser(prog="sanxiang fit-base", usage=hanging(USAGE, 72))
    parser.add_argument(
        "replications", nargs="?", default="replications=20", metavar="replications=N", help="runs; 20"
    )
    parser.add_argument("--write", metavar="DIR", help="write the parameters' files with the solved values")
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    asked = parser.parse_args(list(args))
    asked.replications = count_in(asked.replications)
    return asked


def count_in(word: str) -> int:
    """The number in `replications=N`.

    Raises:
        InputError: another word, or a number outside 1 to 10,000.
    """
    found = re.fullmatch(r"replications=([0-9]{1,6})", word)
    if found is None or not 1 <= int(found[1]) <= MOST:
        raise InputError(f"{word} is not replications=N with N from 1 to {MOST:,} - usage: {USAGE}")
    return int(found[1])
