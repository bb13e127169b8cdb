"""The table of simulations: the same rows whoever makes them, added to and never mixed."""

from pathlib import Path

import numpy as np
import pytest

from experiments.calibration import pasts_table as module
from experiments.calibration.pasts_table import columns, digest_of, filled, row_of, table_in
from experiments.store.own_files import OwnPath
from scenarios.drawn import drawn_values
from scenarios.load import load_parameters
from scenarios.values.errors import InputError

SCALE = 0.02


def toy(region: str, scale: float, candidate: int) -> np.ndarray:
    """A row that says whose it is."""
    return np.full(3, float(candidate))


@pytest.fixture
def toys(monkeypatch):
    """Rows without a model, counted."""
    asked: list[int] = []

    def row(region: str, scale: float, candidate: int) -> np.ndarray:
        asked.append(candidate)
        return toy(region, scale, candidate)

    monkeypatch.setattr(module, "row_of", row)
    monkeypatch.setattr(module, "columns", lambda: ("a", "b", "c"))
    monkeypatch.setattr(module, "in_parallel", lambda work, items: [work(item) for item in items])
    monkeypatch.setattr(module, "CHUNK", 4)
    return asked


def test_a_row_is_the_same_whenever_it_is_made():
    first, again = (row_of("hunan", SCALE, 3) for _ in range(2))
    assert digest_of(first) == digest_of(again)
    assert len(first) == len(columns())
    assert not np.isnan(first).all()


def test_a_run_that_breaks_off_is_a_row_of_nothing(monkeypatch):
    monkeypatch.setattr(module, "lived_past", lambda _: 1 / 0)
    assert np.isnan(row_of("hunan", SCALE, 0)).all()


def test_rows_draw_the_level_constants_too():
    drawn = drawn_values(load_parameters(), 3, solved=True)
    assert ("firms", "research_scale") in drawn
    assert ("firms", "research_scale") not in drawn_values(load_parameters(), 3)


def test_a_table_grows_and_keeps_what_it_has(tmp_path: Path, toys):
    folder = OwnPath(tmp_path / "t")
    filled(folder, 6, 0.1, say=str)
    assert toys == list(range(8))
    table = filled(folder, 10, 0.1, say=str)
    assert toys == list(range(12))
    assert table.values[:, 0].tolist() == list(range(10))
    assert np.array_equal(table_in(folder, 5).values, table.values[:5])


@pytest.mark.parametrize("other", [{"scale": 0.2}, {"region": "tests/regions/lakeland"}])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, toys, other):
    folder = OwnPath(tmp_path / "t")
    filled(folder, 4, 0.1, say=str)
    with pytest.raises(InputError, match=f"other .*{next(iter(other))}"):
        filled(folder, 4, **({"scale": 0.1} | other), say=str)


def test_a_folder_without_a_table_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="holds no table"):
        table_in(OwnPath(tmp_path))
