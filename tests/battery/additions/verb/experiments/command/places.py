"""`sanxiang places`: the prefectures of a region, in the order of a run's cells."""

from __future__ import annotations

from experiments.command.arguments import Parser
from experiments.exits import Exit
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region


def main(args: list[str]) -> int:
    """sanxiang places [REGION]"""
    parser = Parser(prog="sanxiang places", description=main.__doc__)
    parser.add_argument("region", metavar="REGION", nargs="?", default=DEFAULT_REGION)
    for name in load_region(parser.parse_args(args).region).prefectures.names:
        print(name)
    return Exit.OK
