"""`sanxiang compare`: paired differences of two scenarios."""

from __future__ import annotations

from experiments.answer.compare import compare
from experiments.answer.comparison_table import render_comparison
from experiments.command.arguments import FORMAT, Parser
from experiments.command.printed_json import printed_json
from experiments.exits import Exit
from experiments.language.chosen import speaking, without_language


def main(args: list[str]) -> int:
    """sanxiang compare DIR[:SCENARIO] DIR[:SCENARIO]: paired differences, differing values first."""
    words, language = without_language(args)
    parser = Parser(
        prog="sanxiang compare",
        usage="sanxiang compare DIR[:SCENARIO] DIR[:SCENARIO] [language=zh|en] [OPTIONS]",
    )
    parser.add_argument("a", metavar="DIR[:SCENARIO]", help="one: a folder, or a scenario of it")
    parser.add_argument("b", metavar="DIR[:SCENARIO]", help="what it is held against")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument(
        "--across-versions", action="store_true", help="also folders of other sources or data, marked as such"
    )
    parsed = parser.parse_args(words)
    found = compare(parsed.a, parsed.b, parsed.across_versions)
    with speaking(language):
        print(printed_json(found) if parsed.format == "json" else render_comparison(found))
    return Exit.OK
