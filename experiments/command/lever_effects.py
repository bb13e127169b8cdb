"""`sanxiang levers --effects`: what each lever does to each indicator at the dose that the plan means."""

from __future__ import annotations

from argparse import SUPPRESS, Namespace
from collections.abc import Sequence
from pathlib import Path

from experiments.command.arguments import DRAWS, FORMAT, WORKERS, Parser, with_region
from experiments.command.evidence import parameter_sets, write
from experiments.command.printed_json import printed_json
from experiments.effects.doses import doses
from experiments.effects.effects import AGAINST, Asked, lever_effects
from experiments.effects.page import page
from experiments.effects.places import judged_rows, places
from experiments.effects.table import in_json, lines
from experiments.evidence.effects import MOST_SCALE
from experiments.exits import Exit
from experiments.measures.stored import store
from experiments.plan.sweep_plan import SCALES
from scenarios.region.folder import CONFIGS
from scenarios.values.errors import InputError

REPLICATIONS, SCALE = 6, 0.1
PAGE = CONFIGS.parent / "docs" / "EFFECTS.md"


def effects_page(args: Sequence[str]) -> int:
    """sanxiang levers --effects [NAME...] [--draws K] [--replications N] [--against 2020|zero] [--write]"""
    words, region = with_region(args)
    asked, wanted = checked(parsed(words), region)
    sets, described = parameter_sets(asked.draws, region)
    found = lever_effects(wanted, sets)
    names = [one.lever for one in found.doses]
    rows = [] if asked.no_trials else judged_rows(wanted, names, sets)
    told = (found, places(found, rows), described)
    print(printed_json(in_json(*told)) if asked.format == "json" else lines(*told))
    if asked.write:
        command = " ".join(["sanxiang levers", *args])
        write(page(*told, command), PAGE)
        store(in_json(*told), region, command)
    return Exit.OK


def parser() -> Parser:
    """What the words may be."""
    found = Parser(prog="sanxiang levers --effects", add_help=False)
    found.add_argument("names", nargs="*", metavar="NAME", help="levers; all, and all together, unless given")
    found.add_argument("--effects", action="store_true", help=SUPPRESS)
    found.add_argument("--draws", type=int, metavar="K", help=DRAWS)
    found.add_argument("--replications", type=int, default=REPLICATIONS, metavar="N", help="pairs per set")
    found.add_argument("--scale", type=float, default=SCALE, metavar="F", help="size of the province")
    found.add_argument("--against", choices=AGAINST, default=AGAINST[0], help="what is in force, or nothing")
    found.add_argument("--no-trials", action="store_true", help="without the experiments of evidence")
    found.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    found.add_argument("--results", type=Path, metavar="DIR", help="keep what is measured, and go on from it")
    found.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    found.add_argument("--write", action="store_true", help="write docs/EFFECTS.md and docs/effects.json")
    return found


def parsed(words: Sequence[str]) -> Namespace:
    """The words. Raises: InputError."""
    return parser().parse_args(list(words))


def checked(asked: Namespace, region: str) -> tuple[Namespace, Asked]:
    """What is asked for, refused before any run where it cannot be done.

    Raises:
        InputError: one line.
    """
    if asked.replications < 2:
        raise InputError(
            f"--replications {asked.replications}: at least 2, since an interval is read off them"
        )
    if not SCALES[0] <= asked.scale <= MOST_SCALE:
        raise InputError(f"--scale {asked.scale:g} is outside {SCALES[0]:g} to {MOST_SCALE:g}")
    if asked.workers is not None and asked.workers < 1:
        raise InputError(f"--workers {asked.workers} is not a whole number from 1 on")
    if asked.write and asked.names:
        raise InputError("--write writes the page of all levers; name none with it")
    doses(asked.names, region)
    names = tuple(dict.fromkeys(asked.names))
    numbers = (asked.replications, asked.scale, region, asked.workers, asked.results)
    return asked, Asked(names, asked.against, *numbers)
