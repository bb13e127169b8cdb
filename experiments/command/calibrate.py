"""`sanxiang calibrate`: the posterior of the parameters, learnt from figures of 2016-20, and checks of it."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from experiments.answer.text_table import readable
from experiments.calibration import control, page, ranks_told, sensitivity
from experiments.calibration.calibrate import Asked, calibrate
from experiments.calibration.file import file_text, lines
from experiments.calibration.pasts_table import has_table, refuse_other_region, table_in
from experiments.calibration.ranks import Ranks, ranks_of
from experiments.calibration.rivals import contest, known, told
from experiments.command.arguments import WORKERS, Parser, with_region
from experiments.compute.crew import hired
from experiments.evidence.page_sections import write_section
from experiments.evidence.past import YEARS
from experiments.exits import Exit
from experiments.plan.chosen_executor import chosen_executor, is_of_executor
from experiments.plan.settings import ExecutorSettings
from experiments.plan.sweep_plan import SCALES
from experiments.store.own_files import OwnPath
from scenarios.posterior import LAST_DATA, file_name
from scenarios.region.folder import region_folder
from scenarios.values.errors import InputError

NEEDED = ("jax", "numpyro", "sklearn", "scoringrules")
FEWEST_YEARS = 2
LEAST_TRUTHS, MOST_TRUTHS = 10, 10_000
TOY_ROWS = 2_000


def main(args: list[str]) -> int:
    """sanxiang calibrate [--rows N] [--scale F] [--rounds A,B] [--sets K] [--train-to YEAR] [--results DIR]
    [--write DIR] [--report FILE] [--ranks N | --methods N | --sensitivity [DIR] | --control N] [executor=E]
    [region=NAME]"""
    words, region = with_region(args)
    asked = options().parse_args([word for word in words if not is_of_executor(word)])
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(
            f"a calibration needs {', '.join(missing)}, which the extra `calibrate` of the package installs"
        )
    plan = checked(asked.rows, asked.scale, asked.rounds, asked.sets, asked.train_to, region)
    folder, command = OwnPath(Path(asked.results)), " ".join(["sanxiang calibrate", *args])
    placed = [word for word in words if is_of_executor(word)]
    check_modes(asked, placed)
    if asked.control is not None:
        return companions(asked, region, placed, command)
    if modes(asked) and (asked.methods is None or has_table(folder)):
        refuse_other_region(folder, region)
    if asked.ranks is not None:
        return ranked(asked, folder, command)
    if asked.methods is not None:
        return compared(asked, folder, command)
    if asked.sensitivity is not None:
        return moved(asked, folder, command)
    return learnt(asked, plan, folder, placed, command)


def modes(asked: argparse.Namespace) -> list[str]:
    """What is asked for in place of a calibration."""
    names = ("ranks", "methods", "sensitivity", "control")
    return [f"--{name}" for name in names if getattr(asked, name) is not None]


def check_modes(asked: argparse.Namespace, placed: list[str]) -> None:
    """Refuses numbers of truths out of range, and words that what is asked for does nothing with.

    Raises:
        InputError: one line per mistake.
    """
    mistakes = []
    for name in ("ranks", "methods", "control"):
        count = getattr(asked, name)
        if count is not None and not LEAST_TRUTHS <= count <= MOST_TRUTHS:
            mistakes.append(f"--{name} {count} is not a whole number from {LEAST_TRUTHS} to {MOST_TRUTHS:,}")
    if placed and modes(asked) and asked.control is None:
        mistakes.append(f"{placed[0]}: only simulations go through an executor; {modes(asked)[0]} makes none")
    if asked.figure is not None and asked.ranks is None:
        mistakes.append("--figure draws ranks: it needs --ranks N")
    if asked.write and modes(asked):
        mistakes.append(f"--write: {modes(asked)[0]} learns no posterior to write")
    if mistakes:
        raise InputError(*mistakes)
    if asked.figure is not None:
        check_figure(asked.figure)


def learnt(asked: argparse.Namespace, plan: Asked, folder: OwnPath, placed: list[str], command: str) -> int:
    """A calibration."""
    with hired(executor_of(asked, placed), plan.region) as crew:
        found = calibrate(folder, plan, crew)
    print(readable("\n".join(lines(found))))
    if asked.write:
        name = region_folder(plan.region).name
        path = OwnPath(Path(asked.write)) / "region" / name / file_name(plan.trained_to)
        path.parent.make()
        path.write(file_text(found, command).encode("utf-8"))
        print(f"written: {path.path}")
    report(asked, f"posterior to {plan.trained_to}", page.posterior_section(found, command))
    return Exit.OK


def ranked(asked: argparse.Namespace, folder: OwnPath, command: str) -> int:
    """Ranks of known truths."""
    found = ranks_of(folder, asked.ranks, asked.workers, asked.rows)
    print(readable("\n".join(ranks_told.lines(found))))
    if asked.figure is not None:
        draw(found, asked.figure)
    report(asked, ranks_told.SECTION, ranks_told.section(found, command, shown(asked)))
    return Exit.OK


def compared(asked: argparse.Namespace, folder: OwnPath, command: str) -> int:
    """Methods on known truths: two made-up problems, and the table where there is one."""
    trials = [known.linear(TOY_ROWS, asked.methods), known.bent(TOY_ROWS, asked.methods)]
    if has_table(folder):
        trials.append(known.of_table(table_in(folder, asked.rows), asked.methods))
    found = [contest.held(trial) for trial in trials]
    print(readable("\n".join(told.lines(found))))
    report(asked, told.SECTION, told.section(found, command))
    return Exit.OK


def moved(asked: argparse.Namespace, folder: OwnPath, command: str) -> int:
    """How far the posterior moves with what it was learnt with."""
    beside = OwnPath(Path(asked.sensitivity)) if asked.sensitivity else None
    found = sensitivity.sensitivity(folder, asked.rows, beside)
    print(readable("\n".join(sensitivity.lines(found))))
    report(asked, sensitivity.SECTION, sensitivity.section(found, command))
    return Exit.OK


def companions(asked: argparse.Namespace, region: str, placed: list[str], command: str) -> int:
    """Whether runs of a part of the province would make an answer cheaper."""
    with hired(executor_of(asked, placed), region) as crew:
        found = control.control(region, asked.control, asked.scale, crew)
    print(readable("\n".join(control.lines(found))))
    report(asked, control.SECTION, control.section(found, command))
    return Exit.OK


def executor_of(asked: argparse.Namespace, placed: list[str]) -> ExecutorSettings:
    """Where simulations are computed; --workers is short for executor.workers."""
    of_workers = [] if asked.workers is None else [f"executor.workers={asked.workers}"]
    return chosen_executor([*placed, *of_workers])


def report(asked: argparse.Namespace, name: str, section: str) -> None:
    """Puts a section into the page that was asked for."""
    if asked.report:
        write_section(Path(asked.report), name, section, page.HEAD)


def shown(asked: argparse.Namespace) -> str | None:
    """The figure as the page names it: by its path from the page's folder, where it lies below that."""
    if asked.figure is None or not asked.report:
        return None
    figure, folder = Path(asked.figure).resolve(), Path(asked.report).resolve().parent
    return figure.relative_to(folder).as_posix() if figure.is_relative_to(folder) else None


