"""`sanxiang split`: what targets vary with - parameters, the world's path, luck or unknown bases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.answer import kept_splits, split_table
from experiments.answer.split_runs import parts_of, rows_run
from experiments.answer.target_table import Block, joined
from experiments.answer.text_table import readable
from experiments.command.arguments import FORMAT, LEVERS, WORKERS, Parser, with_levers
from experiments.command.printed_json import printed_json
from experiments.exits import Exit
from experiments.plan.size import CONFIRMED
from experiments.plan.sweep_plan import plan_sweep
from experiments.plan.words import found_again, path_word, recorded_words
from experiments.read.reading import load_sweep
from experiments.store import header
from experiments.store.own_levers import refuse_missing
from experiments.store.store import claimed
from scenarios.targets import load_targets
from scenarios.values.errors import InputError, one_line

ROWS, FEWEST, MOST = 100, 20, 100_000
ANEW = ("replications", "half_width", "at_most", "draws", "scenario", "results")


def main(args: list[str]) -> int:
    """sanxiang split DIR [--rows N] [--scenario A,B] [--sweep ID] [--format json] [--workers W]"""
    given, levers = with_levers(args)
    parser = Parser(prog="sanxiang split", epilog=LEVERS)
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument(
        "--rows", type=int, default=ROWS, metavar="N", help="pairs of runs, with four to six runs each"
    )
    parser.add_argument("--scenario", metavar="A,B", help="which scenarios; those of the sweep unless given")
    parser.add_argument("--sweep", metavar="ID", help="the sweep whose id begins so, not the last one")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    asked = parser.parse_args(given)
    if not FEWEST <= asked.rows <= MOST:
        raise InputError(f"--rows {asked.rows} is not a whole number from {FEWEST} to {MOST:,}")
    sweep = load_sweep(asked.folder, asked.sweep)
    refuse_missing(asked.folder, sweep.get("levers", []), levers is not None)
    own = [] if levers is None else [path_word("levers", [levers])]
    plan = plan_sweep([*words_of(sweep, Path(asked.folder), asked.rows, asked.scenario), *own])
    with claimed(asked.folder, header.with_own(header.header(plan.region), plan.own)) as store:
        question = store, sweep["id"], parts_of(plan), asked.rows
        values = kept_splits.values_kept(*question, {run.point for unit in plan.units() for run in unit})
        if values is None:
            values = rows_run(plan, asked.workers)
            kept_splits.keep(*question, values)
    varying = kept_splits.varying(parts_of(plan), asked.rows, values)
    if asked.format == "json":
        print(printed_json(varying.rows_in_json()))
    else:
        print(render(varying, plan.region))
    return Exit.OK


def words_of(sweep: dict[str, Any], folder: Path, rows: int, scenarios: str | None) -> list[str]:
    """The words of a recorded sweep for two replications a row.

    Raises: CorruptData when the record holds words that no sweep has.
    """
    kept = found_again(recorded_words(sweep["words"], str(folder)), sweep.get("inputs", {}), folder)
    anew = [name for name in ANEW if name != "scenario" or scenarios is not None]
    words = [word for word in kept if word.partition("=")[0] not in anew]
    if not any(word.partition("=")[0] == "parameters" for word in words):
        words.append(f"parameters={sweep.get('parameters') or 'central'}")
    chosen = [] if scenarios is None else [f"scenario={scenarios}"]
    return [*words, *chosen, f"replications={2 * rows}", CONFIRMED]


def render(varying: kept_splits.Varying, region: str) -> str:
    """The tables of all cases."""
    targets = load_targets(region=region)
    cases = dict.fromkeys(case for case, _, _ in varying.splits)
    blocks: list[Block] = [([one_line(case)], split_table.block(varying, case, targets)) for case in cases]
    under = f"{varying.rows} rows; {split_table.note()}"
    return readable("\n\n".join([*joined(blocks, (0, 1)), under]))
