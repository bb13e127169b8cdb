"""`sanxiang screen`: which parameters the chances of targets and the signs of effects hang on."""

from __future__ import annotations

from importlib.util import find_spec

from experiments.answer.text_table import readable
from experiments.command.arguments import FORMAT, WORKERS, Parser, with_region
from experiments.command.printed_json import printed_json
from experiments.evidence.screen import lines, screen
from experiments.exits import Exit
from experiments.plan.sweep_plan import SCALES
from scenarios.values.errors import InputError


def main(args: list[str]) -> int:
    """sanxiang screen [region=NAME] [--trajectories R] [--scale F] [--format json] [--workers W]"""
    words, region = with_region(args)
    parser = Parser(prog="sanxiang screen")
    parser.add_argument("--trajectories", type=int, default=4, metavar="R", help="moves of each parameter")
    parser.add_argument("--scale", type=float, default=0.1, metavar="F", help="size of the province")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    asked = parser.parse_args(words)
    if find_spec("SALib") is None:
        raise InputError("a screen needs SALib, which the extra `sensitivity` of the package installs")
    if not SCALES[0] <= asked.scale <= SCALES[1]:
        raise InputError(f"--scale {asked.scale:g} is outside {SCALES[0]:g} to {SCALES[1]:g}")
    quiet = asked.format == "json"
    say = (lambda _: None) if quiet else print
    found = screen(asked.trajectories, asked.scale, asked.workers, say, region)
    if quiet:
        deciding = set(found.deciding())
        rows = [
            {
                "parameter": name,
                "shift": {target: float(values[place]) for target, values in found.shifts.items()},
                "turns": {scenario: int(values[place]) for scenario, values in found.flips.items()},
                "decides": place in deciding,
            }
            for place, name in enumerate(found.names)
        ]
        print(printed_json(rows))
    else:
        print(readable("\n".join(lines(found))))
    return Exit.OK
