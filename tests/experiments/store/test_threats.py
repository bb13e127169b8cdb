"""docs/THREATS.md promises nothing that no test holds."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "THREATS.md").read_text("utf-8")
LINE = re.compile(r"^\| ([A-Z]\d+) \| (.+) \| (.+) \|$", re.MULTILINE)


def lines():
    """{number of the line: the tests named beside it}"""
    return {number: re.findall(r"`(test_\w+)`", tests) for number, _, tests in LINE.findall(PAGE)}


def written():
    """The name of every test."""
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)}


def test_every_line_names_a_test_that_exists():
    missing = {number: set(tests) - written() for number, tests in lines().items()}
    assert {number: names for number, names in missing.items() if names} == {}
    assert [number for number, tests in lines().items() if not tests] == []


def test_the_lines_of_each_part_are_numbered_without_a_gap():
    numbers = [number for number, _, _ in LINE.findall(PAGE)]
    assert numbers == [
        *(f"F{n}" for n in range(1, 17)),
        *(f"R{n}" for n in range(1, 6)),
        *(f"A{n}" for n in range(1, 5)),
        *(f"E{n}" for n in range(1, 7)),
    ]
    assert len(re.findall(r"^\| [A-Z]\d", PAGE, re.MULTILINE)) == len(numbers)
