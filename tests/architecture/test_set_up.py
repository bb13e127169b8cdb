"""Facts about set-up: which Python is taken, and when the environment is made anew."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
BASE_PYTHON = Path(getattr(sys, "_base_executable", sys.executable))


def find_python(path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the search with nothing to see but what is given."""
    seen = {"PATH": path, "HOME": "/nonexistent", "PYTHON_PLACES": "", **environment}
    return subprocess.run(
        ["/bin/sh", str(ROOT / ".ci" / "find_python")], env=seen, capture_output=True, text=True, check=False
    )


def command(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def working(tmp_path: Path) -> Path:
    """A folder whose python3.12 is the Python of this test."""
    return command(tmp_path / "working", "python3.12", f'exec "{sys.executable}" "$@"')


def test_a_python_that_works_is_found(working: Path):
    assert find_python(str(working)).stdout.strip() == str(BASE_PYTHON)


@pytest.mark.parametrize(
    "script",
    [
        "echo 'pyenv: python3.12: command not found' >&2; exit 127",
        "echo /bin/sh; exit 1",
        "exit 0",
        "echo /no/such/python",
    ],
)
def test_a_broken_python_earlier_on_the_path_is_passed_over(tmp_path: Path, working: Path, script: str):
    broken = command(tmp_path / "broken", "python3.12", script)
    assert find_python(f"{broken}:{working}").stdout.strip() == str(BASE_PYTHON)


@pytest.mark.parametrize("lie", ["sys.version_info = (3, 11, 9)", "sys.modules['ensurepip'] = None"])
def test_a_python_too_old_or_without_ensurepip_is_passed_over(tmp_path: Path, lie: str):
    script = f'exec "{sys.executable}" -I -c "import sys; {lie}; exec(sys.argv[1])" "$3"'
    unfit = command(tmp_path / "unfit", "python3.12", script)
    assert find_python(str(unfit)).returncode == 1
    honest = command(tmp_path / "fit", "python3.12", script.replace(lie, "pass"))
    assert find_python(str(honest)).returncode == 0


def test_a_python_under_a_pyenv_root_is_found(tmp_path: Path):
    command(tmp_path / "versions" / "3.12.9" / "bin", "python3", f'exec "{sys.executable}" "$@"')
    assert find_python("/nonexistent", PYENV_ROOT=str(tmp_path)).stdout.strip() == str(BASE_PYTHON)


def test_a_python_of_uv_is_found(tmp_path: Path):
    command(tmp_path / "cpython-3.13.1-linux" / "bin", "python3", f'exec "{sys.executable}" "$@"')
    found = find_python("/nonexistent", UV_PYTHON_INSTALL_DIR=str(tmp_path))
    assert found.stdout.strip() == str(BASE_PYTHON)


def test_where_no_python_fits_one_line_says_what_is_missing(tmp_path: Path):
    broken = command(tmp_path / "broken", "python3.12", "exit 127")
    answer = find_python(str(broken))
    assert answer.returncode == 1 and answer.stdout == ""
    assert re.fullmatch(r"no working Python 3\.12 .* was found: .*\n", answer.stderr)


def test_a_python_named_by_hand_is_used_or_refused(tmp_path: Path, working: Path):
    broken = command(tmp_path / "broken", "python3.12", "exit 127")
    refused = find_python(str(working), PYTHON=str(broken / "python3.12"))
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1
    assert find_python("/nonexistent", PYTHON=str(working / "python3.12")).returncode == 0


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what set-up reads, already set up by name."""
    home = tmp_path / "checkout"
    (home / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, home / name)
        os.utime(home / name, (1, 1))
    command(home / ".venv" / "bin", "python", f'exec "{sys.executable}" "$@"')
    for mark in (".installed", ".complete"):
        (home / ".venv" / mark).write_text(f"{home.resolve()}\n")
    return home


def sets_up(checkout: Path, target: str) -> bool:
    outside_make = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    plan = subprocess.run(
        ["make", "-n", target], cwd=checkout, env=outside_make, capture_output=True, text=True, check=True
    )
    return ".ci/set_up" in plan.stdout


@pytest.mark.parametrize("target", ["run", "test", "bench", "install"])
def test_a_ready_checkout_is_not_set_up_again(checkout: Path, target: str):
    assert not sets_up(checkout, target)


@pytest.mark.parametrize("target", ["run", "test", "bench", "install"])
@pytest.mark.parametrize("changed", ["pyproject.toml", *LOCKS])
def test_a_changed_requirement_is_installed_first(checkout: Path, target: str, changed: str):
    later = (checkout / ".venv" / ".installed").stat().st_mtime + 10
    os.utime(checkout / changed, (later, later))
    assert sets_up(checkout, target) == ((target, changed) != ("run", "requirements-dev.lock"))


@pytest.mark.parametrize("target", ["test", "battery", "bench", "install"])
def test_what_only_tests_need_is_installed_for_them_alone(checkout: Path, target: str):
    (checkout / ".venv" / ".complete").unlink()
    assert sets_up(checkout, target) and not sets_up(checkout, "run")


def test_a_moved_checkout_is_set_up_again(checkout: Path):
    moved = checkout.rename(checkout.with_name("moved"))
    assert sets_up(moved, "run")


def test_an_environment_without_its_python_is_set_up_again(checkout: Path):
    (checkout / ".venv" / "bin" / "python").unlink()
    assert sets_up(checkout, "run")
