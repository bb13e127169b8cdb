"""What of the sources becomes machine code: rules and stages, and everything they name, however far away.

The digest of it names the folder of compiled code (cache_folder.py). A comment, a docstring or an indicator
is not in it, so that such an edit compiles nothing again but, at most, the file it stands in.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

COMPILERS = {"rule", "stage", "intrinsic"}
"""Decorators of functions that Numba compiles; their functions are where the search begins."""

Place = tuple[str, str]  # module, name

# Where names can stand that a module defines at its top: in these statements, or in blocks of them.
_BLOCKS = (ast.If, ast.Try, ast.With, ast.For)


class Module:
    """The top of one source file: what each name means there."""

    def __init__(self, text: str) -> None:
        self.defined: dict[str, list[ast.stmt]] = {}
        self.imported: dict[str, Place | str] = {}  # a name of a module, or a module
        self.roots: list[str] = []  # functions that are compiled
        self.records: list[ast.ClassDef] = []
        for statement in ast.parse(text).body:
            self._take(statement)

    def _take(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Import(names=names):
                self.imported |= {a.asname or a.name.split(".")[0]: a.name for a in names}
            case ast.ImportFrom(module=str(module), names=names, level=0):
                self.imported |= {a.asname or a.name: (module, a.name) for a in names}
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                self._define(name, statement)
            case _:
                for name in _names_set_by(statement):
                    self.defined.setdefault(name, []).append(statement)

    def _define(self, name: str, statement: ast.FunctionDef | ast.ClassDef) -> None:
        self.defined.setdefault(name, []).append(statement)
        if isinstance(statement, ast.ClassDef):
            self.records.append(statement)
        elif COMPILERS & {ast.unparse(each).split(".")[-1] for each in statement.decorator_list}:
            self.roots.append(name)


def _names_set_by(statement: ast.stmt) -> set[str]:
    """The names that a statement at the top of a module gives a value."""
    nodes = ast.walk(statement) if isinstance(statement, _BLOCKS) else iter_targets(statement)
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)} | {
        n.name for n in ast.walk(statement) if isinstance(n, ast.FunctionDef | ast.ClassDef)
    }


def iter_targets(statement: ast.stmt) -> Iterator[ast.AST]:
    """Everything on the left side of an assignment."""
    match statement:
        case ast.Assign(targets=targets):
            sides: list[ast.expr] = targets
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target) | ast.TypeAlias(name=target):
            sides = [target]
        case _:
            sides = []
    for side in sides:
        yield from ast.walk(side)


def digest_of_compiled(root: Path, files: Iterable[Path]) -> str:
    """SHA-256 of what Numba may see of these files: rules, stages, all they name, and the fields of records.

    Raises: SyntaxError for a file that is no Python.
    """
    modules = {_module_name(root, path): Module(path.read_text("utf-8")) for path in files}
    digest = hashlib.sha256()
    for (module, name), texts in sorted(_reached(modules).items()):
        digest.update("\0".join([module, name, *texts, ""]).encode())
    for module, found in sorted(modules.items()):
        for record in found.records:
            digest.update("\0".join([module, record.name, *_fields(record), ""]).encode())
    return digest.hexdigest()


def _module_name(root: Path, path: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _fields(record: ast.ClassDef) -> Iterator[str]:
    """Bases and fields of a class: records travel to compiled code by the order of their fields."""
    yield from map(ast.unparse, [*record.bases, *record.decorator_list])
    for line in record.body:
        if isinstance(line, ast.AnnAssign | ast.Assign):
            yield ast.unparse(line)


def _reached(modules: dict[str, Module]) -> dict[Place, list[str]]:
    """Every definition that a compiled function leads to, as text without comments and docstrings."""
    ahead: list[Place] = [(module, name) for module, found in modules.items() for name in found.roots]
    reached: dict[Place, list[str]] = {}
    while ahead:
        module, name = place = ahead.pop()
        if place in reached or module not in modules:
            continue
        here = modules[module]
        statements = here.defined.get(name, [])
        reached[place] = [_text(statement) for statement in statements]
        for statement in statements:
            ahead += _named_in(statement, module, here, modules)
        ahead += _behind(name, here, modules)
    return reached


def _behind(name: str, here: Module, modules: dict[str, Module]) -> list[Place]:
    """Where an imported name comes from; of a module all its names, for anything of it may be meant."""
    match here.imported.get(name):
        case (str(module), str(origin)) if f"{module}.{origin}" in modules:
            return _all_of(f"{module}.{origin}", modules)
        case (str(module), str(origin)):
            return [(module, origin)]
        case str(module):
            return _all_of(module, modules)
        case _:
            return []


def _all_of(module: str, modules: dict[str, Module]) -> list[Place]:
    return [(module, name) for name in modules[module].defined] if module in modules else []


def _named_in(statement: ast.stmt, module: str, here: Module, modules: dict[str, Module]) -> list[Place]:
    """What a definition names: of a module behind a name only the attributes that are asked for."""
    asked: list[Place] = []
    whole: set[ast.expr] = set()
    for node in ast.walk(statement):
        match node:
            case ast.Attribute(value=ast.Name(id=name) as base, attr=attribute):
                origin = here.imported.get(name)
                target = ".".join(origin) if isinstance(origin, tuple) else origin
                if target in modules:
                    asked.append((str(target), attribute))
                    whole.add(base)
    names = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and n not in whole}
    return asked + [(module, name) for name in names if name in here.defined or name in here.imported]


def _text(statement: ast.stmt) -> str:
    for node in ast.walk(statement):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(node, clean=False) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(statement)
