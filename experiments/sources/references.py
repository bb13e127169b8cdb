"""Every number that the program or a run relies on, with the reference it rests on and how well it is known.

for one in references_of_program("hunan"):
    print(one.status, one.name, one.source)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.lever import LeverFile
from scenarios.load import load_levers, load_parameters
from scenarios.region.folder import CONFIGS, region_folder, run_files
from scenarios.spec import RunSpec
from scenarios.values.file_names import yaml_files
from scenarios.values.number import Dated, Number, Status
from scenarios.values.yaml_reader import read_yaml
from scenarios.worlds.world import world_names

EVIDENCE = CONFIGS / "evidence.yaml"
KINDS = ("parameters", "levers", "evidence", "scenario", "world", "region", "facts")
ELSEWHERE = ("parameters", "world")
"""Folders of a region whose numbers are not its data: they are told as parameters and worlds."""
BESIDE_RUNS = ("targets.yaml", "fiscal_cap.yaml", "hindcast.yaml")
"""Files of a region that take part in no run: what runs are held against."""


@dataclass(frozen=True)
class Reference:
    """A number with what it rests on. note: what a run has in its place, where that differs."""

    kind: str
    name: str
    status: str
    source: str
    note: str = ""


def references_of_program(region: str) -> list[Reference]:
    """All that the program relies on in a region: every lever, parameter, world and fact.

    Raises:
        InputError: a file cannot be read.
    """
    home, levers = region_folder(region), load_levers(region=region)
    found = of_parameters(region)
    for lever in levers.values():
        found += of_lever(lever)
    found += of_scenarios(home, [path.stem for path in yaml_files(home / "scenario")])
    for world in world_names(home):
        found += in_table(own_tables(home, world), "world", f"{world}.")
    found += of_region(home)
    for name in BESIDE_RUNS:
        if (home / name).is_file():
            found += in_file(home / name, home)
    return (
        found
        + of_findings(home / "facts.yaml", "facts", "source")
        + of_findings(EVIDENCE, "evidence", "citation")
    )


def references_of_run(spec: RunSpec) -> list[Reference]:
    """All that one run relies on: its levers in force, its parameters, its world and its region's data.

    Raises:
        InputError: a file cannot be read.
    """
    home, levers = region_folder(spec.region), load_levers(region=spec.region)
    found = of_parameters(spec.region, spec.parameters)
    for name, lever in levers.items():
        own = spec.scenario.levers.get(name, {})
        if any(value for dated in own.values() for year, value in dated if year <= spec.last_year):
            found += of_lever(lever, own)
    found += of_own(spec)
    found += of_scenarios(home, based(home, spec.scenario.name))
    found += in_table(tables_of_world(home, spec.world), "world", f"{spec.world}.")
    return found + of_region(home)


def of_parameters(region: str, values: Mapping[str, Mapping[str, float]] | None = None) -> list[Reference]:
    """The parameters of a region. values: those of a run, which may be others."""
    return [
        of_number(
            number,
            "parameters",
            f"parameters.{group}.{name}",
            "" if values is None else other_value(number, values[group][name]),
        )
        for group, numbers in load_parameters(region=region).items()
        for name, number in numbers.items()
    ]


def other_value(number: Number, value: float) -> str:
    """What a run has in place of a parameter's central value; empty where it has that."""
    central = number.dated[0][1]
    return "" if value == central else f"the run has {value:g} instead of {central:g}"


def of_lever(lever: LeverFile, values: Mapping[str, Dated] | None = None) -> list[Reference]:
    """The fields of a lever, and the studies of its effect. values: dated ones of a scenario."""
    found = [
        of_number(
            number,
            "levers",
            f"lever.{lever.name}.{field}",
            "" if values is None else other_path(number, values.get(field, ())),
        )
        for field, number in lever.fields.items()
    ]
    return found + [
        Reference(
            "evidence",
            f"lever.{lever.name}: {one.effect}",
            known(one.status not in (None, Status.SOURCED.value)),
            one.cite,
        )
        for one in lever.about.evidence
    ]


def of_own(spec: RunSpec) -> list[Reference]:
    """The levers from outside in force in a run, whose sources no results folder keeps."""
    return [
        Reference(
            "levers",
            f"lever.{one.name}",
            Status.UNVERIFIED.value,
            f"a lever from outside, digest {one.digest[:12]}: its own file says whence its values are",
        )
        for one in spec.scenario.own
        if any(value for dated in spec.scenario.levers[one.name].values() for _, value in dated)
    ]


