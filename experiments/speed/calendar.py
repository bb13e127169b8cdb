"""The calendar of a quarter as a table: when, step, where it stands, what it does, its share of time."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from agents.economy import Economy
from experiments.answer.text_table import fitted, terminal_width
from scenarios.lever import levers_in
from sim.model import IndustrialPolicyModel, choose
from sim.moment import Moment
from sim.quarter import CALENDAR, Step, When

ROOT = Path(__file__).resolve().parents[2]
QUARTERS = 8  # that are timed
SCALE, LARGEST = 0.1, 10.0
START, STOP = "<!-- calendar -->", "<!-- end of calendar -->"


class Row(NamedTuple):
    """One line of the calendar."""

    when: str
    step: str
    file: str
    does: str


def rows() -> list[Row]:
    """The calendar as it stands in sim/quarter.py."""
    return [row_of(when, step) for when, step in CALENDAR]


def row_of(when: When, step: Step) -> Row:
    """One step with the file it is in and the first line of what it says of itself."""
    file = Path(inspect.getsourcefile(step) or "").resolve().relative_to(ROOT)
    does = (inspect.getdoc(step) or "").partition("\n")[0]
    return Row(when.words, step.__name__, file.as_posix(), does)


def seconds(scale: float) -> list[float]:
    """Seconds that each line of the calendar takes in the timed quarters of 2017 and 2018.

    They are lived twice: what a step needs is loaded, for tenths of a second, when it first has work to do.
    """
    _seconds(scale)
    return _seconds(scale)


def _seconds(scale: float) -> list[float]:
    model = IndustrialPolicyModel(choose(scale=scale))
    for _ in range(4):
        model.step()
    economy, taken = model.economy, [0.0] * len(CALENDAR)
    for _ in range(QUARTERS):
        time_steps(economy, model.moment(levers_in(model.spec.scenario, economy.year)), taken)
        economy.quarter += 1
    return taken


def time_steps(economy: Economy, now: Moment, taken: list[float]) -> None:
    """Takes a quarter's steps and adds the seconds of each line to `taken`."""
    for line, (when, step) in enumerate(CALENDAR):
        if now.of_year in when.quarters:
            begun = perf_counter()
            step(economy, now)
            taken[line] += perf_counter() - begun


def shares(taken: Sequence[float]) -> list[float]:
    """What each line took of all [share]."""
    total = sum(taken)
    return [one / total for one in taken]


def table_of(lines: Sequence[Row], of_time: Sequence[float]) -> str:
    """The table as text."""
    head = ("when", "step", "file", "time", "what it does")
    cells = [
        (one.when, one.step, one.file, f"{100 * share:.1f} %", one.does)
        for one, share in zip(lines, of_time, strict=True)
    ]
    return "\n".join(fitted([head, *cells], left=(0, 1, 2, 4), limit=terminal_width()))


def page() -> str:
    """The calendar as docs/ODD.md shows it: a table in Markdown between two marks."""
    lines = [f"| {one.when} | `{one.step}` | `{one.file}` | {one.does} |" for one in rows()]
    head = ["| when | step | file | what it does |", "|---|---|---|---|"]
    return "\n".join([START, *head, *lines, STOP])
