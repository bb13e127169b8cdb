"""The words of the command line, `KEY=VALUE` in Hydra's grammar, as checked keys with one or several values.

Hydra's OverridesParser reads them; comma lists, `range()`, `choice()`, `sort()` and `glob()` become several
values. What Hydra would let through and a sweep cannot use is refused here, one line each.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from math import ceil, isfinite
from typing import Any

from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.worlds.given import is_file

LONGEST = 10_000  # characters of one override
LONGEST_PATHS = 100_000  # of one that names files or folders, which may be many and deep
DEEPEST = 20  # brackets inside each other
MOST_VALUES = 10_000  # of one key

ONE_VALUE = (
    "experiment",
    "executor",
    "region",
    "levers",
    "replications",
    "half_width",
    "at_most",
    "horizon",
    "seed",
    "parameters",
    "draws",
    "on_error",
    "results",
    "points",
    "confirm",
)
SEVERAL_VALUES = ("scenario", "reform", "world")
PARTS = {
    "population": ("scale",),
    "executor": (
        "workers",
        "memory",
        "timeout",
        "address",
        "certificates",
        "queue",
        "account",
        "cores",
        "walltime",
        "interface",
    ),
}
PATHS = (
    "experiment",
    "points",
    "reform",
    "region",
    "levers",
    "results",
    "executor.address",
    "executor.certificates",
)  # taken literally: a path may hold what the grammar does not know
LITERAL = ("experiment", "points", "reform", "region", "levers", "results")
"""Paths that the user's machine may call anything: in quotes they may even hold what looks like `${...}`."""
IGNORED = ("-m", "--multirun")
APPROXIMATE = "--approximate"
"""A flag among the words: a posterior of another model is used, and every output marked."""
FLAGS = (*IGNORED, APPROXIMATE)

QUOTES = ("'", '"')

Overrides = dict[str, tuple[Any, ...]]  # by key, the values as written


def parse_overrides(
    words: Iterable[str], names: Mapping[str, Sequence[str]], mistakes: Mistakes
) -> Overrides:
    """The values that a command line gives, by key.

    `names` holds the known scenarios and worlds, for `glob()`. A word that is no override, has an unknown key
    or cannot be a value is left out and noted in `mistakes`.
    """
    overrides: Overrides = {}
    for word in words:
        found = mistakes.attempt(parse_override, word, names) if word not in FLAGS else None
        if found is not None and found[0] in overrides:
            mistakes.note(f"{found[0]} stands twice")
        elif found is not None:
            overrides[found[0]] = found[1]
    return overrides


def parse_override(word: str, names: Mapping[str, Sequence[str]]) -> tuple[str, tuple[Any, ...]]:
    """One word of the command line as a checked key with its values as written."""
    _check_form(word)
    key, text = word.split("=", 1)
    check_key(key)
    literal = key in PATHS or names_world_files(key, text)
    parsed = _parsed(f"{key}={_quoted_paths(text)}" if literal else word)
    _check_dates(key, text)
    values = tuple(_plain(value, key) for value in _values(parsed, key, names))
    if len(values) != 1 and not takes_several(key):
        raise InputError(f"{key} takes one value, not {len(values)}")
    return key, values


def names_world_files(key: str, text: str) -> bool:
    """Whether the text that a key is given names files of worlds, alone or among names."""
    return key == "world" and any(is_file(part.strip("'\"")) for part in text.split(","))


def takes_several(key: str) -> bool:
    """Whether a comma list of this key makes several scenarios or points."""
    return key in SEVERAL_VALUES or key == "population.scale" or key.startswith(("lever.", "parameters."))


def check_key(key: str) -> None:
    """Refuses a key that no sweep has, naming the nearest that it has."""
    parts = key.split(".")
    if parts[0] in ("lever", "parameters") and key != "parameters":
        return _check_value_key(key, parts)
    if key in (*ONE_VALUE, *SEVERAL_VALUES):
        return None
    if parts[0] in PARTS and len(parts) == 2 and parts[1] in PARTS[parts[0]]:
        return None
    if parts[0] in PARTS:
        known = [f"{parts[0]}.{part}" for part in PARTS[parts[0]]]
        raise InputError(unknown("key", key, known))
    top = {*ONE_VALUE, *SEVERAL_VALUES, *PARTS, "lever"}
    raise InputError(unknown("key", parts[0] if parts[0] not in top else key, top))


def _check_value_key(key: str, parts: list[str]) -> None:
    form = "lever.NAME.FIELD" if parts[0] == "lever" else "parameters.GROUP.NAME"
    if len(parts) != 3 or not all(re.fullmatch(r"\w+", part) for part in parts):
        raise InputError(f"unknown key {quoted(key)}; expected {form}=VALUE")


