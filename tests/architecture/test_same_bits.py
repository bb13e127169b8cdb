"""Rules and stages use only what gives the same bits compiled, in plain Python and on every processor."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.engine.cache_folder import FLOORS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for floor in ("agents", "sim", "scenarios") for path in (ROOT / floor).rglob("*.py"))
EXACT = {"sqrt", "floor", "ceil", "trunc", "fabs", "copysign", "isnan", "pi", "e", "inf", "nan"}
STREAMS = ("random.", "secrets.", "numpy.random.")
REFUSED_CALLS = {"pow": "use pow_", "round": "use yuan", "sum": "add in a loop", "set": "order is not fixed"}


def compiled_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions under @rule or @stage."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}
            if names & {"rule", "stage"}:
                yield node


def inexact_names(tree: ast.Module) -> set[str]:
    """Names that a module takes out of math or NumPy and that are not exact everywhere."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        alias.asname or alias.name
        for node in imports
        for alias in node.names
        if (node.module == "math" and alias.name not in EXACT) or (node.module or "").split(".")[0] == "numpy"
    }


def fault(node: ast.AST, inexact: set[str]) -> str:
    """What is wrong with one node of a compiled function; empty if nothing is."""
    what = ""
    match node:
        case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()):
            what = "** differs between machines: use pow_ or multiply"
        case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in EXACT:
            what = f"math.{name} differs between machines: use agents.numbers.elementary"
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=name):
            what = f"np.{name} differs from plain Python"
        case ast.Name(id=name) if name in inexact:
            what = f"{name} differs between machines: use agents.numbers.elementary"
        case ast.Call(func=ast.Name(id=name)) if name in REFUSED_CALLS:
            what = f"{name}(): {REFUSED_CALLS[name]}"
        case ast.Set() | ast.SetComp():
            what = "a set has no fixed order"
    return what


def faults_of_bits(source: str) -> list[str]:
    """Every fault in the compiled functions of a module."""
    tree = ast.parse(source)
    inexact = inexact_names(tree)
    nodes = [node for function in compiled_functions(tree) for node in _body(function)]
    return [f"line {node.lineno}: {what}" for node in nodes if (what := fault(node, inexact))]


def _body(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes that run; annotations do not."""
    for statement in function.body:
        yield from ast.walk(statement)


def faults_of_luck(source: str) -> list[str]:
    """Every use of a shared random stream in a module."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module="random", names=[ast.alias(name="Random")]):
                modules = []  # the type of Mesa's generator, to annotate with
            case ast.Call(func=ast.Name(id="Random")):
                modules = ["random"]
            case ast.ImportFrom(module=str(module), names=names, level=0):
                modules = [module, *(f"{module}.{alias.name}" for alias in names)]
            case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="random"):
                modules = ["numpy.random"]
            case _:
                modules = []
        if any(f"{module}.".startswith(STREAMS) for module in modules):
            found.append(f"line {node.lineno}: a shared random stream; luck comes from sim.luck.draws")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_and_stages_give_the_same_bits_everywhere(path):
    assert faults_of_bits(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_random_stream_is_shared(path):
    assert faults_of_luck(path.read_text("utf-8")) == []


def test_compiled_code_lies_where_the_digest_of_the_sources_reads_it():
    holders = {
        path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] in {"scenarios", "experiments"}
    }
    outside = [path for path in holders if list(compiled_functions(ast.parse(path.read_text("utf-8"))))]
    assert outside == []
    assert FLOORS == ("agents", "sim")


@pytest.mark.parametrize(
    "line",
    [
        "return x ** 2",
        "x **= 2.0",
        "return math.exp(x)",
        "return math.log(x)",
        "return math.pow(x, 2.0)",
        "return cosine(x)",
        "return pow(x, 2.0)",
        "return np.sqrt(x)",
        "return sum(x)",
        "return round(x)",
        "for y in {1.0, x}: return y",
        "for y in set(x): return y",
    ],
)
@pytest.mark.parametrize("decorator", ["rule", "stage", "compiled.rule"])
def test_a_rule_that_differs_between_machines_is_refused(decorator, line):
    sample = f"import math\nfrom math import cos as cosine\n@{decorator}\ndef bad(x):\n    {line}\n"
    assert len(faults_of_bits(sample)) == 1


def test_code_that_is_not_compiled_may_use_numpy():
    assert faults_of_bits("def ordinary(x):\n    return np.exp(x) ** 2\n") == []


def test_a_rule_may_use_square_roots_and_own_exponentials():
    assert faults_of_bits("@rule\ndef good(x):\n    return math.sqrt(exp_(x)) + max(x, 0.0)\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "import numpy.random",
        "from numpy import random",
        "from numpy.random import default_rng",
        "x = np.random.default_rng(1)",
        "from random import Random; x = Random(1)",
        "from random import Random, shuffle",
    ],
)
def test_a_shared_stream_is_refused(line):
    assert len(faults_of_luck(line)) == 1
