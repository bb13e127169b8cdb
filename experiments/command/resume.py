"""Continues the last sweep of a folder, which remembers the runs that it asked for.

sanxiang resume results/shipped [executor=dask executor.address=tls://...]

Where they are computed is not remembered: it is this machine, unless the command says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.answer.sweep import into
from experiments.command.arguments import OWN
from experiments.command.sweep import finish, options, print_configuration
from experiments.exits import CorruptData
from experiments.language.words import unfilled
from experiments.plan.size import CONFIRMED
from experiments.plan.words import as_it_is, found_again, recorded_words
from experiments.store import inputs, own_names, sealed
from experiments.store.own_files import OwnPath
from experiments.store.own_levers import refuse_missing
from experiments.store.sweeps import began
from scenarios.values.errors import InputError

MAY_CHANGE = ("executor", "on_error", "levers")
"""What may be given anew: where runs are computed changes none of them, and code has to be given again."""


def remembered(folder: Path) -> dict[str, Any]:
    """The last sweep that the folder remembers; where its record is damaged, the newest that is whole.

    Raises: InputError when the folder holds no sweep, CorruptData when no record of one is whole.
    """
    records = OwnPath(folder) / "sweeps"
    if not own_names.records(records):
        raise InputError(f"{folder} holds no results and no sweep to resume")
    try:
        found: dict[str, Any] = sealed.read_json(records / "last.json", "sweep")
        return found
    except CorruptData:
        whole = [sweep for path in own_names.records(records) if (sweep := _whole(path)) is not None]
        if not whole:
            raise
        return max(whole, key=began)


def _whole(path: OwnPath) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = sealed.read_json(path, "sweep")
        return found
    except CorruptData:
        return None


def words_of(sweep: dict[str, Any], given: Sequence[str]) -> list[str]:
    """The words that ask for the sweep's runs, and those given now, which say where they are computed.

    Raises: InputError when a word would make it another sweep, CorruptData when the record holds other words.
    """
    for word in given:
        if _key(word) not in MAY_CHANGE:
            raise InputError(
                f"resume takes executor=, executor.KEY=, on_error= and levers=, not {word!r}; a new sweep "
                "takes any"
            )
    given_keys = {word.partition("=")[0] for word in given}
    kept = recorded_words(sweep["words"], "sweeps/last.json")
    return [*(word for word in kept if word.partition("=")[0] not in given_keys), *given]


def found_in(folder: Path, sweep: dict[str, Any], words: Sequence[str]) -> list[str]:
    """The words, with the folder's own copy of each file of the user that is no longer where it was.

    Raises: CorruptData when a copy that is needed is damaged.
    """
    found = found_again(words, sweep.get("inputs", {}), folder)
    if found != list(words):
        inputs.refuse_damaged(OwnPath(folder), sweep)
    return found


def _key(word: str) -> str:
    return word.partition("=")[0].partition(".")[0]


def help_text() -> str:
    """What it takes."""
    return unfilled("help.resume")


def main(args: list[str]) -> int:
    """sanxiang resume DIR [executor=E] [executor.KEY=V] [on_error=E] [--fork NEWDIR] [--cfg job]"""
    words, fork, configuration = options(args)
    folders = [word for word in words if is_folder(word)]
    if len(folders) != 1:
        raise InputError(f"resume takes one folder, not {len(folders)} - usage: sanxiang resume DIR")
    sweep = remembered(Path(folders[0]))
    given = [word for word in words if word not in folders]
    refuse_missing(folders[0], sweep.get("levers", []), any(word.startswith(OWN) for word in given))
    words = words_of(sweep, given)
    found = found_in(Path(folders[0]), sweep, words)
    asked = into(
        fork or as_it_is(folders[0]), [*found, CONFIRMED]
    )  # however many runs: they were asked for before
    if configuration:
        return print_configuration(asked)
    return finish(asked, same_runs=None if fork else sweep)


def is_folder(word: str) -> bool:
    """Whether a word names the folder; one whose name holds a = is known by being there."""
    key, has_value, _ = word.partition("=")
    return not has_value or "/" in key or (_key(word) not in MAY_CHANGE and Path(word).is_dir())
