"""`sanxiang verify`: every file of a results folder against its checksum."""

from __future__ import annotations

from experiments.command.arguments import Parser
from experiments.exits import Exit
from experiments.read.hits import definitions_changed
from experiments.read.verify import verify
from experiments.store.store import Store
from experiments.store.sweeps import ALL, chosen
from scenarios.values.errors import one_line


def main(args: list[str]) -> int:
    """sanxiang verify DIR"""
    parser = Parser(prog="sanxiang verify")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    folder = parser.parse_args(args).folder
    damaged, found = Store(folder).damaged(), verify(folder)
    for line in found:
        print(one_line(line))
    if damaged:
        again = (
            "sanxiang resume computes runs again, sanxiang response --results responses, "
            "sanxiang explain explanations, sanxiang split, sensitivity, reach and search theirs"
        )
        print(f"{folder}: {len(damaged)} damaged; {again}")
        return Exit.CORRUPT
    if found:
        print(f"{folder}: every file as sealed, but hits are not what its values say; tables count anew")
        return Exit.DIFFERS if definitions_changed(Store(folder)) else Exit.CORRUPT
    print(f"{folder}: {_held(Store(folder))}, every file as it was sealed{_left(folder)}")
    return Exit.OK


def _held(store: Store) -> str:
    """How many runs, responses, explanations and the like the folder holds."""
    besides = {records.folder.name: len(records.held()) for records in store.kept.values()}
    told = [f"{count} {name}" for name, count in besides.items() if count]
    return " and ".join([f"{len(store.statuses())} runs", *told])


def _left(folder: str) -> str:
    """How many runs of each sweep have no result yet."""
    store = Store(folder)
    if not (store.sweeps / "last.json").exists():
        return "; no sweep has begun"
    finished, said = store.finished(), []
    for place, one in enumerate(chosen(store, ALL)):
        asked = set(one.runs.column("run_id").to_pylist())
        left = len(asked - finished)
        name = f"sweep {one.short}" if place else "the last sweep"
        said += [f"; {left} of {name}'s {len(asked)} are left to compute"] if left else []
    return "".join(said)
