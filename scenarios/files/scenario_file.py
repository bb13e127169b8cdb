"""A scenario's file: the scenario it builds on, and the values that differ from 2021 on.

    base: as_in_2020
    closure: reprioritise
    lever:
      rd_subsidy: {rate: 0.2}                          # from 2021-01-01 on
      high_tech_award: {award: {2022: 1e5, 2024: x2}}  # from each of these years on; twice what base has
      talent_introduction:
        blocks: [{where: [changsha], budget: {2023: x2}}]  # for some alone: scenarios/blocks.py

`lever: off` sets every lever to zero. A user's own file has the same form and its `name:` inside.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field

from scenarios.blocks import BLOCKS
from scenarios.files.blocks_given import Home
from scenarios.files.changes import HERE, LeverFiles, lever_changes, refuse_what_it_comes_to
from scenarios.files.derived import Derived, derived
from scenarios.spec import Closure, Scenario
from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.file_names import FORM_OF_NAME, NAME
from scenarios.values.record import Label, Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

MOST_BASES = 20  # that build on each other


class ScenarioFile(Record):
    """The keys of a scenario's file."""

    name: Words | None = None
    label: Label | None = None
    description: Words | None = None
    source: Words | None = None
    base: Words | None = None
    closure: Words | None = None
    derived: Derived | None = None  # scenarios/files/derived.py; what stands under lever changes it further
    lever: Any = Field(default_factory=dict)  # checked against the levers: scenarios/files/changes.py


Found = tuple[Path, ScenarioFile]


def read_shipped(path: Path) -> tuple[str, Found]:
    """Name and content of configs/region/REGION/scenario/NAME.yaml."""
    file = _read(path)
    if file.name not in (None, path.stem):
        raise InputError(f"{path}: name is {quoted(file.name)}; a scenario in configs/ has its file's name")
    return _allowed_name(path.stem, path), (path, file)


def read_reform(path: Path) -> tuple[str, Found]:
    """Name and content of a user's own scenario file, anywhere on disk."""
    file = _read(path)
    if file.name is None:
        raise InputError(f"{path} has no 'name', under which its results are shown")
    if file.base is None:
        raise InputError(f"{path} has no 'base', the scenario it builds on, such as as_in_2020")
    return _allowed_name(file.name, path), (path, file)


def _read(path: Path) -> ScenarioFile:
    return read_record(ScenarioFile, _with_nested_levers(read_yaml(path), path), str(path))


def _with_nested_levers(table: dict[str, Any], path: Path) -> dict[str, Any]:
    """`lever.rd_subsidy.rate: 0.2` as on the command line means the same as the nested form."""
    dotted = {key: value for key, value in table.items() if key.startswith("lever.") and key.count(".") == 2}
    nested = {key: value for key, value in table.items() if key not in dotted}
    if not dotted:
        return nested
    levers = nested.get("lever", {})
    if not isinstance(levers, dict) or not all(isinstance(fields, dict) for fields in levers.values()):
        raise InputError(f"{path}: lever is {quoted(levers)}; expected levers and their fields")
    merged = {name: dict(fields) for name, fields in levers.items()}
    for key, value in dotted.items():
        _, name, field = key.split(".")
        if field in merged.setdefault(name, {}):
            raise InputError(f"{path}: {key} stands twice")
        merged[name][field] = value
    return {**nested, "lever": merged}


def _allowed_name(name: str, path: Path) -> str:
    if not NAME.fullmatch(name):
        raise InputError(f"{path}: name is {quoted(name)}; expected {FORM_OF_NAME}")
    return name


def by_name(found: Iterable[tuple[str, Found]]) -> dict[str, Found]:
    """The files by name; one file given twice counts once.

    Raises:
        InputError: two files of one name, or of names that differ in capitals or width only.
    """
    files: dict[str, Found] = {}
    taken: dict[str, Path] = {}
    for name, (path, file) in found:
        by = taken.setdefault(unicodedata.normalize("NFKC", name).casefold(), path)
        if by.resolve() != path.resolve():
            raise InputError(f"{path}: the name {quoted(name)} is taken by {by}")
        files[name] = (path, file)
    return files


def resolve(
    name: str,
    files: Mapping[str, Found],
    levers: LeverFiles,
    home: Home = HERE,
    above: tuple[str, ...] = (),
) -> Scenario:
    """A scenario with everything it takes from its bases.

    Raises:
        InputError: an unknown base, bases in a circle, a bad value.
    """
    path, file = files[name]
    if name in above:
        raise InputError(f"{path}: bases go in a circle: {' -> '.join((*above, name))}")
    if len(above) > MOST_BASES:
        raise InputError(f"{path}: more than {MOST_BASES} scenarios build on each other")
    base = _base(path, file, files, levers, home, (*above, name))
    if file.derived is not None:
        base = _derived(file.derived, base, path, files, levers, home, (*above, name))
    none = {(lever, BLOCKS): () for lever in base.blocks} if file.lever == "off" else {}
    changed = base.changed({**lever_changes(file.lever, levers, f"{path}: ", home), **none})
    refuse_what_it_comes_to(changed, levers, f"{path}: ")
    return Scenario(
        name=name,
        base=file.base,
        levers=changed.levers,
        blocks=changed.blocks,
        closure=base.closure if file.closure is None else read_closure(file.closure, f"{path}: "),
        label=file.label.model_dump() if file.label else {"en": name.replace("_", " "), "zh": name},
        description=file.description or "",
    )


def _derived(
    how: Derived,
    base: Scenario,
    path: Path,
    files: Mapping[str, Found],
    levers: LeverFiles,
    home: Home,
    above: tuple[str, ...],
) -> Scenario:
    how.check(levers, f"{path}: ")
    if how.of not in files:
        raise InputError(f"{path}: derived: {unknown('scenario', how.of, files)}")
    other = resolve(how.of, files, levers, home, above)
    found, blocks = derived(how, base, other, levers, home)
    return replace(base, levers=found, blocks=blocks)


def _base(
    path: Path,
    file: ScenarioFile,
    files: Mapping[str, Found],
    levers: LeverFiles,
    home: Home,
    above: tuple[str, ...],
) -> Scenario:
    if file.base is None:
        return in_force_in_2020(levers)
    if file.base not in files:
        raise InputError(f"{path}: {unknown('scenario', file.base, files)}")
    return resolve(file.base, files, levers, home, above)


def in_force_in_2020(levers: LeverFiles) -> Scenario:
    """Every lever as its own file says: the values from 2016 to 2020, the last of them held."""
    paths = {n: {key: number.dated for key, number in lever.fields.items()} for n, lever in levers.items()}
    return Scenario(name="", base=None, levers=paths)


def read_closure(text: str, where: str = "") -> Closure:
    """The closure of that name."""
    if text not in list(Closure):
        raise InputError(f"{where}{unknown('closure', text, [c.value for c in Closure])}")
    return Closure(text)