def _check_form(word: str) -> None:
    key, _, text = word.partition("=")
    most = LONGEST_PATHS if key in LITERAL else LONGEST
    if len(word) > most:
        raise InputError(f"{quoted(word)} has {len(word):,} characters; at most {most:,}")
    if "${" in word and not (key in LITERAL and text[:1] in QUOTES):
        raise InputError(f"{quoted(word)}: interpolation; write the value itself")
    if word.startswith("--"):
        raise InputError(f"unknown option {quoted(word)}; values are given as KEY=VALUE")
    if word.startswith(("+", "~")):
        raise InputError(f"{quoted(word)}: keys are neither added (+) nor removed (~); give KEY=VALUE")
    if "=" not in word:
        raise InputError(f"{quoted(word)} is no override; expected KEY=VALUE")
    if _depth(word) > DEEPEST:
        raise InputError(f"{quoted(word)}: brackets nested deeper than {DEEPEST} levels")


def _depth(word: str) -> int:
    depth = deepest = 0
    for character in word:
        depth += (character in "[{(") - (character in "]})")
        deepest = max(deepest, depth)
    return deepest


def _quoted_paths(text: str) -> str:
    """The paths of a comma list in quotes, unless the user quoted them."""
    if text[:1] in QUOTES:
        return text
    return ",".join(map(in_quotes, text.split(",")))


def in_quotes(text: str) -> str:
    """The text as the grammar takes it literally, whatever it holds."""
    # A backslash escapes the quote behind it and nothing else, so those in front of one are doubled.
    return "'" + re.sub(r"(\\*)('|\Z)", lambda found: found[1] * 2 + "\\'" * bool(found[2]), text) + "'"


@cache
def _parser() -> Any:
    from hydra.core.override_parser.overrides_parser import OverridesParser

    return OverridesParser.create()


def _parsed(word: str) -> Any:
    from hydra.errors import HydraException

    try:
        return _parser().parse_override(word)
    except (HydraException, ValueError, RecursionError, OverflowError) as error:
        reason = " ".join(str(error).split("\n")[0].split())
        raise InputError(f"{quoted(word)} cannot be read: {reason[:120]}") from None


def _check_dates(key: str, text: str) -> None:
    """Hydra keeps the last of two equal keys of a table without a word."""
    left = re.sub(r"\[[^\[\]{}]*\]", "", text)  # lists of words
    while tables := re.findall(r"\{([^{}]*)\}", left):
        for table in tables:
            years = re.findall(r"(?:^|,)\s*([^:,]+?)\s*:", table)
            twice = next((one for one in years if years.count(one) > 1), None)
            if twice is not None:
                what = "one year" if re.fullmatch(r"['\"]?[0-9]+['\"]?", twice) else quoted(twice)
                raise InputError(f"{key} has {what} twice in {quoted(text)}")
        left = re.sub(r"\{[^{}]*\}", "", left)


def _values(parsed: Any, key: str, names: Mapping[str, Sequence[str]]) -> list[Any]:
    from hydra.core.override_parser.types import ChoiceSweep, Glob, IntervalSweep, RangeSweep

    value = parsed._value
    if isinstance(value, ChoiceSweep):
        values: list[Any] = list(value.list)
    elif isinstance(value, RangeSweep):
        values = _range(value, key)
    elif isinstance(value, Glob):
        values = _matching(value, key, names)
    elif isinstance(value, IntervalSweep):
        raise InputError(f"{key}: interval() has no end of values; give range(from,to,step) or a list")
    else:
        return [value]
    if not 1 <= len(values) <= MOST_VALUES:
        raise InputError(f"{key} has {len(values):,} values; expected 1 to {MOST_VALUES:,}")
    return values


def _range(sweep: Any, key: str) -> list[Any]:
    """The values of a range as they are written: Hydra adds binary fractions up, which gives
    0.030000000000000002 and, for range(0,0.4,0.01), the end as well."""
    start, stop, step = sweep.start, sweep.stop, sweep.step
    if not all(isfinite(bound) for bound in (start, stop, step)) or step == 0:
        raise InputError(f"{key}: range({start},{stop},{step}) has no end of values")
    first, end, each = (Decimal(str(one)) for one in (start, stop, step))
    count = ceil((end - first) / each)
    if not 1 <= count <= MOST_VALUES:
        raise InputError(
            f"{key}: range({start},{stop},{step}) has {max(count, 0):,} values; at most {MOST_VALUES:,}"
        )
    whole = all(isinstance(one, int) for one in (start, stop, step))
    return [(int if whole else float)(first + number * each) for number in range(count)]


def _matching(glob: Any, key: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    if key not in names:
        raise InputError(f"{key}: glob() is for scenario and world")
    found = [
        name
        for name in names[key]
        if any(fnmatchcase(name, pattern) for pattern in glob.include)
        and not any(fnmatchcase(name, pattern) for pattern in glob.exclude)
    ]
    if not found:
        raise InputError(
            f"{key}: no name matches glob({', '.join(glob.include)}); known: {', '.join(names[key])}"
        )
    return found


def _plain(value: Any, key: str) -> Any:
    """A value of Hydra's parser as plain data."""
    from hydra.core.override_parser.types import QuotedString, Sweep

    if isinstance(value, QuotedString):
        return value.text
    if isinstance(value, Sweep):
        raise InputError(f"{key}: a list of values cannot stand inside a value")
    if isinstance(value, list):
        return [_plain(item, key) for item in value]
    if isinstance(value, dict):
        return {_plain(name, key): _plain(item, key) for name, item in value.items()}
    return value
