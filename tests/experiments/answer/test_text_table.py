"""Tables of text fit the terminal, and nothing is lost when they do."""

import pytest

from experiments.answer import text_table
from experiments.answer.text_table import aligned, fitted, wide

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
