"""A configuration file is data; hostile data is tried in tests/battery."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.values.errors import InputError, Mistakes
from scenarios.values.yaml_reader import parse_yaml, read_yaml

PIECES = [
    "a: ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\n",
    "  ",
    "&x ",
    "*x",
    "!!str ",
    "? ",
    "| ",
    "---",
    "#",
    "'",
    "1e9",
    ".nan",
]


def test_a_file_that_is_missing_or_a_folder_is_refused_by_name(tmp_path: Path):
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_yaml(path)


@pytest.mark.parametrize(
    "word", ["NO", "yes", "on", "010", "1_000", "0x10", "１５", "2021-01-01", "12:30", "True"]
)
def test_a_word_that_older_yaml_takes_for_something_else_stays_text(word: str):
    assert parse_yaml(f"a: {word}", "f") == {"a": word}


def test_numbers_truth_values_and_nothing_are_read_as_in_yaml_1_2():
    text = "{a: 15, b: -0.5, c: 1e9, d: .5, e: true, f: null, g: ~, h: '15', i: +3, j: }"
    assert parse_yaml(text, "f") == {
        "a": 15, "b": -0.5, "c": 1e9, "d": 0.5, "e": True, "f": None, "g": None, "h": "15", "i": 3, "j": None,
    }  # fmt: skip


def test_a_year_is_the_same_key_with_and_without_quotes():
    assert parse_yaml('{2016: 1, "2018": 2}', "f") == {"2016": 1, "2018": 2}
    with pytest.raises(InputError, match="stands twice"):
        parse_yaml('{2016: 1, "2016": 2}', "f")


def test_a_modest_alias_is_unfolded():
    assert parse_yaml("a: &x [1, 2]\nb: *x", "f") == {"a": [1, 2], "b": [1, 2]}


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path):
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_yaml(tmp_path / "f.yaml") == {"a": 1, "b": 2}


@given(parts=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12))
def test_any_text_is_data_or_refused_with_one_line(parts: list[str]):
    mistakes = Mistakes()
    mistakes.attempt(parse_yaml, "".join(parts), "f.yaml")
    assert all("\n" not in message for message in mistakes.messages)
