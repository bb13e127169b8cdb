"""`sanxiang facts`: the baseline to 2020 beside published figures and stylised facts, each with a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from experiments.command.arguments import DRAWS, WORKERS, Parser, with_region
from experiments.command.evidence import parameter_sets
from experiments.command.printed_json import printed_json
from experiments.evidence.facts.fact import load_facts
from experiments.evidence.facts.page import page
from experiments.evidence.facts.table import Conditions, in_json, lines
from experiments.evidence.facts.verdict import Values, judged, values_of_runs
from experiments.evidence.past import baseline
from experiments.exits import Exit
from experiments.store.own_files import own
from scenarios.spec import Parameters
from scenarios.values.errors import InputError

REPLICATIONS, OF_A_SET = 20, 1
MOST = 10_000  # runs


def main(args: list[str]) -> int:
    """sanxiang facts [--replications N] [--draws K] [--json] [--report FILE] [--workers K] [region=NAME]"""
    words, region = with_region(args)
    parser = Parser(prog="sanxiang facts")
    parser.add_argument("--replications", type=int, default=REPLICATIONS, metavar="N", help="central runs")
    parser.add_argument("--draws", type=int, metavar="K", help=DRAWS)
    parser.add_argument("--of-each", type=int, default=OF_A_SET, metavar="N", help="runs of each set")
    parser.add_argument("--json", action="store_true", help="print plain values")
    parser.add_argument("--report", metavar="FILE", help="write the table as a Markdown page")
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    asked = parser.parse_args(words)
    for name, count in (("--replications", asked.replications), ("--of-each", asked.of_each)):
        if not 1 <= count <= MOST:
            raise InputError(f"{name} {count} is not a whole number from 1 to {MOST:,}")
    load_facts(region)
    sets, described = parameter_sets(asked.draws, region)
    drawn = sets if asked.draws is not None else []
    central, of_sets = runs(region, asked.replications, drawn, asked.of_each, asked.workers)
    found = judged(region, central, of_sets)
    about = Conditions(asked.replications, len(drawn), asked.of_each, region, described)
    print(printed_json(in_json(found, about)) if asked.json else lines(found, about))
    if asked.report:
        write_page(Path(asked.report), page(found, about, " ".join(["sanxiang facts", *args])))
    return Exit.OK


def runs(
    region: str, replications: int, drawn: Sequence[Parameters], of_each: int, workers: int | None
) -> tuple[list[Values], list[list[Values]]]:
    """What the central runs give, and those of each set of parameters, all in one go."""
    specs = baseline(replications, region=region)
    for parameters in drawn:
        specs += baseline(of_each, parameters, region=region)
    found = values_of_runs(specs, workers)
    after = found[replications:]
    return found[:replications], [after[n : n + of_each] for n in range(0, len(after), of_each)]


def write_page(path: Path, text: str) -> None:
    """Writes the page.

    Raises:
        CannotWrite: with the reason.
    """
    own(path).write(text.encode("utf-8"))
