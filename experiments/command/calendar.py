"""`sanxiang calendar`: the order of a quarter, each step with its file and share of time."""

from __future__ import annotations

from experiments.answer.text_table import readable
from experiments.command.arguments import Parser
from experiments.compute.compiling import compiles_first
from experiments.exits import Exit
from experiments.speed.calendar import LARGEST, QUARTERS, SCALE, page, rows, seconds, shares, table_of
from scenarios.values.errors import InputError


def main(args: list[str]) -> int:
    """sanxiang calendar [--scale F] [--format text|markdown]"""
    parser = Parser(prog="sanxiang calendar")
    parser.add_argument("--scale", type=float, default=SCALE, help="size of the economy that is timed")
    parser.add_argument(
        "--format", choices=["text", "markdown"], default="text", help="markdown: of docs/ODD.md"
    )
    parsed = parser.parse_args(args)
    if parsed.format == "markdown":
        print(page())
        return Exit.OK
    scale = parsed.scale
    if not 0.0 < scale <= LARGEST:
        raise InputError(f"--scale is {scale:g}, outside 0 to {LARGEST:g}")
    compiles_first()
    print(table_of(rows(), shares(seconds(scale))))
    share = f"share of the steps' time in {QUARTERS} quarters from 2017 on, at scale {scale:g}"
    print(readable(f"\ntime: {share}"))
    return Exit.OK
