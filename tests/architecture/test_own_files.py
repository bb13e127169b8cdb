"""One module writes files, so that what it refuses is refused everywhere."""

import ast
from pathlib import Path

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"
METHODS = {
    "open", "fdopen", "write_text", "write_bytes", "unlink", "rmdir", "mkdir", "makedirs", "touch", "rmtree",
    "copyfile", "copytree", "symlink_to", "hardlink_to", "symlink", "truncate", "to_parquet", "glob", "rglob",
    "iterdir", "listdir", "scandir",
}  # fmt: skip
FUNCTIONS = {"os.remove", "os.rename", "os.replace", "os.link", "shutil.move", "shutil.copy", "shutil.copy2"}
ALLOWED = {
    "store/own_files.py": METHODS | FUNCTIONS,
    "compute/engines/worker.py": {"open"},  # a file of the kernel
    "compute/engines/trust.py": {
        "open",
        "fdopen",
        "mkdir",
        "iterdir",
        "rmtree",
    },  # keys, in folders made for them
    "streams.py": {"open"},  # the null device
}


def called(path):
    """The functions and methods of files that a module calls."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    whole = {ast.unparse(func) for func in calls}
    return {name.rpartition(".")[2] for name in whole} & METHODS | whole & FUNCTIONS


def test_experiments_open_list_and_remove_files_in_one_module_only():
    modules = {path.relative_to(EXPERIMENTS).as_posix(): path for path in EXPERIMENTS.rglob("*.py")}
    found = {name: called(path) - ALLOWED.get(name, set()) for name, path in modules.items()}
    assert {name: calls for name, calls in found.items() if calls} == {}
