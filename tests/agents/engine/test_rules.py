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
from numba.core.caching import IndexDataCacheFile

from agents.engine import cache_folder
from agents.engine import rules as compiled
from agents.engine.compiled_sources import digest_of_compiled
from agents.engine.kept_code import OneFileEach
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
    """What a script prints in a process of its own, which keeps no bytecode: it does not tell two sources of
    one size and second apart."""
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
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
def house(tmp_path):
    """A small house with one rule and, in another file, one stage that calls it."""
    package = tmp_path / "house" / "agents"
    (package / "engine").mkdir(parents=True)
    engine = ("__init__", "cache_folder", "compiled_sources", "inlined", "kept_code", "records", "rules")
    for name in ("__init__.py", *(f"engine/{name}.py" for name in engine)):
        shutil.copy(ROOT / "agents" / name, package / name)
    head = "from agents.engine.rules import rule, stage\n"
    (package / "sizes.py").write_text("STEP = 1.0\ndef shown():\n    return 'a step'\n")
    (package / "steps.py").write_text(
        head + "from agents.sizes import STEP, shown\n@rule\ndef step(x):\n    return x + STEP\n"
    )
    loop = "def walk(x):\n    for i in range(len(x)):\n        x[i] = step(x[i])\n"
    (package / "stages.py").write_text(head + "from agents.steps import step\n@stage\n" + loop)
    return package.parent


def edit(house: Path, name: str, old: str, new: str) -> None:
    file = house / "agents" / name
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


WALK = "import agents, numpy as np; from agents.stages import walk; x = np.zeros(1); walk(x); print(x[0])"
HITS = WALK + "; print(sum(walk.outer.stats.cache_hits.values()))"


@pytest.fixture
def cache(tmp_path):
    return {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_DISABLE_JIT": "0"}


def test_a_changed_rule_changes_the_stage_that_calls_it(house, cache):
    assert in_process(WALK, house, **cache) == "1.0"
    edit(house, "steps.py", "x + STEP", "x + 2.0 * STEP")
    assert in_process(WALK, house, **cache) == "2.0"


def test_a_changed_constant_changes_the_stage_whose_rule_names_it(house, cache):
    assert in_process(WALK, house, **cache) == "1.0"
    edit(house, "sizes.py", "STEP = 1.0", "STEP = 3.0")
    assert in_process(WALK, house, **cache) == "3.0"


def test_unchanged_sources_are_compiled_once(house, cache):
    assert in_process(HITS, house, **cache) == "1.0\n0"
    assert in_process(HITS, house, **cache) == "1.0\n1"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("steps.py", "@rule\n", "# why it is so\n@rule\n"),
        ("steps.py", "    return", '    """One step further."""\n    return'),
        ("sizes.py", "'a step'", "'one step'"),
    ],
    ids=["comment", "docstring", "code that is not compiled"],
)
def test_what_is_not_compiled_compiles_nothing_again(house, cache, name, old, new):
    in_process(WALK, house, **cache)
    edit(house, name, old, new)
    assert in_process(HITS, house, **cache) == "1.0\n1"


def test_a_copy_elsewhere_and_of_other_times_loads_what_the_first_compiled(house, cache, tmp_path):
    assert in_process(HITS, house, **cache) == "1.0\n0"
    kept = {path.name for path in tmp_path.rglob("*.code")}
    copy = shutil.copytree(house, tmp_path / "other" / "copy")
    edit(copy, "stages.py", "@stage\n", "# some lines\n# further down\n@stage\n")
    for number, file in enumerate(copy.rglob("*.py")):
        os.utime(file, (number, number))
    assert in_process(HITS, copy, **cache) == "1.0\n1"
    assert kept == {path.name for path in tmp_path.rglob("*.code")} != set()


def test_an_edited_copy_never_gets_the_code_of_the_other(house, cache, tmp_path):
    copy = shutil.copytree(house, tmp_path / "other" / "copy")
    edit(copy, "steps.py", "x + STEP", "x - STEP")
    assert [in_process(HITS, one, **cache) for one in (house, copy) * 2] == [
        "1.0\n0",
        "-1.0\n0",
        "1.0\n1",
        "-1.0\n1",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("sizes.py", "STEP = 1.0", "STEP = 3.0"), ("stages.py", "step(x[i])", "3.0 * step(x[i])")],
    ids=["a file that is named", "the file of the stage"],
)
def test_code_of_a_source_edited_after_the_folder_was_chosen_is_not_kept_in_it(house, cache, name, old, new):
    file = house / "agents" / name
    before = file.read_text()
    write = f"Path({str(file)!r}).write_text({before.replace(old, new)!r})"
    assert in_process(f"import agents; from pathlib import Path; {write}; {WALK}", house, **cache) == "3.0"
    file.write_text(before)
    assert in_process(HITS, house, **cache) == "1.0\n0"


