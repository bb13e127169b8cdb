"""`sanxiang evidence`: experiments inside the model beside what studies found, each with a verdict."""

from __future__ import annotations

from pathlib import Path

from experiments.command.arguments import DRAWS, FORMAT, Parser, with_region
from experiments.command.printed_json import printed_json
from experiments.evidence.effects import measured, trials_of
from experiments.evidence.evidence_page import page
from experiments.evidence.evidence_table import Conditions, in_json, lines
from experiments.evidence.published import chosen, load_published
from experiments.evidence.verdicts import judged, trial_r
from experiments.exits import Exit
from experiments.plan.drawn_sets import first_sets
from experiments.store.own_files import own
from scenarios.drawn import changed
from scenarios.load import central_values, load_parameters
from scenarios.region.folder import CONFIGS
from scenarios.spec import Parameters
from scenarios.values.errors import InputError

REPLICATIONS, SCALE = 6, 0.1
CENTRAL = "parameters: the central set"
PAGE = CONFIGS.parent / "docs" / "EVIDENCE.md"


def main(args: list[str]) -> int:
    """sanxiang evidence [NAME...] [--replications N] [--draws K] [--scale F] [--write] [region=NAME]"""
    words, region = with_region(args)
    parser = Parser(prog="sanxiang evidence")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a row, lever, mechanism or experiment; all")
    parser.add_argument("--replications", type=int, default=REPLICATIONS, metavar="N", help="pairs of runs")
    parser.add_argument("--draws", type=int, metavar="K", help=DRAWS)
    parser.add_argument("--scale", type=float, default=SCALE, metavar="F", help="size of the province")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument("--write", action="store_true", help="write docs/EVIDENCE.md")
    asked = parser.parse_args(words)
    if asked.write and asked.names:
        raise InputError("--write writes the page of all rows; name none with it")
    rows = chosen(asked.names, load_published())
    waiting = {name: row for name, row in rows.items() if row.waits is not None}
    draws, described = parameter_sets(asked.draws, region)
    trials = trials_of([row.trial for row in rows.values() if row.trial is not None])
    effects = measured(trials, draws, asked.replications, asked.scale, region)
    found = judged(rows, effects)
    returns = trial_r({name: one for name, one in effects.items() if name in {r.row.trial for r in found}})
    about = Conditions(asked.replications, len(draws), asked.scale, region, described)
    tell = (found, returns, waiting, about)
    print(printed_json(in_json(*tell)) if asked.format == "json" else lines(*tell))
    if asked.write:
        write(page(*tell, " ".join(["sanxiang evidence", *args])))
    return Exit.OK


def parameter_sets(count: int | None, region: str) -> tuple[list[Parameters], str]:
    """The first sets of the posterior, or where the region has none of those drawn from priors, and which.

    The central set without a count.

    Raises:
        InputError: there are not so many sets, or none.
        ModelDiffers, CorruptData: the posterior is of another model, or damaged.
    """
    central = central_values(load_parameters(region=region))
    if count is None:
        return [central], CENTRAL
    found = first_sets(count, region)
    return [changed(central, one) for one in found.values], found.told


def write(text: str, path: Path = PAGE) -> None:
    """Writes the page.

    Raises:
        CannotWrite: with the reason.
    """
    own(path).write(text.encode("utf-8"))
    print(f"written: {path}")
