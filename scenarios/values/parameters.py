"""Which parameters the program takes: the fields of each actor's parameter class, read from its source.

A class says in its docstring which file holds its values, `configs/parameters/GROUP.yaml`. It is read and not
imported, since the compiler behind the rules takes a second to load, and a mistake should be told at once.
"""

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scenarios.region.folder import CONFIGS, DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.values.errors import Mistakes, unknown
from scenarios.values.file_names import python_files_below
from scenarios.values.number import Number

FILE = re.compile(r"configs/parameters/(\w+)\.yaml")
START = "synthesis"  # constants of the start population: configs/region/*/marginals.yaml has their names


def check_parameter_names(
    parameters: Mapping[str, Mapping[str, Number]], region: str = DEFAULT_REGION, folder: Path = CONFIGS
) -> None:
    """Refuses a parameter that no actor takes, and an actor without one of its own.

    Raises:
        InputError: one line per parameter.
    """
    mistakes = Mistakes()
    taken = {**parameter_names(), START: None}
    for group in parameters.keys() - taken.keys():
        mistakes.note(f"{_file(folder, group)}: {unknown('group of parameters', group, taken)}")
    for group, names in taken.items():
        given = parameters.get(group, {})
        known = load_region(region, folder).marginals.constants if names is None else names
        for name in given.keys() - set(known):
            mistakes.note(f"{_file(folder, group)}: {unknown('parameter', name, known)}")
        for name in sorted(set(names or ()) - given.keys()):
            mistakes.note(f"{_file(folder, group)} has no {name!r}, nor has region {region}")
    mistakes.stop_if_any()


def _file(folder: Path, group: str) -> Path:
    return folder / "parameters" / f"{group}.yaml"


@cache
def parameter_names(root: Path = CONFIGS.parent / "agents") -> dict[str, tuple[str, ...]]:
    """The names of the parameters by group: those of every class that names the group's file."""
    found: dict[str, tuple[str, ...]] = {}
    for path in python_files_below(root):
        text = path.read_text("utf-8")
        for node in ast.parse(text).body if FILE.search(text) else ():
            if isinstance(node, ast.ClassDef) and node.name.endswith("Parameters"):
                group = FILE.search(ast.get_docstring(node) or "")
                if group:
                    found[group[1]] = found.get(group[1], ()) + _fields(node)
    return found


def _fields(node: ast.ClassDef) -> tuple[str, ...]:
    """The fields of a class that hold one number each, and no further class of parameters."""
    return tuple(
        field.target.id
        for field in node.body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and not ast.unparse(field.annotation).endswith("Parameters")
    )
