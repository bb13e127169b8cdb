"""`sanxiang calibrate`: the posterior of the parameters, learnt from figures of 2016-20."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from experiments.answer.text_table import readable
from experiments.calibration import ranks
from experiments.calibration.calibrate import Asked, calibrate
from experiments.calibration.file import file_text, lines, page
from experiments.command.arguments import WORKERS, Parser, with_region
from experiments.command.facts import write_page
from experiments.evidence.past import YEARS
from experiments.exits import Exit
from experiments.plan.sweep_plan import SCALES
from experiments.store.own_files import OwnPath
from scenarios.posterior import LAST_DATA, file_name
from scenarios.region.folder import region_folder
from scenarios.values.errors import InputError

NEEDED = ("jax", "numpyro", "sklearn")
FEWEST_YEARS = 2
LEAST_TRUTHS = 10


def main(args: list[str]) -> int:
    """sanxiang calibrate [--rows N] [--scale F] [--rounds A,B] [--sets K] [--train-to YEAR] [--results DIR]
    [--write DIR] [--report FILE] [--ranks N] [--workers W] [region=NAME]"""
    words, region = with_region(args)
    asked = options().parse_args(words)
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(
            f"a calibration needs {', '.join(missing)}, which the extra `calibrate` of the package installs"
        )
    plan = checked(asked.rows, asked.scale, asked.rounds, asked.sets, asked.train_to, region)
    folder = OwnPath(Path(asked.results))
    if asked.ranks is not None:
        if not LEAST_TRUTHS <= asked.ranks <= plan.rows:
            raise InputError(
                f"--ranks {asked.ranks} is not a whole number from {LEAST_TRUTHS} to {plan.rows:,}"
            )
        print(readable("\n".join(ranks.lines(ranks.ranks_of(folder, asked.ranks, asked.workers)))))
        return Exit.OK
    found = calibrate(folder, plan, asked.workers)
    print(readable("\n".join(lines(found))))
    command = " ".join(["sanxiang calibrate", *args])
    if asked.write:
        path = OwnPath(Path(asked.write)) / "region" / region_folder(region).name / file_name(plan.trained_to)
        path.parent.make()
        path.write(file_text(found, command).encode("utf-8"))
        print(f"written: {path.path}")
    if asked.report:
        write_page(Path(asked.report), page(found, command))
    return Exit.OK


def options() -> Parser:
    """The options."""
    usual = Asked()
    parser = Parser(prog="sanxiang calibrate")
    parser.add_argument("--rows", type=int, default=usual.rows, metavar="N", help="simulations of the table")
    parser.add_argument(
        "--scale", type=float, default=usual.scale, metavar="F", help="their size of the province"
    )
    parser.add_argument(
        "--rounds",
        default=",".join(map(str, usual.rounds)),
        metavar="A,B",
        help="sets run whole to correct the surrogate, in each round",
    )
    parser.add_argument("--sets", type=int, default=usual.sets, metavar="K", help="sets to keep")
    parser.add_argument(
        "--train-to", type=int, default=LAST_DATA, metavar="YEAR", help="last year whose figures are used"
    )
    parser.add_argument(
        "--results",
        default="results/calibration",
        metavar="DIR",
        help="where simulations are kept; a repeated command goes on",
    )
    parser.add_argument("--write", metavar="DIR", help="write DIR/region/NAME/posterior.json, as in configs/")
    parser.add_argument("--report", metavar="FILE", help="write the result as a Markdown page")
    parser.add_argument(
        "--ranks", type=int, metavar="N", help="instead: ranks of N known truths, rows of the table"
    )
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    return parser


def checked(rows: int, scale: float, rounds: str, sets: int, train_to: int, region: str) -> Asked:
    """What is asked for.

    Raises:
        InputError: one line per mistake.
    """
    mistakes = []
    parts = rounds.split(",")
    if not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        mistakes.append(f"--rounds {rounds}: whole numbers above 0, such as 300,300")
    if rows < 1:
        mistakes.append(f"--rows {rows} is not a whole number above 0")
    if not 2 <= sets <= 10_000:
        mistakes.append(f"--sets {sets} is not a whole number from 2 to 10,000")
    if not SCALES[0] <= scale <= SCALES[1]:
        mistakes.append(f"--scale {scale:g} is outside {SCALES[0]:g} to {SCALES[1]:g}")
    first = YEARS[FEWEST_YEARS - 1]
    if not first <= train_to <= LAST_DATA:
        mistakes.append(f"--train-to {train_to} is none of the years {first} to {LAST_DATA}")
    if mistakes:
        raise InputError(*mistakes)
    usual = Asked()
    draws = max(usual.draws, -(-max(sets, *map(int, parts)) // usual.chains))
    return Asked(rows, scale, tuple(map(int, parts)), sets, usual.steps, train_to, draws=draws, region=region)
