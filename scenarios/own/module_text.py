"""What the module of a lever from outside may hold: constants, functions and the class of the lever.

It is read as text before any of it runs. It may compute with what it is given; it writes to nothing of the
economy, draws no luck, reads no clock or file, and keeps nothing between two quarters: runs of equal luck
would be pairs no longer, and results would hang on more than their description. This is a guard against
mistakes and no prison: whoever gives a folder of levers runs its code.
"""

import ast
from collections.abc import Iterator
from typing import NoReturn

from scenarios.values.errors import InputError, quoted

ALLOWED = (
    "__future__",
    "collections.abc",
    "dataclasses",
    "enum",
    "math",
    "numpy",
    "scenarios.lever",
    "typing",
)
LUCK = ("random", "secrets", "uuid", "numpy.random", "scipy.stats", "sim.luck")
CLOCK = ("time", "datetime", "calendar")
RUNS_CODE = (
    "eval", "exec", "compile", "open", "input", "globals", "locals", "vars", "setattr", "delattr", "getattr",
    "hash", "id", "breakpoint", "__import__", "super", "object", "type",
)  # fmt: skip
INSIDES = (
    "flags", "setflags", "base", "ctypes", "tofile", "dump", "save", "savez", "savetxt", "load", "loadtxt",
    "fromfile", "genfromtxt", "memmap", "datetime64", "empty", "empty_like",
)  # fmt: skip
"""Attributes of arrays and of NumPy that reach for memory, files or the clock."""
TOP_LEVEL = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
PAIRED = "runs of equal luck would be pairs no longer"

Function = ast.FunctionDef | ast.Lambda


def checked_text(text: str, where: str) -> ast.Module:
    """The module's text as a tree, found harmless. where: its path, for messages.

    Raises:
        InputError: it is no Python, or does what a lever may not, with its line.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        reason = error.msg if isinstance(error, SyntaxError) else type(error).__name__
        raise InputError(f"{where}{line}: cannot be read as Python: {reason}") from None
    for statement in tree.body:
        _check_top_level(statement, where)
    for node in ast.walk(tree):
        _check(node, where)
    for function in (one for one in ast.walk(tree) if isinstance(one, Function)):
        _check_writes(function, where)
    return tree


def _refuse(node: ast.AST, where: str, said: str) -> NoReturn:
    raise InputError(f"{where}, line {getattr(node, 'lineno', 1)}: {said}")


def _check_top_level(node: ast.stmt, where: str) -> None:
    if isinstance(node, TOP_LEVEL):
        return
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr) else None
    if value is None or not all(map(_is_constant, ast.walk(value))):
        _refuse(node, where, "a lever's module holds constants, functions and its class alone")


def _is_constant(node: ast.AST) -> bool:
    kinds = ast.Constant | ast.Tuple | ast.UnaryOp | ast.BinOp | ast.operator | ast.unaryop | ast.expr_context
    return isinstance(node, kinds)


def _check(node: ast.AST, where: str) -> None:
    for module in _imported(node):
        _check_import(node, module, where)
    if isinstance(node, ast.Global | ast.Nonlocal):
        _refuse(node, where, f"'{node.names[0]}' is kept between quarters; a lever is what its values are")
    if isinstance(node, ast.Name) and node.id in RUNS_CODE and isinstance(node.ctx, ast.Load):
        _refuse(node, where, f"uses {node.id}; a lever computes with what it is given alone")
    if isinstance(node, ast.Attribute):
        _check_attribute(node, where)


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        within = "." * node.level + (node.module or "")
        named = [f"{within}.{alias.name}" for alias in node.names]
        yield from (name for name in named if name.endswith(".*"))
        yield from (name for name in named if name in (*LUCK, *CLOCK))
        yield within


def _check_import(node: ast.AST, module: str, where: str) -> None:
    if any(f"{module}.".startswith(f"{one}.") for one in LUCK):
        _refuse(node, where, f"imports {module}: a lever draws no luck of its own, {PAIRED}")
    if any(f"{module}.".startswith(f"{one}.") for one in CLOCK):
        _refuse(node, where, f"imports {module}: a lever reads no clock, {PAIRED}")
    if module not in ALLOWED:
        _refuse(node, where, f"imports {module}; a lever's module may import {', '.join(ALLOWED)}")


def _check_attribute(node: ast.Attribute, where: str) -> None:
    if node.attr == "random":
        _refuse(node, where, f"uses {ast.unparse(node)}: a lever draws no luck of its own, {PAIRED}")
    if node.attr.startswith("_") or node.attr in INSIDES:
        _refuse(node, where, f"uses {ast.unparse(node)}; a lever computes with what it is given alone")


def _check_writes(function: Function, where: str) -> None:
    """Refuses what stores into something that the function was given."""
    taken = function.args
    given = {one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)}
    for node in ast.walk(function):
        stored = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
        if not stored or not isinstance(node, ast.Attribute | ast.Subscript):
            continue
        if isinstance(node, ast.Attribute) or _root(node) in given:
            told = f"writes {ast.unparse(node)}"
            _refuse(node, where, f"{told}: a lever offers terms, and touches no outcome and no state")


def _root(node: ast.AST) -> str | None:
    """The name at which a chain of attributes and indices begins."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def refuse_too_long(text: str, where: str, most: int) -> str:
    """The text. Raises: InputError where it is longer than a module of a lever is."""
    if len(text) > most:
        raise InputError(f"{quoted(where)} has {len(text):,} characters; at most {most:,}")
    return text
