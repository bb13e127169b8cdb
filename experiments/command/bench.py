"""`sanxiang bench`: the speed table."""

from __future__ import annotations

from experiments.command.arguments import FORMAT, Parser
from experiments.command.printed_json import printed_json
from experiments.compute.compiling import compiles_first
from experiments.exits import Exit
from experiments.speed.bench import QUESTIONS, figures_of, measure, multiples_of, questions_told, table_of


def main(args: list[str]) -> int:
    """sanxiang bench [--questions] [--format json]"""
    parser = Parser(prog="sanxiang bench")
    parser.add_argument(
        "--questions",
        action="store_true",
        help="instead: what explain, sensitivity, reach and search take beside a plain sweep (minutes)",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parsed = parser.parse_args(args)
    compiles_first()
    if parsed.questions:
        multiples = multiples_of(measure(QUESTIONS))
        print(printed_json(multiples) if parsed.format == "json" else questions_told(multiples))
        return Exit.OK
    figures = figures_of(measure())
    print(printed_json(figures) if parsed.format == "json" else table_of(figures))
    return Exit.OK
