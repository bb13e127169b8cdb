"""`sanxiang targets`: the table of targets, also as JSON."""

from __future__ import annotations

from experiments.answer.table import targets
from experiments.answer.target_table import render_targets
from experiments.command.arguments import FORMAT, Parser, meant, which_sweep
from experiments.command.printed_json import printed_json
from experiments.exits import Exit


def main(args: list[str]) -> int:
    """sanxiang targets DIR [--format json] [--sweep ID | --all]"""
    parser = Parser(prog="sanxiang targets")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    which_sweep(parser)
    parsed = parser.parse_args(args)
    which = meant(parsed)
    if parsed.format == "json":
        print(printed_json(targets(parsed.folder, sweep=which)))
    else:
        print(render_targets(parsed.folder, which))
    return Exit.OK
