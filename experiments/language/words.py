"""The words of what is printed, in both languages: one table, in the files of `words/`, a part a file.

word("answer.open")                       # in the language that is spoken
word("answer.base", base="10.0 %")        # its {base} filled
both("answer.open").zh
translated("units", "yuan/year")         # what stands in English elsewhere, in a configuration

An entry is `name: {en: ..., zh: ...}`; its key is the name of its file, a dot and that name.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Formatter

from experiments.change.named import Named
from experiments.language.chosen import EN, LANGUAGES, ZH, current
from scenarios.values.errors import InputError
from scenarios.values.yaml_reader import read_yaml

PLACE = Path(__file__).with_name("words")


def word(key: str, **filled: object) -> str:
    """The words of a key in the language that is spoken, their places filled."""
    return both(key).name(current()).format(**filled)


def unfilled(key: str) -> str:
    """The words of a key in the language that is spoken, as they stand: help has braces of its own."""
    return both(key).name(current())


def both(key: str) -> Named:
    """The words of a key in both languages, their places open.

    Raises: KeyError for a key that no file has.
    """
    part, _, name = key.partition(".")
    return words_of(PLACE / f"{part}.yaml")[name]


def translated(part: str, text: str) -> str:
    """A text that stands elsewhere in English, in the language that is spoken.

    Itself where the part does not know it, such as a unit of a lever from outside.
    """
    return text if current() == EN else by_english(part).get(text, text)


def apart(*said: str) -> str:
    """Sentences, one behind the other."""
    return ("" if current() == ZH else " ").join(filter(None, said))


@lru_cache(maxsize=32)
def by_english(part: str) -> dict[str, str]:
    """The Chinese of a part's English."""
    return {said.en: said.zh for said in words_of(PLACE / f"{part}.yaml").values()}


@lru_cache(maxsize=32)
def words_of(file: Path) -> dict[str, Named]:
    """The entries of a file.

    Raises: InputError, a line for each entry that lacks a language, says nothing in it, or has other places
        to fill in one than in the other.
    """
    entries = read_yaml(file)
    mistakes = [f"{file}: {name}: {fault}" for name, entry in entries.items() if (fault := _fault(entry))]
    if mistakes:
        raise InputError(*mistakes)
    return {name: Named(entry["en"], entry["zh"]) for name, entry in entries.items()}


def _fault(entry: object) -> str:
    """What is wrong with an entry; no words where nothing is."""
    if not isinstance(entry, dict) or set(entry) != set(LANGUAGES):
        return f"needs {' and '.join(LANGUAGES)}, and nothing else"
    silent = [name for name in LANGUAGES if not isinstance(entry[name], str) or not entry[name].strip()]
    if silent:
        return f"says nothing in {' and '.join(silent)}"
    one, other = (places(entry[name]) for name in LANGUAGES)
    return f"fills {sorted(one)} in en and {sorted(other)} in zh" if one != other else ""


def places(text: str) -> set[str]:
    """The names of the places of a text that are filled."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}
