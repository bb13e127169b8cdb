"""`sanxiang figure`: one figure of a results folder."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from pathlib import Path

from experiments.answer.text_table import hanging
from experiments.command.arguments import Parser, meant, which_sweep
from experiments.exits import Exit
from experiments.figures import FIGURES, links
from experiments.figures.form import OPTIONS
from experiments.figures.labels import CELLS
from experiments.figures.material.actor_series import ACTORS
from experiments.figures.options import options_of, split_option
from experiments.figures.prefectures import PLACES, SHOWN
from experiments.language.chosen import speaking
from experiments.report.report import write_figure
from scenarios.targets import load_targets


def options_told() -> str:
    """What OPTION=VALUE may be: of each figure, and of all of them."""
    wide = max(map(len, FIGURES))
    of_each = [f"  {name:<{wide}}  {', '.join(options_of(name))}" for name in FIGURES]
    values = {
        "target": ", ".join(load_targets()),
        "scenario": "a case, a scenario, or several: A,B",
        "key": "a swept key; the one with most values unless given",
        "indicator": f"of industries: {', '.join(CELLS)}; of prefectures also {', '.join(PLACES)}",
        "show": f"of prefectures: {', '.join(SHOWN)}; of links: {', '.join(links.SHOWN)}",
        "actor": ", ".join(ACTORS),
        "year": "of the maps, 2016 to 2025",
        "explanation": "the beginning of its key; the largest one unless given",
        "search": "the beginning of its key; the largest one unless given",
        "language": "en, zh",
    }
    told = {**values, **OPTIONS}
    lines = [f"  {name:<{wide}}  {said}" for name, said in told.items()]
    return hanging("\n".join(["options of each figure:", *of_each, "", "values:", *lines]))


def main(args: list[str]) -> int:
    """sanxiang figure NAME DIR [OPTION=VALUE ...] [--sweep ID | --all] [--out FILE]: one figure."""
    asked = {"--help", "-h"} & set(args)
    parser = Parser(
        prog="sanxiang figure",
        usage="sanxiang figure NAME DIR [OPTION=VALUE ...] [OPTIONS]",
        epilog=options_told() if asked else None,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--out", metavar="FILE", type=Path, help="ends in .svg, .png or .pdf")
    which_sweep(parser)
    parsed, options = parser.parse_known_args(args)
    chosen = dict(map(split_option, options))
    with speaking(chosen.get("language")):
        print(write_figure(parsed.name, parsed.folder, parsed.out, chosen, meant(parsed)))
    return Exit.OK
