"""`sanxiang export`: the results as tidy CSV tables."""

from __future__ import annotations

from experiments.answer.tidy_tables import export
from experiments.command.arguments import Parser, meant, which_sweep
from experiments.exits import Exit


def main(args: list[str]) -> int:
    """sanxiang export DIR --csv [--sweep ID | --all] [--out FOLDER] [--yi] [--no-bom]: tidy tables.

    Files are UTF-8 with a byte order mark, for spreadsheets; where a program trips over it, --no-bom.
    """
    parser = Parser(prog="sanxiang export")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--csv", action="store_true", required=True, help="the only form there is")
    parser.add_argument("--out", metavar="FOLDER", help="where to; into the results folder unless given")
    parser.add_argument("--yi", action="store_true", help="yuan in 亿 (100 million), in columns named *_yi")
    parser.add_argument(
        "--no-bom", action="store_true", help="no byte order mark, which Python's csv reads as \\ufeff"
    )
    which_sweep(parser)
    parsed = parser.parse_args(args)
    for path in export(parsed.folder, parsed.out, sweep=meant(parsed), bom=not parsed.no_bom, yi=parsed.yi):
        print(path)
    return Exit.OK
