"""`sanxiang rerun`: one run again, compared bit for bit with its record; one member of it followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.command.arguments import FORMAT, LEVERS, Parser, with_levers
from experiments.command.beside_text import beside_lines
from experiments.command.printed_json import printed_json
from experiments.command.trace_text import quarter_lines
from experiments.exits import Exit
from experiments.read.rerun import Rerun, rerun
from scenarios.values.errors import InputError, one_line, quoted
from sim.trace.member import TracedQuarter


def main(args: list[str]) -> int:
    """sanxiang rerun DIR RUN [--trace KIND:ID [--beside SCENARIO]] [levers=FOLDER] [--format json]"""
    args, levers = with_levers(args)
    parser = Parser(prog="sanxiang rerun", epilog=LEVERS)
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("run", metavar="RUN", help="the beginning of a run's id, or SCENARIO:n")
    parser.add_argument(
        "--trace", metavar="KIND:ID", help="firm:ID, university:ID, programme:NAME, parks:PLACE or project:ID"
    )
    parser.add_argument(
        "--beside", metavar="SCENARIO", help="the member under another scenario too, with the same luck"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parsed = parser.parse_args(args)
    if parsed.run.startswith("-"):
        raise InputError(f"{quoted(parsed.run)} is no run")
    done = rerun(parsed.folder, parsed.run, parsed.trace, parsed.beside, levers)
    print(as_json(done) if parsed.format == "json" else as_text(done))
    return Exit.OK if done.same else Exit.CORRUPT


def as_json(done: Rerun) -> str:
    """The result for another program."""
    quarters = [_plain(one) for one in done.quarters]
    content: dict[str, Any] = {
        "run_id": done.run_id, "point": done.point, "n": done.n, "status": done.status, "same": done.same,
        "differences": done.differences, "error": done.error, "quarters": quarters,
    }  # fmt: skip
    if done.beside is not None:
        beside = {"scenario": done.beside.scenario, "quarters": list(map(_plain, done.beside.quarters))}
        content["beside"] = beside
    return printed_json(content)


def _plain(one: TracedQuarter) -> Mapping[str, Any]:
    return one._asdict() | {"payments": [payment._asdict() for payment in one.payments]}


def as_text(done: Rerun) -> str:
    """The result for a reader."""
    named = f"run {done.run_id[:12]} ({one_line(done.point)}, n = {done.n}, {done.status})"
    said = "the same bits as its record" if done.same else "NOT as its record"
    lines = [f"{named}: {said}", *(f"  {one_line(line)}" for line in done.differences)]
    if done.beside is None:
        lines += [line for one in done.quarters for line in quarter_lines(one)]
    else:
        lines += beside_lines((done.point, done.quarters), done.beside)
    return "\n".join([*lines, *map(one_line, done.error.splitlines())])
