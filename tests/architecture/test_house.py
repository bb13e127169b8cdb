"""Facts about the house: names, sizes, the lock, and what the README promises."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from experiments.__main__ import VERBS
from experiments.exits import Exit

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agents", "scenarios", "sim", "experiments", "configs")
FLOORS = (*PACKAGES, "tests")
LOCKS = ("requirements.lock", "requirements-dev.lock")
AT_THE_ROOT = {
    *FLOORS, "docs", ".ci", ".gitignore", "pyproject.toml", *LOCKS, "Makefile", "README.md",
    "LICENSE", "CITATION.cff", "CHANGELOG.md",
}  # fmt: skip
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "misc", "common", "tmp", "data2", "do_step"}
LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 350, 50, 9

ADDRESS = re.compile(r"https?://[^\s\"']*(?:py" + r"pi|python" + r"hosted|/sim" + r"ple\b)")
OPTION = re.compile(r"^--?[a-z]", re.M)


def committed() -> list[str]:
    """Paths of the files under version control."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.split("\0") if (ROOT / name).is_file()]


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def locked(lock: str) -> dict[str, list[str]]:
    """Requirement of each package in a lock -> its hashes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if line.startswith("    --hash="):
            found[next(reversed(found))].append(line.strip(" \\"))
        elif not line.startswith("#"):
            found[line.strip(" \\")] = []
    return found


def test_the_root_holds_only_what_a_reader_expects_there():
    assert {name.split("/")[0] for name in committed()} - AT_THE_ROOT == set()


def test_no_file_names_a_package_index():
    texts = {name: (ROOT / name).read_text("utf-8", errors="replace") for name in committed()}
    assert [name for name, text in texts.items() if ADDRESS.search(text)] == []
    assert not any(OPTION.search(texts[lock]) for lock in LOCKS)


def test_no_function_of_the_model_takes_more_than_nine_parameters():
    def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        taken = function.args
        return sum(a.arg not in ("self", "cls") for a in [*taken.posonlyargs, *taken.args, *taken.kwonlyargs])

    counted = [
        (path.name, one.name, parameters(one)) for path in sources("agents", "sim") for one in functions(path)
    ]
    assert [each for each in counted if each[2] > MOST_PARAMETERS] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_is_exact_and_has_hashes(lock):
    loose = [entry for entry, hashes in locked(lock).items() if "==" not in entry or not hashes]
    assert loose == [] and len(locked(lock)) > 40


def test_the_locks_satisfy_every_requirement_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    running, groups = project["project"]["dependencies"], project["dependency-groups"]
    tests = [entry for entry in groups["dev"] if isinstance(entry, str)]
    for lock, wanted in zip(
        LOCKS, ([*running, *groups["build"]], [*running, *groups["build"], *tests]), strict=True
    ):
        pins = {Requirement(entry).name.lower(): Requirement(entry).specifier for entry in locked(lock)}
        versions = {name: next(iter(pin)).version for name, pin in pins.items()}
        needs = [Requirement(text) for text in wanted]
        assert [need for need in needs if versions[need.name.lower()] not in need.specifier] == []


def test_running_has_the_versions_that_tests_have():
    assert locked(LOCKS[0]).items() <= locked(LOCKS[1]).items()


def test_no_name_says_nothing():
    named = []
    for path in sources(*FLOORS):
        names = [path.stem, path.parent.name, *(function.name for function in functions(path))]
        named += [(str(path), name) for name in names if name in EMPTY_WORDS]
    assert named == []


def test_every_file_can_be_read_in_one_sitting():
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path in sources(*PACKAGES)}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_function_fits_a_screen():
    long = []
    for path in sources(*FLOORS):
        for function in functions(path):
            lines = (function.end_lineno or 0) - function.lineno + 1
            long += [(f"{path}:{function.lineno} {function.name}", lines)] * (lines > LONGEST_FUNCTION)
    assert long == []


def test_every_command_of_the_readme_exists():
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    promised = set(re.findall(r"(?:^|`)make ([a-z-]+)", readme, re.M))
    assert promised and promised <= targets
    verbs = set(re.findall(r"(?:^|`|/)sanxiang ([a-z-]+)", readme, re.M))
    assert verbs and verbs <= set(VERBS)


def test_every_file_named_in_the_documents_exists():
    path = re.compile(rf"[`(]((?:{'|'.join([*FLOORS, 'docs'])})/[\w./]*)")
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {name for page in pages for name in path.findall(page.read_text("utf-8"))}
    assert named
    assert [name for name in sorted(named) if "NAME" not in name and not (ROOT / name).exists()] == []


def test_every_exit_code_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    codes = readme[readme.index("Exit codes") :].split("\n\n")[0]
    assert {int(code) for code in re.findall(r"\b\d+\b", codes)} == set(Exit)
