"""Facts about imports: no circle of modules, and none inside a function without a reason."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from experiments.__main__ import VERBS

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("agents", "scenarios", "sim", "experiments", "configs")
WAITING = {
    "agents.firms": "as experiments.model: the columns of firms, for levers from outside alone",
    "SALib": "an extra, for what targets hang on alone",
    "dask_jobqueue": "an extra, for clusters of SLURM alone",
    "distributed": "an extra, for clusters alone",
    "experiments.calibration.ranks_figure": "as experiments.figures.files",
    "experiments.explorer.server": "Tornado, an extra, for pages alone",
    "experiments.figures.files": "Matplotlib, a second: a hindcast is drawn where that is asked for",
    "experiments.hindcast.figure": "as experiments.figures.files",
    "experiments.hindcast.runs": "as experiments.model: bad input is refused before any run",
    "experiments.model_version": "as experiments.model: where a posterior is drawn from",
    "experiments.model": "Mesa and the rules, two seconds: tables of stored results need neither",
    "experiments.result.drawing": "as experiments.figures.files: tables of results draw nothing",
    "experiments.report.report": "Matplotlib, a second: runs that are refused or stopped draw nothing",
    "experiments.why.answer": "as experiments.model: one question among many that need no run",
    "flowjax": "an extra, for a comparison of methods alone",
    "hydra": "its grammar, a quarter of a second: most verbs read no settings",
    "jax": "an extra, for the posterior alone",
    "joblib": "a quarter of a second, for work in several processes alone",
    "llvmlite": "for the name of this processor alone",
    "numba": "as experiments.model: only who has imported it compiles",
    "numpyro": "as jax",
    "omegaconf": "as hydra",
    "pyabc": "as flowjax",
    "optuna": "an extra, for searches of packages alone",
    "scipy": "its statistics, a second: for intervals alone",
    "scoringrules": "an extra whose kernels take two seconds, for scores alone",
    "sklearn": "as jax",
    "sim.trace.traced": "as experiments.model: a run again without a trace",
}
"""What is imported inside functions, and why it waits until it is needed."""


def module_of(path: Path, root: Path) -> str:
    """The dotted name of a file."""
    name = ".".join(path.relative_to(root).with_suffix("").parts)
    return name.removesuffix(".__init__")


@cache
def modules(root: Path = ROOT, floors: tuple[str, ...] = FLOORS) -> dict[str, ast.Module]:
    """Every module of the floors by its dotted name."""
    files = [path for floor in floors for path in sorted((root / floor).rglob("*.py"))]
    return {module_of(path, root): ast.parse(path.read_text("utf-8")) for path in files}


def for_types_alone(tree: ast.AST) -> set[ast.AST]:
    """What stands under `if TYPE_CHECKING`, which nobody runs."""
    blocks = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    ]
    return {inner for block in blocks for inner in ast.walk(block)}


def imported_in(tree: ast.AST, known: Mapping[str, ast.Module]) -> Iterator[str]:
    """The modules that are imported anywhere below, also inside functions."""
    idle = for_types_alone(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and node not in idle:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node not in idle:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else str(node.module) for name in inside)


def circles(arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of modules each of which is reached from each: found by taking away those that end or begin."""
    left = {name: set(to) for name, to in arrows.items()}
    while True:
        entered = {to for each in left.values() for to in each}
        ends = {name for name in left if not left[name] & left.keys() or name not in entered}
        if not ends:
            return [sorted(left)] if left else []
        left = {name: to - ends for name, to in left.items() if name not in ends}


def arrows_of(known: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    return {
        name: {to for to in imported_in(tree, known) if to in known and to != name}
        for name, tree in known.items()
    }


def inside_functions(known: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """What each module imports inside its functions."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = {
        name: {to for node in ast.walk(tree) if isinstance(node, kinds) for to in imported_in(node, known)}
        for name, tree in known.items()
    }
    return {name: inner for name, inner in found.items() if inner}


def without_reason(known: Mapping[str, ast.Module]) -> list[tuple[str, str]]:
    return [
        (name, to)
        for name, inner in inside_functions(known).items()
        for to in sorted(inner)
        if not any(f"{to}.".startswith(f"{slow}.") for slow in WAITING)
    ]


def test_no_module_imports_itself_through_others():
    assert circles(arrows_of(modules())) == []


def test_imports_stand_at_the_top_but_for_what_is_slow():
    assert without_reason(modules()) == []


def test_every_reason_to_wait_is_used():
    used = {to for inner in inside_functions(modules()).values() for to in inner}
    assert [slow for slow in WAITING if not any(f"{to}.".startswith(f"{slow}.") for to in used)] == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"a": "import floor.b", "b": "def f():\n    import floor.a"}, [["floor.a", "floor.b"]]),
        ({"a": "from floor import b", "b": "from floor.c import x", "c": "import floor.a"}, 3),
        ({"a": "import floor.b", "b": "if TYPE_CHECKING:\n    import floor.a"}, []),
        ({"a": "import floor.b", "b": "import floor.c", "c": "import json"}, []),
    ],
)
def test_a_circle_is_seen_through_functions_and_not_through_types(tmp_path, files, found):
    (tmp_path / "floor").mkdir()
    for name, text in files.items():
        (tmp_path / "floor" / f"{name}.py").write_text(text)
    seen = circles(arrows_of(modules(tmp_path, ("floor",))))
    assert seen == found or [len(seen[0])] == [found]


def test_an_import_inside_a_function_without_a_reason_is_seen():
    tree = ast.parse("def f():\n    import json\n    import scipy.stats")
    assert without_reason({"a": tree}) == [("a", "json")]


def test_every_verb_has_a_file_of_its_name_and_every_such_file_a_verb():
    folder = ROOT / "experiments" / "command"
    entered = {
        path.stem.replace("_", "-")
        for path in folder.glob("*.py")
        if any(
            isinstance(node, ast.FunctionDef) and node.name == "main"
            for node in ast.parse(path.read_text()).body
        )
    }
    assert entered == set(VERBS)
