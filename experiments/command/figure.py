"""`sanxiang figure`: one figure of a results folder."""

from __future__ import annotations

from pathlib import Path

from experiments.command.arguments import Parser, meant, which_sweep
from experiments.exits import Exit
from experiments.figures import FIGURES
from experiments.figures.options import split_option
from experiments.report.report import write_figure


def main(args: list[str]) -> int:
    """sanxiang figure NAME DIR [OPTION=VALUE ...] [--sweep ID | --all] [--out FILE]: one figure."""

    usage = "sanxiang figure NAME DIR [OPTION=VALUE ...] [--sweep ID | --all] [--out FILE]"
    parser = Parser(prog="sanxiang figure", usage=usage, description=main.__doc__)
    parser.add_argument("name", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--out", metavar="FILE", type=Path, help="ends in .svg, .png or .pdf")
    which_sweep(parser)
    parsed, options = parser.parse_known_args(args)
    chosen = dict(map(split_option, options))
    print(write_figure(parsed.name, parsed.folder, parsed.out, chosen, meant(parsed)))
    return Exit.OK
