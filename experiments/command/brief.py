"""`sanxiang brief`: two pages to hand upward, as an HTML page and a PDF."""

from __future__ import annotations

from pathlib import Path

from experiments.command.arguments import Parser, meant, which_sweep
from experiments.exits import Exit
from experiments.language.chosen import speaking, without_language
from experiments.report.written_brief import write_brief


def main(args: list[str]) -> int:
    """sanxiang brief DIR [language=zh|en] [--out FILE] [--sweep ID | --all]"""
    words, language = without_language(args)
    parser = Parser(prog="sanxiang brief", usage="sanxiang brief DIR [language=zh|en] [OPTIONS]")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="one file alone, which ends in .html or .pdf"
    )
    which_sweep(parser)
    parsed = parser.parse_args(words)
    with speaking(language):
        for path in write_brief(parsed.folder, parsed.out, meant(parsed)):
            print(path)
    return Exit.OK
