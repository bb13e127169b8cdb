"""`sanxiang response`: what every dose of a lever does against what is in force."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from experiments.answer.dose_response import Response, fields_named, remarks, responses
from experiments.answer.kept_responses import keep
from experiments.answer.response_table import response_table
from experiments.command.arguments import Parser
from experiments.command.printed_json import printed_json
from experiments.compute.sweep_run import refuse_other_region
from experiments.exits import Exit
from experiments.figures.doses import doses
from experiments.figures.files import check_suffix, save
from experiments.language.chosen import EN, speaking
from experiments.store import header
from experiments.store.store import Store, claimed
from scenarios.region.folder import DEFAULT_REGION
from scenarios.values.errors import InputError


def main(args: list[str]) -> int:
    """sanxiang response [LEVER[.FIELD]...]: the dose-response of levers over their range, in pairs."""
    asked = _parsed(args)
    computed = responses(asked.names, asked.replications, asked.scale, asked.doses)
    found = []
    with _folder(asked.results) as store:
        for one in computed:
            found.append(one)
            if store is not None:
                keep(store, one)
            if asked.format == "text":
                print(response_table(one))
    if asked.format == "json":
        print(printed_json([in_json(one) for one in found]))
    _write(asked, found)
    return Exit.OK


def _parsed(args: list[str]) -> Namespace:
    """The words, checked before the first run.

    Raises: InputError.
    """
    parser = Parser(prog="sanxiang response")
    parser.add_argument("names", nargs="*", metavar="LEVER[.FIELD]", help="all levers unless given")
    parser.add_argument("--replications", type=int, default=20, metavar="N", help="pairs of equal luck")
    parser.add_argument("--scale", type=float, default=0.1, metavar="F", help="size of the province")
    parser.add_argument("--doses", type=int, default=13, metavar="D", help="3 to 20, placed where it bends")
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="json: one list, an entry for each field"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="a figure: .svg, .png or .pdf; of one field")
    parser.add_argument(
        "--results", type=Path, metavar="DIR", help="keep them in a results folder, new or of sweeps"
    )
    asked = parser.parse_args(args)
    if asked.out is not None:
        check_suffix(asked.out)
        keys = fields_named(asked.names)
        if len(keys) > 1:
            raise InputError(f"--out takes one field, not {len(keys)}: {', '.join(keys[:5])}")
    return asked


@contextmanager
def _folder(path: Path | None) -> Iterator[Store | None]:
    """The results folder, held against sweeps until the block ends; none where none is named.

    Raises: as claimed; FolderDiffers for a folder of another region.
    """
    if path is None:
        yield None
        return
    with claimed(path, header.header()) as store:
        refuse_other_region(store, DEFAULT_REGION)
        yield store


def _write(asked: Namespace, found: list[Response]) -> None:
    """The figure and the folder's report, and where they are: beside JSON, on standard error."""
    told = sys.stderr if asked.format == "json" else sys.stdout
    if asked.out is not None:
        save(doses(found[0])[0], asked.out)
        print(f"figure: {asked.out}", file=told)
    if asked.results is not None:
        from experiments.report.report import write_all

        print(f"report: {write_all(asked.results)}", file=told)


def in_json(found: Response) -> dict[str, object]:
    """A response as plain values."""
    return {
        "lever": found.key,
        "unit": found.unit,
        "in_force": found.dose_in_force,
        "effects": found.rows(),
        "remarks": _in_english(found),
    }


def _in_english(found: Response) -> list[str]:
    with speaking(EN):
        return remarks(found)
