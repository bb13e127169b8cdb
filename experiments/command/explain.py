"""`sanxiang explain`: why a scenario differs from another, through which of its parts, and for whom."""

from __future__ import annotations

import sys
from argparse import Namespace
from shlex import quote

from experiments.command.arguments import DRAWS, FORMAT, LEVERS, WORKERS, Parser, with_levers
from experiments.command.printed_json import printed_json
from experiments.exits import Exit
from experiments.figures import EXPLAINED
from experiments.language.chosen import speaking, without_language
from experiments.language.words import word
from experiments.why.answer import answer
from experiments.why.in_json import in_json
from experiments.why.measured import measures
from experiments.why.players import BY
from experiments.why.question import EXACT, ORDERS, Question, Wanted, question_of
from experiments.why.table import explained
from scenarios.spec import BASELINE
from scenarios.values.errors import InputError, unknown


def main(args: list[str]) -> int:
    """sanxiang explain DIR:SCENARIO [DIR:BASE] [--by lever|thrust] [--replications N] [levers=FOLDER]
    [language=zh|en]"""
    args, language = without_language(args)
    words, levers = with_levers(args)
    asked = _parsed(words)
    numbers = asked.replications, asked.scale, asked.draws, asked.orders
    wanted = Wanted(asked.a, asked.b, asked.by, *numbers, levers)
    question = question_of(wanted)
    _refuse_wrong(asked, question)
    found = answer(question, asked.workers)
    with speaking(language):
        print(printed_json(in_json(found)) if asked.format == "json" else explained(found, asked.target))
        told = sys.stderr if asked.format == "json" else sys.stdout
        folder = quote(str(question.folder))
        drawn = f"sanxiang figure {'|'.join(EXPLAINED)} {folder}"
        print(word("why.kept", folder=folder, drawn=drawn), file=told)
    return Exit.OK


def _parsed(args: list[str]) -> Namespace:
    """The words. Raises: InputError."""
    parser = Parser(prog="sanxiang explain", epilog=LEVERS)
    parser.add_argument("a", metavar="DIR:SCENARIO", help="what is explained: a scenario of a results folder")
    parser.add_argument("b", metavar="DIR:BASE", nargs="?", help=f"what it is held against; {BASELINE}")
    parser.add_argument(
        "--by", choices=BY, help="what parts are told of; thrusts where more than eight levers differ"
    )
    parser.add_argument("--target", metavar="T", help="a target or other measure, told alone and in full")
    parser.add_argument("--replications", type=int, default=20, metavar="N", help="pairs of equal luck")
    parser.add_argument("--scale", type=float, default=0.1, metavar="F", help="size of the province")
    parser.add_argument("--draws", type=int, metavar="K", help=DRAWS)
    parser.add_argument(
        "--orders",
        type=int,
        metavar="M",
        help=f"orders of the parts drawn for each pair, an even number; {ORDERS}, and all coalitions of up "
        f"to {EXACT} parts, unless given",
    )
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    return parser.parse_args(args)


def _refuse_wrong(asked: Namespace, question: Question) -> None:
    """Refuses what no explanation could show.

    Raises:
        InputError: no such measure, or no worker.
    """
    known = measures(question.game.spec.region)
    if asked.target is not None and asked.target not in known:
        raise InputError(unknown("target", asked.target, known))
    if asked.workers is not None and asked.workers < 1:
        raise InputError(f"--workers {asked.workers} is not a whole number from 1 on")
