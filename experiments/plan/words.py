"""Command lines that a reader is told, and what of a folder's record may become one again.

A results folder may come from anybody. Nothing in it is printed as a command or carried out as it stands:
a line is put together here, from the folder's name as the reader gave it and from settings that a sweep knows
and that say which runs are asked for. Where runs are computed is never among them.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from experiments.exits import CorruptData
from experiments.plan.overrides import (
    APPROXIMATE,
    IGNORED,
    PATHS,
    in_quotes,
    names_world_files,
    parse_override,
)
from scenarios.region.folder import DEFAULT_REGION, choice_names
from scenarios.values.errors import InputError, quoted
from scenarios.values.exact_text import exact_text

RECORDED = (
    "experiment", "region", "scenario", "reform", "world", "population.scale", "replications", "half_width",
    "at_most", "horizon", "seed", "parameters", "draws", "on_error",
    "points",
)  # fmt: skip
"""Settings that are kept in a folder and taken from it, besides values of levers and parameters."""
NOT_SHOWN = "not shown: what the folder says of it is no command of sanxiang"
PLAIN = re.compile(r"(?!.*\$\{)[^,'\"][^,]*", re.DOTALL)  # a path that the command line takes as it stands
RUN = re.compile(r"[0-9a-f]{16,64}")
SHOWN = 16  # characters of a run's id
AGAIN = "levers=FOLDER"
"""What stands in a command that needs the folder of levers from outside: no folder of results says which."""
INPUTS = "inputs"
"""The folder among results that keeps the user's files which a sweep was asked for with."""


def sweep_command(words: Sequence[str]) -> str:
    """The command line that says the same."""
    return shlex.join(["sanxiang", "sweep", *words])


def resume_command(folder: Path, levers: str | None = None) -> str:
    """The command line that continues the last sweep of a folder. levers: the folder of own levers."""
    return shlex.join(["sanxiang", "resume", str(folder), *([f"levers={levers}"] if levers else [])])


def response_command(key: str, replications: int, scale: float, doses: int, folder: object) -> str:
    """The command line that computes the response to a field again into its folder."""
    numbers = ("--replications", f"{replications}", "--scale", exact_text(scale, "g"), "--doses", f"{doses}")
    return shlex.join(["sanxiang", "response", key, *numbers, "--results", str(folder)])


def rerun_command(folder: object, run: str, more: Sequence[str] = ()) -> str:
    """The command line that computes one run again, where it can be watched; empty for no id of a run."""
    if not RUN.fullmatch(run):
        return ""
    return shlex.join(["sanxiang", "rerun", str(folder), run[:SHOWN], *more])


def rebuild_command(sweep: dict[str, Any], folder: Path | str) -> str:
    """The command line that computes a recorded sweep again into its folder."""
    try:
        words = recorded_words(sweep["words"], str(folder))
    except CorruptData:
        return NOT_SHOWN
    experiment = next((word.partition("=")[2] for word in words if word.startswith("experiment=")), "shipped")
    usual = Path(str(folder)) == Path("results") / experiment
    found = found_again(words, sweep.get("inputs", {}), folder) + ([AGAIN] if sweep.get("levers") else [])
    return sweep_command(found if usual else [*found, path_word("results", [as_it_is(folder)])])


def with_parameters(sweep: Mapping[str, Any], source: str) -> dict[str, Any]:
    """The record of a sweep as if its command had asked for other parameters, as many runs as it has."""
    others = ("parameters", "draws", APPROXIMATE)
    words = [word for word in sweep["words"] if str(word).partition("=")[0] not in others]
    return {**sweep, "words": [*words, f"parameters={source}"]}


def path_word(key: str, paths: Iterable[str]) -> str:
    """The word that gives a key these paths, in quotes where the grammar would read more into them."""
    found = list(paths)
    plain = all(map(PLAIN.fullmatch, found))  # one in quotes, and the grammar takes the others as they stand
    return f"{key}={','.join(found if plain else map(in_quotes, found))}"


def as_it_is(path: Path | str) -> str:
    """A path that is there, in a form that no word takes for somebody's home."""
    return f"./{path}" if str(path).startswith("~") else str(path)


def found_again(
    words: Iterable[str], inputs: Mapping[str, Mapping[str, str]], folder: Path | str
) -> list[str]:
    """The words of a recorded sweep, with the copy that its folder keeps in place of a file that is gone.

    inputs: of the record: {path of the file: {kept: the name of its copy}}.
    """
    found = []
    for word in words:
        key = word.partition("=")[0]
        if key not in PATHS and not names_world_files(*word.partition("=")[::2]):
            found.append(word)
            continue
        paths = [str(path) for path in parse_override(word, {})[1]]
        gone = {path for path in paths if path in inputs and not Path(path).exists()}
        kept = {path: as_it_is(Path(folder, INPUTS, inputs[path]["kept"])) for path in gone}
        there = [kept.get(path, path) for path in paths]
        found.append(path_word(key, there) if gone else word)
    return found


def recorded_words(words: Iterable[str], where: str) -> list[str]:
    """The words of a recorded sweep that say which runs it asks for, each checked as on the command line.

    Raises: CorruptData at a word that no sweep has.
    """
    words, kept = list(words), []
    names = _names_in(words)
    for word in words:
        if word in IGNORED or word.startswith(("executor=", "executor.")):  # an older version kept these
            continue
        if word == APPROXIMATE:
            kept.append(word)
            continue
        try:
            key, _ = parse_override(word, names)
        except InputError as error:
            raise CorruptData(f"{where}: the record of its sweep: {error}") from None
        if not is_recorded(key):
            raise CorruptData(f"{where}: the record of its sweep sets {quoted(key)}, which no folder may")
        kept.append(word)
    return kept


def _names_in(words: Sequence[str]) -> dict[str, Sequence[str]]:
    """The scenarios and worlds of the region that the words choose, which glob() may mean."""
    given = next((word for word in words if word.startswith("region=")), None)
    if given is not None:
        with suppress(InputError):  # that it is gone is told by whoever needs it
            return _names_of(str(parse_override(given, {})[1][0]))
    return _names_of(DEFAULT_REGION)


def _names_of(region: str) -> dict[str, Sequence[str]]:
    return {group: choice_names(group, region=region) for group in ("scenario", "world")}


def is_recorded(key: str) -> bool:
    """Whether a setting says which runs are asked for."""
    return key in (*RECORDED, APPROXIMATE) or key.startswith(("lever.", "parameters."))
