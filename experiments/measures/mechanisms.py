"""What stands behind a lever: families of instruments, the steps of a quarter that act on them, and where.

It is read off the sources, so that a new lever needs no line here: a function acts on a family where it names
the family's constant (agents/money/families.py), and a step where one of its calls leads to such a function.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from agents.money import families
from agents.money.families import FAMILIES, Family
from scenarios.lever import LeverFile
from scenarios.values.file_names import python_files_below
from sim.quarter import CALENDAR

ROOT = Path(families.__file__).resolve().parents[2]
FLOORS = ("sim", "agents")
DECLARES = families.__name__
SILENT = ("begin", "faces", "identities", "series")  # files that tell or check what others did
CONSTANTS = {one.name: name for name, one in vars(families).items() if isinstance(one, Family)}

Function = tuple[str, str]
"""Module and name."""


class Mechanism(NamedTuple):
    """What acts on one family of instruments.

    account: the flow under which what is claimed is paid; no word where nobody is paid. columns: of firms, in
    which they read what they are offered. steps: of the calendar, as `sim/state/policy.py: claim`. functions:
    those that read or pay the family, likewise.
    """

    family: str
    account: str
    columns: tuple[str, ...]
    steps: tuple[str, ...]
    functions: tuple[str, ...]


class Source(NamedTuple):
    """A module: what it imports, by the name it has here, and the names that each of its functions uses."""

    imports: dict[str, Function]
    uses: dict[str, set[tuple[str, str]]]


def mechanisms_of(lever: LeverFile) -> list[Mechanism]:
    """What stands behind a lever, one for each family of which it offers."""
    return [mechanism_of(name) for name in dict.fromkeys(lever.offers)]


@cache
def mechanism_of(name: str) -> Mechanism:
    """What acts on a family."""
    family = FAMILIES[name]
    acting = acting_on(family)
    steps = [
        (step.__module__, step.__name__)
        for _, step in CALENDAR
        if reached((step.__module__, step.__name__)) & acting
    ]
    account = "" if family.account is None else family.account.name
    where = (tuple(dict.fromkeys(map(place, some))) for some in (steps, sorted(acting)))
    return Mechanism(name, account, family.columns, *where)


def acting_on(family: Family) -> frozenset[Function]:
    """The functions that name a family."""
    return frozenset(naming().get(CONSTANTS.get(family.name, ""), ()))


@cache
def naming() -> dict[str, set[Function]]:
    """By the constant of a family: the functions that name it."""
    found: dict[str, set[Function]] = defaultdict(set)
    for module, source in sources().items():
        if module.rpartition(".")[2] not in SILENT:
            for function, uses in source.uses.items():
                for used in uses:
                    declared, constant = means(source, *used) or ("", "")
                    if declared == DECLARES:
                        found[constant].add((module, function))
    return found


@cache
def reached(function: Function) -> frozenset[Function]:
    """The functions that a function may call, itself among them."""
    found, waiting = {function}, [function]
    while waiting:
        module, name = waiting.pop()
        source = sources().get(module)
        for used in source.uses.get(name, ()) if source else ():
            called = means(source, *used) if source else None
            if called is None and source and not used[1] and used[0] in source.uses:
                called = (module, used[0])
            if called is not None and called not in found:
                found.add(called)
                waiting.append(called)
    return frozenset(found)


def means(source: Source, name: str, attribute: str) -> Function | None:
    """What an imported name, or an attribute of an imported module, stands for."""
    known = source.imports.get(name)
    if known is None or not attribute:
        return known
    return f"{known[0]}.{known[1]}".strip("."), attribute


@cache
def sources() -> dict[str, Source]:
    """Every module of the model by its name."""
    paths = (path for floor in FLOORS for path in python_files_below(ROOT / floor))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): read(ast.parse(path.read_text("utf-8")))
        for path in paths
    }


def read(tree: ast.Module) -> Source:
    """A module's imports and what its functions use."""
    imports = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return Source(imports, {name: set(used_in(node)) for name, node in functions(tree)})


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Functions of a module and methods of its classes, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef)
            )


def used_in(function: ast.AST) -> Iterator[tuple[str, str]]:
    """Names that a function uses, and attributes of names."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id, ""
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr


def place(function: Function) -> str:
    """A function as `file: name`."""
    module, name = function
    return f"{module.replace('.', '/')}.py: {name}"
