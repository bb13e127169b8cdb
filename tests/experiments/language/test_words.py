"""Every word that is printed has both languages, and the one that is asked for is spoken."""

import ast
import re
from pathlib import Path

import pytest
from matplotlib import font_manager, ft2font

from experiments.figures.drawing import text
from experiments.language import chosen, words
from experiments.language.words import PLACE, both, places, word, words_of
from scenarios.values.errors import InputError

ROOT = Path(__file__).resolve().parents[3] / "experiments"
FILES = sorted(PLACE.glob("*.yaml"))
LETTERS = re.compile(r"[\u4e00-\u9fff]")
CHINESE = text.chinese_family()
SAME_IN_BOTH = {"verb", "quoted", "pp", "n", "none", "to", "drawn", "unit", "units", "glossary", "level"}


def used():
    """The keys that the sources name: word("part.name"), both("part.name"), and their f-strings."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if called not in ("word", "both", "unfilled") or not node.args:
                continue
            for one in ast.walk(node.args[0]):
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and "." in one.value:
                    yield path.name, one.value


def test_there_are_words():
    assert len(FILES) >= 5 and all(words_of(file) for file in FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_label_says_something_in_both_languages(file):
    for name, said in words_of(file).items():
        assert places(said.en) == places(said.zh), name
        assert not LETTERS.search(said.en.replace("亿元", "").replace("亿", "")), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_chinese_is_chinese(file):
    told = {name: said.zh for name, said in words_of(file).items() if name not in SAME_IN_BOTH}
    marks = re.compile(r"\{\w+\}|[\W\d_]")
    english = [name for name, zh in told.items() if not LETTERS.search(zh) and marks.sub("", zh)]
    assert [name for name in english if name not in ("n_means", "greater", "p")] == []


def test_every_key_that_the_sources_name_is_there():
    found = list(used())
    assert len(found) > 100
    missing = [(path, key) for path, key in found if not key.endswith(".") and not _known(key)]
    assert missing == []


def _known(key):
    part, _, name = key.partition(".")
    starts = name.endswith("_")  # the beginning of an f-string
    entries = words_of(PLACE / f"{part}.yaml")
    return any(one.startswith(name) for one in entries) if starts else name in entries


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("a: {en: only English}", "a: needs en and zh"),
        ("a: {en: '', zh: 词}", "a: says nothing in en"),
        ("a: {en: word, zh: ' '}", "a: says nothing in zh"),
        ("a: {en: '{count} runs', zh: 次模拟}", r"a: fills \['count'\] in en and \[\] in zh"),
        ("a: {en: word, zh: 词, fr: mot}", "a: needs en and zh, and nothing else"),
        ("a: word", "a: needs en and zh"),
    ],
)
def test_a_label_without_both_languages_is_refused(tmp_path, entry, complaint):
    file = tmp_path / "words.yaml"
    file.write_text(entry, "utf-8")
    with pytest.raises(InputError, match=complaint):
        words_of(file)


def test_the_language_asked_for_is_spoken_until_the_block_ends():
    with chosen.speaking("zh"):
        assert word("answer.likely") == "可能性大"
        with chosen.speaking("en"):
            assert word("answer.likely") == "likely"
        assert chosen.current() == "zh"
    assert both("answer.likely").zh == "可能性大"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": ""}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_the_machine_is_that_of_its_locale(environment, language):
    assert chosen.of_locale(environment) == language


def test_fonts_do_not_choose_the_language(monkeypatch):
    monkeypatch.setattr(text, "chinese_family", lambda: "Noto Sans CJK SC")
    for name in chosen.LOCALES:
        monkeypatch.delenv(name, raising=False)
    assert text.language() == "en"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert text.language() == "zh"
    monkeypatch.setattr(text, "chinese_family", lambda: None)
    assert text.language() == "en" and text.no_chinese_font() == "fonts-noto-cjk"


@pytest.mark.skipif("Noto Sans CJK SC" not in str(CHINESE), reason="needs Noto Sans CJK SC")
def test_the_simplified_face_is_found_in_two_weights_whatever_list_of_fonts_there_is(monkeypatch):
    stale = [font for font in font_manager.fontManager.ttflist if "CJK" not in font.name]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", stale)
    text.chinese_family.cache_clear()
    try:
        assert text.chinese_family() == "Noto Sans CJK SC"
        files = text.chinese_faces()
        assert [files[style][0].rpartition("-")[2] for style in ("", "B")] == ["Regular.ttc", "Bold.ttc"]
        for file, face in files.values():
            assert ft2font.FT2Font(file, face_index=face).family_name == "Noto Sans CJK SC"
    finally:
        text.chinese_family.cache_clear()


def test_an_unknown_language_is_refused_with_the_nearest():
    with pytest.raises(InputError, match=r"language 'zhh'.*did you mean 'zh'"):
        chosen.without_language(["a", "language=zhh"])


def test_the_word_that_chooses_the_language_is_taken_out():
    assert chosen.without_language(["a", "language=zh", "b"]) == (["a", "b"], "zh")
    assert chosen.without_language(["a"]) == (["a"], None)


def test_a_key_that_no_file_has_is_an_error():
    with pytest.raises(KeyError):
        words.both("answer.no_such_word")
