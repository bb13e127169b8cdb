"""Every value in the YAML is a field, and every field is read by some rule."""

import ast
from pathlib import Path
from typing import get_type_hints

import pytest

from agents.economy import EconomyParameters
from agents.firms import FirmParameters
from scenarios.load import load_parameters
from scenarios.values.parameters import parameter_names

ROOT = Path(__file__).parents[3]
# Names under which code holds parameters, and those under which firms' hold a file's
HOLDERS = {"p", "b", "behaviour", "parameters", "costs", *FirmParameters._fields}
GROUPS = [("firms", FirmParameters.names()), ("economy", list(EconomyParameters._fields))]


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


@pytest.mark.parametrize(("group", "names"), GROUPS)
def test_fields_are_the_names_in_the_yaml(group, names):
    assert sorted(names) == sorted(load_parameters()[group])


@pytest.mark.parametrize(("group", "names"), GROUPS)
def test_every_parameter_is_read_by_some_rule(group, names):
    code = [path.read_text("utf-8") for folder in ("agents", "sim") for path in (ROOT / folder).rglob("*.py")]
    assert unread(names, code) == []


def test_a_parameter_that_no_rule_reads_is_found():
    source = "def rule(x, p):\n    return p.used * x.unused + x['key'] * getattr(p, f'of_year_{x}')"
    assert unread(["used", "key", "unused", "of_year_2015"], [source]) == ["unused"]


def test_each_parameter_of_firms_is_declared_in_the_file_of_its_rules():
    for part, kind in get_type_hints(FirmParameters).items():
        assert kind.__module__.split(".")[-1] == part


def test_parameters_are_told_by_name_and_nothing_is_taken_for_one(p):
    changed = p.but(markup_response=0.7)
    assert changed.demand.markup_response == 0.7
    assert changed == p._replace(demand=p.demand._replace(markup_response=0.7))
    with pytest.raises(TypeError, match=r"firms have no parameter markup_respons$"):
        p.but(markup_respons=0.7)
    with pytest.raises(TypeError, match="markup_response"):
        FirmParameters.of({name: 0.0 for name in FirmParameters.names() if name != "markup_response"})


def test_the_check_of_configurations_reads_the_same_names_in_the_sources():
    read = parameter_names()["firms"]
    assert len(read) == len(set(read))
    assert set(read) == set(FirmParameters.names())
