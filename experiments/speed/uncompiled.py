"""The rules as plain functions of one object: what a model written with Mesa alone would call.

A rule that reads row `i` of the firms (`firms.sales[i]`) is rewritten to read an attribute of one
firm (`firms.sales`); all call each other uncompiled, with exp, log and pow of Python's math.
"""

import ast
import inspect
import math
from collections.abc import Callable, Iterable
from types import ModuleType, SimpleNamespace
from typing import Any

ROWS = {"i", "row"}
OF_ONE_MEMBER = {"firm", "firms", "luck"}
MATH: dict[str, Callable[..., Any]] = {"exp_": math.exp, "log_": math.log, "pow_": math.pow, "yuan": round}


def uncompiled(modules: Iterable[ModuleType]) -> SimpleNamespace:
    """All rules and stages of the modules by name, as plain Python for one member."""
    functions: dict[str, Callable[..., Any]] = {}
    scopes = []
    for module in modules:
        scope = dict(vars(module))
        exec(compile(plain_source(module), str(module.__file__), "exec"), scope)
        functions |= {name: scope[name] for name in rules_of(module)}
        scopes.append(scope)
    for scope in scopes:
        calls = {**functions, **MATH}
        scope.update({name: calls[name] for name in scope if name in calls})
    return SimpleNamespace(**functions)


def rules_of(module: ModuleType) -> list[str]:
    """Names of the rules and stages that a module defines."""
    return [
        name
        for name, value in vars(module).items()
        if hasattr(value, "py_func") and value.py_func.__module__ == module.__name__
    ]


def plain_source(module: ModuleType) -> ast.Module:
    """The rules of a module without decorators, rewritten for one member."""
    names = set(rules_of(module))
    tree = ast.parse(inspect.getsource(module))
    rules = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in names]
    for rule in rules:
        rule.decorator_list = []
    one_member = ast.Module([OneMember().visit(rule) for rule in rules], [])
    return ast.fix_missing_locations(one_member)


class OneMember(ast.NodeTransformer):
    """`firms.sales[i]` becomes `firms.sales`, and `firms.pending_patents[slot, i]` loses its row."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Drop the index of the row."""
        self.generic_visit(node)
        match node:
            case ast.Subscript(ast.Attribute(ast.Name(owner), name), ast.Name(row), context):
                if owner in OF_ONE_MEMBER and row in ROWS:
                    return ast.Attribute(ast.Name(owner, ast.Load()), name, context)
            case ast.Subscript(ast.Attribute(ast.Name(owner)), ast.Tuple([slot, ast.Name(row)])):
                if owner in OF_ONE_MEMBER and row in ROWS:
                    node.slice = slot
        return node