def test_no_mark_of_compiled_code_is_left_for_sources_edited_meanwhile(house, cache):
    edited = f"open({str(house / 'agents' / 'sizes.py')!r}, 'a').write('# more'); "
    for meanwhile, told in ((edited, "False"), ("", "True")):
        script = (
            f"from agents.engine import cache_folder as c; {meanwhile}c.note_whole(); print(c.is_whole())"
        )
        assert in_process(script, house, **cache) == told


def test_a_damaged_file_of_code_is_compiled_again(house, cache, tmp_path):
    in_process(WALK, house, **cache)
    (file,) = tmp_path.rglob("*.code")
    whole = file.read_bytes()
    for damaged in (b"", whole[:100], b"\0" * 100):
        file.write_bytes(damaged)
        assert in_process(HITS, house, **cache) == "1.0\n0"
        assert in_process(HITS, house, **cache) == "1.0\n1"


def test_two_that_compile_at_once_leave_both_theirs(tmp_path):
    """Numba's own index of a function would point at the code of the one who wrote last."""
    first, second = OneFileEach(str(tmp_path), "walk"), OneFileEach(str(tmp_path), "walk")
    first.save("of floats", 1.0)
    second.save("of integers", 1)
    assert [one.load(key) for one in (first, second) for key in ("of floats", "of integers")] == [1.0, 1] * 2
    assert first.load("of others") is None


def test_a_function_outside_the_floors_is_kept_in_the_way_of_numba():
    assert type(grow.outer._cache._cache_file) is IndexDataCacheFile


SEEN = [  # what differs between two sources, and what both hold beside it
    ("    a: float\n    b: float", "    b: float\n    a: float", "class R(NamedTuple):\n{}"),
    ("A = 1", "A = 2", "if X:\n    {}\n@rule\ndef r(): return A"),
    ("1, 2", "1, 3", "A, B = {}\n@rule\ndef r(): return B"),
    ("1", "2", "def f(): return {}\nA = f()\n@rule\ndef r(): return A"),
    ("other", "another", "import house.{} as o\n@rule\ndef r(): return o.N"),
    ("other", "another", "from house import {0}\n@stage\ndef r(): {0}.go()"),
    ("1", "2", "def f(): return {}\n@rules.stage\ndef r(): f()"),
    ("1", "2", "def f(): return {}\n@rule\ndef r(): return f.py_func()"),
]
NOT_SEEN = [
    ("1", "2", "class R:\n    a: int\n    def f(self): return {}"),
    ("1", "2", "A = {}\n@rule\ndef r(): return B"),
    ("", "# so", "@rule\ndef r(): {}\n    return 1"),
]


def digest_with(folder: Path, text: str) -> str:
    (folder / "house").mkdir(exist_ok=True)
    others = {"other.py": "N = 1\ndef go(): pass\n", "another.py": "N = 2\ndef go(): return\n"}
    for name, content in {"one.py": text, **others}.items():
        (folder / "house" / name).write_text(content)
    return digest_of_compiled(folder, sorted((folder / "house").glob("*.py")))


@pytest.mark.parametrize(("before", "after", "source"), SEEN)
def test_the_digest_follows_what_compiled_code_can_see(tmp_path, before, after, source):
    assert digest_with(tmp_path, source.format(before)) != digest_with(tmp_path, source.format(after))


@pytest.mark.parametrize(("before", "after", "source"), NOT_SEEN)
def test_the_digest_leaves_out_what_compiled_code_cannot_see(tmp_path, before, after, source):
    assert digest_with(tmp_path, source.format(before)) == digest_with(tmp_path, source.format(after))


def test_a_damaged_note_of_the_compiled_code_is_found_anew(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "one.py").write_text("@rule\ndef r(): return 1\n")
    notes = tmp_path / "notes"
    found = cache_folder.compiled_code(tmp_path, notes)
    (note,) = notes.iterdir()
    note.write_text("half")
    assert cache_folder.compiled_code(tmp_path, notes) == found == note.read_text()


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
