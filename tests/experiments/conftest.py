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