def check_figure(path: str) -> None:
    """Refuses a name that no figure can have. Raises: InputError."""
    from experiments.figures.files import check_suffix

    check_suffix(Path(path))


def draw(found: Ranks, path: str) -> None:
    """Writes the figure.

    Raises:
        CannotWrite: with the reason.
    """
    from experiments.calibration.ranks_figure import ranks_figure
    from experiments.figures.files import save

    save(ranks_figure(found), Path(path))


def options() -> Parser:
    """The options."""
    usual = Asked()
    parser = Parser(prog="sanxiang calibrate")
    parser.add_argument(
        "--rows", type=int, metavar="N", help=f"simulations of the table; {usual.rows:,}, or all there are"
    )
    parser.add_argument(
        "--scale", type=float, default=usual.scale, metavar="F", help="their size of the province"
    )
    parser.add_argument(
        "--rounds",
        default=",".join(map(str, usual.rounds)),
        metavar="A,B",
        help="sets run whole to correct the surrogate, in each round",
    )
    parser.add_argument("--sets", type=int, default=usual.sets, metavar="K", help="sets to keep")
    parser.add_argument(
        "--train-to", type=int, default=LAST_DATA, metavar="YEAR", help="last year whose figures are used"
    )
    parser.add_argument(
        "--results",
        default="results/calibration",
        metavar="DIR",
        help="where simulations are kept; a repeated command goes on",
    )
    parser.add_argument("--write", metavar="DIR", help="write DIR/region/NAME/posterior.json, as in configs/")
    parser.add_argument("--report", metavar="FILE", help="put the result into a Markdown page")
    parser.add_argument("--figure", metavar="FILE", help="of --ranks: draw them (SVG, PDF, PNG)")
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    checks(parser.add_mutually_exclusive_group())
    return parser


def checks(instead: argparse._MutuallyExclusiveGroup) -> None:
    """The options that ask for a check of the method in place of a calibration."""
    instead.add_argument(
        "--ranks", type=int, metavar="N", help="instead: ranks of N known truths, rows of the table"
    )
    instead.add_argument(
        "--methods", type=int, metavar="N", help="instead: compare methods on N truths of each problem"
    )
    instead.add_argument(
        "--sensitivity",
        nargs="?",
        const="",
        metavar="DIR",
        help="instead: how far the posterior moves with rows, errors, and scale (DIR: another table)",
    )
    instead.add_argument(
        "--control",
        type=int,
        metavar="N",
        help="instead: N sets at --scale and whole, to see whether the part pays as a control variate",
    )


def checked(rows: int | None, scale: float, rounds: str, sets: int, train_to: int, region: str) -> Asked:
    """What is asked for.

    Raises:
        InputError: one line per mistake.
    """
    mistakes = []
    parts = rounds.split(",")
    if not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        mistakes.append(f"--rounds {rounds}: whole numbers above 0, such as 300,300")
    if rows is not None and rows < 1:
        mistakes.append(f"--rows {rows} is not a whole number above 0")
    if not 2 <= sets <= 10_000:
        mistakes.append(f"--sets {sets} is not a whole number from 2 to 10,000")
    if not SCALES[0] <= scale <= SCALES[1]:
        mistakes.append(f"--scale {scale:g} is outside {SCALES[0]:g} to {SCALES[1]:g}")
    first = YEARS[FEWEST_YEARS - 1]
    if not first <= train_to <= LAST_DATA:
        mistakes.append(f"--train-to {train_to} is none of the years {first} to {LAST_DATA}")
    if mistakes:
        raise InputError(*mistakes)
    usual = Asked()
    draws = max(usual.draws, -(-max(sets, *map(int, parts)) // usual.chains))
    return Asked(
        usual.rows if rows is None else rows, scale, tuple(map(int, parts)), sets, usual.steps, train_to,
        draws=draws, region=region,
    )  # fmt: skip
