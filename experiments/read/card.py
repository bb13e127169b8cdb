"""What the card beside some outputs says: the sweep they are of, and how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.read.parameters_used import used
from experiments.read.reading import load_runs, load_sweeps
from experiments.store.sweeps import counts


def card(folder: Path | str, which: str) -> dict[str, Any]:
    """Which sweep some outputs are of, how far it is, and with which parameters; which: as sweeps.chosen."""
    told = ("id", "command", "started")
    runs = load_runs(folder, sweep=which, columns=["status"]).drop_duplicates("run_id")
    return {
        "sweeps": [{name: sweep[name] for name in told} for sweep in load_sweeps(folder, which)],
        "runs": counts(runs)._asdict(),
        **used(folder, which),
    }
