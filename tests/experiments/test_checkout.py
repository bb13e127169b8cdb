"""A copy of the project that still runs the original's code says so, and how to mend it."""

import subprocess
import sys
from pathlib import Path

import pytest

from experiments.checkout import NAME, ROOT, not_this_checkout


@pytest.fixture
def copy(tmp_path):
    """What a copied checkout holds, as far as it matters here: its script runs our code."""
    made = tmp_path / "copy"
    for folder in ("experiments", "results", ".venv/bin"):
        (made / folder).mkdir(parents=True)
    (made / "experiments" / "__main__.py").write_text("")
    (made / "pyproject.toml").write_text(f"[project]{NAME}")
    script = made / ".venv" / "bin" / "sanxiang"
    script.write_text(f"#!{sys.executable}\nfrom experiments.__main__ import program\nprogram()\n")
    script.chmod(0o755)
    return made


def test_the_script_of_a_copy_says_that_the_originals_code_runs(copy, tmp_path):
    script = str(copy / ".venv" / "bin" / "sanxiang")
    done = subprocess.run([script, "--version"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()[0]) == (0, "sanxiang")
    assert done.stderr == (
        f"this runs the code of {ROOT} and not that of {copy}: make install in {copy} mends that\n"
    )


def test_whoever_stands_in_another_checkout_is_told(copy, monkeypatch):
    monkeypatch.setattr(sys, "argv", [str(ROOT / ".venv" / "bin" / "sanxiang")])
    monkeypatch.chdir(copy / "results")
    assert str(copy) in not_this_checkout()
    assert not_this_checkout(copy) != ""  # the script is the original's


@pytest.mark.parametrize("place", [ROOT, ROOT / "experiments", Path("/")])
def test_nothing_is_said_in_the_right_checkout_or_in_none(place, monkeypatch):
    monkeypatch.setattr(sys, "argv", [str(ROOT / ".venv" / "bin" / "sanxiang")])
    monkeypatch.chdir(place)
    assert not_this_checkout() == ""


def test_a_checkout_reached_by_a_link_is_the_same(tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(ROOT)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "link" / ".venv" / "bin" / "sanxiang")])
    assert not_this_checkout() == ""


def test_a_folder_that_was_removed_beneath_is_none(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert not_this_checkout() == "" or "gone" not in not_this_checkout()
