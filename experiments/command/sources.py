"""`sanxiang sources`: every reference that the program, or a run of it, relied on, with counts by status."""

from __future__ import annotations

from experiments.command.arguments import FORMAT, Parser, with_region
from experiments.command.printed_json import printed_json
from experiments.exits import Exit
from experiments.read.recorded_run import recorded
from experiments.sources.references import references_of_program, references_of_run
from experiments.sources.table import in_csv, in_json, lines
from experiments.store.store import Store
from scenarios.values.errors import InputError, one_line


def main(args: list[str]) -> int:
    """sanxiang sources [--run ID DIR] [--format json] [--csv] [region=NAME]"""
    words, region = with_region(args)
    parser = Parser(prog="sanxiang sources")
    parser.add_argument("folder", nargs="?", metavar="DIR", help="the results folder of the run")
    parser.add_argument("--run", metavar="ID", help="one run: the beginning of its id, or SCENARIO:n")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument("--csv", action="store_true", help="a row for each number")
    asked = parser.parse_args(words)
    if (asked.run is None) != (asked.folder is None):
        raise InputError("sources takes both of --run ID and DIR, or neither")
    if asked.csv and asked.format == "json":
        raise InputError("sources prints CSV or JSON, not both")
    if asked.run is None:
        references, about = references_of_program(region), f"the program, region {region}"
    else:
        run = recorded(Store(asked.folder), asked.run)
        references = references_of_run(run.spec)
        about = (
            f"run {run.run_id[:12]} ({run.spec.scenario.name}, {run.spec.world}, n = {run.spec.replication})"
        )
    about = one_line(about)
    if asked.csv:
        print(in_csv(references))
    else:
        print(
            printed_json(in_json(references, about)) if asked.format == "json" else lines(references, about)
        )
    return Exit.OK
