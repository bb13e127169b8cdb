"""`sanxiang in-silico`: experiments inside the model beside what studies found."""

from __future__ import annotations

from experiments.command.arguments import Parser
from experiments.evidence.in_silico import EXPERIMENTS, comparisons, lines
from experiments.exits import Exit


def main(args: list[str]) -> int:
    """sanxiang in-silico [NAME...] [--replications N] [--scale F]: experiments beside published effects."""
    parser = Parser(prog="sanxiang in-silico", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(EXPERIMENTS))
    parser.add_argument("--replications", type=int, default=10, metavar="N")
    parser.add_argument("--scale", type=float, default=0.2, metavar="F")
    asked = parser.parse_args(args)
    print(lines(comparisons(asked.names, asked.replications, asked.scale)))
    return Exit.OK
