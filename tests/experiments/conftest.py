"""Makes the toy model importable, here and in worker processes, which inherit the path."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "store")]


@pytest.fixture(scope="module")
def computed_here():
    """Sweeps of the module's tests are computed in this process: see in_process.py."""
    from in_process import engine_for

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.compute.sweep_run.engine_for", engine_for)
        yield


@pytest.fixture(scope="module")
def sources_nobody_edits():
    """The header of results folders, made once for the module's tests: nobody edits sources meanwhile."""
    from experiments.store.header import header

    held = header()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.store.header.header", lambda region="hunan": held)
        yield held


@pytest.fixture
def terminal(monkeypatch, capsys):
    """A terminal of 80 columns; called with what is printed there, it refuses what is wider.

    A line with a command stays whole, to be copied.
    """
    from experiments.answer.text_table import wide

    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    monkeypatch.setenv("COLUMNS", "80")

    def held(text: str) -> str:
        assert [line for line in text.split("\n") if wide(line) > 80 and "sanxiang " not in line] == []
        return text

    return held
