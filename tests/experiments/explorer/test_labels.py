"""Every word of the page stands in both languages."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from experiments.explorer import labels
from experiments.explorer.labels import (
    FIELDS,
    LANGUAGES,
    WORDS,
    field_name,
    language_of,
    say,
    unit_name,
)
from experiments.language.words import by_english
from scenarios.load import load_levers
from scenarios.values.errors import InputError

ROOM = Path(labels.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME = {"python", "language", "comma", "colon", "percent"}
"""Words and marks that are the same in both languages or hold no letters, or name the other one."""


def places(text):
    return sorted(name or "" for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("key", WORDS)
def test_a_word_has_both_languages_with_the_same_places(key):
    en, zh = WORDS[key]
    assert en.strip() and zh.strip()
    assert sorted(places(en)) == sorted(places(zh))
    if key not in SAME:
        assert CHINESE.search(zh) and not CHINESE.search(en)


def said(tree):
    """The keys that a module asks for as they stand."""
    for node in ast.walk(tree):
        asks = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args
        if asks and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def test_every_word_that_the_page_asks_for_is_there():
    asked = {key for file in ROOM.glob("*.py") for key in said(ast.parse(file.read_text("utf-8")))}
    assert asked and asked <= set(WORDS)


def test_no_word_of_the_page_stands_outside_the_table():
    outside = {
        file.name: CHINESE.findall(file.read_text("utf-8"))
        for file in ROOM.rglob("*.*")
        if file.suffix in (".py", ".js", ".css") and file.name != "labels.py"
    }
    assert {name: found for name, found in outside.items() if len(found) > 4} == {}


def test_every_field_and_unit_of_a_lever_has_both_languages():
    fields = {key for lever in load_levers().values() for key in lever.fields}
    units = {number.unit for lever in load_levers().values() for number in lever.fields.values()}
    assert fields - set(FIELDS) == set() and units - set(by_english("units")) == set()
    assert all(CHINESE.search(zh) for _, zh in FIELDS.values())


def test_budgets_are_typed_in_the_unit_of_each_language():
    assert unit_name("yuan/year", "zh") == "亿元/年"
    assert unit_name("yuan/year", "en") == "100 million yuan/year"
    assert unit_name("yuan/year per firm", "zh") == "元/年·企业"
    assert field_name("budget", "zh") == "预算"


def test_a_language_is_that_asked_for_else_the_browsers():
    assert [language_of("zh"), language_of(None, "zh-CN,zh;q=0.9"), language_of(None, "de")] == [
        "zh",
        "zh",
        "en",
    ]
    with pytest.raises(InputError):
        language_of("fr")


def test_a_text_is_filled_in_in_both_languages():
    assert [say("failed", one, 3) for one in LANGUAGES] == ["3 runs failed", "3次模拟失败"]
