"""`sanxiang response`: what every dose of a lever does against what is in force."""

from __future__ import annotations

from pathlib import Path

from experiments.answer.dose_response import Response, fields_named, remarks, response
from experiments.answer.response_table import response_table
from experiments.command.arguments import Parser
from experiments.command.printed_json import printed_json
from experiments.exits import Exit
from experiments.figures.doses import doses
from experiments.figures.files import check_suffix, save
from scenarios.values.errors import InputError


def main(args: list[str]) -> int:
    """sanxiang response [LEVER[.FIELD]...]: the dose-response of levers over their range, in pairs."""
    parser = Parser(prog="sanxiang response", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="LEVER[.FIELD]", help="all levers unless given")
    parser.add_argument("--replications", type=int, default=20, metavar="N", help="pairs of equal luck")
    parser.add_argument("--scale", type=float, default=0.1, metavar="F", help="size of the province")
    parser.add_argument("--doses", type=int, default=13, metavar="D", help="3 to 20, placed where it bends")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a figure: .svg, .png or .pdf; of one field")
    asked = parser.parse_args(args)
    keys = fields_named(asked.names)
    if asked.out is not None:
        check_suffix(asked.out)
        if len(keys) > 1:
            raise InputError(f"--out takes one field, not {len(keys)}: {', '.join(keys[:5])}")
    for key in keys:
        found = response(key, asked.replications, asked.scale, asked.doses)
        print(printed_json(in_json(found)) if asked.format == "json" else response_table(found))
        if asked.out is not None:
            save(doses(found)[0], asked.out)
            print(f"figure: {asked.out}")
    return Exit.OK


def in_json(found: Response) -> dict[str, object]:
    """A response as plain values."""
    return {
        "lever": found.key,
        "unit": found.unit,
        "in_force": found.dose_in_force,
        "effects": found.rows(),
        "remarks": remarks(found),
    }
