"""`sanxiang targets`: the table of targets, also as JSON."""

from __future__ import annotations

from experiments.answer.given_unknown import given_unknown
from experiments.answer.table import targets
from experiments.answer.target_table import render_targets
from experiments.command.arguments import FORMAT, Parser, meant, which_sweep
from experiments.command.printed_json import printed_json
from experiments.exits import Exit
from experiments.language.chosen import speaking, without_language


def main(args: list[str]) -> int:
    """sanxiang targets DIR [language=zh|en] [--given-unknown] [--format json] [--sweep ID | --all]"""
    words, language = without_language(args)
    parser = Parser(prog="sanxiang targets", usage="sanxiang targets DIR [language=zh|en] [OPTIONS]")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument(
        "--given-unknown",
        action="store_true",
        help="P given the base of 2020, where runs draw it, and given statistical coverage",
    )
    which_sweep(parser)
    parsed = parser.parse_args(words)
    which = meant(parsed)
    if parsed.format == "json":
        rows = given_unknown if parsed.given_unknown else targets
        print(printed_json(rows(parsed.folder, sweep=which)))
    else:
        with speaking(language):
            print(render_targets(parsed.folder, which, given=parsed.given_unknown))
    return Exit.OK
