"""`sanxiang bench`: the speed table."""

from __future__ import annotations

from experiments.command.arguments import FORMAT, Parser
from experiments.command.printed_json import printed_json
from experiments.compute.compiling import compiles_first
from experiments.exits import Exit
from experiments.speed.bench import figures_of, measure, table_of


def main(args: list[str]) -> int:
    """sanxiang bench [--format json]"""
    parser = Parser(prog="sanxiang bench")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parsed = parser.parse_args(args)
    compiles_first()
    figures = figures_of(measure())
    print(printed_json(figures) if parsed.format == "json" else table_of(figures))
    return Exit.OK
