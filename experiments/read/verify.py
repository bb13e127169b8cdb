"""Whether the files of a results folder are what was sealed, and its hits what its values say."""

from __future__ import annotations

from pathlib import Path

from experiments.read.hits import contradictions
from experiments.store.store import Store


def verify(folder: Path | str) -> list[str]:
    """One line for every damaged file of the folder, or for hits that its values contradict; none when whole.

    Raises: InputError when the folder holds no results.
    """
    store = Store(folder)
    return store.damaged() or contradictions(store)
