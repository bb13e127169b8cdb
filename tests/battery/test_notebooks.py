"""N1: the notebooks of docs/notebooks run from their first cell to their last, and are small as they ship."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
SLICE = ("first_answer",)
LARGEST = 400_000  # bytes


def ended(name):
    """What the first cell that failed said; empty where all ran."""
    book = nbformat.read(FOLDER / f"{name}.ipynb", nbformat.NO_CONVERT)
    client = NotebookClient(book, timeout=1_800, resources={"metadata": {"path": str(FOLDER)}})
    try:
        client.execute(env={**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"})
    except CellExecutionError as error:
        return str(error)
    return ""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_to_its_end(battery, name):
    if not battery.whole and name not in SLICE:
        pytest.skip("all notebooks are run by `make battery` alone")
    said = ended(name)
    battery.record("N1", not said, f"{name}: {said}")


def test_there_is_a_notebook_for_each_kind_of_question():
    assert NOTEBOOKS == ["first_answer", "own_lever", "own_reform", "paper_figures", "sensitivity"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_ships_with_outputs_that_are_small_and_name_no_machine(name):
    path = FOLDER / f"{name}.ipynb"
    cells = [cell for cell in nbformat.read(path, nbformat.NO_CONVERT).cells if cell.cell_type == "code"]
    assert sum(bool(cell.outputs) for cell in cells) >= len(cells) // 2
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)
    assert path.stat().st_size < LARGEST
    text = path.read_text("utf-8")
    assert "/tmp/" not in text and str(Path.home()) not in text
    assert str(FOLDER.parents[1]) not in text and "site-packages" not in text
