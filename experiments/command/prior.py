"""`sanxiang prior`: sets of parameters drawn from their priors, kept where they meet 2016-20."""

from __future__ import annotations

from pathlib import Path

from experiments.answer.text_table import readable
from experiments.command.arguments import WORKERS, Parser, with_region
from experiments.evidence.drawing import draw, file_text, lines
from experiments.exits import Exit
from experiments.store.own_files import OwnPath
from scenarios.drawn import FILE
from scenarios.region.folder import region_folder
from scenarios.values.errors import InputError

MOST = 10_000  # sets


def main(args: list[str]) -> int:
    """sanxiang prior [region=NAME] [--draws K] [--write DIR] [--workers W]"""
    words, region = with_region(args)
    parser = Parser(prog="sanxiang prior")
    parser.add_argument("--draws", type=int, default=100, metavar="K", help="sets to keep")
    parser.add_argument("--write", metavar="DIR", help=f"write DIR/region/NAME/{FILE}, as in configs/")
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    asked = parser.parse_args(words)
    if not 1 <= asked.draws <= MOST:
        raise InputError(f"--draws {asked.draws} is not a whole number from 1 to {MOST:,}")
    drawing = draw(asked.draws, asked.workers, region=region)
    print(readable("\n".join(lines(drawing))))
    if asked.write:
        path = OwnPath(Path(asked.write)) / "region" / region_folder(region).name / FILE
        path.parent.make()
        path.write(file_text(drawing).encode("utf-8"))
        print(f"written: {path.path}")
    return Exit.OK
