"""`sanxiang digest`: one fingerprint of all results."""

from __future__ import annotations

from experiments.command.arguments import Parser
from experiments.exits import Exit
from experiments.store.digest import digest


def main(args: list[str]) -> int:
    """sanxiang digest DIR [--sweep ID]: of all results in the folder, or of one sweep's."""
    parser = Parser(prog="sanxiang digest")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--sweep", metavar="ID", help="only the runs of the sweep whose id begins so")
    parsed = parser.parse_args(args)
    print(digest(parsed.folder, parsed.sweep))
    return Exit.OK
