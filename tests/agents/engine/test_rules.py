"""Compiled or plain, a rule is the same function; and no cache answers for a rule that changed."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from agents.engine import cache_folder
from agents.engine import rules as compiled
from agents.engine.rules import Rows, rule, stage

ROOT = Path(__file__).resolve().parents[3]


class Books(NamedTuple):
    money: np.ndarray
    grown: np.ndarray
    flags: np.ndarray
    rate: float


@rule
def grown_money(money, rate):
    return money * (1.0 + rate)


@stage
def grow(books, start, stop):
    money, grown = books.money[start:stop], books.grown[1][start:stop]
    for i in range(len(money)):
        grown[i] = grown_money(money[i], books.rate)
        books.flags[start + i] += 1
    books.grown[0, 0] = 7.0
    return grown[0], stop - start


def books_of_four() -> Books:
    return Books(np.arange(1.0, 5.0), np.zeros((2, 4)), np.zeros(4, np.int8), 0.5)


def in_process(script: str, folder: Path = ROOT, **environment: str) -> str:
    """What a script prints in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        check=False,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_a_stage_writes_the_rows_it_was_given_and_returns_its_values():
    books = books_of_four()
    first, count = grow(books, 1, 3)
    assert (first, count) == (3.0, 2)
    assert books.grown.tolist() == [[7.0, 0.0, 0.0, 0.0], [0.0, 3.0, 4.5, 0.0]]
    assert books.flags.tolist() == [0, 1, 1, 0]


def test_a_rule_keeps_the_function_as_written():
    assert grown_money.py_func(2.0, 0.5) == grown_money(2.0, 0.5) == 3.0


PLAIN_STAGE = """
import numpy as np
from typing import NamedTuple
from agents.engine.rules import PLAIN, rule, stage
class Columns(NamedTuple):
    a: object
    nested: tuple
@stage
def kinds(columns, share):
    inner(columns)
    columns.a[1] = 5.0
    values = [columns.a[0], columns.nested[0][0], columns.nested[1][1, 2], columns.nested[1][0][0], share]
    values += [columns.a[1:3][0], len(columns.a), columns.nested[1].shape[1]]
    return [type(value).__name__ for value in values]
@stage
def inner(columns):
    columns.nested[0][0] = False
a, flags, table = np.zeros(4), np.ones(3, bool), np.arange(6, dtype=np.int16).reshape(2, 3)
print(PLAIN, *kinds(Columns(a, (flags, table)), np.float64(0.5)), a[1], flags[0])
"""


def test_a_plain_stage_reads_numbers_of_python_and_writes_through():
    printed = in_process(PLAIN_STAGE, NUMBA_DISABLE_JIT="1")
    assert printed == "True float bool int int float float int int 5.0 False"


def test_rows_of_a_table_read_write_and_narrow():
    table = np.arange(12.0).reshape(2, 2, 3)
    rows = Rows(table)
    rows[1, 0, 2] = -1.0
    rows[0][1][1:3][0] = -2.0
    assert (table[1, 0, 2], table[0, 1, 1]) == (-1.0, -2.0)
    assert (len(rows), rows.shape, rows[1, 1, 0]) == (2, (2, 2, 3), 9.0)


def test_a_plain_stage_refuses_a_fraction_in_a_column_of_integers():
    """Compiled code would cut it off in silence."""
    column = compiled._plain(np.zeros(2, np.int64))
    with pytest.raises(TypeError):
        column[0] = 1.5


@pytest.fixture
def copy_of_sources(tmp_path):
    """A small house with one rule and, in another file, one stage that calls it."""
    package = tmp_path / "house" / "agents"
    package.mkdir(parents=True)
    for name in ("__init__.py", "cache_folder.py", "compiled.py", "kept.py"):
        shutil.copy(ROOT / "agents" / name, package / name)
    head = "from agents.engine.rules import rule, stage\n"
    (package / "rules.py").write_text(head + "@rule\ndef step(x):\n    return x + 1.0\n")
    loop = "def walk(x):\n    for i in range(len(x)):\n        x[i] = step(x[i])\n"
    (package / "stages.py").write_text(head + "from agents.rules import step\n@stage\n" + loop)
    return package.parent


WALK = "import agents, numpy as np; from agents.stages import walk; x = np.zeros(1); walk(x); print(x[0])"


def test_a_changed_rule_changes_the_stage_that_calls_it(copy_of_sources, tmp_path):
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    assert in_process(WALK, copy_of_sources, **cache) == "1.0"
    rules = copy_of_sources / "agents" / "rules.py"
    rules.write_text(rules.read_text().replace("x + 1.0", "x + 2.0"))
    assert in_process(WALK, copy_of_sources, **cache) == "2.0"
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_unchanged_sources_are_compiled_once(copy_of_sources, tmp_path):
    script = WALK + "; print(sum(walk.outer.stats.cache_hits.values()))"
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_DISABLE_JIT": "0"}
    assert in_process(script, copy_of_sources, **cache) == "1.0\n0"
    assert in_process(script, copy_of_sources, **cache) == "1.0\n1"


FOLDER = "import agents, os; print(os.environ['NUMBA_CACHE_DIR'])"


def test_a_folder_set_by_the_user_becomes_the_parent(tmp_path):
    folder = Path(in_process(FOLDER, NUMBA_CACHE_DIR=str(tmp_path / "mine")))
    assert folder.parent == tmp_path / "mine"
    assert folder.name.startswith(cache_folder.PREFIX)


def test_a_process_started_by_ours_shares_its_folder(tmp_path):
    first = in_process(FOLDER, NUMBA_CACHE_DIR=str(tmp_path))
    assert in_process(FOLDER, NUMBA_CACHE_DIR=first) == first


def test_a_folder_that_cannot_be_written_is_replaced_for_the_time_of_the_process(tmp_path):
    (tmp_path / "file").write_text("")
    script = FOLDER + "; print(os.path.isdir(os.environ['NUMBA_CACHE_DIR']))"
    folder, there = in_process(script, NUMBA_CACHE_DIR=str(tmp_path / "file" / "x")).splitlines()
    assert there == "True"
    assert not Path(folder).exists()


def test_numba_imported_before_us_uses_the_folder_all_the_same(tmp_path):
    script = "import numba, agents, os; print(numba.config.CACHE_DIR == os.environ['NUMBA_CACHE_DIR'])"
    assert in_process(script, NUMBA_CACHE_DIR=str(tmp_path)) == "True"


def test_the_folders_of_old_sources_go_and_those_of_a_day_stay(tmp_path):
    days_ago = [0, 0.5, 2, 3, 4, 5, 6, 7, 8, 9]
    for number, days in enumerate([*days_ago, 30]):
        name = "thesis" if days == 30 else f"{number:020x}"
        folder = tmp_path / f"{cache_folder.PREFIX}{name}"
        folder.mkdir()
        os.utime(folder, (time.time() - days * cache_folder.DAY,) * 2)
    (tmp_path / "somebody_elses").mkdir()
    cache_folder._prune(tmp_path / f"{cache_folder.PREFIX}{0:020x}")
    left = {path.name.removeprefix(cache_folder.PREFIX) for path in tmp_path.iterdir()}
    kept = {f"{number:020x}" for number in range(cache_folder.KEPT_FOLDERS)}
    assert left == kept | {"somebody_elses", "thesis"}
