"""Every value in the YAML is a field, and every field is read by some rule."""

import ast
from pathlib import Path

import pytest

from agents.economy import EconomyParameters
from agents.firms import FirmParameters
from scenarios.load import load_parameters

ROOT = Path(__file__).parents[3]
HOLDERS = {"p", "b", "behaviour", "parameters"}  # names under which code holds the parameters
GROUPS = [("firms", FirmParameters), ("economy", EconomyParameters)]


def reads(tree):
    """Names read from a holder or by key, and the beginnings of names that `getattr` completes."""
    whole, beginnings = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and last_name(node.value) in HOLDERS:
            whole.add(node.attr)
        if isinstance(node, ast.Call) and last_name(node.func) == "getattr":
            parts = [part.value for part in ast.walk(node.args[1]) if isinstance(part, ast.Constant)]
            beginnings |= {part for part in parts if isinstance(part, str) and part}
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            whole.add(node.slice.value)
    return whole, beginnings


def last_name(node):
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def unread(names, sources):
    found = [reads(ast.parse(source)) for source in sources]
    whole = set().union(*(names for names, _ in found))
    beginnings = tuple(beginning for _, some in found for beginning in some)
    return [name for name in names if name not in whole and not name.startswith(beginnings)]


@pytest.mark.parametrize(("group", "parameters"), GROUPS)
def test_fields_are_the_names_in_the_yaml(group, parameters):
    assert sorted(parameters._fields) == sorted(load_parameters()[group])


@pytest.mark.parametrize(("group", "parameters"), GROUPS)
def test_every_parameter_is_read_by_some_rule(group, parameters):
    code = [path.read_text("utf-8") for folder in ("agents", "sim") for path in (ROOT / folder).rglob("*.py")]
    assert unread(parameters._fields, code) == []


def test_a_parameter_that_no_rule_reads_is_found():
    source = "def rule(x, p):\n    return p.used * x.unused + x['key'] * getattr(p, f'of_year_{x}')"
    assert unread(["used", "key", "unused", "of_year_2015"], [source]) == ["unused"]
