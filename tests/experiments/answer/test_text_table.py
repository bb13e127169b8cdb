"""Tables of text fit the terminal, and nothing is lost when they do."""

import re
from pathlib import Path

import pytest
from rich.console import Console

import experiments
from experiments.answer import text_table
from experiments.answer.text_table import aligned, fitted, hanging, readable, short, wide
from experiments.command import catalogue_pages
from experiments.plan.catalogue import params

ROWS = [
    ["target", "base", "median [5–95]", "P (95 % interval)"],
    ["Emerging industries' value added, 亿元", "4,191", "6,578 [6,266 – 6,850]", "<3.7 %"],
    ["  with firms' research counted as output", "", "6,638 [6,257 – 6,882]", ""],
    ["lever.innovation_procurement.budget", "8,621", "14,903", "71.0 % (61.5–79.0)"],
]


@pytest.mark.parametrize("limit", [30, 40, 60, 80])
def test_no_line_is_wider_than_the_terminal_and_every_word_is_there(limit):
    lines = fitted(ROWS, limit=limit)
    assert max(map(wide, lines)) <= limit
    words = {word for row in ROWS for cell in row[1:] for word in cell.split()}
    assert limit < 40 or words <= set(" ".join(lines).split())  # below, a word may have to be broken


def test_a_table_that_fits_is_as_it_is():
    assert fitted(ROWS, limit=200) == fitted(ROWS) == aligned(ROWS)


def test_columns_without_room_go_on_below_the_first_one_again():
    lines = fitted([["name", "a" * 20, "b" * 20], ["x", "1", "2"]], limit=32)
    assert lines.count("") == 1
    assert [line.split()[0] for line in lines if line] == ["name", "x", "name", "x"]


def test_what_goes_to_a_file_has_no_limit(monkeypatch, capsys):
    assert text_table.terminal_width() is None
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "77")
    assert text_table.terminal_width() == 77


TEXT = """3 pairs of equal luck; Student's interval of the mean; 拟定平均增速 of the years from 2021 to 2025
  NAME        a group, a parameter or both, and where nothing has that name all that hold the word"""


def test_lines_go_on_behind_their_own_first_column():
    first, second, third, fourth = hanging(TEXT, 60).split("\n")
    assert (first[:3], second[:3]) == ("3 p", "  拟定"[:3])
    assert third.startswith("  NAME        a group") and fourth.startswith(" " * 14 + "nothing"[:1])
    assert hanging(TEXT, 60).split() == TEXT.split()
    assert all(wide(line) <= 60 for line in (first, second, third, fourth))


def test_a_terminal_gets_its_width_and_a_file_the_lines_as_they_are(monkeypatch):
    command = "rebuild: sanxiang sweep " + "scenario=as_in_2020 " * 4
    assert readable(TEXT) == TEXT
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(wide, readable(TEXT).split("\n"))) <= 50
    assert readable(command) == command


def test_names_are_never_broken_in_a_narrow_terminal(monkeypatch, capsys):
    rows = params("technology_market")
    monkeypatch.setattr(catalogue_pages, "_console", lambda: Console(width=80, highlight=False))
    catalogue_pages.show_params(rows)
    said = capsys.readouterr().out
    assert all(row["name"] in said for row in rows)
    assert max(map(wide, said.splitlines())) <= 80
    assert "no room in this terminal for: range, unit, status\n" in said


def test_no_number_with_a_sign_shows_the_minus_of_what_rounds_to_nothing():
    root = Path(experiments.__file__).parent
    without_z = re.compile(r"\{[^{}]*:\+[^z}][^}]*\}")
    signed = {
        str(path.relative_to(root)): without_z.findall(path.read_text("utf-8")) for path in root.rglob("*.py")
    }
    assert {name: found for name, found in signed.items() if found} == {}
    assert f"{-0.04:+z.1f}" == "+0.0"


@pytest.mark.parametrize(
    ("value", "told", "as_difference"),
    [
        (-1312.0, "-1,310", "-1,310"),
        (999.7, "1,000", "+1,000"),
        (0.0844, "0.0844", "+0.0844"),
        (-0.0, "0", "+0"),
    ],
)
def test_a_large_number_in_three_digits_is_written_in_full(value, told, as_difference):
    assert (short(value), short(value, "+")) == (told, as_difference)