def other_path(number: Number, dated: Dated) -> str:
    """What a scenario has in place of what was in force; empty where it has that."""
    own = dict(number.dated)
    changed = {year: value for year, value in dated if own.get(year) != value}
    said = ", ".join(f"{year}: {value:g}" for year, value in sorted(changed.items()))
    return f"the scenario sets {said}" if changed and not number.is_constant else ""


def of_scenarios(home: Path, names: Iterable[str]) -> list[Reference]:
    """What scenarios say of where their values come from: amounts that no plan names are assumptions."""
    found = []
    for name in names:
        source = read_yaml(home / "scenario" / f"{name}.yaml").get("source")
        if source is not None:
            found.append(Reference("scenario", f"scenario.{name}", Status.ASSUMPTION.value, str(source)))
    return found


def based(home: Path, name: str) -> list[str]:
    """A scenario of the region and those it builds on; none where it is a user's own."""
    path = home / "scenario" / f"{name}.yaml"
    if not path.is_file():
        return []
    base = read_yaml(path).get("base")
    return [name, *([] if base is None else based(home, str(base)))]


def of_number(number: Number, kind: str, name: str, note: str) -> Reference:
    """A number of the configuration."""
    return Reference(kind, name, number.status.value, number.source, note)


def of_region(home: Path) -> list[Reference]:
    """The data of a region that take part in its runs."""
    return [
        one
        for path in run_files(home)
        if path.relative_to(home).parts[0] not in ELSEWHERE
        for one in in_file(path, home)
    ]


def in_file(path: Path, home: Path) -> list[Reference]:
    """Every number of a file that says whence it is."""
    return in_table(read_yaml(path), "region", f"{path.relative_to(home).with_suffix('')}.")


def in_table(content: Mapping[str, Any], kind: str, prefix: str) -> list[Reference]:
    """Every number below a table that says whence it is."""
    return [
        Reference(kind, f"{prefix}{name}", str(table["status"]), str(table["source"]))
        for name, table in told(content)
    ]


def told(content: Any, name: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every table below with a source and a status, and its name."""
    if isinstance(content, Mapping):
        if "source" in content and "status" in content:
            yield name, content
            return
        for key, value in content.items():
            yield from told(value, f"{name}.{key}" if name else str(key))
    elif isinstance(content, list):
        for place, value in enumerate(content):
            yield from told(value, f"{name}[{place}]")


def own_tables(home: Path, world: str) -> dict[str, Any]:
    """What a world states itself."""
    return read_yaml(home / "world" / f"{world}.yaml")


def tables_of_world(home: Path, world: str) -> dict[str, Any]:
    """What a world states, and the worlds it builds on where it says nothing."""
    content = own_tables(home, world)
    return {**tables_of_world(home, str(content["base"])), **content} if "base" in content else content


def of_findings(path: Path, kind: str, key: str) -> list[Reference]:
    """What runs are held against: facts of a region, and published effects; none where there is no file.

    Figures of series and bases stand with the region's data.
    """
    rows = read_yaml(path) if path.is_file() else {}
    return [
        Reference(kind, f"{path.stem}.{name}", known(bool(row.get("recalled"))), str(row[key]))
        for name, row in rows.items()
        if isinstance(row, dict) and row.get(key) is not None
    ]


def known(recalled: bool) -> str:
    """How well a figure is known that was read, or only recalled."""
    return (Status.UNVERIFIED if recalled else Status.SOURCED).value


def counts(references: Iterable[Reference]) -> dict[str, dict[str, int]]:
    """How many numbers of each kind have each status."""
    found = {kind: {status.value: 0 for status in Status} for kind in KINDS}
    for one in references:
        found[one.kind][one.status] += 1
    return {kind: of for kind, of in found.items() if any(of.values())}


def by_source(references: Iterable[Reference]) -> dict[tuple[str, str], list[Reference]]:
    """The numbers that rest on each reference, by status and source: the best known first."""
    found: dict[tuple[str, str], list[Reference]] = {}
    for one in references:
        found.setdefault((one.status, one.source), []).append(one)
    order = [status.value for status in Status]
    return dict(sorted(found.items(), key=lambda item: order.index(item[0][0])))
