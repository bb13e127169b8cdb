"""A configuration file is data, and hostile data costs one line."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import InputError, Mistakes
from scenarios.load import CONFIGS
from scenarios.yaml_reader import LARGEST_FILE, parse_yaml, read_yaml

BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)
)

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
REFUSED = {
    "a python tag": ("a: !!python/object/apply:os.system [ls]", "tag"),
    "any other tag": ("a: !!float 3", "tag"),
    "an interpolation of the environment": ("a: ${oc.env:HOME}", "interpolation"),
    "an interpolation in a quoted text": ('a: "x ${b} y"', "interpolation"),
    "an interpolation in a key": ('"${a}": 1', "interpolation"),
    "a target of Hydra": ("_target_: os.system", "names no code"),
    "a target of Hydra deep inside": ("a: {b: [{_target_: os.system}]}", "names no code"),
    "a key that stands twice": ("a: 1\nb: 2\na: 3", "line 3: key 'a' stands twice"),
    "a merge key": ("a: &x {b: 1}\nc: {<<: *x}", "merge key"),
    "a list as key": ("? [a]\n: b", "a key must be a plain word"),
    "a list 3,000 deep": ("a: " + "[" * 3000 + "]" * 3000, "nested deeper than 20"),
    "a table 3,000 deep": ("{a: " * 3000 + "1" + "}" * 3000, "nested deeper than 20"),
    "an alias bomb": (BOMB, "aliases unfolded"),
    "an alias inside its own anchor": ("a: &a [*a]", "alias '*a'"),
    "an alias of nothing": ("a: *b", "alias '*b'"),
    "not a number": ("a: .nan", "not a finite number"),
    "infinity": ("a: -.inf", "not a finite number"),
    "a number too large for a float": ("a: 1e999", "not a finite number"),
    "a number of 5,000 digits": ("a: " + "9" * 5000, "5000 characters"),
    "two documents": ("a: 1\n---\nb: 2", "a second document"),
    "a list at the top": ("- 1\n- 2", "expected keys and values"),
    "a text at the top": ("hello", "expected keys and values"),
    "a bracket left open": ("a: [1, 2", "not valid YAML"),
    "a tab as indentation": ("a:\n\tb: 1", "not valid YAML"),
    "a control character": ("a: \x07", "not valid YAML"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_one_line_that_names_the_file(tmp_path: Path, text: str, reason: str):
    path = tmp_path / "hostile.yaml"
    path.write_text(text, encoding="utf-8")
    started = process_time()
    with pytest.raises(InputError) as refusal:
        read_yaml(path)
    assert process_time() - started < 1
    assert reason in str(refusal.value)
    assert str(refusal.value).startswith(str(path))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("raw", "reason"), [("率: 1".encode("gbk"), "UTF-8"), ("a: 1".encode("utf-16"), "UTF-8")]
)
def test_another_encoding_than_utf_8_is_refused(tmp_path: Path, raw: bytes, reason: str):
    (tmp_path / "f.yaml").write_bytes(raw)
    with pytest.raises(InputError, match=reason):
        read_yaml(tmp_path / "f.yaml")


def test_a_file_that_is_missing_or_a_folder_is_refused_by_name(tmp_path: Path):
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_yaml(path)


def test_a_file_beyond_a_million_bytes_is_not_parsed(tmp_path: Path):
    (tmp_path / "f.yaml").write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(InputError, match="larger than"):
        read_yaml(tmp_path / "f.yaml")


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


def test_all_of_configs_is_read_within_a_tenth_of_a_second():
    paths = sorted(CONFIGS.rglob("*.yaml"))
    started = process_time()
    for path in paths:
        read_yaml(path)
    assert len(paths) > 10
    assert process_time() - started < 0.1
