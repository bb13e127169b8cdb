"""`sanxiang compare`: paired differences of two scenarios."""

from __future__ import annotations

from experiments.answer.compare import compare
from experiments.answer.comparison_table import render_comparison
from experiments.command.arguments import FORMAT, Parser
from experiments.command.printed_json import printed_json
from experiments.exits import Exit


def main(args: list[str]) -> int:
    """sanxiang compare DIR[:SCENARIO] DIR[:SCENARIO]: paired differences, differing values first."""
    parser = Parser(prog="sanxiang compare")
    parser.add_argument("a", metavar="DIR[:SCENARIO]", help="one: a folder, or a scenario of it")
    parser.add_argument("b", metavar="DIR[:SCENARIO]", help="what it is held against")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument(
        "--across-versions", action="store_true", help="also folders of other sources or data, marked as such"
    )
    parsed = parser.parse_args(args)
    found = compare(parsed.a, parsed.b, parsed.across_versions)
    print(printed_json(found) if parsed.format == "json" else render_comparison(found))
    return Exit.OK
