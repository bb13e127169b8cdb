"""`sanxiang report`: the HTML report of a results folder."""

from __future__ import annotations

from experiments.command.arguments import Parser
from experiments.exits import Exit
from experiments.language.chosen import speaking, without_language
from experiments.report.report import write_all, write_sweep


def main(args: list[str]) -> int:
    """sanxiang report DIR [language=zh|en] [--sweep ID]: figures and the HTML report, which opens offline."""
    words, language = without_language(args)
    parser = Parser(prog="sanxiang report", usage="sanxiang report DIR [language=zh|en] [OPTIONS]")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--sweep", metavar="ID", help="of one sweep alone; the folder's report covers all")
    parsed = parser.parse_args(words)
    with speaking(language):
        print(write_all(parsed.folder) if parsed.sweep is None else write_sweep(parsed.folder, parsed.sweep))
    return Exit.OK
