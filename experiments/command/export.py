"""`sanxiang export`: the results as tidy CSV tables."""

from __future__ import annotations

from experiments.command.arguments import Parser, meant, which_sweep
from experiments.exits import Exit
from experiments.read.export import export


def main(args: list[str]) -> int:
    """sanxiang export DIR --csv [--sweep ID | --all] [--out FOLDER]"""
    parser = Parser(prog="sanxiang export", description=main.__doc__)
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--csv", action="store_true", required=True, help="the only form there is")
    parser.add_argument("--out", metavar="FOLDER")
    which_sweep(parser)
    parsed = parser.parse_args(args)
    for path in export(parsed.folder, parsed.out, sweep=meant(parsed)):
        print(path)
    return Exit.OK
