"""A small results folder of toy runs made in this process, its parts, and its repair as a sweep does it."""

import toy_model

from experiments import digest
from experiments.compute.task import Task, columns_of
from experiments.plan.ensemble import ensemble
from experiments.store.store import Store, claimed

TODAY = {
    "format": 2,
    "sources": {"sim/a.py": "11"},
    "data": {"configs/b.yaml": "22"},
    "versions": {"numpy": "2"},
}
COLUMNS = columns_of("toy_model")
CHUNKS, RUNS = 3, 6


def units(sources="s"):
    return ensemble(toy_model.units(RUNS), {"sources": sources, "data": "d"})


def completed(folder, today=TODAY, sources="s"):
    """Take the folder as a sweep does, compute what it lacks, and seal it in chunks; what was quarantined."""
    asked = units(sources)
    with claimed(folder, today) as store:
        aside = store.quarantine_damaged()
        store.keep_sweep({"words": [], "started": "", "asked": ""}, asked.table())
        missing = asked.missing(store.finished())
        size = max(1, RUNS // CHUNKS)
        for first in range(0, len(missing), size):
            records = [r for unit in missing[first : first + size] for r in Task("toy_model")(unit)]
            store.append(records, COLUMNS)
    return aside


def files(folder):
    """Every file of results: the header, the records of sweeps, cards and tables."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]
    return sorted(path for path in found if path.parent.name != "quarantine")


def state(folder):
    """The digest of a folder, or why it has none."""
    try:
        return digest(folder)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def used(folder):
    """What a reader gets out of a folder without an error, as bytes; None where it is refused."""
    store = Store(folder)
    try:
        asked = set(store.last_sweep()["runs"].column("run_id").to_pylist())
        rows = store.table("series").to_pandas().sort_values(["run_id", "year", "quarter"])
        ends = store.table("runs").to_pandas().sort_values("run_id")
    except Exception:
        return None
    kept = rows[rows.run_id.isin(asked)], ends[ends.run_id.isin(asked)]
    return [frame.drop(columns=["duration_s"], errors="ignore").to_csv(index=False) for frame in kept]
