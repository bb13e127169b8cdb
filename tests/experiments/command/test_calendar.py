"""The calendar of a quarter: what it shows is what a quarter does."""

import time
from pathlib import Path

import pytest

from experiments.__main__ import main
from experiments.speed import calendar
from sim.quarter import CALENDAR

ROOT = Path(calendar.__file__).resolve().parents[2]


def test_the_odd_page_shows_the_calendar_of_a_quarter():
    page = (ROOT / "docs" / "ODD.md").read_text("utf-8")
    shown = page[page.index(calendar.START) : page.index(calendar.STOP) + len(calendar.STOP)]
    assert shown == calendar.page(), (
        "put in docs/ODD.md what this prints: sanxiang calendar --format markdown"
    )


def test_every_step_has_a_file_of_the_project_and_says_what_it_does():
    rows = calendar.rows()
    assert [row.step for row in rows] == [step.__name__ for _, step in CALENDAR]
    assert all((ROOT / row.file).is_file() and row.does.endswith(".") for row in rows)


def test_every_step_is_timed_and_the_shares_are_those_of_the_whole(capsys):
    assert main(["calendar", "--scale", "0.005"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["when", "step", "file", "time"]
    assert lines[-1].endswith("in 8 quarters from 2017 on, at scale 0.005")
    times = [float(line.split(" %")[0].split()[-1]) for line in lines[: len(CALENDAR)]]
    assert sum(times) == pytest.approx(100.0, abs=0.05 * len(CALENDAR))
    assert max(times) > 0.0


def test_what_a_step_loads_at_its_first_call_is_not_its_time(monkeypatch):
    loaded = []

    def loads(economy, now):
        if not loaded:
            loaded.append(True)
            time.sleep(0.3)

    monkeypatch.setattr(calendar, "CALENDAR", (*CALENDAR, (CALENDAR[0][0], loads)))
    *_, last = calendar.seconds(0.005)
    assert loaded and last < 0.1


@pytest.mark.parametrize("scale", ["0", "-1", "nan", "inf", "11"])
def test_an_economy_of_no_size_or_too_large_is_refused(scale, capsys):
    assert main(["calendar", f"--scale={scale}"]) == 2
    assert capsys.readouterr().err == f"--scale is {scale}, outside 0 to 10\n"


@pytest.mark.parametrize("words", [["2017"], ["--scale", "small"], ["--format", "json"], ["--order"]])
def test_an_unknown_argument_is_told_in_one_line(words, capsys):
    assert main(["calendar", *words]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
