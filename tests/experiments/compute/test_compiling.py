"""The model is compiled by one process for all, which is told, and why it will be compiled again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agents.engine import cache_folder
from experiments.compute import parallel
from experiments.compute.compiling import COMPILING, compiles_first

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder of compiled code."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "0")
    monkeypatch.setattr(cache_folder, "_noted", set())
    return tmp_path


def test_half_compiled_code_of_a_start_that_was_killed_counts_as_none(folder):
    (folder / "firms.nbi").write_text("")
    (folder / "firms.1.nbc").write_text("")
    told = []
    assert compiles_first(say=told.append) and told == [COMPILING]
    cache_folder.note_whole()
    assert not compiles_first(say=told.append) and told == [COMPILING]


def test_rules_that_are_not_compiled_leave_no_word_that_they_are(folder, monkeypatch):
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    cache_folder.note_whole()
    assert not cache_folder.is_whole()


def where(number):
    return number, os.getpid()


def test_the_first_of_many_compiles_alone_and_is_told_once(folder, capsys):
    first, *others = parallel.in_parallel(where, range(4), workers=2)
    assert first == (0, os.getpid()) and os.getpid() not in dict(others).values()
    assert capsys.readouterr().err == f"{COMPILING}\n"
    assert os.getpid() not in dict(parallel.in_parallel(where, range(4), workers=2)).values()
    assert capsys.readouterr().err == ""


def test_a_home_that_cannot_be_written_is_told_with_the_remedy(tmp_path):
    (tmp_path / "home").write_text("")
    settings = {"HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]}
    said = in_process("from experiments.compute.compiling import compiles_first; compiles_first()", settings)
    assert said.startswith("compiling the model, for this command alone: it cannot be kept in ")
    assert f"{tmp_path / 'home'}/.cache/sanxiang/numba/" in said
    assert said.endswith(": Not a directory; set NUMBA_CACHE_DIR to a folder that can be written\n")


def test_an_account_without_a_home_compiles_all_the_same():
    script = "from pathlib import Path\ndef none():\n    raise RuntimeError\nPath.home = none\n"
    script += "from experiments.compute.compiling import compiles_first; compiles_first()"
    said = in_process(script, {"PATH": os.environ["PATH"]})
    assert said.count("\n") == 1 and "set NUMBA_CACHE_DIR" in said


def in_process(script, environment):
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr
