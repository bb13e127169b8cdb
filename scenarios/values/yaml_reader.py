"""Reads one YAML file as plain data: dictionaries, lists, text, whole and decimal numbers, true/false, null.

A file is data and nothing else. Refused, each with one line naming file and line: other encodings than UTF-8,
tags, interpolations `${...}`, Hydra's `_target_`, duplicate keys, merge keys, numbers that are not finite,
and files that are too large, too deep or that unfold to too much through aliases.
Words are read as in YAML 1.2: `NO`, `yes` and `on` are text, and so are `010`, `1_000` and full-width digits.
Keys are always text, so a year may be written with or without quotes.
"""

import re
import stat
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from scenarios.values.errors import InputError, quoted

LARGEST_FILE = 1_000_000  # bytes
DEEPEST = 20  # levels of nesting
MOST_VALUES = 200_000  # values in a file, aliases unfolded
LONGEST_NUMBER = 40  # characters

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
HYDRA_KEYS = {"_target_", "_partial_", "_recursive_", "_convert_", "_args_"}
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path | str) -> dict[str, Any]:
    """The content of a YAML file whose top level is a table of keys and values.

    Raises:
        InputError: the file cannot be read, or is anything but plain data.
    """
    path = Path(path)
    content = parse_yaml(_text(path), str(path))
    if not isinstance(content, dict):
        raise InputError(f"{path}: expected keys and values, found {quoted(content)}")
    return content


def parse_yaml(text: str, name: str) -> Any:
    """The content of YAML text; `name` is the file that messages name."""
    document = _Document(text, name)
    try:
        return document.content()
    except yaml.YAMLError as error:
        raise InputError(f"{name}{_place(error)}: not valid YAML: {_reason(error)}") from None


def _text(path: Path) -> str:
    try:
        if not stat.S_ISREG(mode := path.stat().st_mode) and not stat.S_ISDIR(mode):
            # Whoever opens a pipe waits for a writer, and a terminal for somebody to type.
            raise InputError(f"{path}: cannot be read: a pipe or a device; save it as a file")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InputError(f"{quoted(str(path))}: cannot be read: {error}") from None
    if len(raw) > LARGEST_FILE:
        raise InputError(f"{path}: larger than {LARGEST_FILE:,} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(f"{path} line {line}: not UTF-8 text; save the file as UTF-8") from None


class _Document:
    """Builds plain data from the parser's events, one by one, so that a limit stops the reading itself."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.events: Iterator[Any] = yaml.parse(text, Loader=Loader)
        self.values = 0
        self.anchors: dict[str, tuple[Any, int]] = {}

    def content(self) -> Any:
        next(self.events)  # start of the stream
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        content = self.node(next(self.events), 1)
        next(self.events)  # end of the document
        following = next(self.events)
        if not isinstance(following, yaml.StreamEndEvent):
            raise self.error(following, "a second document; a file holds one")
        return content

    def node(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if event.tag is not None:
            raise self.error(event, f"tag {quoted(event.tag)}; a file is plain data, without tags")
        self.count(event, 1)
        before = self.values
        if isinstance(event, yaml.ScalarEvent):
            value = self.scalar(event)
        elif depth > DEEPEST:
            raise self.error(event, f"nested deeper than {DEEPEST} levels")
        else:
            value = self.items(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, self.values - before + 1)
        return value

    def items(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(depth)
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        table: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event)
            if key in table:
                raise self.error(event, f"key {quoted(key)} stands twice")
            table[key] = self.node(next(self.events), depth + 1)
        return table

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.tag is not None:
            raise self.error(event, "a key must be a plain word")
        self.refuse_interpolation(event)
        if event.value in HYDRA_KEYS:
            raise self.error(event, f"key {quoted(event.value)}; a file is data and names no code")
        if event.value == "<<":
            raise self.error(event, "merge key '<<'; write the values out")
        return event.value

    def alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            raise self.error(event, f"alias '*{event.anchor}' without a finished anchor of that name")
        value, size = self.anchors[event.anchor]
        self.count(event, size)
        return value

    def scalar(self, event: Any) -> Any:
        self.refuse_interpolation(event)
        text = event.value
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text in WORDS:
            return WORDS[text]
        if DECIMAL.fullmatch(text):
            return self.number(event)
        if NOT_FINITE.fullmatch(text):
            raise self.error(event, f"{text} is not a finite number")
        return text

    def number(self, event: Any) -> int | float:
        text = event.value
        if len(text) > LONGEST_NUMBER:
            raise self.error(event, f"a number of {len(text)} characters; at most {LONGEST_NUMBER}")
        if INTEGER.fullmatch(text):
            return int(text)
        if not isfinite(float(text)):
            raise self.error(event, f"{text} is not a finite number")
        return float(text)

    def refuse_interpolation(self, event: Any) -> None:
        if "${" in event.value:
            raise self.error(event, f"interpolation {quoted(event.value)}; write the value itself")

    def count(self, event: Any, values: int) -> None:
        self.values += values
        if self.values > MOST_VALUES:
            raise self.error(event, f"more than {MOST_VALUES:,} values, aliases unfolded")

    def error(self, event: Any, what: str) -> InputError:
        return InputError(f"{self.name} line {event.start_mark.line + 1}: {what}")


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" line {mark.line + 1}" if mark is not None else ""


def _reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).splitlines()[0]
