"""`sanxiang sensitivity`: what values and chances of targets hang on, by screening and shares of variance."""

from __future__ import annotations

import sys
from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path

from experiments.answer.sweep import tell
from experiments.command.arguments import FORMAT, WORKERS, Parser
from experiments.command.printed_json import printed_json
from experiments.exits import Exit, Interrupted
from experiments.figures.files import check_suffix, save
from experiments.figures.hangs_on import hangs_on
from experiments.plan.overrides import APPROXIMATE
from experiments.sensitivity.answer import answer
from experiments.sensitivity.in_json import in_json
from experiments.sensitivity.question import RESULTS, RUNS, SCALE, TRAJECTORIES, question_of
from experiments.sensitivity.table import rendered
from scenarios.values.errors import InputError

WORDS = f"""words: those of a sweep that say what a run is - scenario=A,B
reform=FILE world=W region=NAME seed=S parameters=posterior|prior|central
lever.NAME.FIELD=V parameters.GROUP.NAME=V results=DIR - and targets=A,B (all
unless given), scale=F ({SCALE:g}), runs=N ({RUNS}, from which shares are learnt) and
trajectories=R ({TRAJECTORIES}, moves of each group in the screening). Of several scenarios
what each adds to the first is told, too. Runs are kept in {RESULTS}
unless results=DIR: the same words go on where they stopped."""


def main(args: list[str]) -> int:
    """sanxiang sensitivity [KEY=VALUE ...] [--approximate] [--out FILE] [--format json] [--workers W]"""
    asked = _parsed(args)
    words = [*asked.words, *([APPROXIMATE] if asked.approximate else [])]
    question = question_of(words)
    tell([line for line in question.plan.notices if line != question.described])
    try:
        found = answer(question, asked.workers)
    except KeyboardInterrupt:
        raise Interrupted("stopped; the same command goes on where it was", Exit.INTERRUPTED) from None
    print(printed_json(in_json(found)) if asked.format == "json" else rendered(found))
    if asked.out is not None:
        save(hangs_on(found)[0], asked.out)
        print(f"figure: {asked.out}", file=sys.stderr if asked.format == "json" else sys.stdout)
    return Exit.OK


def _parsed(args: list[str]) -> Namespace:
    """The words. Raises: InputError."""
    parser = Parser(prog="sanxiang sensitivity", epilog=WORDS)
    parser.add_argument("words", nargs="*", metavar="KEY=VALUE", help="as below")
    parser.add_argument("--approximate", action="store_true", help="take a posterior of another model, too")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a figure: .svg, .png or .pdf")
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    asked = parser.parse_intermixed_args(args)
    if asked.workers is not None and asked.workers < 1:
        raise InputError(f"--workers {asked.workers} is not a whole number from 1 on")
    if asked.out is not None:
        check_suffix(asked.out)
    missing = [name for name in ("SALib", "sklearn") if find_spec(name) is None]
    if missing:
        raise InputError(
            f"sensitivity needs {' and '.join(missing)}, of the extra `sensitivity` of the package"
        )
    return asked
