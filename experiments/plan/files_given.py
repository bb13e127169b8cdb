"""What a sweep reads from files of the user's own: a list of points, an experiment, a world.

sanxiang sweep points=points.csv             # a column for each key, a row for each point; empty: not given
sanxiang sweep experiment=my_question.yaml   # the keys of configs/experiment/NAME.yaml
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.plan.overrides import Overrides, check_key, parse_override, takes_several
from scenarios.values.errors import InputError, Mistakes, quoted
from scenarios.values.file_names import NAME, at_home
from scenarios.values.yaml_reader import read_yaml
from scenarios.worlds.given import is_file, lasting_world, world_name

LARGEST = 20_000_000  # bytes of a list of points
SWEPT = "lever., parameters., world or population.scale"

Listed = tuple[dict[str, Any], ...]
"""The values of each point, as written."""


def experiment_asked(given: str, shipped: Iterable[str]) -> tuple[str, dict[str, Any] | None]:
    """The name of an experiment, and its content where it is in a file of the user's.

    Raises:
        InputError: the file cannot be read, or has the name of one that ships.
    """
    if not is_file_name(given):
        return given, None
    path = at_home(given)
    name = path.stem if NAME.fullmatch(path.stem) else "experiment"
    if name in shipped:
        raise InputError(f"experiment {quoted(given)} has the name of one that ships; give the file another")
    return name, read_yaml(path)


def is_file_name(given: str) -> bool:
    """Whether an experiment is given by its file and not by its name."""
    return given.endswith((".yaml", ".yml"))


def files_of(overrides: Overrides, reforms: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """The user's files that a sweep reads, each in full with the key that names it."""
    others = [(key, str(overrides[key][0])) for key in ("points", "experiment") if key in overrides]
    given = [("reform", reform) for reform in reforms]
    given += [("world", world) for world in map(str, overrides.get("world", ())) if is_file(world)]
    given += [(key, name) for key, name in others if key == "points" or is_file_name(name)]
    return tuple((key, at_home(name).resolve()) for key, name in given)


def refuse_world(name: str, given: Collection[str]) -> None:
    """Refuses the file of a world that the command line does not name: a sweep keeps what it was asked with.

    given: by the command, in full.

    Raises:
        InputError: it stands elsewhere, or cannot be read.
    """
    if lasting_world(name) not in given:
        raise InputError(f"world {quoted(name)}: a file is given on the command line alone: world=FILE")
    world_name(name)


def points_listed(overrides: Overrides, names: Mapping[str, Sequence[str]]) -> Listed:
    """The points of the file that `points=FILE.csv` names; one point that gives nothing where none is named.

    Raises:
        InputError: a line per mistake, with the file's line.
    """
    if "points" not in overrides:
        return ({},)
    path = at_home(str(overrides["points"][0]))
    rows = list(csv.reader(io.StringIO(_text(path), newline="")))
    heads = [head.strip() for head in rows[0]] if rows else []
    _check_heads(path, heads, overrides)
    mistakes = Mistakes()
    found = [
        mistakes.attempt(_point, f"{path}, line {line}", heads, row, names)
        for line, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    mistakes.stop_if_any()
    if not found:
        raise InputError(f"{path} lists no point: it needs a row of values below the row of keys")
    return tuple(point for point in found if point is not None)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise InputError(f"points {quoted(str(path))}: no such file")
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} has {path.stat().st_size:,} bytes; at most {LARGEST:,}")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text ({type(error).__name__})") from None


def _check_heads(path: Path, heads: Sequence[str], overrides: Overrides) -> None:
    mistakes = Mistakes()
    for place, head in enumerate(heads):
        mistakes.attempt(_check_head, path, head, head in heads[:place], head in overrides)
    mistakes.stop_if_any()


def _check_head(path: Path, head: str, twice: bool, given: bool) -> None:
    try:
        check_key(head)
    except InputError as error:
        raise InputError(*(f"{path}, line 1: {one}" for one in error.messages)) from None
    if not takes_several(head) or head in ("scenario", "reform"):
        raise InputError(f"{path}, line 1: {head} cannot be swept; expected {SWEPT}")
    if twice or given:
        raise InputError(f"{path}, line 1: {head} stands twice{'' if twice else ', here and in the command'}")


def _point(
    where: str, heads: Sequence[str], row: Sequence[str], names: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    if len(row) != len(heads):
        raise InputError(f"{where} has {len(row)} cells; the first line has {len(heads)} keys")
    mistakes, point = Mistakes(), {}
    for head, cell in zip(heads, row, strict=True):
        if cell.strip():
            values = mistakes.attempt(_value, where, head, cell.strip(), names)
            point[head] = None if values is None else values[0]
    mistakes.stop_if_any()
    return point


def _value(where: str, head: str, cell: str, names: Mapping[str, Sequence[str]]) -> tuple[Any, ...]:
    try:
        values = parse_override(f"{head}={cell}", names)[1]
    except InputError as error:
        raise InputError(*(f"{where}: {one}" for one in error.messages)) from None
    if len(values) != 1:
        raise InputError(f"{where}: {head} has {len(values)} values; a cell holds one")
    return values
